//! What is said about imports, in both languages.

use payung_domain::imports::cells::HeaderProblem;
use payung_domain::imports::{Kind, Reason, Refusal};
use payung_domain::language::Language;
use payung_flows::imports::book::{MOST_BYTES, MOST_MERGED, MOST_TEXTS, Problem};
use payung_flows::imports::reading::Unreadable;
use payung_flows::imports::{Done, Stopped};

use super::refused::Written;
use crate::commands::house;
use crate::report::{Exit, Failure};
use crate::said;
use crate::said::Said;

/// What an import came to, line by line.
pub(super) fn result(
    is_trial: bool,
    done: &Done,
    refused: &Written,
    seconds: u64,
    language: Language,
) -> Vec<String> {
    let tally = done.tally;
    let (added, already, count) = (tally.added, tally.already, tally.refused);
    let head = if done.was_in_before {
        said!(
            "imported before: {added} new, {already} on record before, {count} refused",
            "sudah diimpor: {added} baru, {already} sudah tercatat, {count} ditolak"
        )
    } else if is_trial {
        said!(
            "would import: {added} new, {already} on record, {count} refused. Nothing was kept",
            "akan mengimpor: {added} baru, {already} sudah tercatat, {count} ditolak. Tidak ada yang disimpan"
        )
    } else {
        said!(
            "imported in {seconds} s: {added} new, {already} on record, {count} refused",
            "diimpor dalam {seconds} detik: {added} baru, {already} sudah tercatat, {count} ditolak"
        )
    };
    let mut said = vec![head];
    if let Some(line) = done.went_on_after {
        said.push(said!("went on after line {line}", "dilanjutkan setelah baris {line}"));
    }
    if done.ends_midline {
        said.push(said!(
            "the last line has no end: was the file cut off?",
            "baris terakhir tidak berakhir: apakah berkas terpotong?"
        ));
    }
    said.extend(refused.first.iter().map(row));
    if let Some(path) = &refused.path {
        let path = path.display();
        said.push(said!(
            "refused rows: {path}\nNext: correct them in a file of their own, and import that",
            "baris yang ditolak: {path}\nLanjut: perbaiki dalam berkas tersendiri, lalu impor"
        ));
    }
    said.iter().map(|one| one.in_language(language).to_owned()).collect()
}

fn row(refusal: &Refusal) -> Said {
    let Refusal { line, column, reason } = refusal;
    let Said { en, id } = why(*reason);
    said!("  row {line}  {column}  {en}", "  baris {line}  {column}  {id}")
}

