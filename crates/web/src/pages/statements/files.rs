//! A statement as files: a PDF, a table for a spreadsheet, the signed file; and the keys to check it.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::language::Language;
use payung_domain::money::Rupiah;
use payung_domain::statements::{Document, Number, Period};
use payung_flows::Fault;
use payung_flows::statements::signing;
use payung_texts::Texts;

use super::paper::Paper;
use super::{found, pdf, what};
use crate::guest::{Guest, Member, Trouble};
use crate::spreadsheet;

/// `GET /statements/{id}/csv`
pub async fn table(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let (_, shown) = found(&member, &id).await?;
    let period = shown.document.statement.period;
    let file = csv(member.guest.visit.language, &shown.document)?;
    Ok(attached(period, "csv", "text/csv; charset=utf-8", file))
}

/// `GET /statements/{id}/pdf`
pub async fn document(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let (id, shown) = found(&member, &id).await?;
    let period = shown.document.statement.period;
    let paper = Paper::of(member.frame(), id, shown.document)?;
    let paper = Paper { distrusted_from: shown.distrusted_from, ..paper };
    Ok(attached(period, "pdf", "application/pdf", pdf::written(&paper)?))
}

/// `GET /statements/{id}/signed`: one line (RFC 7515), for `payung statement verify`.
pub async fn signed(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let (_, shown) = found(&member, &id).await?;
    let period = shown.document.statement.period;
    let file = format!("{}\n", shown.signed).into_bytes();
    Ok(attached(period, "jws", "application/jose", file))
}

/// `GET /check/keys`: the public halves of every key that ever signed a statement.
pub async fn keys(guest: Guest) -> Result<Response, Trouble> {
    let list = signing::list(&guest.site.app).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/jwk-set+json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((StatusCode::OK, headers, list.to_string()).into_response())
}

fn attached(period: Period, ending: &str, kind: &str, file: Vec<u8>) -> Response {
    let (first, last) = (period.first, period.last);
    let name = format!("attachment; filename=\"payung-statement-{first}-{last}.{ending}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, file).into_response()
}

/// The table of a statement. It depends on nothing but the statement and the language, so that
/// whoever has the signed file can tell whether a table was changed.
///
/// What came and what left have a column each: a cell that begins with a minus sign could be run.
pub fn csv(language: Language, document: &Document) -> Result<Vec<u8>, Fault> {
    let texts = Texts::shipped();
    let head = [
        texts.say(language, "kpj", &[]),
        texts.say(language, "posting-day", &[]),
        texts.say(language, "posting-what", &[]),
        texts.say(language, "statement-added", &[]),
        texts.say(language, "statement-taken", &[]),
        texts.say(language, "posting-balance", &[]),
    ];
    let rows = document.statement.numbers.iter().flat_map(|number| rows(language, number));
    let code = [
        texts.say(language, "statement-code", &[]),
        String::new(),
        document.code.clone(),
        String::new(),
        String::new(),
        String::new(),
    ];
    let all = std::iter::once(head).chain(rows).chain(std::iter::once(code));
    spreadsheet::csv(language, all)
}

fn rows(language: Language, number: &Number) -> Vec<[String; 6]> {
    let texts = Texts::shipped();
    let bare = |amount: Option<Rupiah>| amount.map_or_else(String::new, |a| a.get().to_string());
    let end = |what: String, balance: Rupiah| {
        let nothing = String::new;
        [number.kpj.clone(), nothing(), what, nothing(), nothing(), bare(Some(balance))]
    };
    let lines = number.lines.iter().map(|line| {
        let (day, what) = (line.day.to_string(), what(language, line));
        let (added, taken) = (bare(line.added()), bare(line.taken()));
        [number.kpj.clone(), day, what, added, taken, bare(Some(line.balance))]
    });
    let opening = end(texts.say(language, "balance-opening", &[]), number.opening);
    let closing = end(texts.say(language, "balance-closing", &[]), number.closing);
    std::iter::once(opening).chain(lines).chain(std::iter::once(closing)).collect()
}
