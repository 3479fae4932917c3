# Layanan bantuan: memastikan peserta, dan menolong.

desk-as-device = layanan bantuan kami
desk-verify-title = Pastikan peserta
desk-verify-lead = Lakukan salah satu untuk { $name }. Yang Anda periksa berlaku 30 menit, dan hanya untuk Anda.
desk-verify-never = Jangan pernah meminta kata sandi, kode, atau PIN, dan jangan bertanya tentang kehidupan peserta: jawaban bisa dibeli.
desk-verify-done = Yang sudah diperiksa
desk-verify-none = Belum ada.
desk-verify-waits = menunggu peserta
desk-verify-column-method = Hal
desk-verify-method-label = Yang Anda lakukan
desk-verify-method-missing = Pilih yang Anda lakukan
desk-verify-digits-label = 6 angka terakhir NIK pada dokumen
desk-verify-digits-hint = Hanya untuk dokumen. Angka dibandingkan dan tidak disimpan.
desk-verify-button = Catat
desk-verify-wrong = Ini bukan angka yang tercatat. Baca sekali lagi dari dokumen.
desk-verify-too-many = Angka terlalu sering tidak cocok. Tanya supervisor Anda.
desk-verify-no-contact = Peserta tidak punya kontak itu dalam data, atau kontak itu belum tiga hari. Pilih cara lain.
desk-verify-method-call-back = Saya menelepon nomor yang tercatat ({ $contact }) dan peserta menjawab
desk-verify-method-inbox = Tanya di kotak masuk peserta ({ $contact }): peserta menekan tombol di sana
desk-verify-method-ktp = Saya melihat KTP
desk-verify-method-driving-licence = Saya melihat SIM
desk-method-call-back = Ditelepon balik
desk-method-inbox = Kotak masuk
desk-method-ktp = KTP dilihat
desk-method-driving-licence = SIM dilihat
desk-verify-next = Yang boleh Anda lakukan sekarang
desk-verify-until = sampai { $time }
desk-verify-more-one = periksa satu hal dulu
desk-verify-more-two = lihat dokumen dulu, atau periksa telepon dan kotak masuk
desk-verify-help-link = Tolong peserta
desk-verify-waiting = Sudah ada yang diajukan dan menunggu.
desk-verify-waiting-link = Lihat

desk-help-title = Tolong peserta
desk-help-lead = Satu petugas membuka yang sudah ada sebelumnya. Melepas sesuatu dan kontak baru butuh petugas kedua, dan 24 jam. Peserta diberi tahu setiap langkah.
desk-help-kind-label = Yang dilakukan
desk-help-kind-missing = Pilih yang dilakukan
desk-kind-unlock = Akhiri jeda atau buka kunci
desk-kind-send-reset = Kirim tautan kata sandi baru ke alamat yang tercatat
desk-kind-remove-app = Lepas aplikasi autentikator
desk-kind-remove-passkeys = Lepas semua kunci sandi
desk-kind-replace-email = Ganti email
desk-kind-replace-phone = Ganti nomor HP
desk-help-contact-label = Email atau nomor HP baru
desk-help-contact-hint = Hanya bila ada yang diganti. Email dipastikan di kotak masuknya sendiri, nomor dengan kode yang diketik pemegangnya.
desk-help-contact-format = Tulis email atau nomor HP yang lengkap, sesuai pilihan di atas
desk-help-called = Saya menelepon nomor baru dan peserta menjawab
desk-help-called-missing = Telepon nomor baru dulu
desk-help-button = Lakukan atau ajukan
desk-help-not-verified = Pastikan peserta dulu
desk-help-nothing = Tidak ada yang dijeda atau dikunci
desk-help-no-address = Peserta tidak punya alamat untuk dikirimi tautan
desk-help-nothing-there = Tidak ada yang seperti itu untuk dilepas
desk-help-last = Tidak akan ada cara masuk yang tersisa. Mulai pemulihan akun bersama peserta.
desk-help-open = Sudah ada yang diajukan untuk akun ini. Itu harus berakhir dulu.
desk-help-cannot = Kontak ini tidak bisa dipakai: sudah ada, atau yang sejenis sedang diganti
desk-help-taken = Kontak ini milik akun lain
desk-help-done-title = Selesai
desk-help-done-unlock = Peserta bisa memakai kata sandi lagi, dan diberi tahu.
desk-help-done-send-reset = Tautan sedang dikirim ke peserta. Tidak ada yang melihatnya di sini.

