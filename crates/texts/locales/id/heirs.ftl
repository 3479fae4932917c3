# Klaim ahli waris: dibuka petugas, diikuti dengan yang tertera di kertas, diakhiri peserta yang masih hidup.
heirs-title = Klaim ahli waris
heirs-lead = Klaim karena peserta meninggal, yang paling lama lebih dulu. Setiap kali dibuka, dicatat.
heirs-none = Tidak ada klaim seperti ini yang terbuka.

# Membuka
heirs-open-title = Buka klaim untuk ahli waris
heirs-open-lead = Untuk keluarga peserta yang meninggal, dengan dokumen di tangan. Peserta yang masih hidup langsung diberi tahu lewat semua jalur, dan mengakhirinya dengan satu tombol.
heirs-open-two = Perlu petugas kedua, dan tidak ada yang dibayarkan dalam { $hours } jam pertama.
heirs-day-legend = Tanggal meninggal
heirs-day-hint = Seperti di akta kematian.
heirs-day-missing = Isi tanggal meninggal: tanggal, bulan, dan tahun
heirs-day-to-come = Tanggal meninggal tidak boleh di masa depan
heirs-before-birth = Tanggal meninggal lebih awal daripada tanggal lahir dalam data
heirs-relation = Hubungan ahli waris dengan peserta
heirs-relation-order = Yang berikutnya hanya bila yang sebelumnya tidak ada.
heirs-relation-missing = Pilih hubungan ahli waris dengan peserta
heirs-name = Nama ahli waris
heirs-name-hint = Seperti di kartu identitas dan di rekening bank.
heirs-name-missing = Isi nama ahli waris
heirs-email = Email ahli waris
heirs-phone = Nomor HP ahli waris
heirs-contact-hint = Email atau nomor: salah satu cukup. Tersimpan bersama klaim, dan tidak pernah mengubah kontak peserta.
heirs-no-contact = Isi email atau nomor HP ahli waris
heirs-reason = Siapa yang datang, dan membawa apa
heirs-reason-hint = Dengan kata-kata Anda sendiri. Peserta membacanya bila masih hidup.
heirs-open-button = Buka klaim
heirs-paid-before = Semua yang ada untuk kematian ini sudah dibayarkan.

# Yang dibawa pulang ahli waris
heirs-paper-title = Untuk dibawa pulang ahli waris
heirs-paper-lead = Cetak halaman ini, atau salin keduanya dengan tangan. Kode hanya tampil sekali ini: tidak ada petugas yang dapat membacanya lagi.
heirs-code = Kode
heirs-paper-where = Perkembangan klaim ada di { $domain }/claims/follow, untuk yang memegang keduanya. Tidak perlu akun.
heirs-paper-care = Simpan seperti dokumen lainnya. Petugas kami tidak pernah menanyakan kodenya.
heirs-paper-go = Ke klaim

# Satu klaim
heirs-heir = Ahli waris
heirs-contact = Kontak ahli waris
heirs-told = Kabar kepada peserta
heirs-told-yes = punya akun, dan sudah diberi tahu lewat semua jalur
heirs-told-no = tidak punya akun: tidak ada yang dapat diberi tahu
heirs-signed-in = Terakhir masuk ke akun
heirs-paid-after = Iuran masuk setelah kematian, sampai
heirs-sum = Seluruhnya
heirs-paid = Dibayar kepada ahli waris
heirs-wait = Tidak dibayarkan sebelum
heirs-owed-label = Tambahan yang terutang sampai sekarang
heirs-rest = Biaya pemakaman dibayarkan sekarang. Sisanya dibayarkan setelah ahli waris melunasi tunggakan peserta.
heirs-missing-title = Yang masih kurang
heirs-add-title = Tambah dokumen
heirs-document-lead = Satu berkas setiap kali, seperti yang dibawa ahli waris.
heirs-words-label = Catatan Anda
heirs-words-hint = Wajib untuk mengembalikan, menolak, dan memberi kode lain: 10 sampai 2.000 karakter.
heirs-deed-complete = Sudah lengkap
heirs-deed-return = Kembalikan
heirs-deed-approve = Setujui sebagai petugas kedua
heirs-deed-refuse = Tolak
heirs-deed-pay = Bayarkan
heirs-deed-renew = Kode lain untuk ahli waris
heirs-same = Anda yang membukanya, atau menyatakannya lengkap. Minta rekan menyetujui
heirs-void = Petugas kedua tidak lagi berhak menyetujui. Tolak dan buka yang baru
heirs-missing = Dokumen belum lengkap. Tambahkan dulu
heirs-waits = Dapat dibayarkan mulai { $time }
heirs-step-open = Dibuka
heirs-step-complete = Dinyatakan lengkap
heirs-step-return = Dikembalikan petugas kedua
heirs-step-approve = Disetujui petugas kedua
heirs-step-refuse = Ditolak
heirs-step-pay = Dibayar
heirs-step-object = Peserta masih hidup, dan mengatakannya
heirs-step-renew = Kode lain diberikan kepada ahli waris
heirs-stage-opened = Dokumen dikumpulkan
heirs-stage-complete = Lengkap, sedang diperiksa
heirs-stage-approved = Disetujui, menunggu pembayaran
heirs-stage-paid = Dibayar
heirs-stage-refused = Ditolak
heirs-stage-objected = Dihentikan

