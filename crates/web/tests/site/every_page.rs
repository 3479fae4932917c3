//! Every page in both languages and every theme, with samples and with errors: is it sound html,
//! can everybody use it, does it keep to its budget, and does it keep what the contract promises?

use std::collections::BTreeSet;

use payung_domain::language::Language;
use payung_web::page::Theme;

use crate::samples::{self, Sample, compressed};

/// One tag as it stands in a page.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Opening and closing tags (`/name`) of a page. Enough for pages whose quotes are all escaped,
/// which is what templates give.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    for piece in html.split('<').skip(1) {
        let inside = inside_of(piece);
        let (name, mut rest) =
            inside.split_once(|c: char| c.is_whitespace()).unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (attribute, after) = rest.split_at(end);
            if attribute.is_empty() || attribute == "/" {
                break;
            }
            let (value, after) = match after.strip_prefix("=\"") {
                Some(quoted) => quoted.split_once('"').expect("a value ends"),
                None => ("", after),
            };
            attributes.push((attribute, value));
            rest = after;
        }
        tags.push(Tag { name: name.trim_end_matches('/'), attributes });
    }
    tags
}

/// A tag ends at the first `>` outside quotes.
fn inside_of(piece: &str) -> &str {
    let mut quoted = false;
    let end = piece.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    &piece[..end.expect("a tag ends")]
}

fn each(check: impl Fn(&Sample, Language, &[Tag<'_>])) {
    for language in Language::ALL {
        for theme in Theme::ALL {
            for sample in samples::all(language, theme) {
                check(&sample, language, &tags(&sample.html));
            }
        }
    }
}

fn count(tags: &[Tag<'_>], name: &str) -> usize {
    tags.iter().filter(|tag| tag.name == name).count()
}

#[test]
fn every_page_has_one_heading_and_each_landmark_once() {
    each(|sample, language, tags| {
        let name = &sample.name;
        for landmark in ["h1", "main", "header", "footer"] {
            assert_eq!(count(tags, landmark), 1, "{landmark} in {name}");
        }
        // A drawing has a title too, with an id.
        let titles = tags.iter().filter(|tag| tag.name == "title" && !tag.has("id"));
        assert_eq!(titles.count(), 1, "{name}");
        let html = tags.iter().find(|tag| tag.name == "html").unwrap();
        assert_eq!(html.get("lang"), Some(language.tag()), "{name}");
    });
}

#[test]
fn tags_are_closed_in_the_order_they_were_opened() {
    const EMPTY: &[&str] = &["!doctype", "meta", "link", "input", "rect"];
    each(|sample, _, tags| {
        let mut open = Vec::new();
        for tag in tags {
            if let Some(name) = tag.name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "in {}", sample.name);
            } else if !EMPTY.contains(&tag.name) {
                open.push(tag.name);
            }
        }
        assert_eq!(open, Vec::<&str>::new(), "left open in {}", sample.name);
    });
}

#[test]
fn ids_are_unique_and_every_reference_finds_its_own() {
    each(|sample, _, tags| {
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{id} twice in {}", sample.name);
            assert!(!id.is_empty() && !id.contains(' '), "{id:?} in {}", sample.name);
        }
        for tag in tags {
            for attribute in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
                for id in tag.get(attribute).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{attribute}={id} in {}", sample.name);
                }
            }
            if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(id), "#{id} in {}", sample.name);
            }
        }
    });
}

#[test]
fn every_field_has_a_label_and_no_placeholder() {
    each(|sample, _, tags| {
        let labelled: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("for")).collect();
        for tag in tags.iter().filter(|tag| ["input", "select", "textarea"].contains(&tag.name)) {
            if tag.get("type") == Some("hidden") {
                continue;
            }
            let id = tag.get("id").unwrap_or_default();
            assert!(labelled.contains(id), "{id:?} has no label in {}", sample.name);
            assert!(!tag.has("placeholder"), "{id} in {}", sample.name);
        }
    });
}

#[test]
fn every_form_that_changes_something_carries_its_token() {
    each(|sample, _, tags| {
        let forms: Vec<usize> =
            (0..tags.len()).filter(|place| tags[*place].name == "form").collect();
        for place in forms {
            let end = place + tags[place..].iter().position(|tag| tag.name == "/form").unwrap();
            let tokens =
                tags[place..end].iter().filter(|tag| tag.get("name") == Some("csrf")).count();
            let expected = match tags[place].get("method") {
                Some("post") => 1,
                Some("get") => 0,
                other => panic!("a form that goes by {other:?} in {}", sample.name),
            };
            assert_eq!(tokens, expected, "{:?} in {}", tags[place].get("action"), sample.name);
            assert!(!sample.html.contains("?csrf="), "{}", sample.name);
        }
    });
}

