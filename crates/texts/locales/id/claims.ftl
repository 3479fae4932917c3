# Klaim: mengajukan, mengikuti, dan memutuskannya di meja bantuan.
claims-title = Klaim
claims-lead = Ajukan pencairan tabungan atau manfaat lain, dan ikuti jalannya.
claims-none = Anda belum pernah mengajukan klaim di sini.
claims-new-link = Ajukan klaim
claims-heirs = Untuk peserta yang meninggal, dan untuk pensiun ahli waris atau pensiun cacat total, keluarga datang ke kantor cabang: akun hanya milik pesertanya.
claims-benefits-link = Manfaat tiap program
claims-back = Semua klaim

# M21, alasan
claim-new-title = Ajukan klaim
claim-new-lead = Pilih alasannya. Kami langsung memeriksa apakah aturan mengizinkan, dan menyebut aturannya bila tidak.
claim-reason-legend = Alasan klaim
choose-reason = Pilih alasan klaim
claim-kind-jht-age = Tabungan hari tua: usia saya sudah cukup
claim-kind-jht-resigned = Tabungan hari tua: saya mengundurkan diri
claim-kind-jht-laid-off = Tabungan hari tua: saya di-PHK
claim-kind-jht-contract-ended = Tabungan hari tua: kontrak saya berakhir, atau saya berhenti bekerja mandiri
claim-kind-jht-disabled = Tabungan hari tua: cacat total tetap
claim-kind-jht-leaving = Tabungan hari tua: saya warga asing dan meninggalkan Indonesia selamanya
claim-kind-jht-home = Sebagian tabungan hari tua, untuk rumah
claim-kind-jht-other = Sebagian tabungan hari tua, untuk persiapan pensiun
claim-kind-jp = Pensiun: usia saya sudah cukup
claim-kind-jkk = Kecelakaan kerja atau penyakit akibat kerja
claim-kind-jkp = Kehilangan pekerjaan
claim-hint-jht-age = Seluruh tabungan, sekaligus, mulai usia yang ditetapkan aturan.
claim-hint-jht-resigned = Seluruh tabungan, beberapa waktu setelah surat pengunduran diri dari pemberi kerja.
claim-hint-jht-laid-off = Seluruh tabungan, beberapa waktu setelah PHK.
claim-hint-jht-contract-ended = Seluruh tabungan, setelah kontrak kerja waktu tertentu atau pekerjaan mandiri berakhir.
claim-hint-jht-disabled = Seluruh tabungan, langsung. Lampirkan surat keterangan dokter.
claim-hint-jht-leaving = Seluruh tabungan, langsung, bila Anda meninggalkan Indonesia selamanya.
claim-hint-jht-home = Sebagian tabungan, sekali, setelah cukup lama menjadi peserta.
claim-hint-jht-other = Bagian yang lebih kecil, sekali, setelah cukup lama menjadi peserta.
claim-hint-jp = Anda mengajukan dan mengikutinya di sini; kantor lain menghitung pensiunnya.
claim-hint-jkk = Anda mengajukan dan mengikutinya di sini; kantor lain menghitung jumlahnya.
claim-hint-jkp = Anda mengajukan dan mengikutinya di sini; kantor lain menghitung jumlahnya.
claim-day-legend = Tanggal kejadian
claim-day-hint = Untuk akhir pekerjaan, cacat, meninggalkan Indonesia, atau kecelakaan. Kosongkan untuk alasan lain.
claim-day-missing = Isi tanggal kejadian: tanggal, bulan, dan tahun
claim-day-to-come = Tanggal kejadian tidak boleh di masa depan
claim-tax-label = Saya punya nomor pajak (NPWP)
claim-tax-hint = Tanpa NPWP, pajak bagian yang dibayar pada tahun-tahun berikutnya dapat lebih besar.
claim-not-yet = Ini belum bisa Anda klaim
claim-too-many = Batas jumlah klaim dalam sebulan sudah tercapai. Telepon { $phone }
claim-still-working = Menurut catatan, Anda masih bekerja. Pemberi kerja yang melaporkan akhir masa kerja: tanyakan kepada mereka, atau minta koreksi data dulu.
claim-nothing-saved = Tidak ada tabungan di nomor peserta Anda.

