//! The pages of the application: small, in both languages, without scripts. They look like nothing of
//! ours, since it stands for an application of somebody else.

use payung_domain::language::Language;
use payung_flows::demo::apps::NAME;
use serde_json::{Map, Value};

use super::provider::{Told, Trouble};
use crate::said::Line;

/// The one style sheet.
pub(super) const STYLE: &str = "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:44rem;\
margin:0 auto;padding:1.5rem;color:#222;background:#fff}table{width:100%;border-collapse:collapse}\
th,td{text-align:start;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ccc;\
overflow-wrap:anywhere}.button{display:inline-block;font:inherit;padding:.6rem 1.2rem;border:0;\
border-radius:.4rem;background:#5b2a86;color:#fff;text-decoration:none}";

/// For a visitor who is not signed in: with what came of trying, or from having signed out.
pub(super) fn stranger(
    language: Language,
    trouble: Option<&Trouble>,
    has_signed_out: bool,
) -> String {
    let says = match trouble {
        Some(Trouble::Refused(error)) if error == "access_denied" => Line {
            en: "You did not agree, so nothing was passed on.",
            id: "Anda tidak menyetujui, jadi tidak ada data yang diberikan.",
        },
        Some(_) => Line { en: "You are not signed in.", id: "Anda belum masuk." },
        None if has_signed_out => Line {
            en: "You are signed out, here and at Payung.",
            id: "Anda sudah keluar, di sini dan di Payung.",
        },
        None => Line {
            en: "An application of somebody else, to try signing in with.",
            id: "Aplikasi pihak lain, untuk mencoba masuk.",
        },
    };
    let says = says.in_language(language);
    let why = trouble.map(|why| format!("<p><code>{}</code></p>\n", escaped(&why.to_string())));
    let why = why.unwrap_or_default();
    let sign_in = Line { en: "Sign in with Payung", id: "Masuk dengan Payung" };
    let sign_in = sign_in.in_language(language);
    let link = format!("<a class=\"button\" id=\"sign-in\" href=\"/sign-in\">{sign_in}</a>");
    whole(language, &format!("<p role=\"status\">{says}</p>\n{why}<p>{link}</p>"))
}

/// For whoever is signed in: all that the application knows of them.
pub(super) fn member(language: Language, told: &Told) -> String {
    let claims = Line { en: "What the ID token says", id: "Isi token ID" };
    let userinfo = Line { en: "What userinfo says", id: "Isi userinfo" };
    let sign_out = Line { en: "Sign out", id: "Keluar" }.in_language(language);
    let body = format!(
        "{}{}<form method=\"post\" action=\"/sign-out\">\
         <p><button class=\"button\" id=\"sign-out\">{sign_out}</button></p></form>",
        table("id-token", claims.in_language(language), &told.claims),
        table("userinfo", userinfo.in_language(language), &told.userinfo),
    );
    whole(language, &body)
}

fn table(id: &str, caption: &str, claims: &Map<String, Value>) -> String {
    let row = |(name, value): (&String, &Value)| {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(name), escaped(&shown))
    };
    let rows = claims.iter().map(row).collect::<Vec<String>>().concat();
    format!("<h2>{caption}</h2>\n<table id=\"{id}\">\n{rows}</table>\n")
}

fn whole(language: Language, body: &str) -> String {
    let tag = language.tag();
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{NAME}</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n\
         <main>\n<h1>{NAME}</h1>\n{body}\n</main>\n</html>\n"
    )
}

/// Whatever comes from outside is text, never markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_claims_say_is_never_markup() {
        let said = Map::from_iter([("na<me".to_owned(), json!("<script>\"&"))]);
        let told = Told { id_token: String::new(), claims: said.clone(), userinfo: said };
        let page = member(Language::En, &told);
        assert!(page.contains("na&lt;me") && page.contains("&lt;script&gt;&quot;&amp;"), "{page}");
    }
}
