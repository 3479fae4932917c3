# M34
status-title = Status layanan
status-all-works = Semua berjalan seperti biasa.
status-some-do-not = Sebagian layanan sedang terganggu.
status-sign-in = Masuk
status-records = Iuran dan saldo
status-sms = Kode lewat SMS
status-email = Kode dan pesan lewat email
status-works = Berjalan
status-slow = Lambat
status-closed = Ditutup
status-at = Diperiksa { $time }.
