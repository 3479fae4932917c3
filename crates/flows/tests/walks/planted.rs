//! Faults that are put into the product on purpose: whoever watches has to see them. Each is a fault
//! that another identity product has had (`attacks.md`), made by writing to the database what such
//! a product would have written.

use std::time::Duration;

use payung_domain::authenticators::Need;
use payung_domain::second_factor::Way;
use payung_domain::sessions::{REMEMBERED, Session};
use payung_flows::security::Removed;
use payung_storage::remembered::{self, Remembered};
use payung_storage::{Tx, accounts, sessions, throttles, values};

use crate::deeds::{Deed, Digits, Pick, Slip, Start, Word};
use crate::model::Code;
use crate::walker::{Walker, browser};

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// A firm lock is forgotten after a day.
    TimeOpensTheLock,
    /// Wrong codes are not counted (L1).
    WrongCodesAreFree,
    /// A code from paper counts again (G-08).
    PaperComesBack,
    /// Whoever resets the password need not take the second step (R4).
    ResetSkipsTheSecondStep,
    /// A reset ends no session (R7).
    SessionsOutliveAReset,
    /// An app that was removed still counts.
    RemovedAppCounts,
    /// The last way can be removed (R8).
    LastWayGoes,
    /// A session keeps its token through a proof (S1).
    OldTokenLives,
    /// A proof is good for ever.
    ProofNeverWearsOff,
    /// A firm lock of the second step is forgotten after a day (E-01).
    TimeOpensTheSecondStep,
    /// A letter proves as much as a device (J-02, B-09).
    LettersProveEnough,
    /// What was suspended proves nothing, and nothing stronger is asked for any more (J-02).
    SuspendedIsForgotten,
    /// What a thief added counts after "this was not me" (J-06).
    AlarmSuspendsNothing,
}

impl Planted {
    pub const ALL: [Self; 13] = [
        Self::TimeOpensTheLock,
        Self::WrongCodesAreFree,
        Self::PaperComesBack,
        Self::ResetSkipsTheSecondStep,
        Self::SessionsOutliveAReset,
        Self::RemovedAppCounts,
        Self::LastWayGoes,
        Self::OldTokenLives,
        Self::ProofNeverWearsOff,
        Self::TimeOpensTheSecondStep,
        Self::LettersProveEnough,
        Self::SuspendedIsForgotten,
        Self::AlarmSuspendsNothing,
    ];
}

const NEWEST: Pick = Pick(0);
const DAY: Deed = Deed::Wait(Duration::from_hours(24));
const WITH_PASSWORD: Deed =
    Deed::Password { who: 0, name: 0, word: Word::Present, tab: 0, earlier: None };
const FORGOT: Deed = Deed::Forgot { who: 0, name: 0 };
const RESET: Deed = Deed::Reset { link: NEWEST, new: NEWEST };
const LOOK: Deed = Deed::Look { session: NEWEST };
const ANI: usize = 0;
const BIMA: usize = 1;

fn sign_in(who: usize, way: Way) -> Deed {
    Deed::SignIn { who, way, tab: 0, remembers: false, is_shared: false }
}

fn choose(way: Way) -> Deed {
    Deed::Choose { step: NEWEST, way }
}

fn proof(way: Way, need: Need) -> Deed {
    Deed::Proof { session: NEWEST, way, need, whole: true }
}

