# M35
help-title = Bantuan
help-call-title = Bicara dengan petugas
help-call-text = Siapkan KTP dan kartu peserta bila ada.
help-write = Atau tulis ke
help-topics-title = Yang sering ditanyakan
help-have-ready = Petugas memeriksa bahwa ini benar Anda. Siapkan KTP, nomor peserta (KPJ) bila ada, dan nomor HP yang aktif.

help-forgot-title = Lupa kata sandi
help-forgot-reset = Buat kata sandi baru sendiri lewat tautan di email Anda. Hanya punya nomor HP? Dengan kode lewat SMS dan kode pemulihan atau kode aplikasi autentikator. Akun dan saldo Anda tetap ada; Anda tidak perlu membuat akun baru.
help-forgot-text = Email itu tidak bisa dibuka lagi, dan HP juga hilang? Mulai di sini:

help-code-title = Kode tidak datang
help-code-signal = Kode lewat SMS: periksa sinyal. Kode lewat email: periksa folder spam.
help-code-other-way = Pada halaman kode, pilih “Pilih cara lain” bila akun Anda punya cara lain.

help-locked-title = Masuk dijeda atau dikunci
help-paused-text = Jeda berakhir sendiri pada jam yang tertulis di halaman. Tidak perlu menelepon; tunggu lalu coba lagi.
help-locked-reset = Anda bisa membuka kuncinya sendiri: setel kata sandi baru, lalu masuk dengan langkah kedua.
help-locked-text = Tidak bisa? Petugas membukanya setelah memeriksa bahwa ini Anda. Telepon { $phone }, { $hours }.

help-phone-title = HP hilang atau nomor berganti
help-phone-change = Masih bisa masuk? Ganti nomor atau email sendiri di halaman Data diri.
help-phone-other = Masih punya satu cara lain: email yang terdaftar, aplikasi autentikator, kunci sandi, atau kode pemulihan? Masuk dengan itu.
help-phone-stolen = HP dicuri? Begitu masuk, keluarkan perangkat itu dan hapus aplikasi atau kunci sandinya di halaman Keamanan. Satu cara yang tersisa cukup untuk memastikan bahwa ini Anda.
help-phone-both = HP dan email dua-duanya hilang? Akun dipulihkan bertahap, tanpa antre telepon dan tanpa akun baru:
help-phone-text = Tidak bisa sendiri? Telepon { $phone }, { $hours }.

help-stop-text = Ada pesan tentang pemulihan akun yang tidak Anda minta? Hentikan di sini, dengan nomor pemulihan di pesan itu:
help-see-text = Sudah mengirim permintaan pemulihan? Lihat sampai mana di sini:

help-missing-title = Bulan yang belum diterima
help-missing-text = Iuran suatu bulan dibayar pada bulan berikutnya, jadi bulan terakhir bisa belum tampak. Untuk bulan yang lebih lama, bandingkan dengan slip gaji dan tanyakan ke bagian kepegawaian.
help-missing-ask = Dipotong dari gaji tetapi tidak ada di sini? Telepon { $phone }, { $hours }. Sebut bulan dan nama pemberi kerja.

help-numbers-title = Punya lebih dari satu nomor peserta
help-numbers-text = Setiap pemberi kerja bisa mendaftarkan nomor baru. Semua nomor atas nama Anda tampil di dasbor, masing-masing dengan saldonya, dan dijumlahkan. Tidak ada saldo yang hilang.

help-fake-title = Situs, pesan, dan telepon palsu
help-fake-address = Hanya ini alamat kami:
help-fake-letters = Bandingkan huruf demi huruf. Satu huruf lebih atau kurang berarti bukan kami.
help-fake-links = SMS kami tidak pernah memuat tautan. Buka alamat kami sendiri.
help-fake-hurry = Kami tidak pernah menyuruh Anda tergesa-gesa atau mengancam saldo hangus.
help-fake-pay = Kami tidak pernah memungut biaya untuk membuka kunci, memperbaiki data, atau mencairkan saldo.
help-never-title = Yang tidak pernah diminta petugas
help-never-text = Siapa pun yang memintanya bukan petugas kami, termasuk lewat WhatsApp. Tutup teleponnya.
help-fake-told = Sudah terlanjur memberikannya? Segera telepon { $phone }.