# M21, tugas
claim-reference = Nomor klaim
claim-stage = Status
claim-tasks-title = Yang masih perlu dilakukan
claim-task-done = Selesai
claim-task-left = Belum
claim-task-if-any = Bila ada bukti lain
claim-no-list = Daftar dokumen untuk klaim ini belum diterbitkan. Tambahkan yang menunjukkan alasan Anda; bila ada yang kurang, kami memintanya.
claim-check-link = Periksa dan kirim
claim-kept = Klaim yang belum dikirim kami simpan 30 hari, termasuk dokumennya.
claim-papers-title = Dokumen
claim-paper-other = Dokumen lain
claim-paper-remove = Hapus
claim-withdraw-button = Tarik kembali klaim ini
claim-back = Kembali ke klaim
claim-account-title = Rekening bank
claim-account-lead = Uang dikirim ke rekening atas nama Anda sendiri. Rekening baru berlaku setelah 12 jam.
claim-bank-label = Bank
claim-bank-number-label = Nomor rekening
claim-bank-owner-label = Nama pemilik rekening
bank-choose = Isi nama bank
bank-number = Nomor rekening harus 6 sampai 20 angka
bank-owner = Nama pemilik rekening berbeda dari nama peserta. Pakai rekening atas nama Anda
claim-document-lead = Satu berkas setiap kali. Bila koneksi terputus, hanya berkas ini yang hilang; yang lain sudah tersimpan.
claim-file-label = Foto atau PDF
claim-file-hint = JPG, PNG, atau PDF, 5 MB atau kurang.
claim-file-button = Unggah
claim-file-stripped = Kami menghapus data kamera di dalam foto, seperti lokasi.
file-empty = Pilih foto atau PDF { $document }
file-size = Berkas harus 5 MB atau kurang
file-type = Berkas harus JPG, PNG, atau PDF
file-read = Berkas tidak terbaca. Foto ulang di tempat terang
file-pixels = Gambar terlalu besar. Pilih ukuran lebih kecil di kamera, lalu foto ulang
file-active = PDF ini terkunci atau berisi program atau berkas lain. Cetak menjadi PDF baru, atau foto dokumennya
file-many = Satu klaim memuat { $n } berkas. Hapus satu dulu

# M21, periksa dan kirim
claim-check-title = Periksa jawaban Anda
claim-yes = Ya
claim-no = Tidak
claim-missing-title = Masih kurang
claim-incomplete = Masih ada yang kurang, atau aturan tidak lagi mengizinkan. Lihat di bawah
claim-estimate = Ini jumlahnya bila dibayar hari ini. Jumlah dihitung lagi saat dibayar.
claim-confirm-label = Data ini benar
claim-confirm-hint = Data yang salah memperlambat pembayaran.
confirm-tick = Centang bila data ini benar
claim-send-button = Kirim klaim
claim-sent-title = Klaim Anda sudah kami terima
claim-sent-text = Kami memberi kabar di setiap tahap. Petugas tidak pernah meminta kata sandi, kode, atau PIN.

# M20, satu klaim
claim-gross = Sebelum pajak
claim-gross-paid = Dibayar, sebelum pajak
claim-tax = Pajak
claim-net = Yang Anda terima
claim-rules-title = Dasar hitungan dan aturannya
claim-words-title = Pesan dari petugas
claim-timeline-title = Yang sudah terjadi
claim-lock-closed = Pencairan akun Anda ditutup. Tidak ada yang dibayar sampai Anda membukanya.
claim-lock-opens = Tidak ada yang dibayar sebelum { $time }: saat itu pencairan terbuka.
claim-clock-due = Dibayar paling lambat { $date }, { $within } setelah klaim lengkap
claim-clock-passed = Hari itu sudah lewat. Telepon { $phone }.
claim-stage-draft = Belum dikirim
claim-stage-sent = Diterima
claim-stage-in-review = Sedang diperiksa
claim-stage-asked = Menunggu Anda
claim-stage-approved = Disetujui, menunggu pembayaran
claim-stage-granted = Disetujui; kantor lain yang membayar
claim-stage-paid = Dibayar
claim-stage-refused = Ditolak
claim-stage-withdrawn = Ditarik kembali
claim-step-begin = Dimulai
claim-step-send = Dikirim
claim-step-withdraw = Ditarik kembali
claim-step-take = Mulai diperiksa petugas
claim-step-ask = Dokumen tambahan diminta
claim-step-propose = Diusulkan untuk dibayar
claim-step-return = Dikembalikan petugas kedua
claim-step-approve = Disetujui
claim-step-grant = Disetujui
claim-step-refuse = Ditolak
claim-step-pay = Dibayar

# Aktivitas
event-claim-sent = Klaim dikirim
event-claim-withdrawn = Klaim ditarik kembali
event-claim-moved = Klaim diproses petugas
event-claim-paid = Klaim dibayar

