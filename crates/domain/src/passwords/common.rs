//! Passwords that are tried first: the common ones, and the words everybody here thinks of.
//!
//! There is no list to look them up in. A list of a few thousand holds `password1234` and misses
//! `Password1234`; the estimate of guesses knows the lists behind both, and the patterns people
//! make long passwords of.

use super::familiar::rest_without;
use super::guessing::guesses;

/// A password that takes fewer guesses than this, as a power of ten, is common: the line below
/// which zxcvbn calls one too weak.
const COMMON: f64 = 8.0;

/// What is left of a password beside known words has to take at least so many guesses, as a power
/// of ten.
pub(super) const ENOUGH_BESIDE: f64 = 5.0;

/// Words that passwords of this country begin with, the likelier ones first: zxcvbn's own lists are
/// English.
const WORDS: &str = "
    rahasia katasandi sandi sayang sayangku cinta cintaku bismillah indonesia merdeka
    garuda alhamdulillah assalamualaikum basmalah subhanallah aku kamu saya akucintakamu
    akusayangkamu cintakamu ilovekamu sayangkamu rahasiaku rahasiasaya katakunci kunci
    masuk mama papa mamah papah bunda ayah ibu bapak ibuku ayahku mamaku papaku anak
    anakku istriku suamiku keluarga keluargaku kakak adik nenek kakek bahagia selamanya
    selalu semangat sukses sehat selamat berkah barokah rezeki syukur ikhlas sabar amin
    doa ibadah islam muslim kristen yesus tuhan allah muhammad maria jakarta bandung
    surabaya semarang medan makassar palembang denpasar bali yogyakarta jogja jogjakarta
    malang bekasi depok tangerang bogor solo surakarta padang pekanbaru batam balikpapan
    banjarmasin pontianak manado ambon papua aceh lampung jawa sumatra sumatera kalimantan
    sulawesi nusantara persib persija persebaya arema viking bonek bobotoh jakmania timnas
    sepakbola bola juara januari februari maret april mei juni juli agustus september
    oktober november desember senin selasa rabu kamis jumat sabtu minggu agus ahmad andi
    bambang budi dedi dewi dian eko fitri hadi hendra indah joko kartini lestari nur putra
    putri ratna rina rini rudi sari siti sri susanti tri wahyu wati wayan yanto yudi
    kucing anjing harimau macan kelinci kupu bintang bulan matahari pelangi mawar melati
    anggrek bunga merah putih merahputih biru hijau hitam kuning pancasila satu dua tiga
    empat lima enam tujuh delapan sembilan sepuluh nasigoreng bakso rendang kopi ganteng
    cantik jelek gila bodoh goblok kampret anjay mantap asik santai bebas rumah rumahku
    kantor sekolah kuliah kerja kerjakeras uang duit gaji admin passwordku password qwerty
    terserah entah lupa lupasandi lupapassword gantisandi
";

/// The words that passwords of this country begin with.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_whitespace()
}

/// Words of the product and of its programmes. Those of the agency are a setting.
const CONTEXT: &str = "
    payung jaminan jaminansosial ketenagakerjaan peserta kepesertaan iuran saldo klaim
    pensiun asuransi haritua jht jkk jkm jkp kpj nik portal akun layanan
";

/// Whether a password is among the first that anybody would try.
pub(super) fn is_common(password: &str, own_words: &[String]) -> bool {
    let squeezed: String = password.chars().filter(|c| c.is_alphanumeric()).collect();
    let readings = [password.to_owned(), squeezed, password.to_lowercase()];
    if readings.iter().filter(|text| !text.is_empty()).any(|text| guesses(text, &[]) < COMMON) {
        return true;
    }
    let context: Vec<String> =
        CONTEXT.split_whitespace().map(str::to_owned).chain(own_words.iter().cloned()).collect();
    rest_without(password, &context).is_some_and(|rest| guesses(&rest, &[]) < ENOUGH_BESIDE)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn is_taken_for_common(password: &str) -> bool {
        is_common(password, &[])
    }

    #[test]
    fn a05_what_everybody_would_try_is_common() {
        for password in [
            "123456789012",
            "987654321098",
            "112233445566",
            "passwordpassword",
            "Password1234",
            "P@ssw0rd1234",
            "password2026!",
            "qwertyuiop123",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "qwertyuiopasdfghjkl",
            "mnbvcxzasdfghjkl",
            "iloveyou1234",
            "letmein12345",
            "administrator",
            "welcome12345",
            "superman12345",
            "indonesia123",
            "bismillah123",
            "sayangku1234",
            "katasandi1234",
            "rahasia123456",
            "Jakarta-2026",
            "merdeka171845",
            "akucintakamu",
            "aku cinta kamu",
            "Bismillah 123!",
            "drowssap4321",
            "☂☂☂☂☂☂☂☂☂☂☂☂",
            "payung payung",
            "payungpayung1",
            "jaminan sosial 2026",
            "J4min4n-Sosial",
            "saldo-jht-2026",
            "new-password-2026",
        ] {
            assert!(is_taken_for_common(password), "{password}");
        }
        assert!(is_common("Dana Nusajaya 1!", &["dana nusajaya".to_owned()]));
    }

    #[test]
    fn a05_words_that_have_nothing_to_do_with_each_other_are_not_common() {
        for password in [
            "correct horse battery staple",
            "kuda baterai stapel",
            "tiga gajah makan roti",
            "kopi pagi hujan sore",
            "rumah hijau di tepi danau",
            "Xk9#mQ2$vL5n",
            "kuda-laut-biru-77",
            "payung kuda tangga",
            "sandi-baru-yang-kuat",
        ] {
            assert!(!is_taken_for_common(password), "{password}");
        }
    }

    /// The commonest that satisfy the length rule, made the way people make them: well over the
    /// 3,000 that A-05 asks for, and none gets through.
    #[test]
    fn a05_thousands_of_common_passwords_of_twelve_letters_are_refused() {
        const ENGLISH: &[&str] = &[
            "password", "iloveyou", "princess", "football", "sunshine", "superman", "baseball",
            "computer", "michelle", "starwars", "whatever", "trustno1", "internet", "jennifer",
        ];
        const KEYS: [&str; 6] =
            ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "1qaz2wsx3edc", "qazwsxedc"];
        let mut made = BTreeSet::new();
        for word in words().chain(ENGLISH.iter().copied()) {
            let capital: String = word
                .chars()
                .take(1)
                .flat_map(char::to_uppercase)
                .chain(word.chars().skip(1))
                .collect();
            made.extend([format!("{word}{word}"), format!("{word}{word}{word}")]);
            for ending in [
                "123",
                "1234",
                "12345",
                "123456",
                "1234567",
                "12345678",
                "123456789",
                "2026",
                "2025!",
                "123!",
            ] {
                made.extend([format!("{word}{ending}"), format!("{capital}{ending}")]);
            }
        }
        for row in KEYS {
            for other in KEYS {
                made.insert(format!("{row}{other}"));
            }
        }
        for sign in '!'..='~' {
            made.extend((12..20).map(|times| String::from(sign).repeat(times)));
        }
        made.retain(|password| password.chars().count() >= 12);
        assert!(made.len() > 3_000, "{}", made.len());
        let through: Vec<&String> =
            made.iter().filter(|password| !is_taken_for_common(password)).collect();
        assert!(through.is_empty(), "{} of {}: {through:?}", through.len(), made.len());
    }
}
