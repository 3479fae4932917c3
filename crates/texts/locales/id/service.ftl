# Yang disampaikan kepada semua orang, keadaan layanan, dan audit dengan rantainya.

# M34
status-statements = Pernyataan saldo
status-applications = Aplikasi lain dengan akun ini
status-claims = Klaim dan pembayaran
status-help-line = Bantuan lewat telepon
status-since = sejak { $time }
status-history = Sebelumnya
status-span = dari { $from } sampai { $until }

# S09
desk-act-audit-verified = Memeriksa rantai audit
desk-act-announced = Mengumumkan sesuatu
desk-act-announcement-ended = Menarik pengumuman
desk-act-status-said = Menyatakan keadaan bagian layanan
desk-audit-whose = Peserta, seperti pada baris
desk-audit-from = Dari
desk-audit-until = Sampai
desk-audit-too-many = Lebih dari { $n } baris. Pilih lebih sedikit hari.
desk-audit-take-json = Unduh untuk program (JSON)
desk-day-format = Tulis tanggal seperti 2026-08-17
desk-range-order = Hari akhir tidak boleh sebelum hari awal
desk-column-place = Urutan
desk-column-link = Tanda
desk-chain-title = Apakah audit utuh?
desk-chain-lead = Setiap baris membawa tanda atas dirinya dan baris sebelumnya. Mengubah, menghapus, atau menyelipkan satu baris memutus rantai. Bahwa Anda memeriksa pun dicatat.
desk-chain-link = Periksa semuanya
desk-chain-whole = Utuh
desk-chain-broken = Terputus
desk-chain-checked = { $n } dari { $of } baris baru saja diperiksa.
desk-chain-missing = Baris { $line } tidak punya tempat lagi: sudah dikeluarkan.
desk-chain-changed = Baris { $line } bukan yang dulu ditulis: sudah diubah atau dihapus.
desk-chain-cut-off = Rantai berakhir di baris { $line }, seharusnya di baris { $due }.
desk-chain-loose = { $n } baris tidak ada di rantai: diselipkan.
desk-chain-not-as-noted = Baris { $line } tidak seperti yang dicatat di tempat lain.
desk-chain-height = Jumlah baris
desk-chain-head = Tanda untuk dicatat di tempat lain
desk-chain-note = Catat tanda ini di luar sistem ini dari waktu ke waktu. Perintah payung audit verify mencocokkannya dengan rantai nanti.
desk-chain-back = Ke audit

# S10
desk-notices-title = Pengumuman
desk-notices-lead = Tampil di atas setiap halaman, dalam bahasa halaman itu. Dari beberapa, yang mulai terakhir yang tampil.
desk-text-indonesian = Teks bahasa Indonesia
desk-text-english = Teks bahasa Inggris
desk-two-lines-hint = Dua baris: paling banyak { $n } huruf
desk-two-lines = Ringkas menjadi { $n } huruf: dua baris
desk-both-languages = Isi teks dalam kedua bahasa
desk-notice-from = Tampil mulai
desk-notice-from-hint = Waktu Indonesia Barat (WIB). Kosong: mulai sekarang
desk-notice-until = Tampil sampai
desk-notice-until-hint = Waktu Indonesia Barat (WIB)
desk-moment-format = Tulis tanggal dan jam seperti 2026-08-17 21:00
desk-ends-too-soon = Akhirnya harus setelah sekarang dan setelah awalnya
desk-notice-look = Lihat dulu
desk-notice-preview = Seperti yang dilihat peserta
desk-notice-publish = Umumkan
desk-notice-span = { $from } sampai { $until }
desk-notices-told = Yang pernah diumumkan
desk-notices-none = Belum ada yang diumumkan.
desk-notices-too-many = Sudah ada { $n } pengumuman terbuka. Tarik satu dulu.
desk-notice-shown = sedang tampil
desk-notice-planned = direncanakan
desk-notice-over = selesai
desk-notice-withdrawn = ditarik
desk-notice-back = Ditarik oleh { $name }, { $time }
desk-notice-withdraw = Tarik
desk-notice-withdraw-this = Tarik: { $text }
desk-column-text = Teks
desk-column-state = Status
desk-column-by = Oleh

# Keadaan layanan
desk-service-title = Status layanan
desk-service-lead = Peserta membaca ini di halaman status. Yang diukur program ada di samping yang Anda nyatakan; yang lebih buruk yang tampil.
desk-service-say = Nyatakan status satu bagian
desk-service-part = Bagian
desk-service-part-missing = Pilih bagian
desk-service-condition = Status
desk-service-condition-missing = Pilih status
desk-service-text-hint = Yang dibaca peserta, paling banyak { $n } huruf. Kosongkan bila bagian itu berjalan lagi
desk-service-button = Nyatakan
