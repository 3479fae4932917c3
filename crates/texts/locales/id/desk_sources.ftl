# Dari mana tindakan di meja bantuan datang (S09).

desk-column-source = Dari mana
desk-column-network = Jaringan
desk-column-session = Sesi
desk-audit-origin = Datang lewat
desk-audit-network = Jaringan, seperti pada baris
desk-audit-session = Sesi, seperti pada baris
desk-origin-desk = halaman meja bantuan
desk-origin-command-line = baris perintah
desk-origin-member = peserta
desk-origin-program = program sendiri
desk-source-session = { $network }, sesi { $session }
