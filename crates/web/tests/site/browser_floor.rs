//! Only what Chrome 61, Samsung Internet 8.2, Firefox 60 and Safari 11 understand, or quietly skip.
//!
//! CI has one current browser, which would not notice. So the features in use are a list, and a
//! new one joins it with the version it came with in mind. Those marked "skipped" came later and
//! are ignored where they are unknown, with nothing lost but comfort.

use std::collections::BTreeSet;

use payung_web::assets;

const PROPERTIES: &[&str] = &[
    "-webkit-appearance",
    "-webkit-print-color-adjust",
    "-webkit-text-size-adjust",
    "accent-color", // skipped
    "align-items",
    "background-color",
    "background-image",
    "background-repeat",
    "background-size",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-style",
    "border-top",
    "border-width",
    "box-shadow",
    "box-sizing",
    "clip",
    "color",
    "color-scheme", // skipped
    "content",
    "cursor",
    "display",
    "fill",
    "flex",
    "flex-wrap",
    "font",
    "font-family",
    "font-size",
    "font-variant-numeric",
    "font-weight",
    "grid-column",
    "grid-gap",
    "grid-row",
    "grid-template-columns",
    "height",
    "justify-content",
    "left",
    "letter-spacing",
    "line-height",
    "list-style",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "outline",
    "outline-color",
    "outline-offset",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "page-break-after",
    "page-break-inside",
    "position",
    "print-color-adjust", // skipped
    "size",
    "stroke",
    "stroke-width",
    "text-align",
    "text-decoration",
    "text-size-adjust", // skipped
    "top",
    "transition",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
];

const AT_RULES: &[&str] = &[
    "@media (forced-colors: active)", // skipped
    "@media (max-width: 639px)",
    "@media (min-width: 640px)",
    "@media (min-width: 960px)",
    "@media screen and (prefers-color-scheme: dark)", // skipped: people choose by the form instead
    "@media (prefers-reduced-motion: reduce)",        // skipped
    "@media (scripting: enabled)",                    // skipped: the place of a passkey is not kept
    "@media print",
    "@media screen",
    "@page",
];

const PSEUDO: &[&str] = &[
    ":after",
    ":backdrop",
    ":before",
    ":empty",
    ":first-child",
    ":focus",
    ":hover",
    ":last-child",
    ":not",
    ":root",
    ":visited",
];

const FUNCTIONS: &[&str] =
    &["attr", "calc", "linear-gradient", "radial-gradient", "rect", "repeat", "rgba", "var"];

/// Words of the language and of the browser that scripts may use. Names they make up themselves
/// are found where they are declared.
const SCRIPT_WORDS: &[&str] = &[
    // the language, as of ECMAScript 2015
    "const",
    "else",
    "function",
    "if",
    "let",
    "new",
    "null",
    "return",
    "throw",
    "true",
    "false",
    "delete",
    "typeof",
    "Date",
    "Error",
    "Math",
    "Number",
    "ceil",
    "max",
    "now",
    "replace",
    "split",
    "then",
    "catch",
    "forEach",
    "textContent",
    // the browser
    "window",
    "document",
    "body",
    "fetch",
    "setInterval",
    "clearInterval",
    "setTimeout",
    "encodeURIComponent",
    "querySelector",
    "querySelectorAll",
    "getElementById",
    "createElement",
    "insertBefore",
    "nextSibling",
    "parentNode",
    "addEventListener",
    "preventDefault",
    "dataset",
    "setAttribute",
    "removeAttribute",
    "hasAttribute",
    "className",
    "hidden",
    "style",
    "minWidth",
    "offsetWidth",
    "focus",
    "activeElement",
    "type",
    "form",
    "elements",
    "namedItem",
    "value",
    "action",
    "location",
    "pathname",
    "search",
    "target",
    "getModifierState",
    "scrollIntoView",
    "status",
    "text",
    "method",
    "credentials",
    "redirect",
    "headers",
    "accept",
    "JSON",
    "parse",
    "stringify",
    "String",
    "fromCharCode",
    "charCodeAt",
    "apply",
    "join",
    "Uint8Array",
    "from",
    "atob",
    "btoa",
    "appendChild",
    "cloneNode",
    "submit",
    "name",
    "id",
    // behind a question whether it is there
    "showModal",
    "close",
    // passkeys, and what every browser with passkeys has
    "navigator",
    "PublicKeyCredential",
    "isConditionalMediationAvailable",
    "AbortController",
    "abort",
    "signal",
    "publicKey",
    "challenge",
    "user",
    "excludeCredentials",
    "allowCredentials",
    "response",
    "rawId",
    "mediation",
];

