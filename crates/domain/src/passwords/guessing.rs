//! How many guesses a text would take: zxcvbn, kept from the one thing that makes it slow.

use zxcvbn::feedback::{Suggestion, Warning};

/// More of a password than this is not looked at: what begins so is hard to guess already, or is
/// one pattern over and over. The work grows with the square of the length.
const LOOKED_AT: usize = 48;

/// How hard something is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Fewer than a hundred million guesses.
    Weak,
    /// Fewer than ten thousand million.
    Fair,
    /// Fewer than 10¹⁴.
    Good,
    /// More.
    Strong,
}

/// What makes a password easy to guess, or would make it harder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Keys that lie beside each other.
    Keyboard,
    /// The same over and over.
    Repeats,
    /// Letters or digits in their order.
    Sequence,
    /// Years and dates.
    Dates,
    /// It is among the most used ones.
    Common,
    /// It is nearly one of the most used ones.
    NearlyCommon,
    /// One word, and nothing else.
    OneWord,
    /// A name, and nothing else.
    Names,
    /// Capitals help little.
    Capitals,
    /// Writing backwards helps little.
    Backwards,
    /// `@` for `a` helps little.
    Substitutes,
    /// Another word or two would help.
    AnotherWord,
    /// A few words that have nothing to do with each other are best.
    FewWords,
}

/// What the meter shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// How hard it is to guess.
    pub level: Level,
    /// Why, and what would help; empty when nothing is the matter.
    pub advice: Vec<Advice>,
}

impl Strength {
    /// The strength of a text against somebody who knows these words.
    pub(super) fn of(text: &str, words: &[String]) -> Self {
        let estimate = estimate(text, words);
        let level = match estimate.guesses_log10() {
            few if few < 8.0 => Level::Weak,
            some if some < 10.0 => Level::Fair,
            many if many < 14.0 => Level::Good,
            _ => Level::Strong,
        };
        let mut advice = Vec::new();
        if let Some(feedback) = estimate.feedback() {
            let warning = feedback.warning().map(of_warning);
            let suggestions = feedback.suggestions().iter().copied().filter_map(of_suggestion);
            for one in warning.into_iter().chain(suggestions) {
                if !advice.contains(&one) {
                    advice.push(one);
                }
            }
        }
        Self { level, advice }
    }
}

/// The guesses a text takes somebody who knows these words, as a power of ten.
pub(super) fn guesses(text: &str, words: &[String]) -> f64 {
    estimate(text, words).guesses_log10()
}

fn estimate(text: &str, words: &[String]) -> zxcvbn::Entropy {
    let looked_at: String = text.chars().take(LOOKED_AT).map(unambiguous).collect();
    let mut known: Vec<&str> = super::common::words().collect();
    known.extend(words.iter().map(String::as_str));
    zxcvbn::zxcvbn(&looked_at, &known)
}

/// Signs that could stand for letters, but that nobody writes so: kept, each doubles the readings
/// that are tried, and a hundred of them in a row took two seconds.
const fn unambiguous(sign: char) -> char {
    match sign {
        '(' | '{' | '[' | '<' | '|' | '+' | '%' => '~',
        other => other,
    }
}

const fn of_warning(warning: Warning) -> Advice {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => Advice::Keyboard,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Advice::Repeats,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword => Advice::Common,
        Warning::ThisIsSimilarToACommonlyUsedPassword => Advice::NearlyCommon,
        Warning::SequencesLikeAbcAreEasyToGuess => Advice::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Advice::Dates,
        Warning::AWordByItselfIsEasyToGuess => Advice::OneWord,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => Advice::Names,
    }
}

const fn of_suggestion(suggestion: Suggestion) -> Option<Advice> {
    Some(match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => Advice::FewWords,
        Suggestion::AddAnotherWordOrTwo => Advice::AnotherWord,
        Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => Advice::Capitals,
        Suggestion::ReversedWordsArentMuchHarderToGuess => Advice::Backwards,
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => Advice::Substitutes,
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => Advice::Keyboard,
        Suggestion::AvoidRepeatedWordsAndCharacters => Advice::Repeats,
        Suggestion::AvoidSequences => Advice::Sequence,
        Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => Advice::Dates,
        // True, but an answer to a question that nobody asked.
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(text: &str) -> Strength {
        Strength::of(text, &[])
    }

    #[test]
    fn a06_the_meter_climbs_with_the_guesses() {
        let levels =
            ["qwertyuiop123", "sayang rahasiaku", "kuda hujan kopi ta", "kuda-laut-biru-tangga"]
                .map(|text| strength(text).level);
        assert_eq!(levels[0], Level::Weak);
        assert_eq!(levels[3], Level::Strong);
        assert!(levels.is_sorted(), "{levels:?}");
    }

    #[test]
    fn a06_the_meter_says_why() {
        for (text, why) in [
            ("wertyuiop[]'", Advice::Keyboard),
            ("aaaaaaaaaaaaaa", Advice::Repeats),
            ("abcdefghijklmn", Advice::Sequence),
            ("iloveyou1234", Advice::NearlyCommon),
            ("P@ssw0rd1234", Advice::Substitutes),
        ] {
            assert!(strength(text).advice.contains(&why), "{text}: {:?}", strength(text));
        }
        assert!(strength("kuda-laut-biru-tangga").advice.is_empty());
    }

    /// Every sign that zxcvbn reads as a letter, as many as are looked at. Unguarded, a text like
    /// this took seconds; the count of readings cannot be seen from here, so a wide limit of time
    /// stands in for it.
    #[test]
    fn no_text_takes_long_to_judge() {
        let hostile: String = "4@8({[<369!1|0$57+%2".chars().cycle().take(128).collect();
        strength("warm up");
        let estimate = estimate(&hostile, &[]);
        assert!(estimate.calculation_time().as_secs() < 5, "{:?}", estimate.calculation_time());
    }
}