desk-acts-title = Untuk dua petugas
desk-acts-lead = Yang menunggu petugas kedua, atau menunggu 24 jamnya.
desk-acts-empty = Tidak ada yang menunggu.
desk-acts-all = Semua yang menunggu
desk-acts-column-asked = Diajukan
desk-acts-column-by = Oleh
desk-acts-column-state = Status
desk-acts-waiting = petugas kedua, sampai { $time }
desk-acts-approved = disetujui { $officer }, dilakukan { $time }
desk-acts-over = berakhir: { $end ->
        [done] dilakukan
        [cancelled] dibatalkan peserta
        [refused] ditolak
        [lapsed] tidak ada yang menyetujui
        [changed] akunnya sudah berubah
        [void] salah satu dari dua petugas tidak lagi bertugas
        [unconfirmed] alamat baru tidak dipastikan
       *[taken] kontaknya milik orang lain
    }
desk-act-page-title = Pengajuan oleh { $officer }
desk-act-page-lead = Untuk { $name }, NIK { $nik }. Peserta membaca bahwa Anda melihat ini.
desk-act-page-change = Sebelum dan sesudah
desk-act-page-before = Sekarang
desk-act-page-after = Nanti
desk-act-page-none = tidak ada
desk-act-page-reason = Alasan: { $why }. { $reason }
desk-act-page-checks = Cara { $officer } memastikan
desk-act-page-unconfirmed = Alamat baru belum dipastikan di kotak masuknya.
desk-act-page-decide = Putuskan
desk-act-page-lead-decide = Anda petugas kedua: periksa sendiri alasan dan pemeriksaannya. Persetujuan memulai 24 jam, dan selama itu peserta bisa membatalkannya.
desk-act-page-own = Ini Anda ajukan sendiri. Rekan Anda yang harus menyetujuinya.
desk-act-page-approve = Setujui
desk-act-page-refuse = Tolak
desk-act-already = Sudah ada yang menyetujuinya
desk-act-self = Perubahan ini Anda ajukan sendiri. Minta petugas lain menyetujui

desk-act-verified = Memastikan peserta
desk-act-unlocked = Mengakhiri jeda atau membuka kunci
desk-act-reset-sent = Mengirim tautan kata sandi baru
desk-act-acts-listed = Melihat yang menunggu dua petugas
desk-act-act-asked = Mengajukan tindakan dua petugas
desk-act-act-approved = Menyetujui tindakan sebagai petugas kedua
desk-act-act-refused = Menolak tindakan dua petugas
desk-act-act-ended = Tindakan dua petugas berakhir
desk-act-act-cancelled = Peserta membatalkan tindakan dua petugas

