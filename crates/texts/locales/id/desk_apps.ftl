# Operator melihat aplikasi yang diizinkan peserta, dan mencabut izin salah satunya.

desk-act-apps-read = Membaca aplikasi yang diizinkan peserta
desk-act-app-taken-back = Mencabut izin peserta untuk sebuah aplikasi

event-staff-took-app-back = Petugas mencabut izin yang Anda berikan kepada sebuah aplikasi
