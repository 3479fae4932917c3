//! `payung statement`: is a statement really ours? Told with a file, the list of our public keys, and
//! nothing else: no network, no database, no settings.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use payung_domain::language::Language;
use payung_domain::statements::Document;
use payung_domain::time::{Clock, Instant};
use payung_flows::App;
use payung_flows::statements::signing::{self, Keys, Verdict};
use payung_texts::formats;
use payung_web::pages::statements::files;
use serde_json::{Value, json};

use super::house::{broken, build, check_keys, check_migrations, open_store};
use super::notice::moment;
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::{Values, production};

/// What to do about statements.
#[derive(Debug, Subcommand)]
pub enum StatementCommand {
    /// Say whether a signed statement is genuine; needs no network
    Verify(VerifyArgs),
    /// Print the public keys that statements are checked with
    Keys,
    /// Make the next signing key; what the earlier ones signed stays good
    Rotate,
    /// Say that somebody else may have had a key: it signs no more, and what it signed proves nothing
    Distrust(DistrustArgs),
}

/// Which key, and since when.
#[derive(Debug, Args)]
pub struct DistrustArgs {
    /// Its kid, as `payung statement keys` prints it
    #[arg(value_name = "KID", allow_hyphen_values = true)]
    pub kid: String,
    /// Since then: 2026-08-17T21:00:00+07:00 [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub from: Option<Instant>,
}

/// Which file, and what it is checked with.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The signed file, as it was downloaded
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The public keys, as `/check/keys` shows them
    #[arg(long, value_name = "FILE")]
    pub keys: PathBuf,
    /// Also say whether this table is the one of that statement
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// A file that is longer was not made by us.
const LONGEST: u64 = 8 * 1024 * 1024;

/// Checks a statement, prints keys or makes one.
pub async fn run(
    command: StatementCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    if let StatementCommand::Verify(args) = &command {
        return verify(args, report);
    }
    let (serving, secrets) = production::admit(&values()?).map_err(Failure::settings)?;
    let store = open_store(&serving.database, &secrets).await?;
    check_migrations(&store).await?;
    check_keys(&store).await?;
    let app = build(store, &secrets, serving.settings.clone())?;
    let exit = match command {
        StatementCommand::Rotate => rotate(&app, report).await,
        StatementCommand::Distrust(args) => distrust(&app, &args, report).await,
        StatementCommand::Keys | StatementCommand::Verify(_) => list(&app, report).await,
    };
    app.store.close().await;
    exit
}

fn verify(args: &VerifyArgs, report: &Report) -> Result<Exit, Failure> {
    let keys = read(&args.keys)?;
    let list: Keys = serde_json::from_slice(&keys).map_err(|error| {
        Failure::new(
            Exit::WrongUse,
            "keys",
            said!("the list of keys cannot be read", "daftar kunci tidak terbaca"),
            said!("take it from /check/keys of the service", "ambil dari /check/keys di layanan"),
        )
        .because(&error)
    })?;
    // What is no text was not signed by us; it is answered, not refused.
    let file = String::from_utf8(read(&args.file)?).unwrap_or_default();
    match signing::verdict(&list, &file) {
        Verdict::Genuine(document) => {
            if let Some(table) = &args.csv {
                is_its_table(&document, &read(table)?)?;
            }
            report.result(in_words(report.language(), &document), object(&document));
            Ok(Exit::Done)
        }
        Verdict::Distrusted(_, from) => Err(distrusted(from)),
        Verdict::UnknownKey(id) => Err(unknown_key(&id)),
        Verdict::Changed => Err(Failure::new(
            Exit::AnsweredNo,
            "changed",
            said!(
                "this is not what we signed: something in it was changed",
                "ini bukan yang kami tanda tangani: ada yang diubah di dalamnya"
            ),
            said!("ask for the file once more", "minta berkasnya sekali lagi"),
        )),
    }
}

async fn list(app: &App, report: &Report) -> Result<Exit, Failure> {
    let list = signing::list(app).await.map_err(|fault| broken(&fault))?;
    report.result(&list, list.clone());
    Ok(Exit::Done)
}

async fn rotate(app: &App, report: &Report) -> Result<Exit, Failure> {
    let kid = signing::rotate(app, SystemClock.now()).await.map_err(|fault| broken(&fault))?;
    report.result(&kid, json!({ "kid": kid }));
    Ok(Exit::Done)
}

