# What every form of a contact says.
email-hint = Misalnya nama@contoh.com
phone-hint = Misalnya 0812 3456 7890
code-send-button = Kirim kode
contact-send-day = Batas kode hari ini untuk kontak ini sudah tercapai. Pakai kontak lain, atau coba lagi besok
code-paused = Terlalu banyak kode yang tidak cocok. Coba lagi pukul { $time }
code-back-link = Kembali
back-to-tasks-link = Kembali ke daftar

# M23: a contact comes, for another or beside it.
contact-title =
    { $what ->
        [add-email] Tambah email
        [add-phone] Tambah nomor HP
        [replace-email] Ganti email
       *[replace-phone] Ganti nomor HP
    }
contact-now = Yang sekarang: { $contact }.
contact-email-label = Alamat email baru
contact-email-hint = Kami mengirim kode ke alamat ini.
contact-phone-label = Nomor HP baru
contact-phone-hint = Misalnya 0812 3456 7890. Kami mengirim kode lewat SMS.
contact-then-title = Yang terjadi setelah itu
contact-then-code = Anda mengisi kode dari pesan itu di sini.
contact-then-wait = Perubahan berlaku 12 jam kemudian. Sampai saat itu data lama yang dipakai, dan pencairan ditutup.
contact-then-old = Kontak yang sudah ada mendapat kabar, dan lewat email bisa membatalkannya selama 72 jam.
email-empty = Isi alamat email
phone-empty = Isi nomor HP
phone-format = Nomor HP harus 10 sampai 13 angka, diawali 08 atau +62
contact-own =
    { $contact ->
        [phone] Nomor ini sudah ada di akun Anda. Isi yang lain
       *[email] Alamat ini sudah ada di akun Anda. Isi yang lain
    }
contact-full =
    { $contact ->
        [phone] Akun Anda sudah punya dua nomor HP. Ganti atau hapus satu dulu
       *[email] Akun Anda sudah punya dua alamat email. Ganti atau hapus satu dulu
    }
contact-no-sms = Layanan ini tidak mengirim SMS, jadi nomor HP tidak bisa dipastikan di sini
contact-taken =
    { $contact ->
        [phone] Nomor ini dipakai akun lain. Isi nomor yang lain
       *[email] Alamat ini dipakai akun lain. Isi alamat yang lain
    }
changed = Data ini baru berubah di tempat lain. Periksa lagi sebelum menyimpan
cool = Perubahan berlaku { $time }. Sampai saat itu data lama yang dipakai

# M23: its code.
contact-code-sent =
    { $kind ->
        [phone] Kami mengirim kode lewat SMS ke { $contact }.
       *[email] Kami mengirim kode ke { $contact }.
    }
contact-code-wrong-link =
    { $kind ->
        [phone] Nomornya salah? Isi lagi
       *[email] Alamatnya salah? Isi lagi
    }
contact-code-later = Selesaikan dalam satu jam. Sebelum itu tidak ada yang berubah.

# M23: a contact goes.
contact-remove-title =
    { $contact ->
        [phone] Hapus nomor HP
       *[email] Hapus email
    }
contact-remove-text = Tidak lagi dipakai untuk masuk, untuk kode, dan untuk kabar: { $contact }.
contact-last = Tambahkan kontak lain dulu. Kami perlu paling sedikit satu cara untuk menghubungi Anda

# M22: what is under way.
pending-title = Perubahan yang sedang berjalan
pending-what =
    { $what ->
        [add-email] Email { $new } ditambahkan
        [add-phone] Nomor HP { $new } ditambahkan
        [replace-email] Email { $old } diganti menjadi { $new }
        [replace-phone] Nomor HP { $old } diganti menjadi { $new }
        [remove-email] Email { $old } dihapus
       *[remove-phone] Nomor HP { $old } dihapus
    }
pending-unconfirmed = Menunggu kode, sampai { $time }.
pending-undoable = Sudah berlaku. Kontak lama bisa membatalkannya dari emailnya sampai { $time }.
pending-code-link = Isi kode
pending-cancel-button = Batalkan perubahan
news-begun = Perubahan sudah dicatat
news-cancelled = Perubahan dibatalkan
news-cancelled-text = Data lama tetap dipakai.
news-too-late = Perubahan ini sudah berlaku
news-too-late-text = Ubah lagi di sini, atau batalkan dengan tautan di email ke kontak lama.
news-address = Alamat sudah disimpan