# Halaman tujuan surat
desk-request-check-title = Apakah Anda sedang berhubungan dengan layanan bantuan kami?
desk-request-check-lead = { $officer } dari layanan bantuan kami mengatakan bahwa Anda sedang berhubungan dengannya, dan bertanya pukul { $time }. Tekan tombol hanya bila benar.
desk-request-check-not = Bukan Anda? Jangan lakukan apa-apa dan tutup halaman ini. Tidak ada yang bisa masuk ke akun Anda karena ini.
desk-request-check-button = Ya, ini saya
desk-request-cancel-title = Batalkan yang diajukan layanan bantuan kami
desk-request-cancel-lead = { $officer } mengajukan ini pada { $time }:
desk-request-cancel-what = Bila dibatalkan
desk-request-cancel-stays = Semua pada akun Anda tetap seperti sekarang.
desk-request-cancel-told = Anda dan layanan bantuan diberi tahu.
desk-request-cancel-button = Batalkan
desk-request-cancel-was-me = Anda sendiri yang memintanya? Tidak perlu apa-apa.
desk-request-confirm-title = Apakah ini alamat Anda?
desk-request-confirm-lead = Layanan bantuan kami diminta menambahkan alamat ini ke sebuah akun: { $contact }. Tekan tombol hanya bila Anda yang memintanya.
desk-request-confirm-button = Ya, ini alamat saya
desk-request-confirm-not = Bukan Anda? Jangan lakukan apa-apa: tanpa Anda alamat ini tidak ditambahkan.
desk-request-checked-title = Terima kasih, layanan bantuan kami sudah tahu
desk-request-checked-text = Lanjutkan telepon atau kunjungan Anda. Tidak ada petugas yang memerlukan kata sandi, kode, atau PIN Anda.
desk-request-cancelled-title = Sudah dibatalkan
desk-request-cancelled-text = Tidak ada yang berubah pada akun Anda.
desk-request-confirmed-title = Alamat Anda sudah dipastikan
desk-request-confirmed-text = Alamat ini dipakai untuk akun setelah waktu tunggu selesai.
desk-request-over-title = Ini sudah selesai
desk-request-over-text = Ini sudah dijawab, atau berakhir, pada { $time }.
desk-request-gone-title = Tautan ini tidak berlaku lagi
desk-request-gone-text = Waktunya habis, atau tautan ini bukan dari kami. Ada pertanyaan? Telepon { $phone }, { $hours }.
desk-request-own-title = Diajukan layanan bantuan kami
desk-request-own-nothing = Tidak ada yang sedang diajukan layanan bantuan kami untuk akun Anda. Yang sudah lewat ada di daftar aktivitas Anda.
desk-request-secure-link = Amankan akun Anda

event-staff-verified = Petugas memastikan siapa Anda
event-staff-unlocked = Petugas membuka lagi cara masuk Anda
event-staff-sent-reset = Petugas mengirimi Anda tautan kata sandi baru
event-staff-asked-app = Petugas mengajukan pelepasan aplikasi autentikator Anda
event-staff-asked-passkeys = Petugas mengajukan pelepasan kunci sandi Anda
event-staff-asked-email = Petugas mengajukan penggantian email Anda
event-staff-asked-phone = Petugas mengajukan penggantian nomor HP Anda
event-staff-approved = Petugas kedua menyetujuinya
event-staff-act-ended = Pengajuan petugas berakhir, tidak ada yang berubah

message-desk-check-subject = Apakah Anda sedang berhubungan dengan layanan bantuan kami?
message-desk-check-body =
    { $officer } dari layanan bantuan kami mengatakan bahwa Anda sedang berhubungan dengannya. Bila benar, nyatakan di halaman ini. Tautan berlaku sampai pukul { $time }:

    { $link }

    Jangan bacakan isi pesan ini kepada siapa pun, dan jangan berikan kode kepada siapa pun. Tidak sedang berhubungan dengan kami? Jangan lakukan apa-apa, dan telepon { $help }.
message-desk-helped-sms =
    { $what ->
        [unlock] { $service }: petugas membuka lagi cara masuk Anda.
        [take-app-back] { $service }: petugas mencabut izin yang Anda berikan kepada sebuah aplikasi.
       *[send-reset] { $service }: petugas mengirim tautan kata sandi baru ke email Anda.
    } Bukan Anda? Telepon { $help }
message-desk-helped-subject =
    { $what ->
        [unlock] Petugas membuka lagi cara masuk Anda
        [take-app-back] Petugas mencabut izin yang Anda berikan kepada sebuah aplikasi
       *[send-reset] Petugas mengirimi Anda tautan kata sandi baru
    }
