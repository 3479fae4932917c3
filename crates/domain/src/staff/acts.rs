//! What the desk does for a member who cannot: at once what opens a way that was there before, and by
//! two officers and a day later what takes something away or brings a new contact (P-03, P-04).

use std::time::Duration;

use super::looks::Reason;
use super::{Officer, Right, Role};
use crate::ids::{AccountId, ActId, StaffId};
use crate::keyed::Tag;
use crate::second_factor::Destination;
use crate::time::Instant;

/// From the second officer's approval until it is done (P-04).
pub const DELAY: Duration = Duration::from_hours(24);

/// What no second officer approved for so long comes to nothing.
pub const UNAPPROVED: Duration = Duration::from_hours(72);

/// Something the desk does for a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Ends a pause, or opens a lock.
    Unlock,
    /// Sends a link for a new password to a contact of the member.
    SendReset,
    /// Takes the authenticator app away.
    RemoveApp,
    /// Takes every passkey away.
    RemovePasskeys,
    /// Another e-mail address takes the place of the one that counts.
    ReplaceEmail,
    /// Another number takes the place of the one that counts.
    ReplacePhone,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Unlock,
        Self::SendReset,
        Self::RemoveApp,
        Self::RemovePasskeys,
        Self::ReplaceEmail,
        Self::ReplacePhone,
    ];

    /// The word in rows and forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unlock => "unlock",
            Self::SendReset => "send-reset",
            Self::RemoveApp => "remove-app",
            Self::RemovePasskeys => "remove-passkeys",
            Self::ReplaceEmail => "replace-email",
            Self::ReplacePhone => "replace-phone",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == word)
    }

    /// Whether it takes two officers and a day.
    #[must_use]
    pub const fn needs_two(self) -> bool {
        !matches!(self, Self::Unlock | Self::SendReset)
    }

    /// Whether it brings a new contact.
    #[must_use]
    pub const fn brings_contact(self) -> bool {
        matches!(self, Self::ReplaceEmail | Self::ReplacePhone)
    }
}

/// An officer who had a hand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Whose account.
    pub id: StaffId,
    /// The name they had then.
    pub name: Officer,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// It is done.
    Done,
    /// The member cancelled it.
    Cancelled,
    /// An officer refused it.
    Refused,
    /// Nobody approved it in time.
    Lapsed,
    /// The account is another one than when it was asked for.
    Changed,
    /// Who asked for it or approved it works at the desk no more, or may not approve.
    Void,
    /// The new address was not confirmed in its own inbox.
    Unconfirmed,
    /// The new contact belongs to somebody else.
    Taken,
}

impl End {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Cancelled,
        Self::Refused,
        Self::Lapsed,
        Self::Changed,
        Self::Void,
        Self::Unconfirmed,
        Self::Taken,
    ];

    /// The word in rows and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::Lapsed => "lapsed",
            Self::Changed => "changed",
            Self::Void => "void",
            Self::Unconfirmed => "unconfirmed",
            Self::Taken => "taken",
        }
    }

    /// The end of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.name() == word)
    }
}

/// An act that takes two officers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskAct {
    /// Names it.
    pub id: ActId,
    /// Whose account.
    pub account: AccountId,
    /// What is to be done.
    pub kind: Kind,
    /// The contact that comes, where one does.
    pub new: Option<Destination>,
    /// Who asked for it.
    pub asked_by: Hand,
    /// Why.
    pub reason: Reason,
    /// When.
    pub asked_at: Instant,
    /// What the account was like then. One that is like something else is not touched.
    pub version: Tag,
    /// When the new contact was known to be the member's; from the start where none comes.
    pub confirmed_at: Option<Instant>,
    /// Who approved it, and when.
    pub approved: Option<(Hand, Instant)>,
    /// When something happens by itself: it is done, or comes to nothing. None once it is over.
    pub due_at: Option<Instant>,
    /// How it ended, and when.
    pub ended: Option<(End, Instant)>,
}

