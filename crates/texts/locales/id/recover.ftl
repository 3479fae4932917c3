# M11
recover-title = HP dan email lama hilang
recover-link = HP dan email hilang?
recover-lead = Untuk Anda yang tidak bisa masuk lagi karena HP dan email lama tidak bisa dipakai. Akun dan saldo Anda tetap ada. Anda tidak perlu membuat akun baru.
recover-old = Isian Anda sudah tidak disimpan
recover-old-text = Isian disimpan 24 jam di browser yang sama. Mulai lagi dari awal.
recover-first-title = Lebih cepat bila masih ada satu
recover-first-factor = Ada kunci sandi, aplikasi autentikator, atau kode pemulihan? Masuk dengan itu.
recover-first-email = Email lama masih bisa dibuka? Setel kata sandi baru lewat email.
recover-first-session = Masih masuk di perangkat lain? Buka halaman Keamanan di sana.
recover-how-title = Semuanya hilang? Begini caranya
recover-how-ask = Isi empat halaman pendek di sini. Anda mendapat nomor pemulihan.
recover-how-wait = Kami memberi tahu semua kontak lama. Selama 72 jam pemilik akun bisa menghentikannya.
recover-how-prove = Buktikan identitas Anda di hadapan petugas, dengan KTP atau paspor.
recover-how-finish = Sesudah keduanya selesai, kami mengirim cara membuat kata sandi baru ke kontak baru Anda.
recover-how-never = Kami tidak pernah mengajukan pertanyaan rahasia, tidak memungut biaya, dan tidak menghapus akun.
recover-begin-button = Mulai pemulihan
recover-not-here = Layanan ini belum bisa memulihkan akun lewat halaman ini. Telepon { $phone }, { $hours }.
recover-status-link = Lihat pemulihan yang sudah dikirim
recover-stop-link = Hentikan pemulihan

recover-tasks-title = Pemulihan akun
recover-tasks-lead = Selesaikan empat bagian ini, urutannya bebas. Setiap bagian langsung tersimpan.
recover-task-open = Belum diisi
recover-task-done = Selesai
recover-task-code = Menunggu kode untuk { $contact }
recover-send-hint = Selesaikan keempat bagian, lalu kirim.
recover-send-button = Kirim permintaan
recover-incomplete = Selesaikan keempat bagian dulu
recover-kept = Isian disimpan 24 jam di browser ini. Nomor dan tanggal lahir hanya dibandingkan, tidak disimpan.

recover-who-title = Akun siapa
recover-who-lead = Isi nomor peserta (KPJ) atau NIK, dan tanggal lahir. Satu nomor cukup.
recover-kpj-hint = 11 angka atau huruf, ada di kartu peserta dan slip gaji. Tidak tahu? Isi NIK saja.
recover-who-same = Data ini membantu kami menemukan akun, bukan bukti identitas. Demi keamanan, halaman berikutnya sama, cocok atau tidak.
recover-number-empty = Isi nomor peserta (KPJ) atau NIK
recover-kpj-length = Nomor peserta (KPJ) harus 11 karakter. Anda mengisi { $n }
recover-kpj-chars = Nomor peserta (KPJ) hanya berisi angka dan huruf
recover-nik-length = NIK harus 16 angka. Anda mengisi { $n }
recover-nik-chars = NIK hanya berisi angka
recover-dob-empty = Isi tanggal lahir
recover-dob-part =
    Tanggal lahir harus memuat { $part ->
        [day] tanggal
        [month] bulan
       *[year] tahun
    }
recover-dob-real = Tanggal lahir harus tanggal yang ada di kalender dan sudah lewat, dengan tahun 4 angka

recover-lost-title = Yang tidak bisa dipakai lagi
recover-lost-lead = Centang semua yang hilang, dicuri, atau tidak bisa dibuka lagi. Yang tidak Anda centang tetap terpasang.
recover-lost-legend = Apa yang tidak bisa dipakai lagi?
recover-lost-empty = Centang paling sedikit satu
recover-thing-phone = Nomor HP
recover-thing-phone-hint = HP atau kartu SIM hilang, atau nomornya sudah mati.
recover-thing-email = Email
recover-thing-email-hint = Email itu tidak bisa dibuka lagi.
recover-thing-app = Aplikasi autentikator
recover-thing-app-hint = Terpasang di HP yang hilang.
recover-thing-passkeys = Kunci sandi
recover-thing-passkeys-hint = Semua perangkat yang menyimpannya hilang.
recover-thing-codes = Kode pemulihan
recover-thing-codes-hint = Lembarnya hilang atau diambil orang.

