# What is sent (section 4). Paragraphs are set apart by an empty line; letters take them one by one.

# One segment of a text message, last line as browsers read it: `crate::text_message` holds both.
message-sign-in-code-sms =
    { $code } adalah kode masuk { $service }. Berlaku { $minutes } menit. Jangan beri tahu siapa pun, termasuk petugas kami.

    @{ $domain } #{ $code }
message-sign-in-code-subject = Kode masuk { $service }
message-sign-in-code-body =
    Kode masuk Anda { $code }. Berlaku { $minutes } menit, sampai { $time }.

    Isi kode ini hanya di { $domain }. Jangan berikan kepada siapa pun, termasuk petugas kami.

    Tidak sedang masuk? Seseorang tahu kata sandi Anda. Jangan pakai kode ini, dan telepon { $help }.

# Proves an address or number outside of a sign-in.
message-contact-code-sms =
    { $code } adalah kode { $service } untuk memastikan nomor ini. Berlaku { $minutes } menit. Jangan beri tahu siapa pun.

    @{ $domain } #{ $code }
message-contact-code-subject =
    { $channel ->
        [sms] Pastikan nomor HP Anda
       *[email] Pastikan email Anda
    }
message-contact-code-body =
    Kode untuk memastikan alamat ini: { $code }. Berlaku { $minutes } menit, sampai { $time }.

    Isi kode ini hanya di { $domain }. Jangan berikan kepada siapa pun, termasuk petugas kami.

    Tidak meminta ini? Abaikan saja; tanpa kode ini alamat Anda tidak dipakai.

message-new-device-sms = { $service }: masuk dari perangkat baru pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-new-device-subject = Masuk dari perangkat baru
message-new-device-body =
    { $service } baru saja dibuka dari perangkat yang belum kami kenal: { $device }, { $time }.

    Anda sendiri? Tidak perlu apa-apa.

    Bukan Anda? Amankan akun dengan tautan di bawah.

message-oldest-session-sms = { $service }: satu perangkat dikeluarkan pukul { $time } karena terlalu banyak yang masuk. Bukan Anda? Buka { $service } sendiri, pilih Bantuan.
message-oldest-session-subject = Satu perangkat dikeluarkan
message-oldest-session-body =
    Anda masuk di satu perangkat lebih banyak daripada batas satu akun. Karena itu perangkat yang paling lama masuk dikeluarkan: { $device }, { $time }.

    Anda sendiri? Tidak perlu apa-apa. Daftar perangkat ada di { $domain }/security/devices.

message-password-paused-sms = { $service }: masuk dengan kata sandi dijeda sampai { $time } karena banyak yang salah. Tidak perlu menelepon. Terbuka sendiri.
message-password-paused-subject = Masuk dengan kata sandi dijeda
message-password-paused-body =
    Kata sandi yang salah dimasukkan sepuluh kali untuk akun Anda. Masuk dengan kata sandi dijeda sampai { $time }, supaya tidak ada yang terus menebak. Jeda terbuka sendiri; tidak perlu menelepon.

    Yang tetap bisa: perangkat yang sudah masuk, kunci sandi, dan menyetel kata sandi baru di { $domain }/forgot-password.

    Anda sendiri? Tunggu sampai { $time }, atau setel kata sandi baru.

message-password-locked-sms = { $service }: masuk dengan kata sandi dikunci setelah 100 kali salah. Buka { $service } sendiri, lalu setel kata sandi baru.
message-password-locked-subject = Masuk dengan kata sandi dikunci
message-password-locked-body =
    Kata sandi yang salah dimasukkan 100 kali berturut-turut untuk akun Anda. Masuk dengan kata sandi dikunci sampai Anda membukanya. Akun dan saldo Anda aman.

    Anda bisa membukanya sendiri: setel kata sandi baru di { $domain }/forgot-password, atau masuk dengan kunci sandi. Perangkat yang sudah masuk tetap masuk.

    Keduanya tidak bisa? Telepon { $help }. Anda tidak perlu membuat akun baru.