# M23: the address.
address-title = Ubah alamat
address-lead = Alamat tempat tinggal Anda sekarang. Berlaku begitu disimpan; kami memberi tahu semua kontak Anda.
address-street = Jalan, nomor, RT dan RW
address-village = Kelurahan atau desa
address-district = Kecamatan
address-regency = Kabupaten atau kota
address-province = Provinsi
address-postcode = Kode pos
addr-empty = Isi alamat: jalan, nomor, RT dan RW
addr-village = Isi kelurahan atau desa
addr-district = Isi kecamatan
addr-regency = Isi kabupaten atau kota
addr-province = Isi provinsi
addr-post = Kode pos harus 5 angka
addr-long = Terlalu panjang. Tulis paling banyak 120 huruf

# The link of an old contact that takes a change back.
undo-title = Batalkan perubahan
undo-lead = Perubahan ini dibuat di akun Anda:
undo-effective = Berlaku { $time }.
undo-what-title = Yang kami lakukan
undo-what-back = Kontak kembali seperti sebelumnya. Perubahan lain yang dibuat di atasnya ikut dibatalkan.
undo-what-told = Semua kontak mendapat kabar.
undo-was-me = Anda sendiri yang mengubahnya? Tutup saja halaman ini; tidak ada yang berubah.
undo-done-title = Perubahan dibatalkan
undo-done-text = Kontak lama dipakai lagi. Tidak ada yang perlu Anda lakukan dengan perubahan itu.
undo-done-now = Orang lain yang mengubahnya? Berarti orang itu bisa masuk ke akun Anda. Buka tautan “Ini bukan Anda?” di email yang sama, atau:
undo-before = Perubahan ini dibatalkan { $time }. Kontak lama dipakai.
undo-expired = Tautan ini sudah lewat waktu
undo-expired-text = Perubahan hanya bisa dibatalkan selama 72 jam. Telepon { $phone }, { $hours }, dan siapkan KTP Anda.
undo-secure-link = Amankan akun saya

# M31
payouts-title = Kunci pencairan
payouts-lead = Dengan kunci ini tidak ada yang bisa dicairkan lewat { $service }, siapa pun yang masuk ke akun Anda.
payouts-open = Pencairan terbuka.
payouts-closed = Pencairan ditutup sejak { $date }.
payouts-opens-at = Pencairan ditutup, dan terbuka { $time }.
payouts-staff = Menutup langsung berlaku. Membuka butuh 12 jam. Petugas tidak bisa membukanya lewat telepon.
payouts-contacts = Setelah email atau nomor HP berubah, pencairan juga ditutup 12 jam.
payouts-close-button = Tutup pencairan
payouts-open-link = Buka pencairan
payouts-open-title = Buka pencairan
payouts-open-text = Pencairan terbuka 12 jam setelah Anda menekan tombol ini. Semua kontak Anda mendapat kabar.
contacts-manage-link = Ganti email atau nomor HP
payouts-manage-link = Atur kunci pencairan
done-payouts-closed = Pencairan sudah ditutup
done-payouts-opening = Pencairan akan terbuka
act-payouts = membuka pencairan

# M28: which news.
notices-title = Pilihan kabar
notices-lead = Pilih kabar apa yang Anda terima, dan lewat apa. Semua kabar juga ada di kotak masuk.
notices-link = Atur pilihan kabar
notices-security = Keamanan akun
notices-security-text = Selalu dikirim ke semua kontak Anda. Tidak bisa dimatikan, supaya Anda tahu bila orang lain masuk atau mengubah sesuatu.
notices-contributions = Iuran yang masuk, dan bulan yang belum masuk
notices-claims = Klaim dan pencairan
notices-statements = Pernyataan yang sudah siap
notices-by-email = Email
notices-by-sms = SMS
notices-to = Ke { $contact }.
notices-nowhere = Belum ada kontak untuk ini.
notices-done = Pilihan Anda sudah disimpan
