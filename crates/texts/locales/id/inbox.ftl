# M28 Inbox, and the page that says whether a message is ours.
inbox-title = Kotak masuk
inbox-lead = Semua pesan yang kami kirim kepada Anda dalam 13 bulan terakhir.
inbox-no-codes = Pesan yang tidak ada di sini bukan dari kami. Kode dan isi pesan tidak disimpan. Punya kode pesan?
inbox-empty = Kami belum mengirim apa-apa kepada Anda.
inbox-by-email = Email ke
inbox-by-sms = SMS ke
inbox-sent = Dikirim { $time }
inbox-waiting = Sedang dikirim
inbox-not-delivered = Tidak sampai
inbox-reference = Kode pesan
inbox-sort-code = Sebuah kode
inbox-sort-link = Tautan yang diminta
inbox-sort-news = Kabar tentang suatu akun

check-title = Apakah pesan ini dari kami?
check-lead = Email dan SMS kami memuat kode pesan yang diawali PYG, pernyataan saldo kami memuat kode yang diawali PYS. Isi kode itu di sini.
check-label = Kode pesan atau pernyataan
check-hint = Misalnya PYG-7F3K-29QD atau PYS-7F3K-29QD-0M4T-ZC8W
check-button = Periksa
check-format = Isi kode seperti yang tercetak: PYG dan 8 huruf atau angka, atau PYS dan 16
check-ours = Ya, { $service } mengirim pesan ini.
check-ours-text = Bandingkan: apakah isi dan waktunya sama dengan pesan Anda? Bila tidak, mungkin ada yang menyalin kodenya. Di sini kami tidak pernah menyebut penerimanya.
check-unknown = Kami tidak mengenal pesan dengan kode ini.
check-unknown-text = Periksa setiap huruf dan angka. Bila sudah benar, pesan itu bukan dari kami: jangan buka tautannya, dan jangan beri tahu siapa pun kode atau kata sandi.
check-by-email = Lewat email
check-by-sms = Lewat SMS