message-password-opened-sms = { $service }: kata sandi Anda bisa dipakai lagi. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-password-opened-subject = Anda bisa masuk dengan kata sandi lagi
message-password-opened-body =
    Masuk dengan kata sandi sudah terbuka lagi untuk akun Anda: ada yang melewati langkah kedua, atau memakai kunci sandi. Petugas kami tidak ikut campur.
    Masuk dengan kata sandi sudah terbuka lagi untuk akun Anda: langkah kedua Anda berhasil, setelah kunci sandi atau kata sandi baru. Bukan petugas yang membukanya.

    Anda sendiri? Tidak perlu apa-apa.

message-second-step-sms = { $service }: kata sandi Anda benar, tetapi kodenya { $n } kali salah, pukul { $time }. Bukan Anda? Setel kata sandi baru.
message-second-step-subject = Ada yang mencoba masuk
message-second-step-body =
    Kata sandinya benar, tetapi langkah kedua { $n } kali tidak cocok: { $device }, { $time }. Tidak ada yang berhasil masuk.

    Anda sendiri? Periksa kode terbaru, atau pilih cara lain.

    Bukan Anda? Berarti seseorang tahu kata sandi Anda. Amankan akun dengan tautan di bawah.

message-reset-link-subject = Setel ulang kata sandi
message-reset-link-body =
    Seseorang meminta kata sandi baru untuk akun { $service } Anda. Anda sendiri? Buka tautan ini untuk membuat kata sandi baru. Tautan berlaku sampai pukul { $time } dan untuk satu kali:

    { $link }

    Langkah kedua tetap akan diminta saat Anda masuk.

    Tidak meminta ini? Tidak ada yang berubah, dan kata sandi lama masih berlaku.

message-reset-code-sms =
    { $code } adalah kode { $service } untuk kata sandi baru. Berlaku { $minutes } menit. Jangan beri tahu siapa pun.

    @{ $domain } #{ $code }
message-reset-code-subject = Kode untuk kata sandi baru

message-no-account-subject = Tidak ada akun dengan email ini
message-no-account-body =
    Seseorang meminta kata sandi baru di { $service } dengan alamat email ini. Tidak ada akun dengan alamat ini.

    Anda sendiri? Mungkin akun Anda memakai email lain. Buka { $domain }, pilih Lupa kata sandi, lalu coba email lain, nomor HP, atau nomor peserta (KPJ).

    Masih tidak bisa? Telepon { $help }. Bukan Anda? Abaikan saja; tidak ada yang berubah.

message-password-changed-sms = { $service }: kata sandi Anda diganti pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-password-changed-subject = Kata sandi Anda diganti
message-password-reset-body =
    Kata sandi baru dibuat sebagai ganti yang lupa: { $device }, { $time }. Semua perangkat sudah dikeluarkan. Masuk lagi dengan kata sandi baru; langkah kedua tetap diminta.

    Anda sendiri? Tidak perlu apa-apa.
message-password-changed-body =
    Kata sandi akun Anda diganti: { $device }, { $time }. { $others ->
        [ended] Semua perangkat lain sudah dikeluarkan.
       *[kept] Perangkat lain tetap masuk.
    }

    Anda sendiri? Tidak perlu apa-apa.

message-not-me-sms = { $service }: akun Anda diamankan. Semua perangkat dikeluarkan. Setel kata sandi baru: buka { $service } sendiri, pilih Lupa kata sandi.
message-not-me-subject = Akun Anda sudah diamankan
message-not-me-body =
    Pada { $time } dilaporkan ada kegiatan di akun Anda yang bukan dari Anda. Kami mengeluarkan semua perangkat, dan kata sandi yang dipakai sampai sekarang tidak bisa membuka akun lagi. Kunci sandi, aplikasi, dan kode pemulihan yang ditambahkan sejak kejadian itu juga tidak membuka akun; milik Anda bisa dinyalakan lagi di halaman Keamanan.

    Sekarang setel kata sandi baru: buka { $domain }, pilih Lupa kata sandi. Langkah kedua tetap akan diminta.

    Data dan saldo Anda tidak berubah. Ada pertanyaan? Telepon { $help }.

