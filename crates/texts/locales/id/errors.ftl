# Pages that stand in for a page (E400 to E503), and problems that any form can have.
stale = Halaman ini terlalu lama terbuka. Kirim lagi; isian Anda masih ada
too-many = Terlalu banyak permintaan. Coba lagi pukul { $time }
too-many-kept = Terlalu banyak permintaan. Coba lagi pukul { $time }. Isian Anda tidak hilang
dup = Kami sudah menerimanya pukul { $time }. Tidak perlu mengirim lagi
received-title = Sudah kami terima
home-link = Ke beranda

problem-unreadable = Permintaan tidak terbaca
problem-unreadable-text = Ada isian yang terkirim dua kali atau rusak di jalan. Kembali ke halaman sebelumnya, lalu kirim lagi.
problem-not-allowed = Anda tidak punya akses ke halaman ini
problem-not-allowed-text = Bila seharusnya punya, hubungi kami dan sebut kode { $reference }.
problem-not-found = Halaman tidak ditemukan
problem-not-found-text = Periksa alamatnya, atau mulai dari beranda.
problem-wrong-method = Halaman ini tidak bisa dibuka dengan cara itu
problem-wrong-method-text = Mulai dari beranda, lalu pilih yang Anda perlukan.
problem-too-large = Kiriman terlalu besar
problem-too-large-text = Kurangi isinya, lalu kirim lagi.
problem-too-many = Terlalu banyak permintaan
problem-too-many-text = Coba lagi pukul { $time }.
problem-broken = Ada masalah di layanan kami
problem-broken-text =
    Coba lagi nanti. { $kept ->
        [yes] Isian Anda tersimpan.
       *[no] Isian Anda belum tersimpan.
    } Sebut kode { $reference } bila menghubungi kami.
problem-busy = Layanan sedang ramai
problem-busy-text = Tunggu setengah menit, lalu coba lagi.
problem-closed = Layanan sedang ditutup
problem-closed-text = Buka kembali { $time }. Untuk kecelakaan kerja, telepon { $phone }.