/// The content security policy allows one script element with its nonce, and nothing inline.
#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    each(|sample, _, tags| {
        for tag in tags {
            for (name, value) in &tag.attributes {
                assert!(*name != "style", "inline style in {}", sample.name);
                assert!(!name.starts_with("on"), "{name} in {}", sample.name);
                if ["src", "href", "action"].contains(name) {
                    let is_ours = value.starts_with('/') && !value.starts_with("//");
                    let is_a_way_to_reach_us = ["#", "tel:", "mailto:", "otpauth:"]
                        .iter()
                        .any(|start| value.starts_with(start));
                    // What was sent may link to the public address, which is ours too.
                    let is_shown = value.starts_with("https://masuk.payung.example/");
                    assert!(
                        is_ours || is_a_way_to_reach_us || is_shown,
                        "{value} in {}",
                        sample.name
                    );
                }
            }
        }
        assert_eq!(count(tags, "script"), 1, "{}", sample.name);
        assert_eq!(count(tags, "style"), 0, "{}", sample.name);
        assert!(!sample.html.contains("http-equiv"), "{}", sample.name);
        let script = tags.iter().find(|tag| tag.name == "script").unwrap();
        assert!(script.get("nonce").is_some_and(|nonce| !nonce.is_empty()));
        assert_eq!(script.get("type"), Some("module"));
    });
}

#[test]
fn what_needs_fixing_stands_in_title_summary_and_beside_the_field() {
    each(|sample, language, tags| {
        let prefix = match language {
            Language::Id => "<title>Kesalahan: ",
            Language::En => "<title>Error: ",
        };
        let has_summary = tags.iter().any(|tag| tag.get("id") == Some("error-summary"));
        assert_eq!(sample.html.contains(prefix), has_summary, "{}", sample.name);
        let beside = tags
            .iter()
            .filter(|tag| tag.get("id").is_some_and(|id| id.ends_with("-error")))
            .count();
        assert_eq!(beside > 0, has_summary, "{}", sample.name);
        let (summary, heading) = (sample.html.find("error-summary"), sample.html.find("<h1"));
        assert!(summary.is_none_or(|place| Some(place) < heading), "{}", sample.name);
    });
}

#[test]
fn no_page_shows_a_key_or_an_unfilled_place() {
    each(|sample, _, _| {
        assert!(!sample.html.contains("{$") && !sample.html.contains("{ $"), "{}", sample.name);
        let (_, body) = sample.html.split_once("<body").unwrap();
        for text in body.split('>').filter_map(|piece| piece.split('<').next()) {
            let text = text.trim();
            let looks_like_a_key = text.contains('-')
                && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                // What a message of the demonstration is, is shown as in its JSON; some words have hyphens.
                && !["sign-in-code", "reset-link", "parents-in-law"].contains(&text);
            assert!(!looks_like_a_key, "{text} in {}", sample.name);
        }
    });
}

#[test]
fn every_page_keeps_to_its_budget() {
    each(|sample, _, _| {
        let size = compressed(&sample.html);
        assert!(size <= sample.kind.budget(), "{}: {size} bytes", sample.name);
        if let Some((_, drawing)) = sample.html.split_once("<svg class=\"chart-drawing\"") {
            let size = drawing.split_once("</svg>").unwrap().0.len();
            assert!(size <= 6 * 1024, "a drawing of {size} bytes in {}", sample.name);
        }
    });
}

#[test]
fn help_and_the_other_language_are_on_every_page_in_the_same_place() {
    each(|sample, language, tags| {
        let (_, footer) = sample.html.split_once("<footer").unwrap();
        // Staff are no members: their help is a colleague.
        let is_desk = sample.name.starts_with("desk-");
        let has_help = footer.contains("href=\"/help\"") && footer.contains("tel:08000000000");
        assert!(is_desk || has_help, "{}", sample.name);
        let other = Language::ALL.into_iter().find(|other| *other != language).unwrap();
        let link = tags.iter().find(|tag| tag.get("class") == Some("language")).unwrap();
        assert_eq!(link.get("lang"), Some(other.tag()), "{}", sample.name);
        assert!(link.get("href").unwrap().ends_with(&format!("lang={}", other.tag())));
    });
}

