# Kasus di meja bantuan: antrean, satu kasus, dan yang dibaca serta digugat peserta.

# Yang dilakukan dan dibaca peserta
contest-link = Saya keberatan
contest-title = Keberatan atas tindakan petugas
contest-lead = Tuliskan apa yang keliru. Petugas lain, bukan yang melakukannya, memeriksanya dan memberi tahu hasilnya.
contest-said = Keterangan petugas
contest-label = Apa yang keliru
contest-hint = Paling banyak 2.000 huruf. Jangan tulis kata sandi atau kode.
contest-empty = Tulis apa yang keliru
contest-button = Kirim
contest-done-title = Sudah kami terima: { $reference }
contest-done-text = Simpan nomornya. Petugas lain memeriksanya dalam tiga hari.
contest-closed-title = Kasus { $reference } sudah ditutup
contest-closed-text = Hasilnya: { $outcome }. { $time }
contest-back = Kembali ke aktivitas
event-act-contested = Keberatan atas tindakan petugas
event-staff-opened-case = Petugas membuka kasus untuk Anda
event-case-closed = Kasus Anda ditutup petugas
message-case-opened-sms = { $service }: kasus { $reference } kami terima, { $time }. Bukan Anda? Buka { $service } sendiri, pilih Keamanan.
message-case-opened-subject = Kasus { $reference } kami terima
message-case-opened-body =
    Anda keberatan atas tindakan petugas kami: { $device }, { $time }. Nomor kasus Anda { $reference }.

    Petugas lain, bukan yang melakukannya, memeriksanya dalam tiga hari dan memberi tahu hasilnya. Ada pertanyaan? Telepon { $help } dan sebutkan nomornya. Ini juga ada di aktivitas Anda, di { $domain }/activity.
message-case-by-staff-sms = { $service }: petugas { $officer } membuka kasus { $reference } untuk Anda, { $time }. Ada pertanyaan? Telepon { $help }.
message-case-by-staff-subject = Petugas kami membuka kasus { $reference } untuk Anda
message-case-by-staff-body =
    Pada { $time } petugas kami { $officer } mencatat yang Anda tanyakan. Nomor kasus Anda { $reference }.

    Kami beri tahu hasilnya. Anda tidak menanyakan apa-apa? Telepon { $help } dan sebutkan nomornya, atau ajukan keberatan di aktivitas Anda, di { $domain }/activity.
message-case-closed-sms = { $service }: kasus { $reference } ditutup, { $time }. Ada pertanyaan? Telepon { $help }.
message-case-closed-subject = Kasus { $reference } ditutup
message-case-closed-body =
    { $outcome ->
        [helped] Petugas kami menutup kasus { $reference } pada { $time }: yang Anda minta sudah dikerjakan.
        [corrected] Petugas kami menutup kasus { $reference } pada { $time }: ada yang keliru, dan sudah dibetulkan.
        [refused] Petugas kami menutup kasus { $reference } pada { $time }: tidak bisa dikerjakan.
        [withdrawn] Petugas kami menutup kasus { $reference } pada { $time }: Anda tidak menginginkannya lagi.
        [fraud] Petugas kami menutup kasus { $reference } pada { $time }: orang lain yang melakukannya. Langkah berikutnya mereka bicarakan dengan Anda.
       *[explained] Petugas kami menutup kasus { $reference } pada { $time }: semuanya benar.
    }

    Ada pertanyaan, atau Anda berpendapat lain? Telepon { $help } dan sebutkan nomornya.

# S02
desk-queue-title = Antrean
desk-queue-lead = Yang lebih dulu jatuh tempo ada di atas. Kasus siapa ini, Anda lihat setelah mengambilnya.
desk-queue-cases = Kasus
desk-queue-empty = Tidak ada kasus untuk pilihan ini.
desk-queue-not-over = Semua yang belum selesai
desk-queue-choose = Pilih
desk-queue-give = Berikan yang dipilih kepada
desk-queue-give-button = Berikan
desk-queue-given = { $n } kasus diberikan
desk-queue-not-given =
    { $n ->
        [0] Semuanya punya petugas baru.
       *[other] Tidak diberikan: { $n }. Ada yang lebih cepat, atau kasusnya tentang petugas itu.
    }
desk-queue-next = Jatuh tempo berikutnya
desk-queue-first = Yang pertama jatuh tempo
desk-column-case = Kasus
desk-column-kind = Tentang
desk-column-standing = Status
desk-column-age = Usia
desk-column-due = Jatuh tempo
desk-filter-whose = Milik
desk-whose-own = Saya
desk-whose-team = Rekan
desk-whose-nobody = Belum diambil
desk-age-overdue = Lewat jatuh tempo
desk-age-day = Satu hari atau lebih
desk-age-three-days = Tiga hari atau lebih
desk-age-week = Satu minggu atau lebih
case-kind-recovery = Pemulihan bertahap
case-kind-transaction = Transaksi tidak dikenal
case-kind-contested = Keberatan atas tindakan petugas
case-kind-correction = Koreksi data
case-kind-question = Pertanyaan
case-open = Terbuka
case-taken = Dikerjakan: { $officer }
case-waiting = Menunggu peserta: { $officer }
case-closed = Ditutup
case-standing-taken = Dikerjakan
case-standing-waiting = Menunggu peserta
case-due-in = { $length } lagi
case-due-past = lewat { $length }
case-days = { $n } hari

