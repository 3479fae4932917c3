# Kasus dari permintaan koreksi data, dan tindakan petugas lewat baris perintah
desk-case-correction = Koreksi { $reference }
desk-case-correction-link = Buka koreksi
desk-case-next-decided = Kasus ini milik Anda. Tulis di koreksi apa yang benar. Kasus selesai dengan keputusannya.
case-not-undecided = Kasus ini selesai setelah koreksinya diputuskan
desk-act-came-by-line = Masuk lewat baris perintah
correction-stage-withdrawn = Ditarik kembali
correction-step-withdrawn = Ditarik kembali oleh peserta.
correction-withdraw-button = Tarik kembali permintaan
event-correction-withdrawn = Permintaan koreksi ditarik kembali