# Mengikuti
heirs-follow-title = Ikuti klaim setelah kematian
heirs-follow-lead = Kami turut berduka. Ikuti perkembangan klaim di sini, dengan nomor klaim dan kode di kertas dari kantor kami. Anda tidak perlu punya akun.
heirs-follow-reference-hint = Diawali KLW.
heirs-follow-code-hint = Diawali IKT. Spasi tidak apa-apa; huruf kecil boleh.
heirs-follow-button = Tampilkan klaim
heirs-follow-empty = Isi nomor klaim dan kode
heirs-follow-wrong = Tidak ada klaim dengan nomor dan kode ini. Cocokkan keduanya dengan kertas
heirs-follow-lost = Kertasnya hilang? Kantor kami memberi kode baru, dan yang lama tidak berlaku lagi.
heirs-follow-children = Beasiswa anak diajukan di kantor kami, setiap tahun.
heirs-opened-at = Dibuka { $time }
heirs-closed-at = Berakhir { $time }
heirs-owed = Tambahan yang terutang sampai sekarang: { $amount }
heirs-pays-from = Dibayarkan mulai { $time }. Waktu tunggu ini melindungi peserta yang masih hidup.
heirs-next-opened = Bawa yang masih kurang ke salah satu kantor kami.
heirs-next-complete = Dua petugas memeriksanya. Anda tidak perlu melakukan apa-apa.
heirs-next-paid = Sudah dibayarkan ke rekening yang Anda sebutkan.
heirs-next-over = Kantor kami memberi tahu alasannya. Telepon { $phone }, { $hours }.

# Peserta yang masih hidup
heirs-alive-title = Ada yang memberi tahu kami bahwa Anda meninggal
heirs-alive-lead = { $officer } dari layanan bantuan kami diberi tahu begitu pada { $time }, dan seorang ahli waris mengajukan klaim.
heirs-alive-what = Bila tombol ditekan
heirs-alive-ends = Klaim langsung berakhir, dan tidak ada yang dibayarkan.
heirs-alive-case = Petugas lain menyelidiki siapa yang mengatakannya.
heirs-alive-button = Saya masih hidup
heirs-alive-not = Anda membaca ini untuk peserta yang meninggal? Tutup halaman ini. Tidak ada yang berubah karenanya.
heirs-alive-done-title = Klaim sudah berakhir
heirs-alive-done-text = Tidak ada yang dibayarkan. Petugas lain menyelidiki siapa yang mengatakannya.
event-staff-told-of-death = Petugas diberi tahu bahwa Anda meninggal

# Pesan
message-death-claim-sms =
    { $stage ->
        [asked] { $service }: petugas diberi tahu bahwa Anda meninggal. Tidak benar? Telepon { $help }
        [approved] { $service }: klaim kematian Anda disetujui. Anda masih hidup? Telepon { $help }
        [done] { $service }: klaim kematian Anda dibayar. Anda masih hidup? Telepon { $help }
       *[ended] { $service }: klaim kematian Anda berakhir. Bantuan: { $help }
    }
message-death-claim-subject =
    { $stage ->
        [asked] Petugas kami diberi tahu bahwa Anda meninggal
        [approved] Klaim kematian Anda disetujui
        [done] Klaim kematian Anda dibayar
       *[ended] Klaim kematian Anda berakhir
    }
message-death-claim-body =
    { $stage ->
        [asked] Pada { $at } petugas kami { $officer } diberi tahu bahwa Anda meninggal, dan seorang ahli waris mengajukan klaim { $reference }. Tidak ada yang dibayarkan sebelum { $time }, dan tidak tanpa petugas kedua.
        [approved] Pada { $at } petugas kami { $officer }, petugas kedua, menyetujui klaim { $reference } seorang ahli waris atas kematian Anda. Tidak ada yang dibayarkan sebelum { $time }.
        [done] Pada { $at } klaim { $reference } seorang ahli waris atas kematian Anda dibayar. Petugas: { $officer }.
       *[ended] Pada { $at } klaim { $reference } seorang ahli waris atas kematian Anda berakhir. Petugas: { $officer }.
    }

    Anda masih hidup? Telepon { $help }, atau masuk dan baca daftar aktivitas Anda.
message-death-claim-link =
    Anda masih hidup? Akhiri klaim dengan satu tombol, tanpa masuk:

    { $link }
message-heir-claim-sms =
    { $service }: klaim { $reference }: { $stage ->
        [opened] dibuka
        [complete] lengkap, sedang diperiksa
        [returned] ada yang kurang
        [approved] disetujui, belum dibayar
        [paid] dibayar
       *[over] berakhir
    }. Ikuti dengan kode Anda. Bantuan: { $help }
message-heir-claim-subject =
    Klaim { $reference }: { $stage ->
        [opened] dibuka
        [complete] lengkap, sedang diperiksa
        [returned] ada yang kurang
        [approved] disetujui, belum dibayar
        [paid] dibayar
       *[over] berakhir
    }
message-heir-claim-body =
    Klaim Anda { $reference }, { $time }: { $stage ->
        [opened] sudah dibuka. Bawa yang masih kurang ke kantor kami.
        [complete] sudah lengkap, dan dua petugas memeriksanya.
        [returned] ada yang kurang. Telepon { $help }, atau datang ke kantor kami.
        [approved] sudah disetujui. Dibayarkan setelah waktu tunggu selesai.
        [paid] sudah dibayarkan ke rekening yang Anda sebutkan.
       *[over] sudah berakhir. Telepon { $help }: kantor kami memberi tahu alasannya.
    }

    Ikuti di { $domain }/claims/follow, dengan nomor klaim dan kode di kertas Anda. Petugas kami tidak pernah menanyakan kodenya.
