# M12
activate-title = Aktifkan akun
activate-link = Aktifkan akun
activate-lead = Sudah jadi peserta tetapi belum punya akun? Cukup sekitar lima menit.
activate-tasks-title = Empat langkah pendek
activate-task-find = Cari kepesertaan
activate-task-contact = Pastikan email atau nomor HP
activate-task-access = Buat kata sandi atau kunci sandi
activate-task-codes = Simpan kode pemulihan
activate-task-later = Belum bisa dimulai
activate-task-next = Belum mulai
activate-task-begun = Sedang diisi
activate-task-done = Selesai
activate-kpj-hint = 11 angka atau huruf, ada di kartu peserta dan slip gaji.
activate-nik-empty = Isi NIK sesuai KTP
activate-kpj-empty = Isi nomor peserta (KPJ)
activate-match-none = Kami belum menemukan kepesertaan dengan data ini. Periksa NIK, KPJ, dan tanggal lahir satu per satu sesuai KTP dan kartu
activate-paused = Terlalu banyak percobaan dengan data ini. Coba lagi pukul { $time }
activate-same = Data ini kami bandingkan dengan catatan dari pemberi kerja atau dari Anda sendiri. Ketiganya harus cocok.
activate-find-button = Cari kepesertaan saya
activate-no-kpj-title = Saya tidak tahu KPJ
activate-no-kpj-card = Nomornya tercetak di kartu peserta, dan di kebanyakan slip gaji.
activate-no-kpj-employer = Bagian kepegawaian di tempat kerja Anda mengetahuinya.
activate-no-kpj-branch = Atau datang ke kantor cabang dengan KTP, atau telepon { $phone }, { $hours }.
activate-when-title = Saya baru saja didaftarkan
activate-when-employer = Pemberi kerja mendaftarkan pekerja baru dalam { $days } hari.
activate-when-text = Peserta baru mendapat nomor dalam { $number } hari kerja sejak pendaftaran lengkap dan iuran pertama dibayar, dan kartu dalam { $card } hari kerja. Sebelum itu kepesertaan belum bisa ditemukan.
activate-differs-title = Sudah saya isi seperti yang tercetak, tetapi tidak ditemukan
activate-differs-text = Catatan kami bisa memuat ejaan, tanggal, atau nomor yang lain dari KTP. Tanyakan kepada pemberi kerja data apa yang dikirim, atau telepon { $phone }, { $hours }, dengan KTP dan kartu di tangan. Kami tidak menyebut data mana yang berbeda, karena orang asing pun bisa bertanya.
activate-have-account = Sudah punya akun?
activate-old = Yang Anda mulai sudah tidak terbuka di sini
activate-old-text = Demi keamanan, browser menunggu 30 menit. Isi data yang sama sekali lagi; yang sudah Anda pastikan di browser ini masih tersimpan.
activate-found = Kepesertaan Anda ditemukan. Lanjutkan ke langkah berikutnya.
activate-go-on-button = Lanjut
activate-kept-until = Langkah Anda tersimpan sampai { $time }.
activate-leave-text = Memakai HP bersama, atau ini bukan kepesertaan Anda?
activate-leave-button = Berhenti di sini
# M13
activate-contact-title = Pastikan cara menghubungi Anda
activate-contact-lead = Kami mengirim kode ke masing-masing. Dua lebih aman daripada satu: bila satu hilang, yang lain masih bisa dipakai.
activate-email-label = Email
activate-phone-label = Nomor HP
activate-phone-hint = Misalnya 0812 3456 7890. Nomor yang dipakai bersama keluarga boleh.
activate-contact-empty = Isi email atau nomor HP
activate-email-taken = Email ini kini dipakai akun lain. Isi email yang lain
activate-needs-phone = Dengan kata sandi Anda juga perlu langkah kedua. Isi nomor HP, atau buat kunci sandi
# M14
activate-access-title = Buat kata sandi atau kunci sandi
activate-access-lead = Dengan ini Anda masuk mulai sekarang.
activate-passkey-title = Kunci sandi: sidik jari, wajah, atau kunci layar
activate-passkey-text = Tidak ada yang perlu diingat, dan situs palsu tidak bisa memakainya.
activate-password-title = Atau kata sandi
activate-password-label = Kata sandi
activate-open-button = Buka akun saya
activate-needs-passkey = Di sini akun tidak bisa dibuka dengan kata sandi saja. Buat kunci sandi
activate-taken-title = Anda sudah punya akun
activate-taken-lead = Sudah ada akun untuk kepesertaan ini. Akun kedua tidak pernah diperlukan; tidak ada yang hilang.
activate-taken-sign-in = Masih ingat kata sandinya?
activate-taken-forgot = Lupa?
activate-taken-lost = HP dan email lama sudah tidak ada?
activate-taken-button = Tinggalkan halaman ini
# M15
activate-opened = Akun Anda sudah terbuka
activate-codes-title = Simpan kode pemulihan
activate-codes-lead = Sepuluh kode, masing-masing sekali pakai. Kode ini membuka akun pada hari HP Anda hilang.
activate-codes-paper = Siapkan pena dan kertas, atau tempat aman untuk berkas. Kode hanya kami tampilkan sekali.
activate-codes-button = Tampilkan kode saya
activate-codes-later = Nanti saja, masuk sekarang
activate-codes-old = Kode ini bukan yang terbaru lagi. Tampilkan sekali lagi
activate-confirm-label = 4 karakter terakhir salah satu kode
activate-confirm-hint = Supaya sama-sama yakin bahwa kodenya tersimpan.
activate-rec-confirm = Isi 4 karakter terakhir kode yang baru Anda simpan
activate-finish-button = Sudah saya simpan
# Going on from the letter
activate-resume-title = Lanjutkan aktivasi akun
activate-resume-lead = Email ini sudah Anda pastikan. Lanjutkan di browser ini.
activate-resume-button = Lanjutkan di sini
activate-resume-open = Akun Anda sudah terbuka. Langsung masuk saja.
activate-resume-used = Tautan ini sudah dipakai. Isi data yang sama sekali lagi untuk melanjutkan.
activate-resume-expired = Tautan ini sudah lewat waktu. Mulai lagi dengan data Anda.
activate-again-button = Isi data saya
reason-activated = Akun Anda siap
reason-activated-text = Masuk dengan yang baru saja Anda buat.

contact-skip-button =
    { $way ->
        [sms] Lanjut tanpa nomor HP
       *[email] Lanjut tanpa email
    }
