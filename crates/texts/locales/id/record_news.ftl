# Yang baru di catatan: iuran yang masuk, bulan yang belum masuk, pernyataan yang siap.
message-contribution-received-sms = { $service }: ada iuran baru di catatan Anda, terakhir bulan { $month }. Buka { $service } sendiri, pilih Iuran.
message-contribution-received-subject = Iuran masuk, terakhir bulan { $month }
message-contribution-received-body =
    Ada iuran baru di catatan Anda, terakhir bulan { $month }. Kami memeriksanya { $time }.

    Lihat setiap bulan di { $domain }/contributions. Ada jumlah yang salah atau bulan yang bukan milik Anda? Minta koreksi di sana.
message-contribution-missing-sms = { $service }: iuran bulan { $month } belum masuk dan batas waktunya sudah lewat. Buka { $service } sendiri, pilih Iuran.
message-contribution-missing-subject = Iuran bulan { $month } belum masuk
message-contribution-missing-body =
    Sampai { $time } iuran bulan { $month } belum masuk, dan hari terakhir yang tepat waktu sudah lewat.

    Utang pemberi kerja Anda, dengan surat yang bisa Anda bawa, ada di { $domain }/contributions/owed. Bantuan: { $help }.
message-statement-ready-sms = { $service }: pernyataan saldo Anda dibuat pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-statement-ready-subject = Pernyataan Anda siap
message-statement-ready-body =
    Pernyataan saldo Anda dibuat: { $device }, { $time }.

    Lihat di { $domain }/statements. Siapa pun yang punya kodenya bisa memeriksa jumlahnya, jadi berikan hanya kepada yang berhak melihatnya.

    Anda sendiri yang melakukannya? Tidak perlu apa-apa.