impl Planted {
    /// The shortest walk that meets it.
    pub fn shortest(self) -> (Start, Vec<Deed>) {
        let session = NEWEST;
        let deeds = match self {
            Self::TimeOpensTheLock => vec![DAY, WITH_PASSWORD],
            Self::WrongCodesAreFree => {
                vec![WITH_PASSWORD, choose(Way::Sms), Deed::WrongCodes { step: NEWEST, times: 10 }]
            }
            Self::PaperComesBack => vec![
                sign_in(ANI, Way::Sms),
                Deed::MakePaper { session },
                sign_in(ANI, Way::RecoveryCode),
                WITH_PASSWORD,
                Deed::Paper { step: NEWEST, slip: Slip::Spent(NEWEST), earlier: None },
            ],
            Self::ResetSkipsTheSecondStep => vec![FORGOT, RESET, WITH_PASSWORD],
            Self::SessionsOutliveAReset => vec![sign_in(ANI, Way::Sms), FORGOT, RESET, LOOK],
            Self::RemovedAppCounts => vec![
                sign_in(BIMA, Way::Totp),
                Deed::RemoveApp { session },
                sign_in(BIMA, Way::Totp),
            ],
            Self::LastWayGoes => vec![
                sign_in(BIMA, Way::Totp),
                Deed::Ways { session, is_sms_off: false, is_email_off: true },
                Deed::RemoveApp { session },
                sign_in(BIMA, Way::Totp),
            ],
            Self::OldTokenLives => vec![
                sign_in(ANI, Way::Sms),
                proof(Way::Sms, Need::Full),
                Deed::LookWithOldToken { session },
            ],
            Self::ProofNeverWearsOff => {
                vec![sign_in(ANI, Way::Sms), LOOK, Deed::Wait(Duration::from_secs(601)), LOOK]
            }
            Self::TimeOpensTheSecondStep => vec![
                DAY,
                WITH_PASSWORD,
                choose(Way::Sms),
                Deed::Code {
                    step: NEWEST,
                    digits: Digits::OfThisStep(NEWEST),
                    earlier: None,
                    remembers: false,
                    tab: 0,
                },
            ],
            Self::LettersProveEnough => {
                vec![sign_in(ANI, Way::Email), proof(Way::Email, Need::Any), LOOK]
            }
            Self::SuspendedIsForgotten => vec![
                sign_in(BIMA, Way::Totp),
                Deed::Suspend { session, key: None },
                sign_in(BIMA, Way::Email),
                LOOK,
            ],
            Self::AlarmSuspendsNothing => vec![
                sign_in(ANI, Way::Sms),
                Deed::BindApp { session, right: true },
                Deed::NotMe { alarm: NEWEST },
                RESET,
                sign_in(ANI, Way::Totp),
            ],
        };
        let (misses, code_misses) = match self {
            Self::TimeOpensTheLock => (100, 0),
            Self::TimeOpensTheSecondStep => (0, 100),
            _ => (0, 0),
        };
        (Start { misses, code_misses }, deeds)
    }
}