/// Why a row is refused.
pub(super) fn why(reason: Reason) -> Said {
    match reason {
        Reason::Empty => said!("is empty", "kosong"),
        Reason::Length(found) => said!(
            "has {found} characters, which is too few or too many",
            "berisi {found} karakter, terlalu sedikit atau terlalu banyak"
        ),
        Reason::Characters => said!(
            "has characters that it never has",
            "berisi karakter yang tidak pernah ada di dalamnya"
        ),
        Reason::Exponent => said!(
            "a spreadsheet turned it into a number like 3.17405E+15 and lost digits: format the \
             column as text before typing",
            "aplikasi lembar kerja mengubahnya menjadi angka seperti 3.17405E+15 dan digitnya \
             hilang: jadikan kolom teks sebelum mengetik"
        ),
        Reason::NotUtf8 => {
            said!("is not UTF-8: save it as CSV UTF-8", "bukan UTF-8: simpan sebagai CSV UTF-8")
        }
        Reason::TooLong => said!("is longer than any row", "lebih panjang dari baris mana pun"),
        Reason::Cells(found) => said!(
            "has {found} cells, which is not as many as the first line",
            "berisi {found} sel, tidak sama dengan baris pertama"
        ),
        Reason::Quote => said!(
            "a quotation mark is not closed, or stands alone",
            "ada tanda kutip yang tidak ditutup atau berdiri sendiri"
        ),
        Reason::NotAMonth => said!("is not a month: write 2026-07", "bukan bulan: tulis 2026-07"),
        Reason::NotADate => {
            said!("is not a day: write 2026-07-10", "bukan tanggal: tulis 2026-07-10")
        }
        Reason::Future => said!("has not come yet", "belum tiba"),
        Reason::TooEarly => {
            said!("is before what it should follow", "mendahului yang seharusnya sebelumnya")
        }
        Reason::Negative => said!("is below nothing", "kurang dari nol"),
        Reason::NotWhole => said!(
            "is not whole rupiah: write digits alone, 1250000",
            "bukan rupiah bulat: tulis angka saja, 1250000"
        ),
        Reason::TooLarge => said!("is more than an amount can be", "melebihi jumlah yang mungkin"),
        Reason::NotAWord => {
            said!("is none of the words that may stand here", "bukan kata yang boleh ada di sini")
        }
        Reason::Nothing => said!("nothing was paid", "tidak ada yang dibayar"),
        Reason::NotPublished => said!(
            "no rule is published that says it for this month",
            "belum ada aturan yang dipublikasikan untuk bulan ini"
        ),
        Reason::Unknown => {
            said!("is not on record: import it first", "belum tercatat: impor dahulu")
        }
        Reason::Differs => said!(
            "differs from what is on record or stands above",
            "berbeda dari yang tercatat atau yang tertulis di atas"
        ),
        Reason::Taken => said!("belongs to somebody else", "milik orang lain"),
        Reason::Number => said!(
            "is a number in the sheet, without zeros in front and with fifteen digits at most: \
             format the column as text before typing",
            "berupa angka di lembar kerja, tanpa nol di depan dan paling banyak lima belas digit: \
             jadikan kolom teks sebelum mengetik"
        ),
        Reason::Fault => said!(
            "shows an error instead of a value, such as #N/A",
            "menampilkan galat, bukan nilai, misalnya #N/A"
        ),
        Reason::Merged => said!(
            "is merged with another cell and has no value of its own: split it",
            "digabung dengan sel lain dan tidak punya nilai sendiri: pisahkan"
        ),
        Reason::Broken => said!(
            "the sheet cannot be read from this row on: save it anew",
            "lembar kerja tidak terbaca mulai baris ini: simpan ulang"
        ),
    }
}

/// Why an import stopped.
pub(super) fn failure(kind: Kind, stopped: Stopped) -> Failure {
    match stopped {
        Stopped::Unreadable(why) => no_such_file(kind, why),
        Stopped::BrokeOff(line) => Failure::new(
            Exit::WrongUse,
            "broke-off",
            said!(
                "an import of this file broke off after line {line}",
                "impor berkas ini terputus setelah baris {line}"
            ),
            said!("go on with --resume", "lanjutkan dengan --resume"),
        ),
        Stopped::Elsewhere => Failure::new(
            Exit::Unreachable,
            "elsewhere",
            said!(
                "another program is importing this file",
                "program lain sedang mengimpor berkas ini"
            ),
            said!(
                "wait until it has ended, then go on with --resume",
                "tunggu sampai selesai, lalu lanjutkan dengan --resume"
            ),
        ),
        Stopped::Unheard(error) => unwritable(&error),
        Stopped::Broke(fault) => house::broken(&fault),
    }
}

fn no_such_file(kind: Kind, why: Unreadable) -> Failure {
    let names = kind.columns().iter().map(|column| column.name);
    let columns = names.collect::<Vec<_>>().join(", ");
    let fix = said!(
        "give it CSV in UTF-8 or XLSX whose first line names the columns: {columns}",
        "beri CSV UTF-8 atau XLSX yang baris pertamanya memuat kolom: {columns}"
    );
    let message = match why {
        Unreadable::Empty => said!("there is nothing in the file", "berkas itu kosong"),
        Unreadable::NotText => said!(
            "the first line is no text; an old spreadsheet has to be saved as XLSX or CSV UTF-8",
            "baris pertama bukan teks; lembar kerja lama perlu disimpan sebagai XLSX atau CSV UTF-8"
        ),
        Unreadable::Header(HeaderProblem::Missing(missing)) => {
            let missing = missing.join(", ");
            said!("the columns {missing} are missing", "kolom {missing} tidak ada")
        }
        Unreadable::Header(HeaderProblem::Unknown(name)) => {
            let name = name.escape_debug();
            said!("no such file has a column \"{name}\"", "tidak ada kolom \"{name}\"")
        }
        Unreadable::Header(HeaderProblem::Doubled(name)) => {
            said!("the column {name} is there twice", "kolom {name} ada dua kali")
        }
        Unreadable::Book(problem) => return no_such_book(&problem),
        Unreadable::Broke(error) => {
            let message =
                said!("the file broke off while it was read", "berkas terputus saat dibaca");
            let fix = said!(
                "see that it is there, then go on with --resume",
                "pastikan berkas ada, lalu lanjutkan dengan --resume"
            );
            return Failure::new(Exit::Unreachable, "file", message, fix).because(&error);
        }
    };
    Failure::new(Exit::WrongUse, "file", message, fix)
}

