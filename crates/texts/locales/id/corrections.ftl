# Koreksi data: untuk peserta
correction-ask-title = Minta koreksi
correction-ask-row = Ada yang keliru pada iuran ini?
correction-ask-next = Petugas kami mencocokkannya dengan dokumen. Dua petugas harus sepakat. Kami menjawab dalam tiga hari.
correction-ask-button = Kirim
correction-said-label = Apa yang keliru, dan apa yang benar?
correction-words-hint = { $least } sampai { $most } karakter.
correction-words-short = Tulis { $n } karakter atau lebih
correction-words-long = Ringkas menjadi { $n } karakter
correction-full = Terlalu banyak koreksi Anda yang belum selesai. Telepon { $phone }, { $hours }.
corrections-title = Koreksi
corrections-link = Lihat koreksi Anda
corrections-lead = Koreksi yang Anda minta, dan sudah sampai di mana. Data sebelumnya tetap disimpan.
corrections-empty = Anda belum pernah meminta koreksi.
corrections-contest = Tidak setuju, atau tidak memintanya? Telepon { $phone }, { $hours }, dan sebutkan nomor koreksinya.
correction-done-title = Permintaan Anda kami terima
correction-done-text = Kami memberi tahu Anda begitu ada kabar.
correction-due = Dijawab paling lambat { $time }.
correction-about-person = Data diri menurut catatan kependudukan
correction-own = Peserta sendiri
correction-evidence = Dilihat: { $document }, nomor { $number }.
correction-since = Berlaku sejak { $date }.
correction-column-field = Data
correction-column-before = Tercatat
correction-column-after = Yang benar
correction-stage-asked = Diminta
correction-stage-proposed = Diusulkan, menunggu persetujuan petugas kedua
correction-stage-returned = Dikembalikan ke petugas pertama
correction-stage-in-effect = Sudah tercatat
correction-stage-refused = Tidak dikoreksi
correction-step-asked = Diminta oleh peserta.
correction-step-asked-for = Diminta oleh { $officer } untuk peserta.
correction-step-proposed = { $officer } mengusulkan yang benar.
correction-step-returned = { $officer } mengembalikannya.
correction-step-outdated = Dikembalikan: data sudah berubah.
correction-step-approved = { $officer } menyetujui. Sudah tercatat.
correction-step-refused = { $officer } tidak mengubah data.
correction-field-name = Nama
correction-field-nik = NIK
correction-field-birth-date = Tanggal lahir
correction-field-sex = Jenis kelamin
correction-field-month = Bulan kerja
correction-field-employer = Pemberi kerja
correction-field-wage = Upah dilaporkan
correction-field-base = Dasar pengenaan iuran
correction-field-employer-part = Bagian pemberi kerja
correction-field-worker-part = Bagian pekerja
correction-field-due = Jatuh tempo
correction-field-received = Diterima
correction-sex-female = Perempuan
correction-sex-male = Laki-laki
correction-document-ktp = KTP
correction-document-family-card = kartu keluarga (KK)
correction-document-birth-certificate = akta kelahiran
correction-document-court-order = penetapan pengadilan
correction-document-pay-slip = slip gaji
correction-document-bank-proof = bukti bayar bank
correction-document-employer-letter = surat pemberi kerja
posting-correction-back = Koreksi: { $month } ditarik kembali
posting-correction-anew = Koreksi: { $month } dicatat ulang
event-correction-asked = Koreksi data Anda diminta

# Yang diberitahukan surat
message-correction-sms =
    { $outcome ->
        [proposed] { $service }: petugas mengusulkan koreksi { $reference } pada data Anda. Tidak sesuai? Telepon { $help }.
        [in-effect] { $service }: koreksi { $reference } sudah tercatat. Lihat Data diri di { $domain }
        [refused] { $service }: koreksi { $reference } tidak dilakukan. Alasannya ada di { $domain }
        [withdrawn] { $service }: koreksi { $reference } Anda tarik kembali. Bukan Anda? Telepon { $help }.
       *[asked] { $service }: permintaan koreksi { $reference } kami terima. Bukan Anda? Telepon { $help }.
    }
message-correction-subject = Koreksi data Anda
message-correction-body =
    { $outcome ->
        [proposed] Pada { $time } petugas kami mengusulkan yang benar dalam koreksi { $reference }. Petugas kedua harus menyetujui sebelum ada yang berubah.
        [in-effect] Pada { $time } dua petugas kami membetulkan data Anda: koreksi { $reference }. Data sebelumnya tetap disimpan.
        [refused] Pada { $time } petugas kami membiarkan data Anda seperti semula: koreksi { $reference } tidak dilakukan. Alasannya tertulis di sana.
        [withdrawn] Pada { $time } Anda menarik kembali koreksi { $reference }. Data Anda tetap seperti semula.
       *[asked] Pada { $time } kami menerima permintaan untuk membetulkan data Anda: koreksi { $reference }. Kami menjawab dalam tiga hari.
    }

    Anda menemukannya di { $domain }/corrections. Tidak memintanya, atau berpendapat lain? Telepon { $help } dan sebutkan nomor koreksinya.