/// The text with comments taken out.
fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").expect("a comment ends").1;
    }
    kept + rest
}

/// What stands before each opening brace, and each declaration.
fn preludes_and_declarations(css: &str) -> (Vec<String>, Vec<String>) {
    let (mut preludes, mut declarations) = (Vec::new(), Vec::new());
    let mut text = String::new();
    for c in css.chars() {
        match c {
            '{' => preludes.push(std::mem::take(&mut text).trim().to_owned()),
            ';' | '}' => declarations.push(std::mem::take(&mut text).trim().to_owned()),
            _ => text.push(c),
        }
    }
    declarations.retain(|declaration| !declaration.is_empty());
    (preludes, declarations)
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn the_style_uses_listed_features_only() {
    let css = without_comments(assets::STYLE);
    let (preludes, declarations) = preludes_and_declarations(&css);
    assert!(preludes.len() > 50 && declarations.len() > 200);
    for prelude in preludes {
        if prelude.starts_with('@') {
            assert!(AT_RULES.contains(&&*prelude), "{prelude}");
            continue;
        }
        assert!(!prelude.contains('&'), "nested: {prelude}");
        for after in prelude.split(':').skip(1).filter(|after| !after.is_empty()) {
            let pseudo = format!(":{}", word(after));
            assert!(PSEUDO.contains(&&*pseudo), "{pseudo} in {prelude}");
        }
    }
    for declaration in declarations {
        let (property, value) = declaration.split_once(':').expect("a declaration has a value");
        let is_own = property.starts_with("--");
        assert!(is_own || PROPERTIES.contains(&property), "{declaration}");
        for (place, _) in value.match_indices('(') {
            let name: String = value[..place]
                .chars()
                .rev()
                .take_while(|c| c.is_ascii_alphabetic() || *c == '-')
                .collect();
            let name: String = name.chars().rev().collect();
            assert!(FUNCTIONS.contains(&&*name), "{name}() in {declaration}");
        }
    }
}

#[test]
fn every_own_property_is_there_and_used() {
    let css = without_comments(assets::STYLE);
    let used: BTreeSet<String> = css.split("var(").skip(1).map(word).collect();
    let made: BTreeSet<String> = preludes_and_declarations(&css)
        .1
        .into_iter()
        .filter(|declaration| declaration.starts_with("--"))
        .map(|declaration| word(&declaration))
        .collect();
    assert_eq!(used, made);
}

/// Code with comments and the insides of quotes taken out; what `${…}` holds stays.
fn bare(script: &str) -> String {
    let mut kept = String::new();
    let mut chars = script.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => while chars.next().is_some_and(|c| c != '\n') {},
            '\'' => while chars.next().is_some_and(|c| c != '\'') {},
            '`' => {
                let template: String = chars.by_ref().take_while(|c| *c != '`').collect();
                for part in template.split("${").skip(1) {
                    kept.push(' ');
                    kept.push_str(&bare(part.split('}').next().unwrap_or_default()));
                    kept.push(' ');
                }
            }
            _ => kept.push(c),
        }
    }
    kept
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$')
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[test]
fn the_script_uses_listed_features_only() {
    let code = bare(assets::SCRIPT);
    for newer in ["?.", "??", "||=", "&&=", "**", "...", "async", "await", "class ", "#", "catch {"]
    {
        assert!(!code.contains(newer), "{newer}");
    }
    // A name is made by `const` or `let`, or stands in the brackets before an arrow.
    let mut made: BTreeSet<&str> = BTreeSet::new();
    for keyword in ["const ", "let "] {
        made.extend(code.split(keyword).skip(1).filter_map(|after| words(after).next()));
    }
    for before in code.split("=>") {
        let Some((_, brackets)) = before.rsplit_once('(') else { continue };
        made.extend(words(brackets.trim_end().trim_end_matches(')')));
    }
    // Names of data attributes, and what one component leaves for another.
    made.extend([
        "payungTimeInWords",
        "idle",
        "busy",
        "hide",
        "show",
        "caps",
        "passkey",
        "options",
        "known",
        "cancelled",
        "countdown",
        "done",
        "left",
        "strength",
    ]);
    let unknown: BTreeSet<&str> =
        words(&code).filter(|word| !made.contains(word) && !SCRIPT_WORDS.contains(word)).collect();
    assert_eq!(unknown, BTreeSet::new());
}
