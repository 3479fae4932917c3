# What is sent (section 4). Paragraphs are set apart by an empty line; letters take them one by one.

# One segment of a text message, last line as browsers read it: `crate::text_message` holds both.
message-sign-in-code-sms =
    { $code } adalah kode masuk { $service }. Berlaku { $minutes } menit. Jangan berikan kepada siapa pun, termasuk petugas kami.

    @{ $domain } #{ $code }
message-sign-in-code-subject = Kode masuk { $service }
message-sign-in-code-body =
    Kode masuk Anda { $code }. Berlaku { $minutes } menit, sampai { $time }.

    Isi kode ini hanya di { $domain }. Jangan berikan kepada siapa pun, termasuk petugas kami.

    Tidak sedang masuk? Seseorang tahu kata sandi Anda. Jangan pakai kode ini, dan telepon { $help }.
message-new-device-sms = { $service }: masuk dari perangkat baru pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan.
message-new-device-subject = Masuk dari perangkat baru
message-new-device-body =
    { $service } baru saja dibuka dari perangkat yang belum kami kenal: { $device }, { $time }.

    Anda sendiri? Tidak perlu apa-apa.

    Bukan Anda? Telepon { $help }. Petugas mengeluarkan semua perangkat dan membantu Anda mengganti kata sandi.

    Alamat kami { $domain }. Ketik sendiri; email ini tidak memuat tautan.

# Under every letter.
message-footer = Dikirim otomatis oleh { $service }. Petugas kami tidak pernah meminta kata sandi, kode, atau PIN. Bantuan: { $phone }, { $hours }.