# Pesan
message-claim-sent-sms = { $service }: klaim { $reference } dikirim pukul { $time }. Bukan Anda? Buka { $service } sendiri, pilih Bantuan, lalu Bukan saya.
message-claim-sent-subject = Klaim { $reference }: diterima
message-claim-sent-body =
    Klaim Anda { $reference } dikirim: { $device }, { $time }. Kami memberi kabar di setiap tahap.

    Ikuti di { $domain }/claims.

    Anda sendiri yang melakukannya? Tidak perlu apa-apa.
message-claim-moved-sms =
    { $stage ->
        [asked] { $service }: klaim { $reference } perlu dilengkapi. Buka { $service } sendiri, pilih Klaim.
        [approved] { $service }: klaim { $reference } disetujui, dibayar setelah pencairan terbuka. Buka { $service } sendiri, pilih Klaim.
        [granted] { $service }: klaim { $reference } disetujui. Buka { $service } sendiri, pilih Klaim.
        [refused] { $service }: klaim { $reference } ditolak. Buka { $service } sendiri, pilih Klaim. Bantuan: { $help }
       *[paid] { $service }: klaim { $reference } dibayar. Buka { $service } sendiri, pilih Klaim.
    }
message-claim-moved-subject =
    { $stage ->
        [asked] Klaim { $reference }: perlu dilengkapi
        [approved] Klaim { $reference }: disetujui
        [granted] Klaim { $reference }: disetujui
        [refused] Klaim { $reference }: ditolak
       *[paid] Klaim { $reference }: dibayar
    }
message-claim-moved-body =
    { $stage ->
        [asked] Petugas kami memerlukan tambahan untuk klaim Anda { $reference } ({ $time }). Rinciannya ada di klaim itu.
        [approved] Klaim Anda { $reference } disetujui ({ $time }). Klaim dibayar setelah pencairan akun Anda terbuka.
        [granted] Klaim Anda { $reference } disetujui ({ $time }). Kantor lain menghitung jumlahnya dan membayar.
        [refused] Klaim Anda { $reference } ditolak ({ $time }). Alasannya ada di klaim itu. Anda berpendapat lain? Telepon { $help }.
       *[paid] Klaim Anda { $reference } dibayar ({ $time }).
    }

    Lihat di { $domain }/claims.

# Meja bantuan
desk-claims-title = Klaim menunggu
desk-claims-lead = Yang batas waktunya mulai lebih dulu berada paling atas.
desk-claims-none = Tidak ada klaim yang menunggu.
desk-claim-due = Dibayar paling lambat
desk-claim-late = terlambat
desk-claim-passed = Hari itu sudah lewat.
desk-claim-late-day = Penerima berhak atas tambahan { $rate } per hari
desk-claim-late-month = Penerima berhak atas tambahan { $rate } per bulan
desk-claim-proposed = Menunggu petugas kedua
desk-claim-asked = Menunggu peserta
desk-claim-name = Peserta
desk-claim-tax-number = Nomor pajak (NPWP)
desk-claim-net = Yang diterima peserta
desk-claim-no-papers = Tidak ada dokumen.
desk-claim-papers-hint = Dokumen diunduh, tidak pernah ditampilkan di sini. Pindai sebelum dibuka.
desk-claim-no-right = Aturan tidak mengizinkan menurut keadaan sekarang
desk-claim-lock = Ditutup oleh peserta. Hanya peserta yang dapat membukanya.
desk-claim-deeds = Yang dapat Anda lakukan
desk-claim-deed = Pilih tindakan
desk-claim-words-label = Kepada peserta
desk-claim-words-hint = Wajib untuk meminta tambahan, mengembalikan, dan menolak: 10 sampai 2.000 huruf. Peserta membaca apa yang Anda minta dan mengapa Anda menolak.
desk-claim-words = Tulis 10 sampai 2.000 huruf
desk-claim-two = Di atas { $limit }, atau bila jumlahnya belum diketahui, petugas kedua harus menyetujui.
desk-claim-same = Anda petugas pertama dari dua. Minta petugas lain menyetujui.
desk-claim-too-late = Ini baru berubah di tempat lain, atau tidak dapat dilakukan pada tahap ini. Periksa lagi.
desk-deed-take = Ambil
desk-deed-ask = Minta tambahan
desk-deed-approve = Setujui
desk-deed-return = Kembalikan
desk-deed-refuse = Tolak
desk-deed-pay = Bayar
desk-act-claims-listed = Melihat klaim yang menunggu
desk-act-claim-opened = Membuka klaim
desk-act-document-taken = Mengunduh dokumen klaim
desk-act-claim-handled = Mengambil klaim, atau meminta tambahan
desk-act-claim-decided = Memutuskan atau membayar klaim
