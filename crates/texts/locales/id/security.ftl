# M24
security-title = Keamanan
security-advice-title = Langkah terbaik berikutnya
advice-add-stronger = Tambahkan kunci sandi atau aplikasi autentikator. SMS dan email bisa dibaca atau dialihkan orang lain.
advice-make-codes = Buat kode pemulihan dan simpan di tempat aman. Dengan itu Anda tetap bisa masuk bila HP hilang.
advice-renew-codes = Buat kode pemulihan baru. Kode Anda tinggal sedikit.
advice-add-another = Tambahkan cara kedua, supaya Anda tetap bisa masuk bila cara yang satu tidak bisa dipakai.
advice-nothing = Tidak ada. Akun Anda terlindung dengan baik.
passkeys-title = Kunci sandi
passkeys-none = Masuk dengan sidik jari, wajah, atau kunci layar, tanpa kata sandi dan tanpa kode. Tidak bisa dipancing situs palsu.
passkeys-add-link = Tambah kunci sandi
passkey-synced = Tersinkron
passkey-one-device = Perangkat ini saja
passkey-manage-link = Kelola { $name }
added-at = Ditambahkan { $date }
used-at = terakhir dipakai { $date }
never-used = belum pernah dipakai
password-title = Kata sandi
password-set-at = Dibuat { $date }.
password-change-link = Ganti kata sandi
app-title = Aplikasi autentikator
app-none = Aplikasi di HP yang menampilkan kode 6 angka, juga tanpa sinyal.
app-add-link = Tambah aplikasi
app-replace-link = Ganti dengan aplikasi lain
app-remove-link = Hapus aplikasi
sms-title = Kode lewat SMS
sms-risk = SMS bisa dialihkan lewat pergantian kartu SIM atau dibaca aplikasi lain. Kunci sandi dan aplikasi autentikator lebih kuat.
email-title = Kode lewat email
email-risk = Siapa pun yang membuka email Anda bisa membaca kode ini. Kunci sandi dan aplikasi autentikator lebih kuat.
way-is-on = Dipakai, ke { $where }.
way-is-off = Anda mematikannya. Pesan lain tetap dikirim ke { $where }.
way-is-off-here = Tidak dipakai di layanan ini.
way-no-contact = Belum ada alamat atau nomor yang dipastikan.
codes-title = Kode pemulihan
codes-none = Belum ada. Sepuluh kode di atas kertas, untuk hari ketika HP hilang.
codes-left = Sisa { $n } dari 10, dibuat { $date }.
codes-make-link = Buat kode pemulihan
codes-renew-link = Buat kode baru
ways-link = Atur urutan dan cara yang dipakai
remembered-title = Perangkat yang diingat
remembered-some = { $n } perangkat boleh masuk tanpa langkah kedua, hanya untuk melihat.
remembered-none = Tidak ada. Langkah kedua selalu diminta.
remembered-forget-button = Lupakan semua
devices-link = Perangkat dan sesi
back-to-security-link = Kembali ke Keamanan
factor-last = Tambahkan cara lain dulu. Akun perlu paling sedikit satu cara verifikasi
done-app-added = Aplikasi autentikator sudah terpasang
done-app-removed = Aplikasi autentikator sudah dihapus
done-passkey-added = Kunci sandi sudah ditambahkan
done-passkey-renamed = Nama kunci sandi sudah diganti
done-passkey-removed = Kunci sandi sudah dihapus
done-passkey-removed-text = Hapus juga dari pengaturan perangkat atau pengelola kata sandi Anda.
done-ways = Pilihan Anda sudah disimpan
done-forgotten = Semua perangkat sudah dilupakan

# M25: the authenticator app
app-new-title = Pasang aplikasi autentikator
app-new-lead = Anda perlu aplikasi autentikator di HP, apa pun mereknya. Aplikasi menampilkan kode baru setiap setengah menit.
app-new-replaces = Aplikasi yang lama berhenti dipakai begitu yang baru selesai dipasang.
app-begin-button = Mulai
app-scan-title = 1. Pindai atau ketik
app-scan-text = Buka aplikasi autentikator, pilih tambah, lalu pindai gambar ini.
app-qr = Kode QR untuk aplikasi autentikator
app-key-text = Tidak bisa memindai? Ketik kunci ini:
app-open-link = Buka di aplikasi pada perangkat ini
app-code-title = 2. Isi kode yang tampil
app-until = Halaman ini berlaku sampai pukul { $time }.
app-name-label = Nama, supaya Anda mengenalinya
app-name-hint = Misalnya: HP saya. Boleh kosong.
app-finish-button = Selesaikan
app-gone = Waktu memasang sudah lewat. Mulai lagi
app-remove-title = Hapus aplikasi autentikator
app-remove-text = Kode dari aplikasi ini tidak lagi bisa dipakai untuk masuk.
remove-button = Hapus