fn no_such_book(problem: &Problem) -> Failure {
    let gibibytes = MOST_BYTES >> 30;
    let (message, fix) = match problem {
        Problem::Broken => (
            said!("this is no whole XLSX file", "ini bukan berkas XLSX yang utuh"),
            said!(
                "get it once more, or open it in a spreadsheet and save it as XLSX",
                "ambil sekali lagi, atau buka di lembar kerja dan simpan sebagai XLSX"
            ),
        ),
        Problem::Locked => (
            said!(
                "the workbook has a password, or is of the time before XLSX",
                "buku kerja berkata sandi, atau dari masa sebelum XLSX"
            ),
            said!("save it as XLSX without a password", "simpan sebagai XLSX tanpa kata sandi"),
        ),
        Problem::Strange => (
            said!(
                "the workbook has things in it that no spreadsheet writes",
                "buku kerja memuat hal yang tidak pernah ditulis lembar kerja"
            ),
            said!(
                "open it in a spreadsheet, copy the rows into a new workbook and import that",
                "buka di lembar kerja, salin barisnya ke buku kerja baru, lalu impor"
            ),
        ),
        Problem::TooLarge => (
            said!(
                "the workbook is too large, unpacked: {gibibytes} GiB at most, and little but rows",
                "isi buku kerja terlalu besar: paling banyak {gibibytes} GiB, terutama baris"
            ),
            said!(
                "copy the rows into a new workbook, or save the sheet as CSV UTF-8",
                "salin barisnya ke buku kerja baru, atau simpan lembar sebagai CSV UTF-8"
            ),
        ),
        Problem::Texts => (
            said!(
                "the workbook has more than {MOST_TEXTS} different texts",
                "buku kerja memuat lebih dari {MOST_TEXTS} teks berbeda"
            ),
            said!("save the sheet as CSV UTF-8", "simpan lembar sebagai CSV UTF-8"),
        ),
        Problem::Merged => (
            said!(
                "the workbook has more than {MOST_MERGED} merged cells",
                "buku kerja memuat lebih dari {MOST_MERGED} sel gabungan"
            ),
            said!("split them", "pisahkan sel-sel itu"),
        ),
        Problem::NoSheet(names) => {
            let names = names.join(", ");
            let names = names.escape_debug();
            (
                said!("there is no such sheet", "lembar itu tidak ada"),
                said!("choose one with --sheet: {names}", "pilih dengan --sheet: {names}"),
            )
        }
    };
    Failure::new(Exit::WrongUse, "book", message, fix)
}

/// The file cannot be read.
pub(super) fn unreadable(shown: &str, error: &std::io::Error) -> Failure {
    let fix = said!("look at its name and its mode", "periksa nama dan izinnya");
    let message = said!("{shown} cannot be read", "{shown} tidak terbaca");
    Failure::new(Exit::WrongUse, "file", message, fix).because(error)
}

/// The list of refused rows cannot be written.
pub(super) fn unwritable(error: &std::io::Error) -> Failure {
    let message = said!("refused rows cannot be listed", "baris yang ditolak tidak dapat dicatat");
    let fix = said!("choose another place with --refused", "pilih tempat lain dengan --refused");
    Failure::new(Exit::WrongUse, "file", message, fix).because(error)
}
