//! What anybody may do next: a move in a walk, drawn blindly. Which tab, code or link it is about is
//! said by a [`Pick`] among those there are by then, so that every move makes sense in every walk
//! and a failing walk gets shorter by leaving moves out.

use std::time::Duration;

use payung_domain::authenticators::Need;
use payung_domain::second_factor::Way;
use proptest::prelude::*;

/// One of those there are, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct Pick(pub u8);

impl Pick {
    /// The place of the chosen one among so many; none among none.
    pub fn of(self, count: usize) -> Option<usize> {
        (count > 0).then(|| count - 1 - usize::from(self.0) % count)
    }
}

/// What is typed as a password.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    /// The one that is right now.
    Present,
    /// Any that ever was.
    Former(Pick),
    /// The right one of the other person.
    OfTheOther,
    /// None that ever was.
    Nonsense,
}

/// What is typed as a code.
#[derive(Clone, Copy, Debug)]
pub enum Digits {
    /// One that was sent for this very step.
    OfThisStep(Pick),
    /// One that was ever sent to anybody.
    Sent(Pick),
    /// What an app shows that was ever set up, or showed so many half-minutes ago.
    App(Pick, i64),
    /// Six digits.
    Nonsense,
    /// No code at all.
    Unreadable,
}

/// What is typed as a code from paper.
#[derive(Clone, Copy, Debug)]
pub enum Slip {
    /// One that counts.
    Good(Pick),
    /// One that counts no more.
    Spent(Pick),
    /// None that ever was.
    Nonsense,
}

/// A move.
#[derive(Clone, Debug)]
pub enum Deed {
    /// A whole sign-in, as a member does it.
    SignIn {
        who: usize,
        way: Way,
        tab: usize,
        remembers: bool,
        is_shared: bool,
    },
    /// The sign-in form. `earlier` is a session that the browser has by then.
    Password {
        who: usize,
        name: usize,
        word: Word,
        tab: usize,
        earlier: Option<Pick>,
    },
    /// The very form that was sent last, sent again.
    SameForm,
    /// Wrong passwords one after the other, waiting as long as the page says, or not.
    Misses {
        who: usize,
        name: usize,
        times: u32,
        waits: bool,
    },
    /// A choice of the second step, or another code by the same way.
    Choose {
        step: Pick,
        way: Way,
    },
    /// A code in the second step.
    Code {
        step: Pick,
        digits: Digits,
        earlier: Option<Pick>,
        remembers: bool,
        tab: usize,
    },
    /// Wrong codes one after the other.
    WrongCodes {
        step: Pick,
        times: u32,
    },
    /// A code from paper in the second step.
    Paper {
        step: Pick,
        slip: Slip,
        earlier: Option<Pick>,
    },
    /// A passkey instead of name and password.
    Key {
        key: Pick,
        is_verified: bool,
        tab: usize,
    },
    /// A passkey as the second step.
    KeyStep {
        step: Pick,
        key: Pick,
        is_verified: bool,
        earlier: Option<Pick>,
    },
    /// A passkey as proof in a session.
    KeyProof {
        session: Pick,
        key: Pick,
    },
    /// The beginning of a proof by another way, and its end where it is `whole`.
    Proof {
        session: Pick,
        way: Way,
        need: Need,
        whole: bool,
    },
    /// The answer that never arrived, asked for once more.
    Resume {
        step: Pick,
    },
    /// "I forgot my password."
    Forgot {
        who: usize,
        name: usize,
    },
    /// A new password with a link.
    Reset {
        link: Pick,
        new: Pick,
    },
    /// A new password from inside.
    Change {
        session: Pick,
        word: Word,
        new: Pick,
        ends_others: bool,
    },
    /// "This was not me", with the link of a letter.
    NotMe {
        alarm: Pick,
    },
    /// "This was not me", from the list of activity: about one of its lines, or about nothing.
    NotMeInside {
        session: Pick,
        about: Option<Pick>,
    },
    /// A page of a session.
    Look {
        session: Pick,
    },
    /// A page with a token that a session had before a proof.
    LookWithOldToken {
        session: Pick,
    },
    /// The end of a session.
    SignOut {
        session: Pick,
    },
    /// The end of a device in the list.
    EndDevice {
        session: Pick,
        device: Pick,
    },
    /// The end of all other devices.
    EndOthers {
        session: Pick,
    },
    /// An app is shown, and bound where the first code is `right`.
    BindApp {
        session: Pick,
        right: bool,
    },
    /// A first code for what was shown earlier.
    CompleteApp {
        session: Pick,
        app: Pick,
        age: i64,
    },
    /// The app goes.
    RemoveApp {
        session: Pick,
    },
    /// A new set of codes on paper.
    MakePaper {
        session: Pick,
    },
    /// A passkey comes.
    AddKey {
        session: Pick,
        is_verified: bool,
    },
    /// A passkey goes.
    RemoveKey {
        session: Pick,
        key: Pick,
    },
    /// A passkey is suspended, or counts again; without one, the app.
    Suspend {
        session: Pick,
        key: Option<Pick>,
    },
    Unsuspend {
        session: Pick,
        key: Option<Pick>,
    },
    /// Ways are switched off and on.
    Ways {
        session: Pick,
        is_sms_off: bool,
        is_email_off: bool,
    },
    /// Remembered browsers are forgotten.
    ForgetBrowsers {
        session: Pick,
    },
    /// Time passes.
    Wait(Duration),
    /// The clock is put back.
    Back(Duration),
}