# S03
desk-case-title = Kasus { $reference }
desk-case-opened = Masuk pada
desk-case-next = Langkah berikutnya
desk-case-next-open = Belum ada yang mengambil kasus ini. Ambil, atau biarkan untuk rekan.
desk-case-next-taken = Kasus ini milik Anda. Catat yang Anda lakukan, lalu tutup dengan hasilnya.
desk-case-next-waiting = Peserta harus menjawab. Lanjutkan setelah jawabannya ada.
desk-case-next-others = Kasus ini dipegang rekan. Anda bisa membacanya.
desk-case-next-closed = Kasus ini selesai: { $outcome }.
desk-case-about = Tentang apa
desk-case-recovery = Pemulihan bertahap { $reference }
desk-case-recovery-waiting = Pemilik bisa menghentikannya sampai { $time }.
desk-case-recovery-unproved = Waktu pemilik sudah lewat. Bukti belum ada: dua petugas mencatatnya.
desk-case-recovery-ready = Sudah terbukti. Peserta bisa membuat kata sandi.
desk-case-recovery-over = Selesai sejak { $time }.
desk-case-report = Laporan { $reference }
desk-case-report-row = { $amount } pada { $day }
desk-case-report-open = Laporan masih terbuka.
desk-case-report-closed = Laporan ditutup sejak { $time }.
desk-case-gone = Tidak tersimpan lagi.
desk-case-line = Di aktivitas peserta: { $what }, { $time }
desk-case-member = Peserta
desk-case-member-hidden = Siapa pesertanya, Anda lihat setelah mengambil kasus. Peserta diberi tahu bahwa Anda melihatnya.
desk-case-member-none = Rincian yang diberikan bukan milik siapa pun.
desk-case-timeline = Yang terjadi
desk-case-by-member = peserta
case-what-opened = Dibuka
case-what-taken = Diambil
case-what-waits = Menunggu peserta
case-what-resumed = Dikerjakan lagi
case-what-noted = Catatan
case-what-handed-over = Diserahkan kepada { $officer }
case-what-returned = Dikembalikan ke antrean
case-what-closed = Ditutup: { $outcome }
case-outcome-helped = sudah dikerjakan
case-outcome-explained = semuanya benar
case-outcome-corrected = dibetulkan
case-outcome-refused = tidak bisa dikerjakan
case-outcome-withdrawn = tidak diinginkan lagi
case-outcome-fraud = orang lain yang melakukannya
desk-case-take = Ambil kasus
desk-case-wait = Tunggu peserta
desk-case-resume = Lanjutkan
desk-case-return = Kembalikan ke antrean
desk-case-note-title = Tulis catatan
desk-case-note-label = Catatan
desk-case-note-hint = Paling banyak 2.000 huruf. Rekan dan auditor membacanya. Jangan tulis kode atau kata sandi: tidak ada yang boleh memintanya.
desk-case-note-button = Simpan catatan
desk-case-draft-button = Simpan sebagai draf
desk-case-template-label = Templat
desk-case-template-none = Tanpa templat
desk-case-template-button = Sisipkan templat
desk-case-draft = Draf Anda disimpan delapan jam.
desk-case-hand-title = Serahkan
desk-case-hand-label = Kepada siapa
desk-case-hand-missing = Pilih rekan
desk-case-hand-button = Serahkan
desk-case-close-title = Tutup
desk-case-close-label = Hasilnya
desk-case-close-missing = Pilih hasilnya
desk-case-close-why = Apa yang dilakukan dan mengapa
desk-case-close-button = Tutup kasus
desk-case-changed-theirs = Yang masuk sementara itu
desk-case-changed-yours = Yang Anda tulis
desk-case-changed-nothing = Tidak ada yang ditulis
case-template-missing = Peserta diminta melengkapi yang kurang.
case-template-called-back = Peserta ditelepon balik di nomor yang tercatat.
case-template-no-answer = Nomor yang tercatat ditelepon. Tidak ada yang menjawab.
case-template-explained = Dijelaskan kepada peserta mengapa demikian.
case-template-look-checked = Pembukaan data diperiksa: siapa, kapan, dan untuk apa.
case-template-name-missing = Ada yang kurang
case-template-name-called-back = Ditelepon balik
case-template-name-no-answer = Tidak dijawab
case-template-name-explained = Dijelaskan
case-template-name-look-checked = Pembukaan diperiksa
note-long = Catatan harus 2.000 huruf atau kurang
note-empty = Tulis catatan
case-not-own = Kasus ini tentang tindakan Anda atau rekan itu. Petugas lain yang harus menanganinya
case-not-taken = Kasus ini sudah diambil rekan
case-not-yours = Kasus ini tidak Anda pegang
case-not-already = Keadaannya sudah begitu
case-not-closed = Kasus ini sudah selesai
case-not-unfit = Hasil ini bukan untuk kasus seperti ini
desk-record-cases = Kasus
desk-record-no-cases = Belum ada kasus.
desk-new-case-title = Buka kasus
desk-new-case-lead = Kasus masuk ke antrean, dengan nama Anda sebagai pembukanya.
desk-new-case-kind = Tentang apa
desk-new-case-missing = Pilih tentang apa
desk-new-case-button = Buka
desk-act-queue-read = Membaca antrean
desk-act-case-read = Membaca kasus
desk-act-case-opened = Membuka kasus
desk-act-case-taken = Mengambil kasus
desk-act-case-noted = Menulis di kasus
desk-act-case-waits = Menunggu, atau melanjutkan, kasus
desk-act-case-handed-over = Menyerahkan kasus
desk-act-case-closed = Menutup kasus