recover-contact-title = Kontak baru
recover-contact-lead = Ke sini kami mengirim kabar, dan dari sini Anda membuat kata sandi baru. Kami mengirim kode untuk memastikannya.
recover-contact-one = Isi salah satu: nomor HP atau email.
recover-phone-label = Nomor HP baru
recover-email-label = Email baru
recover-contact-empty = Isi nomor HP atau email yang bisa Anda buka sekarang
recover-contact-both = Isi salah satu saja: nomor HP atau email

recover-proof-title = Cara membuktikan identitas
recover-proof-lead = Petugas harus melihat Anda dan dokumen asli Anda. Pilih cara yang paling mudah bagi Anda.
recover-proof-legend = Bagaimana Anda ingin membuktikannya?
recover-proof-branch = Datang ke kantor cabang
recover-proof-branch-text = Bawa KTP atau paspor asli dan nomor pemulihan. Tidak perlu janji.
recover-proof-video = Janji temu lewat video
recover-proof-video-text = Petugas menghubungi kontak baru Anda untuk menentukan waktu. Siapkan KTP atau paspor asli dan nomor pemulihan.
recover-proof-letter = Surat dari pemberi kerja
recover-proof-letter-text = Surat asli bertanda tangan dari bagian kepegawaian, dibawa bersama KTP atau paspor asli ke kantor cabang.
recover-proof-never = Petugas tidak pernah meminta kata sandi, kode, atau PIN, dan tidak memungut biaya.
recover-choose-proof = Pilih cara membuktikan identitas

recover-received-title = Permintaan Anda sudah kami terima
recover-reference = Nomor pemulihan
recover-received-keep = Catat nomor ini. Kami juga mengirimnya ke { $contact }.
recover-next-title = Yang terjadi berikutnya
recover-next-wait = Kontak lama kami beri tahu. Sampai { $time } pemilik akun bisa menghentikan pemulihan ini.
recover-next-finish = Sesudah waktu itu lewat dan bukti Anda diperiksa dua petugas, kami mengirim cara membuat kata sandi baru ke kontak baru Anda.
recover-received-same = Demi keamanan, halaman ini sama untuk data yang terdaftar dan yang tidak. Bila data tidak cocok, petugas akan mengatakannya saat Anda membuktikan identitas.

recover-status-title = Lihat pemulihan
recover-status-lead = Isi nomor pemulihan dan kontak baru yang Anda berikan.
recover-reference-hint = Misalnya PLH-7F3K-29QD
recover-status-contact = Kontak baru
recover-status-contact-hint = Nomor HP atau email yang Anda pastikan dengan kode.
recover-status-button = Lihat
recover-status-other = Lihat pemulihan lain
recover-reference-empty = Isi nomor pemulihan
recover-reference-format = Nomor pemulihan tidak cocok. Periksa setiap huruf dan angka, misalnya PLH-7F3K-29QD
recover-status-contact-empty = Isi nomor HP atau email baru Anda
recover-status-wrong = Tidak ada pemulihan dengan nomor dan kontak ini. Periksa keduanya
recover-status-paused = Terlalu banyak yang tidak cocok. Coba lagi pukul { $time }
recover-standing-title = Pemulihan { $reference }
recover-state-waiting = Kami menunggu 72 jam, dan bukti identitas Anda.
recover-state-proved = Bukti identitas sudah diperiksa. Kami menunggu 72 jam selesai.
recover-state-unproved = Waktu 72 jam sudah lewat. Yang masih kurang: bukti identitas Anda.
recover-state-ready = Sudah siap: Anda bisa membuat kata sandi baru.
recover-state-stopped = Pemulihan ini dihentikan pemilik akun. Tidak ada yang berubah.
recover-state-refused = Petugas menutup pemulihan ini. Tidak ada yang berubah.
recover-state-done = Pemulihan ini selesai. Kata sandi baru sudah dibuat.
recover-state-undone = Pemulihan ini dibatalkan pemilik akun sesudah selesai.
recover-state-expired = Pemulihan ini ditutup karena tidak selesai dalam 30 hari.
recover-next-proved = Sesudah { $time } kami mengirim kabar ke kontak baru Anda.
recover-next-link = Kami sudah mengirim tautan ke { $contact }. Tautan berlaku 24 jam.
recover-next-code = Kami mengirim kode ke nomor { $contact }. Isi kode itu, lalu buat kata sandi baru.
recover-next-done = Masuk dengan kata sandi baru. Langkah kedua tetap diminta.
recover-next-over = Masih tidak bisa masuk? Mulai pemulihan baru, atau telepon { $phone }, { $hours }.
recover-link-again-button = Kirim tautan lagi
recover-code-button = Kirim kode
recover-link-sent = Tautan baru sedang dikirim
recover-link-wait = Tautan baru saja dikirim. Minta lagi pukul { $time }
recover-link-day = Batas hari ini sudah tercapai. Buka email terbaru dari kami, atau coba lagi besok
recover-asked-at = Diminta
recover-stoppable-until = Bisa dihentikan sampai
recover-closes-at = Ditutup bila tidak selesai sampai