/// How a walk begins for the first of the two people: misses that were made before.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Wrong passwords in a row.
    pub misses: u32,
    /// Wrong codes in a row.
    pub code_misses: u32,
}

/// Any beginning: mostly a quiet one, else shortly before something happens.
pub fn start() -> impl Strategy<Value = Start> {
    let misses = prop_oneof![4 => Just(0), 4 => select(&[4, 9, 49, 88, 90, 96, 99, 100])];
    let code_misses = prop_oneof![4 => Just(0), 2 => select(&[4, 9, 89, 96, 99, 100])];
    (misses, code_misses).prop_map(|(misses, code_misses)| Start { misses, code_misses })
}

/// Any walk.
pub fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    proptest::collection::vec(deed(), 1..22)
}

fn select<T: Copy + std::fmt::Debug + 'static>(from: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(from)
}

fn pick() -> impl Strategy<Value = Pick> {
    prop_oneof![3 => Just(Pick(0)), 2 => any::<u8>().prop_map(Pick)]
}

fn who() -> impl Strategy<Value = usize> {
    prop_oneof![4 => Just(0_usize), 1 => Just(1)]
}

fn way() -> impl Strategy<Value = Way> {
    select(&[Way::Totp, Way::Sms, Way::Email, Way::Email, Way::RecoveryCode, Way::Passkey])
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![
        6 => Just(Word::Present),
        2 => pick().prop_map(Word::Former),
        1 => Just(Word::OfTheOther),
        2 => Just(Word::Nonsense),
    ]
}

fn digits() -> impl Strategy<Value = Digits> {
    prop_oneof![
        6 => pick().prop_map(Digits::OfThisStep),
        2 => pick().prop_map(Digits::Sent),
        3 => (pick(), 0..3_i64).prop_map(|(app, age)| Digits::App(app, age)),
        2 => Just(Digits::Nonsense),
        1 => Just(Digits::Unreadable),
    ]
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        2 => pick().prop_map(Slip::Good),
        3 => pick().prop_map(Slip::Spent),
        1 => Just(Slip::Nonsense),
    ]
}

fn need() -> impl Strategy<Value = Need> {
    prop_oneof![3 => Just(Need::Full), 1 => Just(Need::Any)]
}

fn earlier() -> impl Strategy<Value = Option<Pick>> {
    prop_oneof![2 => Just(None), 1 => pick().prop_map(Some)]
}

fn tab() -> impl Strategy<Value = usize> {
    0..3_usize
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![5 => at_the_door(), 3 => inside(), 2 => with_letters(), 1 => time()]
}

