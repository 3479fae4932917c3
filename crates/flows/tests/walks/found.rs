//! Walks that went wrong once, kept so that they never do again.

use std::time::Duration;

use payung_domain::second_factor::Way;
use payung_testkit::store::TestStore;

use crate::deeds::{Deed, Digits, Pick, Start, Word};
use crate::ground::Ground;
use crate::walk;
use crate::walker::Walker;

const QUIET: Start = Start { misses: 0, code_misses: 0 };
const NEWEST: Pick = Pick(0);
const ONE_BEFORE: Pick = Pick(1);

fn goes_well(deeds: &[Deed]) {
    let ground = Ground::new(TestStore::in_memory());
    if let Err(why) = walk(&ground, QUIET, deeds, None) {
        panic!("{why}");
    }
}

fn sign_in(way: Way) -> Deed {
    Deed::SignIn { who: 0, way, tab: 0, remembers: false, is_shared: false }
}

fn password(word: Word) -> Deed {
    Deed::Password { who: 0, name: 0, word, tab: 0, earlier: None }
}

/// The moment of distrust lay before the moment of the password, and was taken for an older one.
#[test]
fn l3_a_disowned_password_stays_so_when_the_clock_is_put_back() {
    goes_well(&[
        Deed::Forgot { who: 0, name: 0 },
        Deed::Back(Duration::from_secs(1)),
        Deed::NotMe { alarm: NEWEST },
        sign_in(Way::Email),
    ]);
}

/// A session that had been quiet for long was not ended, since it was none any more; until it was.
#[test]
fn r7_a_quiet_session_does_not_come_back_when_the_clock_is_put_back() {
    goes_well(&[
        sign_in(Way::Sms),
        Deed::Wait(Duration::from_mins(15)),
        Deed::Forgot { who: 0, name: 0 },
        Deed::Reset { link: NEWEST, new: NEWEST },
        Deed::Back(Duration::from_mins(1)),
        Deed::Look { session: NEWEST },
    ]);
}

/// A form that came during a pause was refused, and yet remembered as counted: sent once more after
/// the pause, its guess was free. A thousand guesses could be left at the door to be tried later.
#[test]
fn e03_l1_a_form_that_was_refused_is_a_try_when_it_comes_again() {
    goes_well(&[
        Deed::Misses { who: 0, name: 0, times: 5, waits: false },
        password(Word::Nonsense),
        Deed::Wait(Duration::from_secs(30)),
        Deed::SameForm,
        password(Word::Present),
    ]);
}

/// The moment of distrust lies before the moment of the password: the two are not compared.
#[test]
fn a04_a_disowned_password_has_to_go_when_the_clock_was_put_back() {
    let ground = Ground::new(TestStore::in_memory());
    ground.runtime.block_on(async {
        let model = ground.begin(QUIET).await;
        let mut walker = Walker::new(&ground, model, None);
        for deed in [
            sign_in(Way::Sms),
            Deed::AddKey { session: NEWEST, is_verified: true },
            Deed::MakePaper { session: NEWEST },
            Deed::Back(Duration::from_mins(1)),
            Deed::NotMe { alarm: NEWEST },
            Deed::Key { key: NEWEST, is_verified: true, tab: 0 },
        ] {
            walker.doing(&deed).await.unwrap();
        }
        walker.looks_back().await.unwrap();
    });
}

/// Somebody bound an app and switched everything else off; the owner said "this was not me", which
/// suspends the app and leaves the rest off. Nothing follows the password then, until a recovery.
#[test]
fn g07_an_alarm_that_suspends_the_only_way_opens_nothing() {
    goes_well(&[
        sign_in(Way::Sms),
        Deed::BindApp { session: NEWEST, right: true },
        Deed::Ways { session: NEWEST, is_sms_off: true, is_email_off: true },
        Deed::NotMe { alarm: ONE_BEFORE },
        Deed::Reset { link: NEWEST, new: NEWEST },
        password(Word::Present),
    ]);
}

/// A text message was on its way when text messages were switched off, and its code still counted
/// in a step that had gone on to another way.
#[test]
fn j06_a_code_by_a_way_that_was_switched_off_is_worth_nothing() {
    goes_well(&[
        sign_in(Way::Email),
        Deed::Wait(Duration::from_secs(61)),
        password(Word::Present),
        Deed::Choose { step: NEWEST, way: Way::Sms },
        Deed::Ways { session: NEWEST, is_sms_off: true, is_email_off: false },
        Deed::Wait(Duration::from_secs(61)),
        Deed::Choose { step: NEWEST, way: Way::Email },
        Deed::Code {
            step: NEWEST,
            digits: Digits::OfThisStep(ONE_BEFORE),
            earlier: None,
            remembers: false,
            tab: 0,
        },
    ]);
}
