# M02, M33
sign-in-title = Masuk
sign-in-button = Masuk
identifier-label = Email, nomor HP, atau nomor peserta (KPJ)
identifier-hint = Nama pengguna juga bisa.
password-label = Kata sandi
password-show = Tampilkan
password-hide = Sembunyikan
caps-lock = Caps Lock menyala.
shared-label = Ini perangkat bersama
shared-hint = Perangkat ini tidak diingat, dan sesi berakhir setelah 10 menit tanpa kegiatan.
forgot-password-link = Lupa kata sandi?
safe-title = Periksa alamat di browser Anda
safe-text = Isi kata sandi hanya di alamat ini.
fake-sites-link = Mengenali situs palsu
id-empty = Isi email, nomor HP, atau nomor peserta (KPJ)
pw-empty = Isi kata sandi
login-wrong = Data masuk dan kata sandi tidak cocok. Coba lagi, atau setel ulang kata sandi
login-left = Sisa { $n } kali percobaan. Setelah itu masuk dengan kata sandi dijeda 15 menit
login-wait = Tunggu { $wait } sebelum mencoba masuk lagi
signed-out = Anda sudah keluar
signed-out-text = Di perangkat bersama, tutup juga browsernya.
session-ended = Sesi berakhir
session-ended-kept-text = Untuk menjaga data Anda, sesi berakhir sendiri bila lama tidak dipakai. Isian Anda kami simpan 20 menit: masuk lagi dari perangkat ini, periksa, lalu kirim. Kata sandi dan kode tidak disimpan.
session-ended-text = Untuk menjaga data Anda, sesi berakhir sendiri bila lama tidak dipakai. Masuk lagi untuk kembali ke halaman tadi.
step-old = Langkah ini terlalu lama. Masuk lagi dari awal
cookies-off = Browser ini tidak menyimpan cookie
cookies-off-text = Tanpa cookie kami tidak bisa mengenali Anda dari halaman ke halaman. Izinkan cookie untuk alamat ini, lalu muat ulang.
proxy-title = Browser Anda mengirim halaman lewat server pembuatnya
proxy-text = Kata sandi Anda ikut lewat di sana. Matikan mode hemat data yang ekstrem, atau pakai browser lain.

# M07
paused-title = Masuk dijeda
paused-code-title = Kode dijeda
paused-until = Masuk dengan kata sandi dijeda sampai { $time }.
paused-why = Kata sandi terlalu sering tidak cocok. Jeda ini menjaga akun dari orang yang menebak-nebak; tidak ada yang hilang atau berubah.
paused-ways-title = Yang bisa Anda lakukan
paused-way-wait = Tunggu sampai jam di atas, lalu coba lagi. Tidak perlu menelepon.
paused-way-session = Perangkat yang sudah masuk tetap bisa dipakai.
paused-way-reset = Lupa kata sandi? Setel kata sandi baru; jeda langsung berakhir.
code-limit = Terlalu banyak kode yang tidak cocok. Coba lagi pukul { $time }, atau pilih cara lain
paused-code-why = Jeda ini menjaga akun dari orang yang menebak kode. Kata sandi Anda tidak berubah.
locked-title = Masuk dengan kata sandi dikunci
locked-text = Kata sandi terlalu sering tidak cocok, jadi kami menguncinya sampai Anda membukanya.
locked-why = Data dan saldo Anda aman. Kunci ini tidak terbuka sendiri, supaya tidak bisa ditebak terus-menerus.
locked-way-call = Telepon { $phone }, { $hours }. Petugas memeriksa bahwa ini Anda, lalu membuka kunci.
locked-way-reset = Setel kata sandi baru, lalu masuk dengan langkah kedua. Itu membuka kunci.

# M04
choose-title = Pilih cara verifikasi
choose-legend = Bagaimana Anda ingin membuktikan bahwa ini Anda?
choose-way = Pilih cara verifikasi
way-totp = Aplikasi autentikator
way-totp-hint = Buka aplikasinya dan baca kode 6 angka. Bisa tanpa sinyal.
way-sms = SMS ke nomor berakhiran { $ending }
way-sms-hint = Kode datang lewat SMS, biasanya dalam 1 menit.
way-email = Email ke { $address }
way-email-hint = Kode datang lewat email. Pakai ini bila SMS tidak bisa.
start-again-link = Mulai lagi dari awal
no-way-link = Tidak bisa memakai cara mana pun?

# M05
code-title = Isi kode
code-label = Kode 6 angka
code-hint = Boleh ditempel. Spasi tidak apa-apa.
code-in-app = Buka aplikasi autentikator Anda dan isi kode yang sedang tampil.
code-sent-sms = Kami mengirim kode lewat SMS ke nomor berakhiran { $ending }.
code-sent-email = Kami mengirim kode ke { $address }.
code-sent-again = Kode baru sudah dikirim. Kode sebelumnya juga masih berlaku sampai batas waktunya
code-good-until = Kode berlaku sampai pukul { $time }.
code-good-for = Kode masih berlaku { $left }.
code-run-out = Kode sudah lewat waktu. Minta kode baru di bawah.
code-nothing-came =
    { $way ->
        [sms] SMS belum datang?
       *[email] Email belum datang?
    }
send-again-button = Kirim kode lagi
send-again-in = Kode baru bisa diminta dalam { $left }.
send-again-now = Kode baru bisa diminta sekarang.
code-steps-title = Yang bisa Anda coba
code-step-look =
    { $way ->
        [sms] Periksa sinyal HP. Matikan lalu nyalakan mode pesawat.
       *[email] Periksa folder spam atau promosi.
    }
code-step-wait = Tunggu 2 menit. Jaringan kadang lambat.
code-step-late = Kode yang terlambat tetap bisa dipakai sampai batas waktunya.
code-step-call = Masih belum? Telepon { $phone }, { $hours }.
other-way-link = Pilih cara lain
code-empty = Isi kode 6 angka
code-short = Angkanya kurang. Kode terdiri dari 6 angka
code-long = Angkanya terlalu banyak. Kode terdiri dari 6 angka
code-chars = Kode hanya berisi angka
code-wrong =
    Kode tidak cocok. Lihat { $way ->
        [sms] SMS
       *[email] email
    } terbaru, lalu isi lagi
code-expired = Kode ini sudah lewat { $n } menit. Kami sudah mengirim kode baru
code-totp = Kode tidak cocok. Pastikan jam HP diatur otomatis, lalu isi kode yang sedang tampil
send-wait = Tunggu { $n } detik sebelum meminta kode lagi
send-day = Batas kode hari ini untuk alamat atau nomor ini sudah tercapai. Pilih cara lain
send-fail = SMS belum bisa dikirim ke nomor ini. Coba lagi dalam 1 menit, atau pilih cara lain

# M32
sign-out-title = Keluar
sign-out-text = Keluar dari { $service } di perangkat ini?
sign-out-button = Keluar
stay-link = Tetap masuk
sign-out-shared = Memakai HP atau komputer bersama? Keluar, lalu tutup browsernya.
