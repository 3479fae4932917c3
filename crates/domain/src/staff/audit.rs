//! What is written down of everything that is done at the desk, refused things too. Reading it is
//! one of them.

use uuid::Uuid;

use super::source::{Origin, Source};
use crate::ids::{PersonId, StaffId};
use crate::marks::Mark;
use crate::time::Instant;

/// Everything that is done, once: its name in code, its word in rows and addresses.
macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident $word:literal,)*) => {
        /// Something that is done at the desk.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Act {
            $($(#[$doc])* $act,)*
        }

        impl Act {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$act,)*];

            /// The word in rows and addresses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$act => $word,)* }
            }

            /// The act of this word.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|act| act.name() == word)
            }
        }
    };
}

acts! {
    /// Somebody was invited to work at the desk.
    Invited "invited",
    /// An invitation was accepted with a passkey.
    Joined "joined",
    /// Signed in.
    SignedIn "signed-in",
    /// Used the passkey once more, for something dangerous.
    Confirmed "confirmed",
    /// Signed out.
    SignedOut "signed-out",
    /// Came by the command line, under their own name.
    CameByLine "came-by-line",
    /// Looked for a member.
    LookedUp "looked-up",
    /// Opened a record that was looked up.
    Opened "opened",
    /// Saw one field in full.
    Unmasked "unmasked",
    /// Checked who a member is.
    Verified "verified",
    /// Ended a pause, or opened a lock.
    Unlocked "unlocked",
    /// Sent a member a link for a new password.
    ResetSent "reset-sent",
    /// Looked at what waits for a second officer.
    ActsListed "acts-listed",
    /// Asked for an act of two officers.
    ActAsked "act-asked",
    /// Approved one as the second officer.
    ActApproved "act-approved",
    /// Refused one.
    ActRefused "act-refused",
    /// One came to its end by itself: done, or come to nothing.
    ActEnded "act-ended",
    /// The member cancelled one.
    ActCancelled "act-cancelled",
    /// Read what was done at the desk.
    AuditRead "audit-read",
    /// Took it along as a file.
    AuditTaken "audit-taken",
    /// Had the chain over all of it looked at.
    AuditVerified "audit-verified",
    /// Announced something to everybody.
    Announced "announced",
    /// Took an announcement back.
    AnnouncementEnded "announcement-ended",
    /// Said how a part of the service is.
    StatusSaid "status-said",
    /// Looked at who works at the desk.
    StaffListed "staff-listed",
    /// Shut somebody out of the desk.
    Disabled "disabled",
    /// Let somebody in again.
    Enabled "enabled",
    /// Asked for a page in a session that was cut off by being shut out.
    CameBack "came-back",
    /// Read the queue of cases.
    QueueRead "queue-read",
    /// Read a case.
    CaseRead "case-read",
    /// Opened a case for a member.
    CaseOpened "case-opened",
    /// Took a case.
    CaseTaken "case-taken",
    /// Wrote a note into a case.
    CaseNoted "case-noted",
    /// Waits for the member of a case, or goes on with it.
    CaseWaits "case-waits",
    /// Handed a case over, or gave it back.
    CaseHandedOver "case-handed-over",
    /// Closed a case.
    CaseClosed "case-closed",
    /// Looked at what is to be put right.
    CorrectionsListed "corrections-listed",
    /// Asked for a correction in a member's name.
    CorrectionAsked "correction-asked",
    /// Opened a correction, with what stands on record.
    CorrectionOpened "correction-opened",
    /// Proposed what is right.
    CorrectionProposed "correction-proposed",
    /// Agreed with a proposal: it is on record.
    CorrectionApproved "correction-approved",
    /// Sent a proposal back.
    CorrectionReturned "correction-returned",
    /// Left the record as it is.
    CorrectionRefused "correction-refused",
    /// Made two member numbers of one person one.
    NumbersMerged "numbers-merged",
    /// Took two merged member numbers apart.
    NumbersParted "numbers-parted",
    /// Brought the returns of a year to what was declared.
    ReturnsMadeUp "returns-made-up",
    /// Read which applications a member let in.
    AppsRead "apps-read",
    /// Took back what a member let an application do.
    AppTakenBack "app-taken-back",
    /// Looked at the claims that wait.
    ClaimsListed "claims-listed",
    /// Opened a claim.
    ClaimOpened "claim-opened",
    /// Took a document of a claim along.
    DocumentTaken "document-taken",
    /// Took a claim, or asked for more.
    ClaimHandled "claim-handled",
    /// Approved, refused, returned or paid a claim.
    ClaimDecided "claim-decided",
    /// Had a code sent to a new number.
    CodeSent "code-sent",
    /// Whoever holds a new number proved it with that code.
    NumberProved "number-proved",
    /// Opened a staged recovery.
    RecoveryOpened "recovery-opened",
    /// Said what was seen of whoever wants one.
    RecoveryProved "recovery-proved",
    /// Refused one.
    RecoveryRefused "recovery-refused",
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done.
    Done,
    /// There was nobody, or nothing.
    Nothing,
    /// It was not allowed.
    Refused,
    /// There had been too much of it.
    TooMuch,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::Nothing, Self::Refused, Self::TooMuch];

    /// The word in rows and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Nothing => "nothing",
            Self::Refused => "refused",
            Self::TooMuch => "too-much",
        }
    }

    /// The outcome of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == word)
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, and what tells it from others of the same moment.
    pub mark: Mark,
    /// Whose account did it; none where the command line did.
    pub staff: Option<StaffId>,
    /// The name of whoever did it.
    pub officer: String,
    /// The word of the role they had then.
    pub role: String,
    /// Where it came from.
    pub source: Source,
    /// What they did.
    pub act: Act,
    /// What came of it.
    pub outcome: Outcome,
    /// About whom of the members.
    pub person: Option<PersonId>,
    /// A word of ours about it: by what was looked, which field, which colleague.
    pub detail: String,
    /// Why. Personal data may be in it.
    pub reason: String,
}

