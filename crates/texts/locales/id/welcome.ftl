# M01
welcome-title = Beranda
welcome-heading = Jaminan Anda, jelas dan di tangan Anda
welcome-lead = Lihat apakah iuran Anda dibayar, berapa saldo Anda, dan dari mana setiap angkanya.
welcome-go-on = Lanjut ke dasbor
welcome-address-title = Pastikan alamatnya
welcome-address-text = Satu-satunya alamat kami. Ketik sendiri atau simpan di perangkat Anda. Alamat lain bukan kami, walaupun tampak sama.
welcome-what-title = Yang ada di sini
welcome-what-contributions = – bulan yang sudah diterima, dan bulan yang belum.
welcome-what-balance = – saldo awal, iuran, hasil, dan saldo akhir tiap tahun.
welcome-what-claims = – ajukan pencairan atau manfaat lain, dan ikuti prosesnya.
welcome-what-benefits = – perkiraan tabungan, pensiun, dan santunan Anda.
welcome-what-personal = – apa yang kami catat, dari siapa, dan sejak kapan.