/// Why somebody cannot approve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApproved {
    /// They asked for it themselves (P-04).
    SameOfficer,
    /// Somebody has approved it.
    Already,
    /// It is over: how.
    Over(End),
    /// The account is another one by now.
    Changed,
    /// Whoever holds the new number has not typed the code that went to it.
    Unproved,
}

/// What has to be known when its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether who asked for it is at the desk still: whoever was found out has asked for nothing.
    pub asker_counts: bool,
    /// Whether who approved it is at the desk still, and may.
    pub approver_counts: bool,
    /// Whether the account is as it was when it was asked for.
    pub is_unchanged: bool,
}

impl DeskAct {
    /// Whether somebody may approve it now. `version` is what the account is like.
    pub fn may_be_approved(
        &self,
        by: StaffId,
        version: &Tag,
        now: Instant,
    ) -> Result<(), NotApproved> {
        if let Some((end, _)) = self.ended {
            return Err(NotApproved::Over(end));
        }
        if self.approved.is_some() {
            return Err(NotApproved::Already);
        }
        if self.due_at.is_none_or(|due_at| now >= due_at) {
            return Err(NotApproved::Over(End::Lapsed));
        }
        if by == self.asked_by.id {
            return Err(NotApproved::SameOfficer);
        }
        if *version != self.version {
            return Err(NotApproved::Changed);
        }
        if self.waits_for_code() {
            return Err(NotApproved::Unproved);
        }
        Ok(())
    }

    /// Whether a code went to the new number and was not typed yet. Whoever holds the number types it
    /// themselves: no officer sees or hears a code (P-06).
    #[must_use]
    pub fn waits_for_code(&self) -> bool {
        self.kind == Kind::ReplacePhone && self.confirmed_at.is_none()
    }

    /// What becomes of it now; none while its time has not come, or when it is over.
    #[must_use]
    pub fn due(&self, facts: Facts, now: Instant) -> Option<End> {
        if self.ended.is_some() || self.due_at.is_none_or(|due_at| now < due_at) {
            return None;
        }
        Some(if self.approved.is_none() {
            End::Lapsed
        } else if !(facts.asker_counts && facts.approver_counts) {
            End::Void
        } else if !facts.is_unchanged {
            End::Changed
        } else if self.confirmed_at.is_none() {
            End::Unconfirmed
        } else {
            End::Done
        })
    }

    /// Until when it keeps payouts shut; none when it does not. What it does to contacts keeps them
    /// shut for half a day more by itself.
    #[must_use]
    pub fn locks_payouts_until(&self) -> Option<Instant> {
        if self.ended.is_some() { None } else { self.due_at }
    }
}