# A staged recovery: to whoever had the account, and to the new contact.
message-recovery-warning-sms = { $service }: pemulihan akun Anda diminta. Bukan Anda? Hentikan: buka { $service } sendiri, Bantuan, Hentikan pemulihan, isi { $reference }
message-recovery-warning-subject = Ada yang meminta memulihkan akun Anda
message-recovery-warning-body =
    Seseorang meminta memulihkan akun { $service } Anda, dengan alasan HP dan email lama tidak bisa dipakai lagi: { $device }, { $time }. Kontak baru yang diberikan: { $contact }. Nomor pemulihan { $reference }.

    { $stage ->
        [ready] Dua petugas sudah memeriksa bukti identitas orang yang meminta, dan waktu tunggu sudah lewat. Kata sandi baru bisa dibuat kapan saja, kecuali Anda menghentikannya.
        [proved] Dua petugas sudah memeriksa bukti identitas orang yang meminta. Sampai { $until } tidak ada yang berubah, dan Anda bisa menghentikannya.
       *[asked] Orang yang meminta masih harus membuktikan identitasnya di hadapan petugas. Sampai { $until } tidak ada yang berubah, dan Anda bisa menghentikannya.
    }

    Bukan Anda? Hentikan dengan tautan ini, tanpa perlu masuk:

    { $link }

    Anda sendiri yang meminta? Tidak perlu apa-apa. Ragu? Telepon { $help }.

message-recovery-received-sms = { $service }: permintaan pemulihan akun diterima. Nomor pemulihan { $reference }. Simpan nomor ini. Tidak meminta? Abaikan.
message-recovery-received-subject = Permintaan pemulihan akun diterima
message-recovery-received-body =
    Kami menerima permintaan untuk memulihkan akun { $service }. Nomor pemulihan Anda { $reference }. Simpan nomor ini.

    Berikutnya: buktikan identitas Anda dengan cara yang Anda pilih. Sampai { $until } pemilik akun bisa menghentikan pemulihan ini. Sesudah keduanya selesai, kami mengirim kabar ke sini.

    Melihat sampai mana: buka { $domain }/recover/status.

    Tidak meminta ini? Abaikan; tidak ada yang berubah.

message-recovery-link-subject = Buat kata sandi baru Anda
message-recovery-link-body =
    Pemulihan { $reference } sudah siap diselesaikan. Buka tautan ini untuk membuat kata sandi baru. Tautan berlaku sampai { $until } dan untuk satu kali:

    { $link }

    Saat masuk, langkah kedua tetap diminta; kodenya dikirim ke sini.

message-recovery-ready-sms = { $service }: pemulihan { $reference } siap diselesaikan. Buka { $service } sendiri, pilih Bantuan, Lihat pemulihan.

message-recovery-stopped-sms = { $service }: pemulihan akun { $reference } dihentikan. Tidak ada yang berubah.
message-recovery-stopped-subject = Pemulihan akun dihentikan
message-recovery-stopped-body =
    Pemulihan { $reference } dihentikan pada { $time }. Tidak ada yang berubah pada akun.

    Ada pertanyaan? Telepon { $help }.

message-recovery-refused-sms = { $service }: pemulihan akun { $reference } ditutup petugas. Tidak ada yang berubah. Tanya? Telepon { $help }
message-recovery-refused-subject = Pemulihan akun ditutup
message-recovery-refused-body =
    Petugas menutup pemulihan { $reference } pada { $time }. Tidak ada yang berubah pada akun.

    Ada pertanyaan? Telepon { $help }.

message-recovery-done-sms = { $service }: kata sandi baru dibuat lewat pemulihan akun { $reference }. Bukan Anda? Telepon { $help }
message-recovery-done-subject = Akun Anda sudah dipulihkan
message-recovery-done-body =
    Kata sandi baru dibuat lewat pemulihan { $reference }: { $device }, { $time }. Kontak baru: { $contact }. Semua perangkat sudah dikeluarkan, dan yang dinyatakan hilang sudah dilepas dari akun.

    Kontak lama masih kami beri tahu selama 72 jam. Bukan Anda, dan pesan ini sampai di kontak lama Anda? Tautan di bawah mengembalikan kontak lama itu. Ragu? Telepon { $help }.