/// Where links and forms of the samples may lead.
const PAGES: &[&str] = &[
    "/",
    "/sign-in",
    "/sign-in/method",
    "/sign-in/code",
    "/sign-in/code/resend",
    "/sign-in/resume",
    "/sign-in/recovery-code",
    "/sign-in/passkey",
    "/sign-in/method/passkey",
    "/confirm",
    "/confirm/passkey",
    "/security",
    "/security/remembered/forget",
    "/security/app",
    "/security/app/begin",
    "/security/app/remove",
    "/security/app/suspend",
    "/security/app/resume",
    "/security/history",
    "/security/passkeys/00000000-0000-0000-0000-000000000001/suspend",
    "/security/passkeys/00000000-0000-0000-0000-000000000001/resume",
    "/security/passkeys/add",
    "/security/passkeys/00000000-0000-0000-0000-000000000001",
    "/security/passkeys/00000000-0000-0000-0000-000000000001/remove",
    "/security/passkeys/00000000-0000-0000-0000-000000000002",
    "/security/codes",
    "/security/codes/file",
    "/security/ways",
    "/forgot-password",
    "/forgot-password/sent",
    "/reset-password",
    "/reset-password/by-code",
    "/security/password",
    "/dashboard",
    "/contributions",
    "/contributions/month",
    "/contributions/owed",
    "/contributions/wage",
    "/balance",
    "/balance/year",
    "/transactions",
    "/transactions/report",
    "/corrections",
    "/corrections/ask",
    "/corrections/KOR-7F3K-29QF/withdraw",
    "/export",
    "/contributions/report",
    "/contributions/report/pdf",
    "/statements",
    "/statements/00000000-0000-0000-0000-000000000001",
    "/statements/00000000-0000-0000-0000-000000000001/pdf",
    "/statements/00000000-0000-0000-0000-000000000001/csv",
    "/statements/00000000-0000-0000-0000-000000000001/signed",
    "/benefits",
    "/claims",
    "/claims/new",
    "/claims/00000000000000000000000000000001",
    "/claims/00000000000000000000000000000001/account",
    "/claims/00000000000000000000000000000001/documents/other",
    "/claims/00000000000000000000000000000001/documents/resignation-statement",
    "/claims/00000000000000000000000000000001/remove",
    "/claims/00000000000000000000000000000001/send",
    "/claims/00000000000000000000000000000001/withdraw",
    "/claims/00000000000000000000000000000001/documents/00000000000000000000000000000001",
    "/claims/follow",
    "/records/00000000000000000000000000000000/heirs",
    "/heirs",
    "/heirs/00000000000000000000000000000001",
    "/heirs/00000000000000000000000000000001/papers/death-certificate",
    "/heirs/00000000000000000000000000000001/papers/heir-certificate",
    "/heirs/00000000000000000000000000000001/papers/member-card",
    "/heirs/00000000000000000000000000000001/papers/other",
    "/heirs/00000000000000000000000000000001/documents/00000000000000000000000000000001",
    "/personal-details",
    "/personal-details/email",
    "/personal-details/phone",
    "/personal-details/code",
    "/personal-details/code/resend",
    "/personal-details/remove",
    "/personal-details/cancel",
    "/personal-details/address",
    "/undo-change",
    "/desk-request",
    "/desk-request/own",
    "/desk-request/number",
    "/security/payouts",
    "/security/payouts/open",
    "/sign-out",
    "/security/devices",
    "/apps",
    "/oidc/continue",
    "/oidc/logout/confirm",
    "/device",
    "/device/approve",
    "/device/done",
    "/activity",
    "/activity.csv",
    "/activity/contest",
    "/inbox",
    "/inbox/notices",
    "/check",
    "/check/keys",
    "/activate",
    "/activate/leave",
    "/activate/contact",
    "/activate/code",
    "/activate/code/resend",
    "/activate/code/skip",
    "/activate/password",
    "/activate/passkey",
    "/activate/codes",
    "/activate/codes/confirm",
    "/activate/codes/file",
    "/activate/resume",
    "/recover",
    "/recover/tasks",
    "/recover/who",
    "/recover/lost",
    "/recover/contact",
    "/recover/code",
    "/recover/code/resend",
    "/recover/proof",
    "/recover/received",
    "/recover/status",
    "/recover/status/send",
    "/recover/status/code",
    "/recover/stop",
    "/recover/password",
    "/not-me",
    "/status",
    "/help",
    "/demo/outbox",
    "/demo/outbox.json",
    "/preferences",
    "/session/extend",
    // The support desk's own.
    "/join",
    "/look-up",
    "/records/00000000000000000000000000000000",
    "/records/00000000000000000000000000000000/unmask",
    "/records/00000000000000000000000000000000/verify",
    "/records/00000000000000000000000000000000/help",
    "/acts",
    "/acts/00000000000000000000000000000000",
    "/records/00000000000000000000000000000000/case",
    "/queue",
    "/cases/KSS-7F3K-29QD",
    "/cases/KSS-7F3K-29QE",
    "/cases/KSS-7F3K-29QF",
    "/cases/KSS-7F3K-29QG",
    "/cases/KSS-7F3K-29QH",
    "/records/00000000000000000000000000000000/correction",
    "/corrections/KOR-7F3K-29QD",
    "/corrections/KOR-7F3K-29QD/decision",
    "/recoveries/PLH-7F3K-29QD",
    "/recoveries/PLH-7F3K-29Q7",
    "/audit",
    "/audit.csv",
    "/audit.json",
    "/audit/chain",
    "/notices",
    "/notices/withdraw",
    "/service",
    "/staff",
    "/demo/sign-in",
    "/demo/confirm",
];