recover-stop-title = Hentikan pemulihan
recover-stop-lead = Seseorang meminta memulihkan akun Anda karena HP dan email lama hilang. Bukan Anda? Hentikan.
recover-stop-button = Hentikan pemulihan ini
recover-stop-any-moment = Kata sandi baru dibuat, dan itu bisa kapan saja
recover-stop-was-me = Anda sendiri yang meminta? Tutup halaman ini; tidak ada yang berubah.
recover-stop-call = Ragu? Telepon { $phone }, { $hours }.
recover-stop-named = Ada SMS atau email dari kami tentang pemulihan akun yang tidak Anda minta? Isi nomor pemulihan yang tertulis di sana. Tidak perlu masuk.
recover-stop-other-ways = Bisa masuk dengan cara apa pun? Masuk, lalu buka halaman ini: tombolnya langsung tampil.
recover-stop-unknown = Tidak ada pemulihan dengan nomor ini. Periksa setiap huruf dan angka
recover-stop-was-stopped = Pemulihan ini sudah dihentikan. Akun Anda tidak berubah.
recover-stop-was-refused = Petugas sudah menutup pemulihan ini. Akun Anda tidak berubah.
recover-stop-was-done = Pemulihan ini sudah selesai, dan kata sandi baru sudah dibuat. Bukan Anda? Amankan akun dengan tautan di email terbaru dari kami.
recover-stop-was-undone = Pemulihan ini sudah dibatalkan.
recover-stop-was-expired = Pemulihan ini sudah ditutup karena tidak selesai pada waktunya. Akun Anda tidak berubah.
recover-stop-over-at = Sejak { $time }.
recover-stop-expired = Tautan ini sudah lewat waktu. Pemulihan yang masih terbuka bisa dihentikan sesudah masuk, atau dengan nomor pemulihan.
recover-stop-done = Pemulihan dihentikan. Akun Anda tidak berubah.
recover-stop-then-title = Yang sebaiknya dilakukan sekarang
recover-stop-then-check = Masuk, lalu periksa keamanan akun Anda. Buat kode pemulihan bila belum ada.
recover-stop-then-password = Ada yang mungkin tahu kata sandi Anda? Setel yang baru.

recover-alarm-title = Seseorang meminta memulihkan akun Anda
recover-alarm-text = Diminta { $time }, dengan kontak baru { $contact }.
recover-alarm-link = Bukan Anda? Hentikan

recover-password-lead = Kata sandi baru untuk akun Anda. Kontak barunya { $contact }.
recover-password-then = Yang terjadi saat disimpan
recover-password-sessions = Semua perangkat dikeluarkan, dan tidak ada lagi yang diingat.
recover-password-second = Langkah kedua tetap diminta saat masuk; kodenya ke { $contact }.
recover-password-removed = Dihapus karena hilang: { $thing }.
recover-password-old = Kontak lama tidak dipakai lagi, tetapi masih kami beri tahu selama 72 jam.
recover-closed = Pemulihan ini sudah ditutup. Lihat alasannya dengan nomor pemulihan
recover-taken = Email baru ini kini dipakai akun lain. Mulai pemulihan baru dengan kontak lain

# M06, after a recovery code
next-code-title = Simpan kode penggantinya
next-code-lead = Anda sudah masuk. Kode yang tadi dipakai tidak berlaku lagi; ini penggantinya.
next-code-label = Kode pemulihan baru
next-code-text = Kode ini hanya tampil sekarang. Tulis di lembar kode Anda sebagai ganti yang tadi. Kode lain di lembar itu tetap berlaku.

# M24: lost or stolen (J-06)
lost-title = Ada yang hilang atau dicuri?
lost-text = Hapus di halaman ini, sekarang juga: aplikasi, kunci sandi, atau semua perangkat yang diingat. Untuk memastikan bahwa ini Anda, kami minta satu cara yang masih Anda punya; kode pemulihan juga boleh.
lost-only-text = Itu satu-satunya cara Anda? Pasang penggantinya dulu. Aplikasi yang lama berhenti begitu yang baru terpasang.
