//! What may happen next to the contacts of an account, drawn blindly.

use std::time::Duration;

use payung_domain::contact_changes::Kind;
use payung_domain::second_factor::Way;
use proptest::prelude::*;

use crate::deeds::Pick;

/// How a recovery is stopped.
#[derive(Clone, Copy, Debug)]
pub enum How {
    /// With the link of a warning.
    Link,
    /// From a live session.
    Session,
    /// With the reference of a text message.
    Reference,
}

/// A move.
#[derive(Clone, Debug)]
pub enum Errand {
    /// A sign-in with any name there ever was, and the present password or an earlier one.
    SignIn { name: Pick, word: Option<Pick>, way: Way },
    /// A contact comes, beside the others or for one of them; its code is typed where it is `whole`.
    Bring { kind: Kind, new: Pick, replaces: Option<Pick>, whole: bool },
    /// The code of a change that was begun earlier.
    TypeIn { change: Pick },
    /// A contact goes.
    Remove { contact: Pick },
    /// A change is called off from inside.
    CallOff { change: Pick },
    /// A change is undone with the link of a letter.
    Undo { link: Pick },
    /// "I forgot my password."
    Forgot { name: Pick },
    /// A new password with a link.
    Reset { link: Pick, new: Pick },
    /// "This was not me", with the link of a letter.
    NotMe { alarm: Pick },
    /// The same from inside.
    NotMeInside,
    /// Somebody asks for a staged recovery to an address of theirs.
    Ask { to: Pick, all_is_lost: bool },
    /// An officer sees a proof; the other one too where it is by `both`.
    Prove { recovery: Pick, officer: usize, both: bool },
    /// The owner stops a recovery.
    Stop { which: Pick, how: How },
    /// A new password at the end of a recovery.
    Finish { link: Pick, new: Pick },
    /// Time passes.
    Wait(Duration),
}

fn pick() -> impl Strategy<Value = Pick> {
    prop_oneof![3 => Just(Pick(0)), 2 => any::<u8>().prop_map(Pick)]
}

fn any_pick() -> impl Strategy<Value = Pick> {
    any::<u8>().prop_map(Pick)
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![2 => Just(Kind::Email), 1 => Just(Kind::Phone)]
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::Email), Just(Way::Sms)]
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![2 => Just(How::Link), 1 => Just(How::Session), 1 => Just(How::Reference)]
}

/// Any walk.
pub fn errands() -> impl Strategy<Value = Vec<Errand>> {
    proptest::collection::vec(errand(), 1..20)
}

fn errand() -> impl Strategy<Value = Errand> {
    prop_oneof![4 => changes(), 4 => recoveries(), 3 => at_the_door(), 5 => time()]
}

fn changes() -> impl Strategy<Value = Errand> {
    let whole = prop::bool::weighted(0.8);
    prop_oneof![
        5 => (kind(), any_pick(), prop::option::of(pick()), whole).prop_map(
            |(kind, new, replaces, whole)| Errand::Bring { kind, new, replaces, whole }),
        1 => pick().prop_map(|change| Errand::TypeIn { change }),
        2 => any_pick().prop_map(|contact| Errand::Remove { contact }),
        2 => pick().prop_map(|change| Errand::CallOff { change }),
        2 => pick().prop_map(|link| Errand::Undo { link }),
    ]
}

fn recoveries() -> impl Strategy<Value = Errand> {
    let both = prop::bool::weighted(0.7);
    prop_oneof![
        4 => (any_pick(), any::<bool>()).prop_map(
            |(to, all_is_lost)| Errand::Ask { to, all_is_lost }),
        4 => (pick(), 0..2_usize, both).prop_map(
            |(recovery, officer, both)| Errand::Prove { recovery, officer, both }),
        1 => (pick(), how()).prop_map(|(which, how)| Errand::Stop { which, how }),
        4 => (pick(), any_pick()).prop_map(|(link, new)| Errand::Finish { link, new }),
    ]
}

fn at_the_door() -> impl Strategy<Value = Errand> {
    prop_oneof![
        6 => (any_pick(), prop::option::weighted(0.2, any_pick()), way()).prop_map(
            |(name, word, way)| Errand::SignIn { name, word, way }),
        1 => any_pick().prop_map(|name| Errand::Forgot { name }),
        2 => (pick(), any_pick()).prop_map(|(link, new)| Errand::Reset { link, new }),
        2 => any_pick().prop_map(|alarm| Errand::NotMe { alarm }),
        1 => Just(Errand::NotMeInside),
    ]
}

fn time() -> impl Strategy<Value = Errand> {
    let hour = 3_600;
    prop_oneof![
        2 => Just(61),
        2 => Just(hour),
        3 => Just(12 * hour),
        2 => Just(25 * hour),
        5 => Just(73 * hour),
    ]
    .prop_map(|seconds| Errand::Wait(Duration::from_secs(seconds)))
}
