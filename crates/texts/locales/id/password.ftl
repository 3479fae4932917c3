# M08
forgot-title = Lupa kata sandi
forgot-lead = Isi data akun Anda. Untuk membuat kata sandi baru, kami mengirim tautan ke email akun itu, atau kode bila akun hanya punya nomor HP. Akun dan saldo Anda tetap ada.
forgot-button = Kirim tautan
forgot-back-link = Kembali ke halaman masuk
email-format = Tulis email lengkap dengan @, misalnya nama@contoh.com

# M09
forgot-sent-title = Periksa email Anda
forgot-sent-lead = Bila data ini terdaftar, kami mengirim tautan ke email akun. Tautan berlaku { $life }.
forgot-sent-look = Cari email dari { $service } dengan judul “{ $subject }”. Lihat juga folder spam.
forgot-sent-same = Demi keamanan, halaman ini sama untuk data yang terdaftar dan yang tidak.
forgot-sent-nothing = Tautan belum datang?
forgot-again-button = Kirim lagi
forgot-again-in = Tautan lain bisa diminta dalam { $left }.
forgot-again-now = Tautan lain bisa diminta sekarang.
forgot-again-day = Batas permintaan hari ini sudah tercapai. Buka pesan terbaru dari kami, atau coba lagi besok.
forgot-other-link = Pakai data lain
forgot-lost = Email itu tidak bisa dibuka lagi, dan HP juga hilang?
forgot-no-email = Akun belum punya email? Telepon { $phone }, { $hours }.
forgot-by-code = Tidak ada tautan? Bila akun Anda hanya punya nomor HP, kami mengirim kode lewat SMS:
forgot-by-code-link = Isi kode

# Between M09 and M10, for an account with a mobile number only
by-code-title = Kata sandi baru dengan kode
by-code-lead = Bila akun Anda hanya punya nomor HP, kami mengirim kode ke nomor itu. Kode berlaku { $life } dan untuk 5 kali coba.
by-code-why = Nomor saja tidak cukup, karena nomor bisa diambil alih orang. Karena itu kami meminta satu hal lagi yang hanya ada pada Anda.
by-code-other-label = Kode pemulihan, atau kode aplikasi autentikator
by-code-other-hint = 16 huruf dan angka dari lembar kode pemulihan, atau 6 angka yang tampil di aplikasi sekarang.
by-code-other-empty = Isi kode pemulihan, atau kode aplikasi autentikator Anda
by-code-other-unreadable = Kode pemulihan terdiri dari 16 huruf dan angka, kode aplikasi 6 angka
by-code-wrong = Keduanya tidak cocok. Periksa dua-duanya. Setelah 5 kali coba, atau 10 menit, minta kode baru
by-code-paused = Terlalu banyak percobaan. Coba lagi pukul { $time }
by-code-nothing = SMS belum datang?
by-code-nothing-text = Periksa sinyal, dan apakah data yang Anda sebut sudah benar.
by-code-again-link = Minta lagi
by-code-no-other = Tidak punya kode pemulihan dan aplikasi?
by-code-next-lead = Kode pemulihan yang tadi dipakai tidak berlaku lagi; ini penggantinya. Simpan, lalu setel kata sandi baru.
by-code-next-button = Sudah disimpan. Setel kata sandi baru

# M10
reset-title = Kata sandi baru
reset-for = Kata sandi baru untuk akun { $email }.
reset-user-name = Nama untuk pengelola kata sandi
new-password-label = Kata sandi baru
new-password-hint = Paling sedikit { $least } karakter. Empat kata acak lebih baik daripada satu kata dengan angka. Boleh ditempel.
reset-button = Simpan kata sandi
reset-ends = Semua perangkat akan dikeluarkan. Setelah itu masuk dengan kata sandi baru; langkah kedua tetap diminta.
reset-done = Kata sandi sudah diganti
reset-done-text = Semua perangkat sudah dikeluarkan. Masuk dengan kata sandi baru.
link-title = Tautan ini tidak bisa dipakai
link-expired = Tautan ini sudah lewat waktu. Minta tautan baru
link-used = Tautan ini sudah dipakai. Minta yang baru bila perlu
link-newer = Ada tautan yang lebih baru. Buka email terbaru dari kami
link-used-at = Kata sandi sudah diganti pukul { $time }
link-used-text = Kiriman Anda tadi sudah kami terima. Masuk dengan kata sandi baru.
link-again-button = Minta tautan baru

