# Said on every page, or on more than one.
skip-to-content = Langsung ke isi
other-language = English
error-prefix = Kesalahan:
errors-heading = Ada yang perlu diperbaiki
sending = Mengirim…
continue-button = Lanjut
refresh-link = Muat ulang
as-of = Data per { $time }.
call = Telepon { $phone }
kpj = Nomor peserta (KPJ)
nik-label = NIK
nik-hint = 16 angka di KTP.
dob-label = Tanggal lahir
dob-hint = Seperti di KTP, misalnya 14 7 1990.
dob-day = Tanggal
dob-month = Bulan
dob-year = Tahun
never-ask = Petugas kami tidak pernah meminta kata sandi, kode, atau PIN Anda.

nav-label = Menu utama
nav-dashboard = Dasbor
nav-contributions = Iuran
nav-balance = Saldo
nav-personal = Data diri
nav-security = Keamanan
nav-sign-out = Keluar

help-question = Butuh bantuan?
help-link = Bantuan
help-phone = Telepon
status-link = Status layanan
real-address = Alamat kami:

theme-legend = Tampilan
theme-auto = Ikuti perangkat
theme-light = Terang
theme-dark = Gelap

session-limit = Sesi berakhir { $duration } setelah halaman terakhir dibuka.
session-extend = Perpanjang
session-question = Anda masih di sini?
session-left = Sesi Anda berakhir dalam { $left }. Perpanjang bila masih memakai halaman ini.

programme-jht = Jaminan Hari Tua
programme-jp = Jaminan Pensiun
programme-jkk = Jaminan Kecelakaan Kerja
programme-jkm = Jaminan Kematian
programme-jkp = Jaminan Kehilangan Pekerjaan
