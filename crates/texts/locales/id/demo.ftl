# Only in the demonstration.
demo-notice = Demonstrasi: semua orang dan angka di sini rekaan.
demo-outbox-link = Pesan terkirim
outbox-title = Pesan terkirim
outbox-lead = Di demonstrasi tidak ada yang benar-benar dikirim. Semua SMS dan email tampil di sini, terbaru di atas.
outbox-to = Hanya untuk alamat atau nomor
outbox-empty = Belum ada pesan.
outbox-json = Sebagai JSON
channel-email = Email
channel-sms = SMS
