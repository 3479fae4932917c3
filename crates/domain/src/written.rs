//! What people write in their own words, as it is kept. Signs that steer a terminal or turn the order
//! of letters are no words: what one wrote is read in lists, beside what others wrote (M-02).

/// On one line, with one space between words.
#[must_use]
pub fn one_line(typed: &str) -> String {
    let words = typed.split(|c: char| c.is_whitespace() || steers(c));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Line by line, without the space around it.
#[must_use]
pub fn lines(typed: &str) -> String {
    let typed = typed.replace("\r\n", "\n");
    let kept = |c: char| if c != '\n' && steers(c) { ' ' } else { c };
    typed.chars().map(kept).collect::<String>().trim().to_owned()
}

fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn m02_what_people_write_steers_no_terminal_and_turns_no_letters() {
        let typed = " asks \u{1b}[2J\u{7}why\0 \u{202e}May\r\nis\u{2069} missing ";
        assert_eq!(one_line(typed), "asks [2J why May is missing");
        assert_eq!(lines(typed), "asks  [2J why   May\nis  missing");
        assert_eq!((&*one_line("\u{1b}\n"), &*lines("\u{1b}\n")), ("", ""));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_as_it_is(
            letters in proptest::collection::vec(any::<char>(), 0..60),
        ) {
            let typed: String = letters.into_iter().collect();
            let (line, all) = (one_line(&typed), lines(&typed));
            prop_assert_eq!(one_line(&line), line.clone());
            prop_assert_eq!(lines(&all), all.clone());
            prop_assert!(!line.contains(steers));
            prop_assert!(!all.chars().any(|c| c != '\n' && steers(c)));
            prop_assert!(all.chars().count() <= typed.chars().count());
        }
    }
}