message-staff-looked-sms = { $service }: petugas { $officer } melihat data Anda pada { $time }. Lihat Aktivitas di { $domain }
message-staff-looked-subject = Petugas melihat data Anda
message-staff-looked-body =
    Pada { $time } petugas kami { $officer } { $field ->
        [none] membuka data Anda
       *[other] melihat satu rincian data Anda secara utuh: { $field ->
            [nik] NIK
            [kpj] nomor peserta
            [birth-date] tanggal lahir
            [address] alamat rumah
            [email] email
           *[other] nomor HP
        }
    }. Untuk apa: { $why ->
        [call] telepon dari Anda
        [visit] kunjungan Anda ke kantor
        [letter] surat dari Anda
        [request] permintaan Anda
       *[other] ada yang janggal di akun Anda
    }.

    Alasan lengkapnya ada di daftar aktivitas akun Anda. Tidak tahu soal ini? Telepon { $help }.

message-code-withheld-subject = Kode SMS tidak dikirim
message-code-withheld-body =
    Pada { $time } seseorang, mungkin Anda, meminta kode lewat SMS untuk masuk ke { $service }. Kami tidak mengirimnya, karena operator seluler memberi tahu bahwa nomor Anda baru saja pindah ke kartu lain.

    Anda sendiri yang mengganti kartu? Pakai cara lain untuk masuk hari ini. Kode SMS bisa dipakai lagi setelah beberapa hari.

    Tidak mengganti kartu? Nomor Anda mungkin sedang diambil orang. Hubungi operator seluler Anda sekarang.

# Asks under news of an account; the link is a paragraph of its own.
message-not-me-link =
    Ini bukan Anda? Tautan ini berlaku 7 hari dan untuk satu kali:

    { $link }

# Names a letter, so that its reader can ask whether it is ours.
message-reference = Kode pesan { $reference }. Periksa di { $domain }/check apakah pesan ini dari kami.

# A way to prove who one is: added, taken away, used up.
message-factor-sms =
    { $service }: { $what ->
        [app-added] aplikasi autentikator ditambahkan
        [app-removed] aplikasi autentikator dihapus
        [passkey-added] kunci sandi ditambahkan
        [passkey-removed] kunci sandi dihapus
        [passkey-copied] kunci sandi ditolak
        [suspended] cara masuk dinonaktifkan
        [resumed] cara masuk dinyalakan lagi
        [codes-made] kode pemulihan dibuat
        [code-used] kode pemulihan dipakai
       *[ways-changed] cara masuk diubah
    } pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan.
message-factor-subject =
    { $what ->
        [app-added] Aplikasi autentikator ditambahkan
        [app-removed] Aplikasi autentikator dihapus
        [passkey-added] Kunci sandi ditambahkan
        [passkey-removed] Kunci sandi dihapus
        [passkey-copied] Sebuah kunci sandi ditolak
        [suspended] Satu cara masuk dinonaktifkan
        [resumed] Satu cara masuk dinyalakan lagi
        [codes-made] Kode pemulihan baru dibuat
        [code-used] Kode pemulihan dipakai untuk masuk
       *[ways-changed] Cara masuk diubah
    }
message-factor-body =
    { $what ->
        [app-added] Aplikasi autentikator ditambahkan ke akun Anda.
        [app-removed] Aplikasi autentikator dihapus dari akun Anda.
        [passkey-added] Kunci sandi ditambahkan ke akun Anda.
        [passkey-removed] Kunci sandi dihapus dari akun Anda.
        [passkey-copied] Sebuah kunci sandi dipakai, tetapi hitungannya mundur. Mungkin ada salinannya, jadi kami menolaknya. Bila itu kunci Anda, hapus di halaman Keamanan lalu buat yang baru.
        [suspended] Sebuah kunci sandi atau aplikasi autentikator dinonaktifkan: tidak membuka akun sampai Anda menyalakannya lagi di halaman Keamanan.
        [resumed] Sebuah kunci sandi atau aplikasi autentikator dinyalakan lagi dan bisa dipakai untuk masuk.
        [codes-made] Sepuluh kode pemulihan baru dibuat. Kode yang lama tidak berlaku lagi.
        [code-used] Sebuah kode pemulihan dipakai untuk masuk, dan penggantinya ditampilkan. Sisa { $n } kode di lembar yang Anda simpan. { $few ->
            [yes] Buat kode baru di halaman Keamanan.
           *[no] Kode yang lain tetap berlaku.
        }
       *[ways-changed] Kode lewat SMS atau email dinyalakan atau dimatikan.
    } { $device }, { $time }.

    Anda sendiri? Tidak perlu apa-apa.