/// Members whose random ids begin with the same signs: as lines of the audit tell them apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About(String);

impl About {
    /// The fewest signs, and those that lines show.
    pub const SIGNS: usize = 8;

    /// Reads 8 to 32 signs. Whatever is no beginning of an id is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let signs = text.trim().to_ascii_lowercase();
        let is_one = (Self::SIGNS..=32).contains(&signs.len())
            && signs.bytes().all(|sign| sign.is_ascii_hexdigit());
        is_one.then_some(Self(signs))
    }

    /// How a line shows whom it is about.
    #[must_use]
    pub fn short(person: PersonId) -> String {
        person.0.simple().to_string().chars().take(Self::SIGNS).collect()
    }

    /// The signs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lowest and the highest id that begin like this.
    #[must_use]
    pub fn bounds(&self) -> (Uuid, Uuid) {
        let filled = |sign: &str| {
            let rest = sign.repeat(32_usize.saturating_sub(self.0.len()));
            Uuid::try_parse(&format!("{}{rest}", self.0))
        };
        (filled("0").unwrap_or(Uuid::nil()), filled("f").unwrap_or(Uuid::max()))
    }
}

/// Which lines are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Only of this officer, by the whole name.
    pub officer: Option<String>,
    /// Only this act.
    pub act: Option<Act>,
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only about the members whose random ids begin like this.
    pub about: Option<About>,
    /// Only what came by this way.
    pub origin: Option<Origin>,
    /// Only what came from this network, as lines show it.
    pub network: Option<String>,
    /// Only what was done in this session, as lines show it.
    pub session: Option<String>,
    /// From this moment on.
    pub from: Instant,
    /// Before this one.
    pub until: Instant,
    /// Only older lines than this one.
    pub before: Option<Mark>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whom_a_line_is_about_is_found_by_the_signs_it_shows(
            id in any::<u128>(), more in 0_usize..25,
        ) {
            let person = PersonId(Uuid::from_u128(id));
            let all = person.0.simple().to_string();
            for signs in [About::short(person), all[..About::SIGNS + more.min(24)].to_owned()] {
                let (lowest, highest) = About::parse(&signs.to_uppercase()).unwrap().bounds();
                prop_assert!(lowest <= person.0 && person.0 <= highest);
            }
        }

        #[test]
        fn what_is_no_beginning_of_an_id_is_nobodys(text in "\\PC{0,40}") {
            let is_one = (8..=32).contains(&text.trim().len())
                && text.trim().chars().all(|sign| sign.is_ascii_hexdigit());
            prop_assert_eq!(About::parse(&text).is_some(), is_one);
        }
    }

    #[test]
    fn every_act_and_outcome_is_found_by_its_word() {
        assert!(Act::ALL.iter().all(|act| Act::named(act.name()) == Some(*act)));
        assert!(Outcome::ALL.iter().all(|one| Outcome::named(one.name()) == Some(*one)));
        assert_eq!((Act::named("flew"), Outcome::named("")), (None, None));
    }
}