message-desk-helped-body =
    { $what ->
        [unlock] Pada { $time } petugas kami { $officer } membuka lagi cara masuk Anda, setelah memastikan Anda.
        [take-app-back] Pada { $time } petugas kami { $officer } mencabut izin yang Anda berikan kepada sebuah aplikasi. Aplikasi itu tidak melihat data Anda lagi. Halaman aplikasi terhubung menunjukkan aplikasi mana yang masih melihatnya.
       *[send-reset] Pada { $time } petugas kami { $officer } mengirimi Anda tautan kata sandi baru, setelah memastikan Anda. Tautannya datang dalam pesan tersendiri, dan tidak ada yang melihatnya di sini.
    } Untuk apa: { $why ->
        [call] telepon dari Anda
        [visit] kunjungan Anda ke kantor
        [letter] surat dari Anda
        [request] permintaan Anda
       *[other] ada yang janggal di akun Anda
    }.

    Alasan lengkapnya ada di daftar aktivitas akun Anda. Tidak tahu soal ini? Telepon { $help }.
message-desk-act-sms =
    { $service }: petugas { $stage ->
        [asked] diminta
        [approved] dalam 24 jam akan
        [done] sudah
       *[ended] tidak jadi
    } { $what ->
        [remove-app] melepas aplikasi autentikator Anda
        [remove-passkeys] melepas kunci sandi Anda
        [replace-email] mengganti email Anda
       *[replace-phone] mengganti nomor HP Anda
    }. Bukan Anda? Telepon { $help }
message-desk-act-subject =
    { $what ->
        [remove-app] Pelepasan aplikasi autentikator Anda
        [remove-passkeys] Pelepasan kunci sandi Anda
        [replace-email] Penggantian email Anda
       *[replace-phone] Penggantian nomor HP Anda
    }: { $stage ->
        [asked] diajukan
        [approved] disetujui
        [done] dilakukan
       *[ended] berakhir, tidak ada yang berubah
    }
message-desk-act-body =
    { $stage ->
        [asked] Pada { $at } petugas kami { $officer } mengajukan ini untuk akun Anda. Ini menunggu petugas kedua, paling lama sampai { $time }. Belum ada yang berubah.
        [approved] Pada { $at } petugas kami { $officer }, petugas kedua, menyetujui ini. Ini dilakukan { $time }, kecuali Anda membatalkannya. Belum ada yang berubah.
        [done] Pada { $at } ini dilakukan, 24 jam setelah disetujui petugas kami { $officer }.
       *[ended] Pada { $at } ini berakhir, dan tidak ada yang berubah. Petugas: { $officer }.
    }

    { $what ->
        [remove-app] Aplikasi autentikator dilepas dari akun Anda.
        [remove-passkeys] Semua kunci sandi dilepas dari akun Anda.
        [replace-email] Email akun Anda diganti. Yang baru: { $new }.
       *[replace-phone] Nomor HP akun Anda diganti. Yang baru: { $new }.
    } Untuk apa: { $why ->
        [call] telepon dari Anda
        [visit] kunjungan Anda ke kantor
        [letter] surat dari Anda
        [request] permintaan Anda
       *[other] ada yang janggal di akun Anda
    }.

    Alasan lengkapnya ada di daftar aktivitas akun Anda. Selama ini menunggu, tidak ada yang dibayarkan. Tidak tahu soal ini? Telepon { $help }.
message-desk-cancel-link =
    Bukan Anda? Batalkan dengan satu tombol, tanpa masuk:

    { $link }
message-desk-contact-sms =
    { $service }: petugas diminta menambahkan { $contact ->
        [phone] nomor HP ini
       *[email] email ini
    } ke sebuah akun. Bukan Anda? Telepon { $help }
message-desk-contact-subject =
    { $contact ->
        [phone] Nomor HP Anda akan ditambahkan ke sebuah akun
       *[email] Email Anda akan ditambahkan ke sebuah akun
    }
message-desk-contact-body =
    Pada { $time } layanan bantuan kami diminta menambahkan { $contact ->
        [phone] nomor HP ini
       *[email] email ini
    } ke sebuah akun. Bukan Anda yang memintanya? Jangan lakukan apa-apa, dan telepon { $help }.
message-desk-confirm-link =
    Anda yang memintanya? Pastikan bahwa alamat ini milik Anda:

    { $link }
