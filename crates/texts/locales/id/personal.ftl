# M22
personal-title = Data diri
personal-lead = Yang kami catat tentang Anda, dari siapa, dan sejak kapan.
personal-name = Nama
personal-nik = NIK
personal-birth-date = Tanggal lahir
personal-kpj = Nomor peserta (KPJ)
personal-phone = Nomor HP
personal-email = Email
personal-address = Alamat
personal-unknown = Belum ada
source-member = Dari Anda
source-employer = Dari pemberi kerja
source-programme = Dari kami
source-since = { $source }, sejak { $date }
personal-wrong-title = Ada yang tidak benar?
personal-wrong-text = Telepon { $phone }, { $hours }, dan siapkan KTP Anda. Data lama tetap tercatat, jadi tidak ada yang hilang.
ending-in = berakhiran { $ending }