async fn distrust(app: &App, args: &DistrustArgs, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let (kid, from) = (&args.kid, args.from.unwrap_or(now));
    if from > now {
        return Err(Failure::new(
            Exit::WrongUse,
            "time",
            said!("that time has not come yet", "waktu itu belum tiba"),
            said!("leave --from out to say now", "tanpa --from berarti sekarang"),
        ));
    }
    if !signing::distrust(app, kid, from).await.map_err(|fault| broken(&fault))? {
        return Err(Failure::new(
            Exit::AnsweredNo,
            "key",
            said!("there is no such key", "tidak ada kunci itu"),
            said!("see `payung statement keys`", "lihat `payung statement keys`"),
        ));
    }
    let since = from.rfc3339();
    let words = said!(
        "{kid} is not to be trusted since {since}: it signs no more, and /check/keys says so",
        "{kid} tidak dapat dipercaya sejak {since}: tidak menandatangani lagi, dan /check/keys \
         menyatakannya"
    );
    let words = words.in_language(report.language()).to_owned();
    report.result(words, json!({ "kid": kid, "distrusted_from": since }));
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => {
            let name = path.display();
            Err(Failure::new(
                Exit::WrongUse,
                "file",
                said!("{name} cannot be read", "{name} tidak dapat dibaca"),
                said!("look at its name and who may read it", "periksa nama dan izin bacanya"),
            )
            .because(&error))
        }
    }
}

/// A table is what we would write of the statement, in either language, letter for letter.
fn is_its_table(document: &Document, table: &[u8]) -> Result<(), Failure> {
    for language in Language::ALL {
        let ours = files::csv(language, document).map_err(|fault| broken(&fault))?;
        if ours == table {
            return Ok(());
        }
    }
    Err(Failure::new(
        Exit::AnsweredNo,
        "table",
        said!(
            "the statement is genuine, but the table is not the one of it",
            "pernyataannya asli, tetapi tabelnya bukan tabel pernyataan itu"
        ),
        said!("rely on the signed file only", "andalkan berkas bertanda tangan saja"),
    ))
}

fn in_words(language: Language, document: &Document) -> String {
    let statement = &document.statement;
    let period = statement.period;
    let (name, code, issuer) = (&statement.name, &document.code, &document.issuer);
    let (first, last, at) = (period.first, period.last, issued_at(document).rfc3339());
    let head = said!(
        "genuine: {code}, issued by {issuer} at {at}\n{name}, {first} to {last}",
        "asli: {code}, diterbitkan {issuer} pada {at}\n{name}, {first} sampai {last}"
    );
    let mut lines = vec![head.in_language(language).to_owned()];
    for number in &statement.numbers {
        let money = |amount| formats::money(language, amount);
        let (opening, closing) = (money(number.opening), money(number.closing));
        let (kpj, count) = (&number.kpj, number.lines.len());
        let line = said!(
            "{kpj}: from {opening} to {closing}, {count} movements",
            "{kpj}: dari {opening} menjadi {closing}, {count} mutasi"
        );
        lines.push(line.in_language(language).to_owned());
        lines.extend(number.lines.iter().map(|line| {
            let (amount, balance) = (money(line.amount), money(line.balance));
            format!("  {}  {:<12}  {amount:>16}  {balance:>16}", line.day, line.kind.code())
        }));
    }
    lines.join("\n")
}

fn object(document: &Document) -> Value {
    json!({
        "genuine": true,
        "issuer": document.issuer,
        "issued_at": issued_at(document).rfc3339(),
        "code": document.code,
        "statement": document.statement,
    })
}

fn issued_at(document: &Document) -> Instant {
    Instant::from_micros(document.issued.saturating_mul(1_000_000))
}

/// The file is as it was signed, and that says nothing: whoever had the key could sign anything, with
/// any day and any address in it. So nothing of the file is repeated here.
fn distrusted(from: Instant) -> Failure {
    let since = from.rfc3339();
    Failure::new(
        Exit::AnsweredNo,
        "distrusted-key",
        said!(
            "the key that signed it is not to be trusted since {since}: somebody else may have made \
             this file, whatever day is in it",
            "kunci yang menandatanganinya tidak dapat dipercaya sejak {since}: berkas ini mungkin \
             dibuat orang lain, tanggal apa pun yang tertulis"
        ),
        said!(
            "enter the code on it at /check of the service, or ask the member for a new one",
            "masukkan kodenya di /check milik layanan, atau minta yang baru dari peserta"
        ),
    )
}

fn unknown_key(id: &str) -> Failure {
    let id: String = id.chars().filter(char::is_ascii_graphic).take(64).collect();
    Failure::new(
        Exit::AnsweredNo,
        "unknown-key",
        said!(
            "it names a key that is not in the list: {id}",
            "kuncinya tidak ada dalam daftar: {id}"
        ),
        said!(
            "take a newer list from /check/keys of the service; if the key is not there either, it \
             is not from us",
            "ambil daftar terbaru dari /check/keys di layanan; bila kuncinya juga tidak ada, berkas \
             ini bukan dari kami"
        ),
    )
}
