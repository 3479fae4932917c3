# Only in the demonstration.
demo-notice = Demonstrasi: semua orang dan angka di sini rekaan.
demo-states-title = Siapa memperlihatkan apa di sini
demo-states-siti = bulan yang dibayar, terlambat, kurang, dan belum masuk, serta utang pemberi kerja
demo-states-dewi = dua nomor peserta yang belum digabungkan
demo-states-merged = dua nomor peserta yang sudah digabungkan
demo-states-agus = tiga puluh tahun saldo dan pencairan; hasil tahun-tahun awal dianggap sudah diumumkan, hasil tahun-tahun akhir masih perkiraan; semuanya asumsi
demo-outbox-link = Pesan terkirim
outbox-title = Pesan terkirim
outbox-lead = Di demonstrasi tidak ada yang benar-benar dikirim. Semua SMS dan email tampil di sini, terbaru di atas.
outbox-to = Hanya untuk alamat atau nomor
outbox-empty = Belum ada pesan.
outbox-json = Sebagai JSON
channel-email = Email
channel-sms = SMS