/// Whether an officer's approval counts when the act is done: they are at the desk, and may approve.
#[must_use]
pub fn approval_counts(role: Role, disabled_at: Option<Instant>) -> bool {
    disabled_at.is_none() && role.may(Right::Approve)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::staff::looks::Why;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const VERSION: Tag = [7; 32];

    fn hand(number: u128) -> Hand {
        Hand {
            id: StaffId(Uuid::from_u128(number)),
            name: Officer::parse(&format!("officer-{number}")).unwrap(),
        }
    }

    fn asked() -> DeskAct {
        DeskAct {
            id: ActId(Uuid::nil()),
            account: AccountId(Uuid::nil()),
            kind: Kind::RemoveApp,
            new: None,
            asked_by: hand(1),
            reason: Reason { why: Why::Visit, text: "lost the telephone".to_owned() },
            asked_at: NOON,
            version: VERSION,
            confirmed_at: Some(NOON),
            approved: None,
            due_at: Some(NOON.plus(UNAPPROVED)),
            ended: None,
        }
    }

    fn approved() -> DeskAct {
        let (by, due_at) = (hand(2), Some(NOON.plus(DELAY)));
        DeskAct { approved: Some((by, NOON)), due_at, ..asked() }
    }

    const GOOD: Facts = Facts { asker_counts: true, approver_counts: true, is_unchanged: true };

    #[test]
    fn every_word_is_found_by_itself() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::named(kind.name()) == Some(kind)));
        assert!(End::ALL.into_iter().all(|end| End::named(end.name()) == Some(end)));
        assert_eq!((Kind::named("set-password"), End::named("")), (None, None));
    }

    #[test]
    fn p04_nobody_approves_the_own_act_and_nothing_that_changed_or_is_over() {
        let (her, him) = (hand(1).id, hand(2).id);
        let act = asked();
        assert_eq!(act.may_be_approved(him, &VERSION, NOON), Ok(()));
        assert_eq!(act.may_be_approved(her, &VERSION, NOON), Err(NotApproved::SameOfficer));
        assert_eq!(act.may_be_approved(him, &[8; 32], NOON), Err(NotApproved::Changed));
        let late = NOON.plus(UNAPPROVED);
        let lapsed = Err(NotApproved::Over(End::Lapsed));
        assert_eq!(act.may_be_approved(him, &VERSION, late), lapsed);
        assert_eq!(approved().may_be_approved(him, &VERSION, NOON), Err(NotApproved::Already));
        let over = DeskAct { ended: Some((End::Cancelled, NOON)), due_at: None, ..asked() };
        let cancelled = Err(NotApproved::Over(End::Cancelled));
        assert_eq!(over.may_be_approved(him, &VERSION, NOON), cancelled);
    }

    #[test]
    fn p04_it_is_done_a_day_after_the_approval_and_only_if_all_still_holds() {
        let due_at = NOON.plus(DELAY);
        let act = approved();
        assert_eq!(act.due(GOOD, due_at.minus(Duration::from_micros(1))), None);
        assert_eq!(act.due(GOOD, due_at), Some(End::Done));
        for void in
            [Facts { asker_counts: false, ..GOOD }, Facts { approver_counts: false, ..GOOD }]
        {
            assert_eq!(act.due(void, due_at), Some(End::Void));
        }
        let changed = Facts { is_unchanged: false, ..GOOD };
        assert_eq!(act.due(changed, due_at), Some(End::Changed));
        let unconfirmed = DeskAct { confirmed_at: None, ..approved() };
        assert_eq!(unconfirmed.due(GOOD, due_at), Some(End::Unconfirmed));
        assert_eq!(asked().due(GOOD, NOON.plus(UNAPPROVED)), Some(End::Lapsed));
    }

    #[test]
    fn p02_only_those_who_may_approve_count_and_only_while_they_are_there() {
        for role in Role::ALL {
            let may = matches!(role, Role::Verifier | Role::Supervisor);
            assert_eq!(approval_counts(role, None), may, "{role:?}");
            assert!(!approval_counts(role, Some(NOON)), "{role:?}");
        }
    }

    #[test]
    fn p06_nobody_approves_a_number_whose_holder_has_not_typed_the_code() {
        let number = DeskAct { kind: Kind::ReplacePhone, confirmed_at: None, ..asked() };
        let approval = |act: &DeskAct| act.may_be_approved(hand(2).id, &VERSION, NOON);
        assert!(number.waits_for_code());
        assert_eq!(approval(&number), Err(NotApproved::Unproved));
        assert_eq!(approval(&DeskAct { confirmed_at: Some(NOON), ..number.clone() }), Ok(()));
        // An address is confirmed in its own inbox, before or after: without that it is not added.
        assert_eq!(approval(&DeskAct { kind: Kind::ReplaceEmail, ..number }), Ok(()));
    }

    proptest! {
        /// Without an approval nothing is ever done, and never before its time.
        #[test]
        fn p04_nothing_is_done_without_a_second_officer(
            is_approved in any::<bool>(), asker_counts in any::<bool>(),
            approver_counts in any::<bool>(), is_unchanged in any::<bool>(), hours in 0_u64..100,
        ) {
            let act = if is_approved { approved() } else { asked() };
            let facts = Facts { asker_counts, approver_counts, is_unchanged };
            let end = act.due(facts, NOON.plus(Duration::from_hours(hours)));
            if end == Some(End::Done) {
                prop_assert!(is_approved && asker_counts && approver_counts);
                prop_assert!(is_unchanged && hours >= 24);
            }
            prop_assert_eq!(act.locks_payouts_until(), act.due_at);
        }
    }
}
