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
    Masuk dengan kata sandi sudah terbuka lagi untuk akun Anda.

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

message-reset-without-address-sms = { $service }: ada yang meminta kata sandi baru. Akun Anda belum punya email. Buka { $service } sendiri, pilih Bantuan.

message-no-account-subject = Tidak ada akun dengan email ini
message-no-account-body =
    Seseorang meminta kata sandi baru di { $service } dengan alamat email ini. Tidak ada akun dengan alamat ini.

    Anda sendiri? Mungkin akun Anda memakai email lain. Buka { $domain }, pilih Lupa kata sandi, lalu coba email lain, nomor HP, atau nomor peserta (KPJ).

    Masih tidak bisa? Telepon { $help }. Bukan Anda? Abaikan saja; tidak ada yang berubah.

message-password-changed-sms = { $service }: kata sandi Anda diganti pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-password-changed-subject = Kata sandi Anda diganti
message-password-reset-body =
    Kata sandi baru dibuat lewat tautan di email: { $device }, { $time }. Semua perangkat sudah dikeluarkan. Masuk lagi dengan kata sandi baru; langkah kedua tetap diminta.

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
    Pada { $time } dilaporkan ada kegiatan di akun Anda yang bukan dari Anda. Kami mengeluarkan semua perangkat, dan kata sandi yang dipakai sampai sekarang tidak bisa membuka akun lagi.

    Sekarang setel kata sandi baru: buka { $domain }, pilih Lupa kata sandi. Langkah kedua tetap akan diminta.

    Data dan saldo Anda tidak berubah. Ada pertanyaan? Telepon { $help }.

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
        [codes-made] Sepuluh kode pemulihan baru dibuat. Kode yang lama tidak berlaku lagi.
        [code-used] Sebuah kode pemulihan dipakai untuk masuk. Sisa { $n } kode. { $few ->
            [yes] Buat kode baru di halaman Keamanan.
           *[no] Kode yang lain tetap berlaku.
        }
       *[ways-changed] Kode lewat SMS atau email dinyalakan atau dimatikan.
    } { $device }, { $time }.

    Anda sendiri? Tidak perlu apa-apa.

# Under every letter.
message-footer = Dikirim otomatis oleh { $service }. Petugas kami tidak pernah meminta kata sandi, kode, atau PIN. Bantuan: { $phone }, { $hours }.
