# Meja bantuan: halaman petugas.

desk-name = Meja bantuan { $service }
desk-signed-in-as = Masuk sebagai: { $name }, { $role }
desk-printed-by = Dicetak oleh { $name }, { $role }
desk-stale = Halaman ini terlalu lama terbuka. Kirim sekali lagi.
desk-needs-script = Halaman ini perlu skrip dan browser yang mengenal kunci sandi. Tidak bisa memakainya? Hubungi administrator Anda.
desk-role-helpdesk = helpdesk
desk-role-verifier = verifikator
desk-role-supervisor = supervisor
desk-role-auditor = auditor
desk-role-administrator = administrator

# S01
desk-sign-in-title = Masuk petugas
desk-sign-in-lead = Petugas masuk dengan kunci sandi. Di sini tidak ada kata sandi.
desk-sign-in-button = Masuk dengan kunci sandi
desk-lost-key = Kunci sandi hilang? Administrator memberi Anda undangan baru. Bantuan: { $phone }, { $email }
desk-key-old = Pertanyaan halaman ini sudah kedaluwarsa. Pakai kunci sandi sekali lagi.
desk-key-none = Kunci sandi ini tidak membuka meja bantuan. Pakai kunci yang Anda buat dari undangan.
desk-key-not-verified = Perangkat tidak memastikan bahwa ini Anda. Aktifkan kunci layarnya, lalu pakai kunci sandi lagi.
desk-demo-text = Ini demonstrasi. Petugas berikut punya kunci sandi dari perangkat lunak:
desk-demo-confirm = Pakai kunci sandi demonstrasi
desk-confirm-lead = Tindakan ini perlu kunci sandi sekali lagi. Setelah itu berlaku lima menit.
desk-join-title = Undangan Anda
desk-join-lead = { $name }, Anda diundang ke meja bantuan sebagai { $role }. Buat kunci sandi di perangkat ini. Kunci sandi Anda yang lama tidak berlaku lagi.
desk-join-gone = Undangan ini tidak berlaku lagi: sudah dipakai, diganti, atau terlalu lama. Minta yang baru.

# S04
desk-look-up-title = Cari peserta
desk-look-up-lead = Sebutkan alasan dahulu. Peserta membaca di daftar aktivitas siapa yang melihat dan mengapa, dan mendapat pesan.
desk-look-up-button = Cari
desk-look-up-another = Cari peserta lain
desk-why-label = Untuk apa
desk-why-missing = Pilih untuk apa Anda mencari
staff-why-call = peserta menelepon
staff-why-visit = peserta datang ke kantor
staff-why-letter = peserta menulis surat
staff-why-request = permintaan peserta
staff-why-suspicion = ada yang janggal di akun
desk-reason-label = Alasan
desk-reason-hint = 10 sampai 500 karakter. Peserta membaca ini.
desk-reason-short = Tulis alasan 10 karakter atau lebih
desk-reason-long = Persingkat alasan menjadi 500 karakter
desk-kind-label = Cari berdasarkan
desk-kind-missing = Pilih dasar pencarian
desk-kind-kpj = Nomor peserta (KPJ)
desk-kind-nik = NIK
desk-kind-email = Email
desk-kind-phone = Nomor HP
desk-query-label = Nomor atau alamat
desk-query-hint = Lengkap. Tidak ada pencarian sebagian.
desk-query-format = Tulis nomor atau alamat lengkap sesuai pilihan di atas
desk-nobody = Tidak ada yang persis begini. Periksa bersama peserta.
desk-own-record = Ini data Anda sendiri. Rekan Anda yang harus melihatnya.
desk-too-many = Anda sudah mencari sebanyak yang boleh untuk sekarang. Tanya supervisor Anda.

# S05
desk-record-title = Data peserta
desk-record-account = Punya akun.
desk-record-no-account = Belum punya akun.
desk-record-reason = Alasan Anda: { $why }. { $reason }
desk-record-until = Terbuka sampai { $time }, hanya untuk { $officer }.
desk-record-fields = Rincian
desk-record-told = Pembukaan ini ada di daftar aktivitas peserta, dan peserta mendapat pesan.
desk-column-field = Rincian
desk-column-value = Tercatat
desk-column-full = Utuh
desk-unmask-link = Tampilkan 5 menit
desk-unmasked-until = Utuh sampai { $time }
desk-unmask-title = Tampilkan utuh: { $field }
desk-unmask-lead = Ditampilkan lima menit. Peserta membaca bahwa Anda melihatnya, dan mengapa.
desk-unmask-button = Tampilkan 5 menit
desk-too-many-fields = Anda sudah melihat rincian utuh sebanyak yang boleh untuk sekarang. Tanya supervisor Anda.
staff-field-nik = NIK
staff-field-kpj = Nomor peserta (KPJ)
staff-field-birth-date = Tanggal lahir
staff-field-address = Alamat rumah
staff-field-email = Email
staff-field-phone = Nomor HP

# Yang dilakukan
desk-audit-title = Audit
desk-audit-lead = Semua yang dilakukan di meja ini, juga yang ditolak. Bahwa Anda membacanya pun dicatat.
desk-audit-lines = Yang dilakukan
desk-audit-empty = Tidak ada yang cocok dengan pilihan ini.
desk-audit-take = Bawa sebagai berkas
desk-audit-take-button = Unduh sebagai lembar kerja
desk-take-hint = 10 sampai 500 karakter. Alasan ini dicatat.
desk-column-when = Waktu
desk-column-officer = Petugas
desk-column-role = Peran
desk-column-act = Tindakan
desk-column-outcome = Hasil
desk-column-about = Tentang
desk-column-reason = Alasan
desk-column-out = Ditutup sejak
desk-act-invited = Diundang ke meja bantuan
desk-act-joined = Menerima undangan
desk-act-signed-in = Masuk
desk-act-confirmed = Memakai kunci sandi sekali lagi
desk-act-signed-out = Keluar
desk-act-looked-up = Mencari peserta
desk-act-opened = Membuka data
desk-act-unmasked = Melihat rincian utuh
desk-act-audit-read = Membaca audit
desk-act-audit-taken = Mengunduh audit
desk-act-staff-listed = Melihat daftar petugas
desk-act-disabled = Menutup akses petugas
desk-act-enabled = Membuka akses petugas lagi
desk-act-came-back = Kembali setelah aksesnya ditutup
desk-outcome-done = selesai
desk-outcome-nothing = tidak ditemukan
desk-outcome-refused = ditolak
desk-outcome-too-much = terlalu banyak

# Yang bekerja di sini
desk-people-title = Petugas
desk-people-lead = Petugas baru diundang dengan perintah: payung staff invite
desk-people-all = Semua petugas
desk-people-switch = Tutup atau buka akses
desk-people-out-button = Tutup akses
desk-people-in-button = Buka akses lagi
desk-people-nobody = Tidak ada yang bernama ini, atau keadaannya sudah begitu
desk-people-own = Anda tidak bisa melakukannya pada diri sendiri. Administrator lain yang harus melakukannya.
desk-people-twin = Orang ini sudah ada di meja bantuan dengan nama lain. Tutup dahulu akses nama itu.

# Yang dibaca peserta
activity-staff = Oleh { $officer }: { $why }.
activity-staff-field = Dilihat utuh: { $field }.
activity-staff-reason = Alasan: { $reason }
