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
balance-statements-link = Pernyataan saldo yang dapat diperiksa siapa pun

return-none = Belum ada hasil pengembangan.
return-assumed = Hasil dihitung dengan { $rate } setahun. Angka ini asumsi untuk demonstrasi, bukan hasil yang diumumkan.
return-declared = Hasil dihitung dengan { $rate } setahun, sesuai pengumuman.
return-supposed = Hasil dihitung dengan { $rate } setahun. Angka ini asumsi yang dalam demonstrasi dianggap sudah diumumkan.
return-supposed-until = Sampai tahun { $year }, demonstrasi menganggapnya sudah diumumkan.
return-supposed-mark = asumsi, dalam demonstrasi dianggap sudah diumumkan

balance-years-several = Ini jumlah semua nomor; tahun setiap nomor ada di bawah.
balance-years-open = Buka tahunnya untuk melihat setiap mutasi dan hitungannya.
balance-year-title = Saldo JHT tahun { $year }
balance-year-text = Setiap mutasi tahun ini. Hasil satu bulan adalah seperdua belas dari hasil setahun, atas saldo yang ada sejak awal sampai akhir bulan.
balance-year-back = Kembali ke saldo
posting-day = Tanggal
posting-what = Mutasi
posting-amount = Jumlah
posting-balance = Saldo
posting-contribution = Iuran { $month }
posting-return = Hasil { $month }
posting-payout = Dibayarkan
posting-transfer-in = Dari nomor peserta lain
posting-transfer-out = Ke nomor peserta lain
posting-correction = Koreksi

posting-entered-estimate = Perkiraan, dihitung otomatis dengan angka di atas yang belum diumumkan
posting-true-up = Hasil pengembangan { $year } disesuaikan dengan yang diumumkan
posting-entered-declared = Dihitung otomatis dengan angka di atas yang diumumkan
posting-entered-supposed = Dalam demonstrasi dianggap sudah diumumkan; dihitung otomatis dengan angka di atas yang merupakan asumsi
posting-entered-programme = Dicatat oleh program
balance-opening-why = Lihat tahun sebelumnya
balance-pencil = Hitungannya:
balance-transfers = Dari nomor lain
balance-corrections = Koreksi