fn at_the_door() -> impl Strategy<Value = Deed> {
    let name = || 0..4_usize;
    let yes = || any::<bool>();
    prop_oneof![
        12 => (who(), way(), tab(), yes(), prop::bool::weighted(0.2)).prop_map(
            |(who, way, tab, remembers, is_shared)| Deed::SignIn {
                who, way, tab, remembers, is_shared,
            }),
        8 => (who(), name(), word(), tab(), earlier()).prop_map(
            |(who, name, word, tab, earlier)| Deed::Password { who, name, word, tab, earlier }),
        2 => Just(Deed::SameForm),
        2 => (who(), name(), 1..8_u32, yes()).prop_map(
            |(who, name, times, waits)| Deed::Misses { who, name, times, waits }),
        5 => (pick(), way()).prop_map(|(step, way)| Deed::Choose { step, way }),
        9 => (pick(), digits(), earlier(), yes(), tab()).prop_map(
            |(step, digits, earlier, remembers, tab)| Deed::Code {
                step, digits, earlier, remembers, tab,
            }),
        2 => (pick(), 1..7_u32).prop_map(|(step, times)| Deed::WrongCodes { step, times }),
        3 => (pick(), slip(), earlier()).prop_map(
            |(step, slip, earlier)| Deed::Paper { step, slip, earlier }),
        1 => (pick(), yes(), tab()).prop_map(
            |(key, is_verified, tab)| Deed::Key { key, is_verified, tab }),
        1 => (pick(), pick(), yes(), earlier()).prop_map(
            |(step, key, is_verified, earlier)| Deed::KeyStep { step, key, is_verified, earlier }),
        2 => pick().prop_map(|step| Deed::Resume { step }),
    ]
}

fn inside() -> impl Strategy<Value = Deed> {
    let yes = || any::<bool>();
    prop_oneof![
        5 => (pick(), way(), need(), prop::bool::weighted(0.8)).prop_map(
            |(session, way, need, whole)| Deed::Proof { session, way, need, whole }),
        1 => (pick(), pick()).prop_map(|(session, key)| Deed::KeyProof { session, key }),
        4 => (pick(), word(), pick(), yes()).prop_map(
            |(session, word, new, ends_others)| Deed::Change { session, word, new, ends_others }),
        1 => (pick(), prop::option::of(pick())).prop_map(
            |(session, about)| Deed::NotMeInside { session, about }),
        4 => pick().prop_map(|session| Deed::Look { session }),
        1 => pick().prop_map(|session| Deed::LookWithOldToken { session }),
        2 => pick().prop_map(|session| Deed::SignOut { session }),
        2 => (pick(), pick()).prop_map(|(session, device)| Deed::EndDevice { session, device }),
        1 => pick().prop_map(|session| Deed::EndOthers { session }),
        4 => (pick(), prop::bool::weighted(0.8)).prop_map(
            |(session, right)| Deed::BindApp { session, right }),
        1 => (pick(), pick(), 0..3_i64).prop_map(
            |(session, app, age)| Deed::CompleteApp { session, app, age }),
        4 => pick().prop_map(|session| Deed::RemoveApp { session }),
        2 => pick().prop_map(|session| Deed::MakePaper { session }),
        2 => (pick(), prop::option::of(pick())).prop_map(
            |(session, key)| Deed::Suspend { session, key }),
        2 => (pick(), prop::option::of(pick())).prop_map(
            |(session, key)| Deed::Unsuspend { session, key }),
        1 => (pick(), yes()).prop_map(
            |(session, is_verified)| Deed::AddKey { session, is_verified }),
        1 => (pick(), pick()).prop_map(|(session, key)| Deed::RemoveKey { session, key }),
        4 => (pick(), yes(), yes()).prop_map(
            |(session, is_sms_off, is_email_off)| Deed::Ways { session, is_sms_off, is_email_off }),
        1 => pick().prop_map(|session| Deed::ForgetBrowsers { session }),
    ]
}

fn with_letters() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (who(), 0..4_usize).prop_map(|(who, name)| Deed::Forgot { who, name }),
        4 => (pick(), pick()).prop_map(|(link, new)| Deed::Reset { link, new }),
        2 => pick().prop_map(|alarm| Deed::NotMe { alarm }),
    ]
}

fn time() -> impl Strategy<Value = Deed> {
    let seconds =
        select(&[1, 30, 61, 5 * 60, 601, 15 * 60, 31 * 60, 3_600, 43_200, 86_400, 2_678_400]);
    let back = select(&[1, 61, 20 * 60, 3_600]);
    prop_oneof![
        6 => seconds.prop_map(|seconds| Deed::Wait(Duration::from_secs(seconds))),
        1 => back.prop_map(|seconds| Deed::Back(Duration::from_secs(seconds))),
    ]
}
