# Dua nomor peserta digabungkan, dan dipisahkan kembali
message-numbers-sms =
    { $what ->
        [parted] { $service }: dua nomor peserta Anda dipisahkan kembali. Tidak sesuai? Telepon { $help }.
       *[merged] { $service }: dua nomor peserta Anda digabungkan. Tidak ada yang hilang. Tidak sesuai? Telepon { $help }.
    }
message-numbers-subject =
    { $what ->
        [parted] Nomor peserta Anda dipisahkan kembali
       *[merged] Nomor peserta Anda digabungkan
    }
message-numbers-body =
    { $what ->
        [parted] Pada { $time } petugas kami { $officer } membatalkan penggabungan dua nomor peserta Anda. Yang dipindahkan dari { $from } ke { $into } kini kembali di { $from }.
       *[merged] Pada { $time } petugas kami { $officer } menggabungkan dua nomor peserta Anda. Semua yang tersimpan di { $from } kini ada di { $into }. Tidak ada rupiah yang bertambah atau berkurang.
    }

    Kedua perpindahan itu ada di { $domain }/transactions. Alasannya ada di { $domain }/activity. Anda tidak mengetahuinya? Telepon { $help }.
