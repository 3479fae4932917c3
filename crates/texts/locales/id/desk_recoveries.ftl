# Pemulihan bertahap di meja bantuan.

desk-act-recovery-opened = Membuka pemulihan bertahap
desk-act-recovery-proved = Menyatakan yang dilihat untuk pemulihan bertahap
desk-act-recovery-refused = Menolak pemulihan bertahap
desk-recovery-link = Buka pemulihan dan nyatakan yang Anda lihat
desk-recovery-lead = Dua petugas melihat dokumennya sendiri, masing-masing dengan mata sendiri. Pemilik dapat menghentikannya selama 72 jam dan diberi tahu setiap langkah; peserta membaca bahwa Anda melihat ini.
desk-recovery-asked = Diminta
desk-recovery-stoppable = Pemilik dapat menghentikannya sampai
desk-recovery-opens = Dengan bukti, terbuka
desk-recovery-contact = Kontak baru
desk-recovery-lost = Katanya hilang
desk-recovery-nothing-lost = tidak ada
desk-recovery-wants = Ingin membuktikan
desk-recovery-waiting = Pemilik punya waktu sampai { $time }. Buktinya belum ada.
desk-recovery-proved = Terbukti. Pemilik punya waktu sampai { $time }.
desk-recovery-over = { $end ->
        [stopped] Dihentikan pemilik
        [refused] Ditolak meja bantuan
        [done] Selesai
        [undone] Selesai, lalu dibatalkan pemilik
       *[expired] Tidak ada yang menuntaskannya
    }, { $time }
desk-recovery-owner = Siapa yang seharusnya datang
desk-recovery-name = Nama
desk-recovery-nobodys = Tidak ada: datanya tidak cocok dengan akun mana pun, atau ada pemulihan lain yang terbuka. Periksa nomor dan tanggal lahir bersama peserta, lalu minta mulai lagi.
desk-recovery-seen = Yang sudah dilihat
desk-recovery-none = Belum ada.
desk-recovery-document = Dokumen
desk-recovery-convinced = Hilang, sejauh meyakinkan
desk-recovery-first = Petugas pertama
desk-recovery-second = Petugas kedua
desk-recovery-by = { $officer }, { $time }
desk-recovery-nobody-yet = belum ada
desk-recovery-act = { $what ->
        [shown] Dilihat
        [proved] Dilihat petugas pertama
        [confirmed] Dilihat petugas kedua
        [proof-refused] Mencoba menyatakan yang dilihat
       *[refused] Ditolak
    }
desk-recovery-say = Nyatakan yang Anda lihat
desk-recovery-own = Anda sudah menyatakan yang Anda lihat. Rekan juga harus melihat.
desk-recovery-way-label = Cara Anda melihat dokumennya
desk-recovery-way-missing = Pilih cara Anda melihat dokumennya
desk-recovery-branch = di kantor cabang
desk-recovery-video = lewat video
desk-recovery-letter = dengan surat pemberi kerja
desk-recovery-document-label = Dokumen asli yang mana
desk-recovery-document-missing = Pilih dokumennya
desk-recovery-ktp = KTP
desk-recovery-passport = paspor
desk-recovery-digits-label = 6 angka dari dokumen
desk-recovery-digits-hint = KTP: 6 angka terakhir NIK. Paspor: tanggal lahir sebagai HHBBTT. Hanya dibandingkan, tidak disimpan. Bandingkan juga nama dan wajah.
desk-recovery-wrong = Angkanya tidak sama dengan yang tercatat. Baca sekali lagi dari dokumen.
desk-recovery-lost-label = Yang hilang, sejauh meyakinkan Anda. Selain itu tidak ada yang dicabut.
desk-recovery-prove = Saya melihatnya: catat
desk-recovery-refuse = Tolak pemulihan
desk-recovery-self = Anda sudah menyatakan yang Anda lihat. Minta rekan melihat
desk-recovery-differs = Ini bukan yang dilihat petugas pertama. Lihat sekali lagi bersama, atau tolak pemulihannya
desk-recovery-not-stated = Peserta tidak pernah menyatakan ini hilang