# An account that is opened.
message-activation-link-subject = Lanjutkan aktivasi akun Anda
message-activation-link-body =
    Email Anda sudah dipastikan. Belum sempat menyelesaikan aktivasi akun { $service }? Lanjutkan dengan tautan ini, sampai { $time } dan untuk satu kali:

    { $link }

    Sudah selesai? Maka tautan ini tidak diperlukan lagi. Jangan teruskan email ini kepada siapa pun.

    Tidak sedang mengaktifkan akun? Abaikan saja; tanpa Anda tidak ada akun yang dibuka.

message-activated-sms = { $service }: akun Anda aktif sejak pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-activated-subject = Akun Anda sudah aktif
message-activated-body =
    Akun { $service } Anda sudah aktif: { $device }, { $time }. Masuk di { $domain } dengan email, nomor HP, atau nomor peserta (KPJ).

    Anda sendiri? Tidak perlu apa-apa.

message-activation-tried-sms = { $service }: data Anda diisi untuk aktivasi pukul { $time }. Akun Anda sudah ada dan tidak berubah. Lupa kata sandi? Buka { $service } sendiri.
message-activation-tried-subject = Data Anda diisi untuk mengaktifkan akun
message-activation-tried-body =
    Seseorang mengisi NIK, nomor peserta (KPJ), dan tanggal lahir Anda untuk mengaktifkan akun: { $device }, { $time }. Akun Anda sudah ada. Tidak ada yang berubah.

    Anda sendiri? Masuk saja di { $domain }. Lupa kata sandi? Buka { $domain }/forgot-password.

    Bukan Anda? Orang itu tahu data Anda, tetapi tidak bisa masuk ke akun Anda dengan data itu.

