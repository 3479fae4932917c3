//! The sample file: every setting with its default, its variable and a line that says what it is.

use std::fmt::Write;

use payung_domain::language::Language;

use super::keys::{Given, KEYS};

/// Settings that hardly anybody changes. The sample only names them: a file of 150 lines is read, a
/// longer one is not.
const SELDOM: &[&str] = &[
    "passwords.least_alone",
    "codes.app_strict",
    "codes.app_hash",
    "clients.registration",
    "limits.sign_ins_per_network",
    "sms.moved_url",
    "limits.matches_per_address",
    "limits.matches_per_identity",
    "limits.addresses_per_name",
    "limits.quick_forms_per_address",
    "limits.reset_pause",
    "oidc.private_networks",
    "oidc.extra_ca_file",
];

/// The whole sample, which is itself a file the program can read.
///
/// Defaults are commented out, so that a file made from it takes up better defaults later.
#[must_use]
pub fn sample(language: Language) -> String {
    let mut text = String::from(match language {
        Language::En => {
            "# Payung's settings. Lines with # in front show the default or an example; those\n\
             # without must be set. An environment variable (in brackets) goes before this file.\n"
        }
        Language::Id => {
            "# Pengaturan Payung. Baris dengan # di depan menunjukkan nilai bawaan atau contoh;\n\
             # yang tanpa # harus diisi. Variabel lingkungan (dalam kurung) mendahului berkas ini.\n"
        }
    });
    let mut section = "";
    for key in KEYS.iter().filter(|key| key.section() != "demo") {
        // The sister with `_file` is shown, the secret itself had better not stand in this file.
        if key.kind.is_secret() && key.name != "database.url" || SELDOM.contains(&key.name) {
            continue;
        }
        if key.section() != section {
            section = key.section();
            let _ = write!(text, "\n[{section}]\n");
        }
        let about = key.about.in_language(language);
        let (mark, value) = match key.given {
            Given::Shipped(value) | Given::Optional(value) => ("#", value),
            Given::Required(value) => ("", value),
        };
        let _ = writeln!(text, "# {about} ({})", key.variable());
        let _ = writeln!(text, "{mark}{} = {value}", key.last_name());
    }
    let also = match language {
        Language::En => "Also, see `payung config explain`:",
        Language::Id => "Juga, lihat `payung config explain`:",
    };
    let _ = writeln!(text, "\n# {also} {}", SELDOM.join(", "));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Surroundings, Values};

    fn read(text: &str) -> Values {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Values::read(Some(file.path()), &Surroundings::default(), &[]).unwrap()
    }

    #[test]
    fn the_sample_is_short_and_reads_back() {
        for language in Language::ALL {
            let sample = sample(language);
            assert!(sample.lines().count() < 180, "{} lines", sample.lines().count());
            assert_eq!(
                read(&sample).text("service.public_url"),
                Some("https://member.fund.example")
            );
        }
    }

    #[test]
    fn every_setting_is_named_in_the_sample() {
        let sample = sample(Language::En);
        for key in KEYS.iter().filter(|key| key.section() != "demo" && !key.kind.is_secret()) {
            let is_named = sample.contains(&key.variable()) || sample.contains(key.name);
            assert!(is_named, "{}", key.name);
        }
        assert!(SELDOM.iter().all(|name| KEYS.iter().any(|key| key.name == *name)));
    }

    #[test]
    fn so_it_does_when_every_line_is_switched_on() {
        let all_on = sample(Language::En)
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(setting) if !setting.starts_with(' ') => setting,
                _ => line,
            })
            .collect::<Vec<_>>()
            .join("\n");
        assert_eq!(read(&all_on).number("smtp.port"), Some(587));
    }
}