impl Walker<'_> {
    fn has(&self, fault: Planted) -> bool {
        self.planted == Some(fault)
    }

    async fn write(&self, change: impl AsyncFnOnce(&mut Tx)) {
        let mut tx = self.app().store.write().await.expect("a transaction");
        change(&mut tx).await;
        tx.commit().await.expect("a commit");
    }

    pub async fn plant_wait(&self, by: Duration) {
        let keys = &self.app().keys.counters;
        let ani = &self.model.people[0];
        let subjects = match () {
            () if by < Duration::from_hours(24) => return,
            () if self.has(Planted::TimeOpensTheLock) => vec![
                keys.tag(&[b"password", ani.id.0.as_bytes()]),
                keys.tag(&[b"typed", b"user_name", ani.names[0].as_bytes()]),
            ],
            () if self.has(Planted::TimeOpensTheSecondStep) => {
                vec![keys.tag(&[b"code", ani.id.0.as_bytes()])]
            }
            () => return,
        };
        self.write(async |tx| {
            for subject in subjects {
                throttles::clear(tx, &subject).await.expect("a counter goes");
            }
        })
        .await;
    }

    pub async fn plant_wrong_code(&self, said: Code, who: usize) {
        if !self.has(Planted::WrongCodesAreFree) || said != Code::Wrong {
            return;
        }
        let id = self.model.people[who].id;
        let subject = self.app().keys.counters.tag(&[b"code", id.0.as_bytes()]);
        self.write(async |tx| throttles::clear(tx, &subject).await.expect("a counter goes")).await;
    }

    pub async fn plant_paper(&self, who: usize) {
        if self.has(Planted::PaperComesBack) {
            let id = self.model.people[who].id;
            let sql = "update recovery_codes set used_at = null where account_id = $1";
            self.write(async |tx| {
                tx.run("planting a fault", sql, values![id]).await.expect("codes come back");
            })
            .await;
        }
    }

    pub async fn plant_reset(&self, who: usize) {
        let (id, now) = (self.model.people[who].id, self.model.now);
        if self.has(Planted::SessionsOutliveAReset) {
            let sql = "update sessions set ended_at = null where account_id = $1 and ended_at = $2";
            self.write(async |tx| {
                tx.run("planting a fault", sql, values![id, now]).await.expect("sessions live on");
            })
            .await;
        }
        if self.has(Planted::ResetSkipsTheSecondStep) {
            self.write(async |tx| {
                for tab in 0..3 {
                    let browser = Remembered {
                        id: browser(tab).hash(),
                        device: "Chrome".to_owned(),
                        remembered_at: now,
                        used_at: now,
                        expires_at: now.plus(REMEMBERED),
                    };
                    remembered::remember(tx, id, &browser).await.expect("it is remembered");
                }
            })
            .await;
        }
    }

    pub async fn plant_removal(&self, who: usize, said: Removed) {
        let (id, now, vault) =
            (self.model.people[who].id, self.model.now, self.app().store.vault());
        if self.has(Planted::RemovedAppCounts)
            && said == Removed::Done
            && let Some(seed) = self.model.former_seeds.last()
        {
            self.write(async |tx| {
                accounts::add_app(tx, vault, id, seed, now).await.expect("the app stays");
            })
            .await;
        }
        if self.has(Planted::LastWayGoes) && said == Removed::Last {
            self.write(async |tx| {
                accounts::remove_app(tx, id).await.expect("the app goes");
            })
            .await;
        }
    }

    /// After "this was not me".
    pub async fn plant_not_me(&self, who: usize) {
        if self.has(Planted::AlarmSuspendsNothing) {
            let id = self.model.people[who].id;
            self.write(async |tx| {
                accounts::suspend_app(tx, id, None).await.expect("the app counts");
                let sql = "update passkeys set suspended_at = null where account_id = $1";
                tx.run("planting a fault", sql, values![id]).await.expect("passkeys count");
            })
            .await;
        }
    }

    /// After a device was suspended.
    pub async fn plant_suspension(&self, who: usize, said: Removed) {
        if self.has(Planted::SuspendedIsForgotten) && said == Removed::Done {
            let id = self.model.people[who].id;
            self.write(async |tx| {
                let sql = "delete from passkeys where account_id = $1 and suspended_at is not null";
                tx.run("planting a fault", sql, values![id]).await.expect("passkeys go");
                let sql = "delete from authenticator_apps \
                           where account_id = $1 and suspended_at is not null";
                tx.run("planting a fault", sql, values![id]).await.expect("the app goes");
            })
            .await;
        }
    }

    pub async fn plant_proof(&self, session: usize) {
        let found = &self.model.sessions[session];
        if self.has(Planted::LettersProveEnough) && found.way == Way::Email {
            let id = found.token.hash();
            let sql = "update sessions set way = 'totp' where id = $1";
            self.write(async |tx| {
                tx.run("planting a fault", sql, values![id]).await.expect("it proves more");
            })
            .await;
        }
        let (Some(old), true) = (found.old.last(), self.has(Planted::OldTokenLives)) else {
            return;
        };
        let twin = Session {
            account: self.model.people[found.who].id,
            created_at: found.created,
            seen_at: self.model.now,
            proved_at: self.model.now,
            expires_at: found.until,
            idle: found.idle,
            way: Way::Email,
            device: "Chrome".to_owned(),
            ended_at: None,
        };
        self.write(async |tx| {
            let sql = "delete from sessions where id = $1";
            tx.run("planting a fault", sql, values![old.hash()]).await.expect("no twin is there");
            sessions::open(tx, &old.hash(), &twin).await.expect("a twin is there");
        })
        .await;
    }

    pub async fn plant_look(&self, session: usize) {
        if self.has(Planted::ProofNeverWearsOff) {
            let id = self.model.sessions[session].token.hash();
            let sql = "update sessions set proved_at = $1 where id = $2";
            let later = self.model.now.plus(Duration::from_hours(1));
            self.write(async |tx| {
                tx.run("planting a fault", sql, values![later, id]).await.expect("it is proved");
            })
            .await;
        }
    }
}