# Why a new password is not taken (1.5)
pw-short = Kata sandi harus { $n } karakter atau lebih
pw-long = Kata sandi harus { $n } karakter atau kurang
pw-kinds = Kata sandi harus memuat { $n } jenis: huruf kecil, huruf besar, angka, atau tanda
pw-common = Kata sandi ini sering dipakai atau pernah bocor. Pilih yang lain, misalnya empat kata acak
pw-personal = Kata sandi sama dengan data diri Anda. Pilih yang lain
pw-same = Kata sandi baru sama dengan yang lama. Pilih yang lain

# The meter
strength-weak = Kekuatan kata sandi: lemah
strength-fair = Kekuatan kata sandi: cukup
strength-good = Kekuatan kata sandi: kuat
strength-strong = Kekuatan kata sandi: sangat kuat
advice-keyboard = Tombol yang bersebelahan mudah ditebak
advice-repeats = Pengulangan mudah ditebak
advice-sequence = Huruf atau angka berurutan mudah ditebak
advice-dates = Tahun dan tanggal mudah ditebak
advice-common = Termasuk yang paling sering dipakai
advice-nearly-common = Mirip yang paling sering dipakai
advice-one-word = Satu kata saja mudah ditebak
advice-names = Nama mudah ditebak
advice-capitals = Huruf besar tidak banyak membantu
advice-backwards = Menulis terbalik tidak banyak membantu
advice-substitutes = Mengganti huruf dengan tanda, misalnya @ untuk a, tidak banyak membantu
advice-another-word = Tambah satu atau dua kata
advice-few-words = Pakai beberapa kata yang tidak berhubungan

# M25
change-title = Ganti kata sandi
change-lead = Isi kata sandi sekarang, lalu yang baru.
change-leaked = Kata sandi Anda perlu diganti sekarang
change-leaked-text = Kata sandi ini ada di daftar kata sandi yang pernah bocor, dari layanan mana pun. Orang lain bisa mencobanya di sini. Buat yang baru sebelum melanjutkan.
change-disowned = Kata sandi Anda perlu diganti sekarang
change-disowned-text = Anda melaporkan kegiatan yang bukan dari Anda. Kata sandi yang lama tidak dipercaya lagi. Buat yang baru sebelum melanjutkan.
change-expired = Kata sandi Anda perlu diganti
change-expired-text = Kata sandi di layanan ini diganti setelah beberapa waktu. Buat yang baru sekarang.
present-password-label = Kata sandi sekarang
end-others-label = Keluarkan semua perangkat lain
end-others-hint = Perangkat ini tetap masuk.
change-button = Ganti kata sandi
change-done = Kata sandi sudah diganti
change-done-text = Kami mengirim pemberitahuan ke email dan nomor HP akun Anda.
change-wrong = Kata sandi sekarang tidak cocok
change-paused = Kata sandi terlalu sering tidak cocok. Coba lagi pukul { $time }
change-locked = Kata sandi terlalu sering tidak cocok. Keluar, lalu pilih Lupa kata sandi
change-forgot-link = Tidak ingat kata sandi sekarang?
to-do-password = Kata sandi Anda dipakai sejak { $days } hari lalu
to-do-password-text = Tidak wajib, tetapi ada baiknya diganti bila pernah dipakai di tempat lain atau diketahui orang lain.