# A change of contacts: an address or number comes, goes, or is exchanged. $what is said by act and
# kind; masked contacts stand in letters only.
message-contact-begun-sms =
    { $service }: { $contact ->
        [phone] perubahan nomor HP
       *[email] perubahan email
    } berlaku { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan.
message-contact-begun-subject =
    { $contact ->
        [phone] Perubahan nomor HP dimulai
       *[email] Perubahan email dimulai
    }
message-contact-begun-body =
    { $what ->
        [add-email] Alamat email ditambahkan ke akun Anda: { $new }.
        [add-phone] Nomor HP ditambahkan ke akun Anda: { $new }.
        [replace-email] Alamat email akun Anda diganti: dari { $old } menjadi { $new }.
        [replace-phone] Nomor HP akun Anda diganti: dari { $old } menjadi { $new }.
        [remove-email] Alamat email { $old } dihapus dari akun Anda.
       *[remove-phone] Nomor HP { $old } dihapus dari akun Anda.
    } { $device }, { $at }.

    Perubahan berlaku { $time }. Sampai saat itu data lama yang dipakai, dan pencairan ditutup.

    Anda sendiri? Tidak perlu apa-apa.
message-contact-done-sms =
    { $service }: { $contact ->
        [phone] perubahan nomor HP
       *[email] perubahan email
    } sudah berlaku. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-contact-done-subject =
    { $contact ->
        [phone] Perubahan nomor HP sudah berlaku
       *[email] Perubahan email sudah berlaku
    }
message-contact-done-body =
    { $what ->
        [add-email] Mulai { $time } alamat email ini dipakai untuk akun Anda: { $new }.
        [add-phone] Mulai { $time } nomor HP ini dipakai untuk akun Anda: { $new }.
        [replace-email] Mulai { $time } alamat email { $new } dipakai untuk akun Anda, bukan lagi { $old }.
        [replace-phone] Mulai { $time } nomor HP { $new } dipakai untuk akun Anda, bukan lagi { $old }.
        [remove-email] Mulai { $time } alamat email { $old } tidak lagi dipakai untuk akun Anda.
       *[remove-phone] Mulai { $time } nomor HP { $old } tidak lagi dipakai untuk akun Anda.
    }

    Anda sendiri? Tidak perlu apa-apa.
message-contact-cancelled-sms =
    { $service }: { $contact ->
        [phone] perubahan nomor HP
       *[email] perubahan email
    } dibatalkan. Data lama tetap dipakai. Bukan Anda? Buka { $service } sendiri, pilih Bantuan.
message-contact-cancelled-subject =
    { $contact ->
        [phone] Perubahan nomor HP dibatalkan
       *[email] Perubahan email dibatalkan
    }
message-contact-cancelled-body =
    { $what ->
        [add-email] Alamat email { $new } tidak dipakai untuk akun Anda.
        [add-phone] Nomor HP { $new } tidak dipakai untuk akun Anda.
        [replace-email] Alamat email { $old } tetap dipakai untuk akun Anda, bukan { $new }.
        [replace-phone] Nomor HP { $old } tetap dipakai untuk akun Anda, bukan { $new }.
        [remove-email] Alamat email { $old } tetap dipakai untuk akun Anda.
       *[remove-phone] Nomor HP { $old } tetap dipakai untuk akun Anda.
    } Dibatalkan { $at }.

    Anda sendiri? Tidak perlu apa-apa.
message-contact-lapsed-sms =
    { $service }: { $contact ->
        [phone] perubahan nomor HP
       *[email] perubahan email
    } tidak selesai, tidak ada yang berubah. Bukan Anda? Buka { $service } sendiri, pilih Bantuan.
message-contact-lapsed-subject =
    { $contact ->
        [phone] Perubahan nomor HP tidak selesai
       *[email] Perubahan email tidak selesai
    }
message-contact-lapsed-body =
    { $contact ->
        [phone] Seseorang yang masuk ke akun Anda meminta nomor HP baru, tetapi kodenya tidak diisi dalam satu jam.
       *[email] Seseorang yang masuk ke akun Anda meminta alamat email baru, tetapi kodenya tidak diisi dalam satu jam.
    } Tidak ada yang berubah.

    Anda sendiri? Mulai lagi di { $domain }, pada halaman Data diri.

# The same, to the contact that comes. Whoever reads it may not be the owner of the account.
message-contact-new-sms =
    { $stage ->
        [begun] { $service }: nomor ini dipakai untuk sebuah akun mulai { $time }. Bukan akun Anda? Buka { $service } sendiri, pilih Bantuan.
        [done] { $service }: nomor ini sekarang dipakai untuk masuk, kode, dan kabar akun Anda.
       *[cancelled] { $service }: nomor ini tidak dipakai untuk akun. Perubahannya dibatalkan. Data lama tetap dipakai.
    }
message-contact-new-subject =
    { $stage ->
        [begun] Email ini akan dipakai untuk akun { $service }
        [done] Email ini sekarang dipakai untuk akun { $service }
       *[cancelled] Email ini tidak dipakai untuk akun { $service }
    }
message-contact-new-body =
    { $stage ->
        [begun] Alamat ini dipastikan dengan kode dan dipakai untuk sebuah akun { $service } mulai { $time }. Sampai saat itu data lama yang dipakai.
        [done] Mulai { $time } alamat ini dipakai untuk masuk, untuk kode, dan untuk kabar akun { $service } Anda.
       *[cancelled] Perubahan itu dibatalkan { $at }. Data lama akun itu tetap dipakai.
    }

    Bukan akun Anda? Telepon { $help }.

# Under the news of a change, for contacts that were there before; the link is a paragraph of its own.
message-undo-link =
    Bukan Anda? Batalkan perubahan ini dengan satu tombol, tanpa masuk. Tautan berlaku sampai { $until }:

    { $link }

# To the owner of a contact that somebody else wanted.
message-contact-taken-sms =
    { $service }: { $contact ->
        [phone] seseorang mencoba memakai nomor HP Anda
       *[email] seseorang mencoba memakai email Anda
    } untuk akun lain. Tidak ada yang berubah.
message-contact-taken-subject =
    { $contact ->
        [phone] Seseorang mencoba memakai nomor HP Anda
       *[email] Seseorang mencoba memakai email Anda
    }
message-contact-taken-body =
    { $contact ->
        [phone] Pada { $at } seseorang mencoba memakai nomor HP Anda untuk akun { $service } lain. Nomor itu milik akun Anda, jadi tidak ada yang berubah.
       *[email] Pada { $at } seseorang mencoba memakai alamat email Anda untuk akun { $service } lain. Alamat itu milik akun Anda, jadi tidak ada yang berubah.
    }

    Anda sendiri? Berarti Anda punya dua akun. Telepon { $help }; kami bantu menggabungkannya.

message-address-sms = { $service }: alamat rumah Anda diubah pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-address-subject = Alamat rumah Anda diubah
message-address-body =
    Alamat rumah pada data Anda diubah: { $device }, { $time }.

    Anda sendiri? Tidak perlu apa-apa. Alamat yang sekarang ada di { $domain }/personal-details.

message-payouts-closed-sms = { $service }: pencairan ditutup pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Keamanan.
message-payouts-closed-subject = Pencairan ditutup
message-payouts-closed-body =
    Kunci pencairan dipasang: { $device }, { $time }. Tidak ada yang bisa dicairkan lewat { $service } sampai Anda membukanya, dan itu butuh 12 jam.

    Anda sendiri? Tidak perlu apa-apa.
message-payouts-opening-sms = { $service }: pencairan terbuka { $time }. Bukan Anda? Buka { $service } sendiri, pilih Keamanan, lalu kunci lagi.
message-payouts-opening-subject = Pencairan akan terbuka
message-payouts-opening-body =
    Seseorang meminta pencairan dibuka lagi: { $device }, { $at }. Pencairan terbuka { $time }.

    Anda sendiri? Tidak perlu apa-apa.

    Bukan Anda? Kunci lagi di { $domain }/security/payouts, atau amankan akun dengan tautan di bawah.

message-transaction-reported-sms = { $service }: transaksi dilaporkan, { $reference }, { $time }. Pencairan ditutup. Bukan Anda? Buka { $service } sendiri, pilih Keamanan.
message-transaction-reported-subject = Laporan transaksi Anda kami terima
message-transaction-reported-body =
    Anda menyatakan tidak mengenal sebuah transaksi: { $device }, { $time }. Nomor laporan Anda { $reference }; petugas kami memeriksanya dan memberi tahu hasilnya.

    Sampai Anda membukanya, tidak ada yang bisa dicairkan lewat { $service }. Transaksi dan laporan Anda ada di { $domain }/transactions.

message-report-closed-sms =
    { $outcome ->
        [corrected] { $service }: laporan { $reference } ditutup. Transaksi itu keliru dan sudah dibetulkan. Lihat transaksi Anda.
        [fraud] { $service }: laporan { $reference } ditutup. Orang lain yang melakukannya. Petugas kami akan menelepon. Bantuan: { $help }.
       *[explained] { $service }: laporan { $reference } ditutup. Transaksi itu benar. Ada pertanyaan? Telepon { $help }.
    }
message-report-closed-subject = Laporan transaksi Anda ditutup
message-report-closed-body =
    { $outcome ->
        [corrected] Petugas kami menutup laporan { $reference } pada { $time }: transaksi itu keliru dan sudah dibetulkan dengan transaksi tersendiri. Keduanya ada di daftar transaksi Anda.
        [fraud] Petugas kami menutup laporan { $reference } pada { $time }: orang lain yang melakukannya. Langkah berikutnya mereka bicarakan dengan Anda.
       *[explained] Petugas kami menutup laporan { $reference } pada { $time }: transaksi itu benar.
    }

    Pencairan tetap ditutup sampai Anda membukanya, di { $domain }/security/payouts. Ada pertanyaan, atau Anda berpendapat lain? Telepon { $help } dan sebutkan nomor laporan Anda.

message-data-exported-sms = { $service }: data Anda diunduh pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-data-exported-subject = Data Anda diunduh
message-data-exported-body =
    Berkas berisi data Anda diunduh: { $device }, { $time }. Di dalamnya ada NIK, alamat, dan iuran Anda.

    Anda sendiri? Simpan berkas itu di tempat yang tidak bisa dibuka orang lain.

# Under every letter.
message-footer = Dikirim otomatis oleh { $service }. Petugas kami tidak pernah meminta kata sandi, kode, atau PIN. Bantuan: { $phone }, { $hours }.