# M25: passkeys
passkey-new-title = Tambah kunci sandi
passkey-new-lead = Perangkat Anda akan meminta sidik jari, wajah, atau kunci layar. Yang kami simpan hanya kunci umumnya.
passkey-name-label = Nama, supaya Anda mengenalinya
passkey-name-hint = Misalnya: HP saya. Boleh kosong.
passkey-create-button = Buat kunci sandi
passkey-no-script = Untuk kunci sandi perlu browser terbaru dengan JavaScript. Buka halaman ini di Chrome atau Safari, atau pakai aplikasi autentikator.
passkey-title = Kunci sandi: { $name }
passkey-rename-button = Simpan nama
passkey-remove-title = Hapus kunci sandi ini
passkey-remove-text = Kunci sandi ini tidak lagi bisa dipakai untuk masuk.
passkey-sign-in-hint = Dengan sidik jari, wajah, atau kunci layar perangkat Anda.
passkey-button = Masuk dengan kunci sandi
passkey-use-button = Pakai kunci sandi
key-cancel = Kunci sandi belum dipakai. Coba lagi, atau masuk dengan kata sandi
key-cancel-here = Kunci sandi belum dipakai. Coba lagi, atau pakai cara lain
key-none = Kunci sandi itu tidak terdaftar di sini. Pilih yang lain, atau masuk dengan kata sandi
key-none-here = Kunci sandi itu bukan milik akun ini. Pilih yang lain, atau pakai cara lain
key-exists = Perangkat ini sudah terdaftar
key-not-added = Kunci sandi belum dibuat. Coba lagi
key-full = Akun Anda sudah punya 20 kunci sandi. Hapus satu dulu
key-old = Halaman ini terlalu lama terbuka untuk kunci sandi. Coba lagi sekarang
key-not-verified = Perangkat belum memastikan bahwa ini Anda. Masuk dengan kata sandi, lalu pakai kunci sandi itu sebagai langkah kedua
key-not-verified-here = Perangkat belum memastikan bahwa ini Anda. Buka kunci perangkat lalu coba lagi, atau pakai cara lain

# M25, M15: recovery codes
codes-new-title = Kode pemulihan
codes-new-lead = Anda mendapat sepuluh kode. Setiap kode bisa dipakai satu kali sebagai pengganti langkah kedua, setelah kata sandi.
codes-new-kills = Kode lama tidak berlaku lagi begitu kode baru dibuat.
codes-new-button = Buat sepuluh kode
codes-made-title = Simpan kode pemulihan Anda
codes-made-lead = Kode ini hanya tampil sekarang. Cetak, unduh, atau tulis di kertas, dan simpan jauh dari HP Anda.
codes-made-list = Sepuluh kode pemulihan
codes-download-button = Unduh sebagai berkas .txt
codes-done-link = Sudah saya simpan
codes-file-text = Kode pemulihan { $service }. Setiap kode berlaku satu kali, setelah kata sandi. Jangan berikan kepada siapa pun, termasuk petugas kami.

# M25: the order of the ways
ways-title = Urutan dan cara yang dipakai
ways-first-legend = Cara yang ditawarkan pertama
ways-first-hint = Cara lain tetap bisa dipilih saat masuk.
ways-none = Yang paling kuat
ways-none-hint = Kami memilihkan: kunci sandi, lalu aplikasi, SMS, email.
ways-send-legend = Kode lewat pesan
ways-sms-label = Kode lewat SMS
ways-email-label = Kode lewat email
way-passkey = Kunci sandi
way-passkey-hint = Dengan sidik jari, wajah, atau kunci layar.
way-recovery = Kode pemulihan
way-recovery-hint = Satu dari sepuluh kode yang Anda simpan di kertas.
way-phone = SMS
save-button = Simpan

# M06
recovery-title = Isi kode pemulihan
recovery-lead = Satu dari sepuluh kode yang Anda simpan. Setiap kode berlaku satu kali.
recovery-label = Kode pemulihan
recovery-hint = 16 huruf dan angka. Besar kecil dan tanda hubung tidak masalah.
rec-empty = Isi kode pemulihan
rec-wrong = Kode pemulihan tidak cocok. Periksa setiap huruf dan angka

# M05
remember-label = Ingat perangkat ini 30 hari
remember-hint = Langkah kedua dilewati untuk melihat saja. Jangan di HP bersama.

# M36
confirm-title = Pastikan ini Anda
confirm-lead = Ini diminta sebelum { $act }. Setelah itu Anda langsung melanjutkan.
confirm-legend = Bagaimana Anda ingin membuktikannya?
act-passkeys = mengubah kunci sandi
act-app = mengubah aplikasi autentikator
act-codes = membuat kode pemulihan
act-ways = mengubah cara masuk
act-password = mengganti kata sandi
act-details = mengubah data Anda
act-other = melanjutkan
not-now-link = Tidak sekarang

# M07
paused-way-passkey = Punya kunci sandi? Pakai itu untuk masuk sekarang.
locked-way-passkey = Punya kunci sandi? Masuk dengan itu; kunci ini ikut terbuka.