#[test]
fn links_lead_to_pages_that_exist() {
    each(|sample, _, tags| {
        for tag in tags.iter().filter(|tag| tag.name == "a" || tag.name == "form") {
            let target = tag.get("href").or_else(|| tag.get("action")).unwrap();
            let path = target.split(['?', '#']).next().unwrap();
            assert!(!path.starts_with('/') || PAGES.contains(&path), "{target} in {}", sample.name);
        }
    });
}

#[test]
fn fields_say_what_password_managers_and_keyboards_need() {
    let pages = samples::all(Language::Id, Theme::Auto);
    let html = |name: &str| &pages.iter().find(|page| page.name == name).unwrap().html;
    for (page, expected) in [
        ("sign-in", "id=\"identifier\" name=\"identifier\" type=\"text\""),
        (
            "sign-in",
            "autocomplete=\"username webauthn\" inputmode=\"email\" autocapitalize=\"none\" \
                     autocorrect=\"off\" spellcheck=\"false\" maxlength=\"254\" enterkeyhint=\"next\"",
        ),
        (
            "sign-in",
            "type=\"password\" autocomplete=\"current-password\" autocapitalize=\"none\" \
                     spellcheck=\"false\" enterkeyhint=\"go\"",
        ),
        ("sign-in", "<form id=\"main-form\""),
        (
            "code-sms",
            "name=\"code\" type=\"text\" inputmode=\"numeric\" autocomplete=\"one-time-code\" \
                      maxlength=\"16\" autofocus spellcheck=\"false\"",
        ),
        ("choose", "name=\"method\" value=\"sms\" checked"),
        ("dashboard", "data-amount=\"87412350\" data-name=\"jht-balance\">Rp87.412.350<"),
        ("balance", "data-amount=\"79100000\" data-name=\"jht-opening-2026\">"),
        ("balance", "data-amount=\"79100000\" data-name=\"jht-closing-2025\">"),
        ("balance", "data-amount=\"-4500000\" data-name=\"jht-payouts-2024\">−Rp4.500.000<"),
    ] {
        assert!(html(page).contains(expected), "{page} lacks {expected}");
    }
    assert!(!html("sign-in").contains("value=\"payung"), "a password came back");
}

#[test]
fn the_names_of_amounts_are_unique_on_a_page() {
    each(|sample, _, tags| {
        let mut names = BTreeSet::new();
        for tag in tags.iter().filter(|tag| tag.has("data-amount")) {
            let name = tag.get("data-name").unwrap();
            assert!(names.insert(name), "{name} twice in {}", sample.name);
            assert!(tag.get("data-amount").unwrap().parse::<i64>().is_ok());
        }
    });
}

#[test]
fn what_people_type_stays_text() {
    for language in Language::ALL {
        let page = samples::hostile(language);
        assert!(!page.html.contains("<script>alert"), "{}", page.html);
        assert_eq!(count(&tags(&page.html), "script"), 1);
    }
}