# Untuk petugas
desk-corrections-title = Koreksi
desk-corrections-lead = Yang menurut peserta keliru. Satu petugas mengusulkan yang benar dan menyebut dokumennya; petugas lain menyetujui.
desk-corrections-open = Yang harus dikerjakan
desk-corrections-empty = Tidak ada yang menunggu.
desk-corrections-begin = Untuk meminta koreksi atas nama peserta, cari dulu pesertanya.
desk-corrections-reference = Nomor
desk-corrections-about = Tentang
desk-corrections-stage = Status
desk-corrections-due = Dijawab sebelum
desk-corrections-late = Terlambat
desk-correction-row = Iuran, { $programme }
desk-correct-title = Minta koreksi
desk-correct-lead = Atas nama peserta. Peserta menerima pesan tentang ini.
desk-correct-year = Iuran tahun
desk-correct-what = Apa yang keliru
desk-correct-said = Kata peserta
desk-correct-button = Lanjut
desk-correct-nothing = Pilih apa yang keliru
desk-correct-full = Terlalu banyak koreksi peserta ini yang belum selesai. Putuskan itu dulu.
desk-correction-title = Koreksi { $reference }
desk-correction-steps = Yang terjadi
desk-correction-beside = Tercatat dan yang benar, berdampingan
desk-correction-changed = Berubah
desk-correction-yes = Ya
desk-correction-propose = Usulkan yang benar
desk-correction-propose-text = Isian menunjukkan yang tercatat. Ubah yang keliru. Yang mengikuti aturan dihitung sendiri.
desk-correction-document = Dokumen yang Anda lihat
desk-correction-number = Nomor dokumen
desk-correction-number-hint = Salinan tidak disimpan: nomornya dan nama Anda disimpan.
desk-correction-since = Benar sejak
desk-correction-kept = Dalam data: { $value }. Kosongkan bila sudah benar.
desk-correction-day-hint = Contoh: 2026-07-14
desk-correction-month-hint = Contoh: 202607
desk-correction-npp-hint = Nomor pemberi kerja (NPP)
desk-correction-grounds = Mengapa ini benar. Peserta membacanya.
desk-correction-propose-button = Usulkan
desk-correction-decide = Putuskan
desk-correction-decide-text = Cocokkan dengan dokumennya. Persetujuan langsung membetulkan data. Mengembalikan atau menolak memerlukan alasan.
desk-correction-comment = Alasan
desk-correction-approve-button = Setujui
desk-correction-return-button = Kembalikan
desk-correction-refuse-button = Biarkan seperti semula
desk-correction-own-proposal = Ini usulan Anda sendiri. Rekan Anda yang memutuskan.
desk-correction-older = Ada yang terjadi sejak Anda membuka ini. Lihat keadaannya sekarang.
desk-correction-wrong-stage = Ini tidak bisa dilakukan lagi pada tahap ini.
desk-correction-outdated = Data sudah berubah sejak usulan itu, jadi usulan kembali. Usulkan sekali lagi.
desk-correction-taken = Ini milik orang lain, atau iuran seperti itu sudah ada.
desk-correction-waiting = Iuran ini belum masuk tabungan. Coba lagi setelah impor berikutnya selesai.
desk-correction-overdrawn = Tabungan yang harus ditarik kembali sudah dicairkan.
desk-correction-form = { $field }: tulis seperti contohnya
desk-correction-future = { $field }: ini belum tiba
desk-correction-unknown = { $field }: tidak ada pemberi kerja dengan nomor ini
desk-correction-not-published = { $field }: belum ada aturan yang terbit untuk bulan ini
desk-correction-no-money = { $field }: iuran harus memiliki jumlah
desk-correction-nothing = Tidak ada yang diubah. Ubah yang keliru.
desk-correction-no-document = Pilih dokumen yang Anda lihat
desk-correction-no-number = Tulis nomor dokumen, paling banyak { $n } karakter
desk-correction-no-day = Tulis sejak kapan ini benar, contoh 2026-07-14, tidak lebih dari hari ini
desk-act-corrections-listed = Melihat daftar koreksi
desk-act-correction-asked = Meminta koreksi
desk-act-correction-opened = Membuka koreksi
desk-act-correction-proposed = Mengusulkan koreksi
desk-act-correction-approved = Menyetujui koreksi
desk-act-correction-returned = Mengembalikan koreksi
desk-act-correction-refused = Menolak koreksi
desk-act-numbers-merged = Menggabungkan dua nomor peserta
desk-act-numbers-parted = Memisahkan dua nomor peserta
desk-act-returns-made-up = Menyesuaikan hasil pengembangan dengan yang diumumkan
