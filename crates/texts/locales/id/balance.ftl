# M18
balance-title = Saldo
balance-empty = Belum ada saldo. Saldo tampil setelah iuran pertama kami terima.
balance-years-title = Tahun demi tahun
balance-years-text = Saldo awal, ditambah iuran dan hasil, dikurangi pembayaran, menjadi saldo akhir.
balance-opening = Saldo awal
balance-contributions = Iuran
balance-return = Hasil
balance-payouts = Dibayarkan
balance-closing = Saldo akhir
balance-of-number = Saldo nomor ini:

return-none = Belum ada hasil pengembangan.
return-assumed = Hasil dihitung dengan { $rate } setahun. Angka ini asumsi untuk demonstrasi, bukan hasil yang diumumkan.
return-declared = Hasil dihitung dengan { $rate } setahun, sesuai pengumuman.
