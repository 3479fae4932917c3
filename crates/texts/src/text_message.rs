//! How much fits into one text message.

/// Characters of the basic GSM 7-bit set, without those that cost two places.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Whether the text goes out as one segment: at most 160 characters, all of the basic set.
///
/// One character outside the set turns the whole message into UCS-2 of 70 characters, which
/// doubles its price and lets it arrive in pieces.
///
/// ```
/// assert!(payung_texts::text_message::fits("123456 adalah kode masuk Payung."));
/// assert!(!payung_texts::text_message::fits("123456 – kode masuk"));
/// ```
#[must_use]
pub fn fits(text: &str) -> bool {
    text.chars().count() <= 160 && text.chars().all(|c| BASIC.contains(c))
}

#[cfg(test)]
mod tests {
    use payung_domain::language::Language;

    use super::*;
    use crate::Texts;

    #[test]
    fn a_code_message_fits_and_ends_as_browsers_expect() {
        for language in Language::ALL {
            for (service, domain) in [
                ("Payung", "masuk.payung.example"),
                ("Dana Jaminan", "peserta.danajaminan.example"),
            ] {
                let text = Texts::shipped().say(
                    language,
                    "message-sign-in-code-sms",
                    &[
                        ("service", service.into()),
                        ("code", "123456".into()),
                        ("minutes", 10_u32.into()),
                        ("domain", domain.into()),
                    ],
                );
                assert!(fits(&text), "{} characters: {text}", text.chars().count());
                assert!(text.starts_with("123456 "), "{text}");
                assert!(text.ends_with(&format!("\n\n@{domain} #123456")), "{text}");
                assert!(!text.contains("http"), "{text}");
            }
        }
    }
}
