# Nomor baru yang diminta dua petugas dibuktikan oleh pemegangnya.

desk-act-code-sent = Mengirim kode ke nomor baru
desk-act-number-proved = Nomor baru dibuktikan dengan kode
desk-act-unproved = Nomor baru belum terbukti: peserta mengetik dulu kodenya di halaman kami
desk-act-page-unproved = Kode sudah dikirim ke nomor baru. Pemegangnya mengetik kode itu di { $place }. Sebelum itu, tidak ada yang dapat menyetujui ini.
desk-act-page-code-never = Jangan biarkan siapa pun membacakan kodenya kepada Anda.
desk-act-code-button = Kirim kode lain
desk-act-code-wait = Kode lain dapat dikirim pukul { $time }
desk-act-code-day = Hari ini tidak ada lagi kode ke nomor ini
desk-number-title = Pastikan nomor HP baru
desk-number-lead = Layanan bantuan kami diminta menambahkan nomor HP ke sebuah akun, dan mengirim kode ke nomor itu. Anda yang meminta? Ketik nomor dan kodenya di sini.
desk-number-never = Ketik sendiri kodenya, hanya di sini. Petugas kami tidak pernah memerlukannya: jangan membacakannya kepada siapa pun.
desk-number-phone-label = Nomor HP baru
desk-number-phone-format = Isi nomor HP lengkap, misalnya 0812 3456 7890
desk-number-code-format = Isi 6 angka dari SMS
desk-number-wrong = Nomor dan kode tidak cocok. Periksa keduanya
desk-number-late = Kode ini sudah kedaluwarsa. Minta petugas kami mengirim yang lain
desk-number-paused = Terlalu banyak yang tidak cocok. Coba lagi pukul { $time }
desk-number-button = Pastikan nomornya
desk-number-not = Bukan Anda? Abaikan: tanpa kode, nomor ini tidak ditambahkan.
desk-number-done-title = Nomornya sudah dipastikan
desk-number-done-text = Nomor ini dipakai untuk akun setelah petugas kedua menyetujui dan masa tunggunya selesai.
