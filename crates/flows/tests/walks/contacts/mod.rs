//! Walks of their own for what happens to the contacts of an account: changes that cool off, are
//! called off, undone and take effect, and staged recoveries that are proved, stopped and finished.
//! `book` says what must hold:
//!
//! - whoever signs in does so with a name that counts at that moment, and codes go to such contacts
//!   only;
//! - every contact that heard of everything has heard of a change or a recovery before any of it took
//!   effect, and whatever can be taken back puts the contacts back as they were;
//! - a recovery ends well only after 72 hours and the word of two officers, and not when it was
//!   stopped;
//! - there is never less than one contact that counts, and one that serves recovery.
//!
//! They stand beside the other walks and not among them, because most of their moves take hours and
//! half a dozen flows each: one of them costs as much as several of those.

mod book;
mod errands;
mod runner;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use payung_domain::activation::Claim;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::contact_changes::Kind;
use payung_domain::ids::{Kpj, Nik};
use payung_domain::second_factor::Way;
use payung_domain::time::Clock;
use payung_storage::accounts;
use payung_testkit::people::{self, BORN, PASSWORD};
use payung_testkit::store::TestStore;
use proptest::test_runner::{TestError, TestRunner};

use self::book::{Book, Contact};
use self::errands::{Errand, How};
use self::runner::{Planted, Runner, number};
use crate::deeds::Pick;
use crate::ground::Ground;
use crate::walker::Complaint;
use crate::{config, walks};

/// For so many of the other walks there is one of these: it takes about ten times as long.
const ONE_FOR: u32 = 10;

/// Each walk begins so long after the one before: whatever that left open is over by then.
const APART: Duration = Duration::from_hours(24 * 31);

/// Where these walks are walked. The clock moves on and is never put back.
pub struct Road {
    pub ground: Ground,
    walks: Cell<u32>,
}

impl Road {
    fn new() -> Self {
        Self { ground: Ground::new(TestStore::in_memory()), walks: Cell::new(0) }
    }

    /// Somebody nobody has met, with one address, one number, and records to be known by.
    async fn begin(&self) -> (u32, Book) {
        let walk = self.walks.replace(self.walks.get() + 1);
        let bench = &self.ground.bench;
        bench.clock.advance(APART);
        let user_name = format!("cici{walk}");
        let address = |which: &str| format!("{which}{user_name}@peserta.example");
        let phone = |which: u32| number(&format!("0800{which}{walk:07}"));
        let kpj = Kpj::parse(&format!("91{walk:09}")).expect("a member number");
        let pool = vec![
            (Kind::Email, address("")),
            (Kind::Phone, phone(2)),
            (Kind::Email, address("satu.")),
            (Kind::Email, address("dua.")),
            (Kind::Phone, phone(3)),
            (Kind::Phone, phone(4)),
        ];
        let names = vec![
            Identifier::UserName(UserName::parse(&user_name).expect("a name")),
            Identifier::Email(Email::parse(&pool[0].1).expect("an address")),
            Identifier::Phone(Phone::parse(&pool[1].1).expect("a number")),
        ];
        let who = people::enrol(&bench.app, names).await;
        let mut tx = bench.app.store.read().await.expect("a transaction");
        let account = accounts::get(&mut tx, who.id).await.expect("a look").expect("an account");
        drop(tx);
        let nik = Nik::parse(&format!("0001015407{walk:06}")).expect("a population number");
        let claim = Claim { nik, kpj: kpj.clone(), birth_date: BORN };
        people::record(&bench.app, account.person, &claim).await;
        let contacts =
            pool[..2].iter().map(|(kind, to)| Contact::since_ever(to.clone(), *kind)).collect();
        let book = Book {
            now: bench.clock.now(),
            id: who.id,
            user_name,
            kpj,
            pool,
            contacts,
            changes: Vec::new(),
            recoveries: Vec::new(),
            passwords: vec![PASSWORD.to_owned()],
            is_disowned: false,
            session: None,
            ended: Vec::new(),
            resets: Vec::new(),
            alarms: Vec::new(),
            undos: Vec::new(),
            stops: Vec::new(),
            finishes: Vec::new(),
            told: Vec::new(),
            codes: BTreeMap::new(),
            sign_in_code: None,
        };
        (walk, book)
    }

    /// Walks once.
    fn walk(&self, errands: &[Errand], planted: Option<Planted>) -> Result<(), Complaint> {
        self.ground.runtime.block_on(async {
            let (walk, book) = self.begin().await;
            let mut runner = Runner::new(self, walk, book, planted);
            for errand in errands {
                runner.doing(errand).await?;
            }
            Ok(())
        })
    }
}

#[test]
fn g10_g07_j05_no_walk_takes_an_account_from_an_owner_who_heard_nothing() {
    let threads = 2;
    std::thread::scope(|scope| {
        let walkers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let road = Road::new();
                    let mut runner = TestRunner::new(config((walks() / ONE_FOR / threads).max(1)));
                    let ended =
                        runner.run(&errands::errands(), |errands| road.walk(&errands, None));
                    match ended {
                        Ok(()) => {}
                        Err(TestError::Fail(why, errands)) => panic!("{why}\n{errands:#?}"),
                        Err(TestError::Abort(why)) => panic!("{why}"),
                    }
                })
            })
            .collect();
        for walker in walkers {
            walker.join().unwrap();
        }
    });
}

const NEWEST: Pick = Pick(0);
const WAIT: Errand = Errand::Wait(Duration::from_hours(73));
const ASK: Errand = Errand::Ask { to: NEWEST, all_is_lost: true };
const PROVE: Errand = Errand::Prove { recovery: NEWEST, officer: 0, both: true };
const FINISH: Errand = Errand::Finish { link: NEWEST, new: NEWEST };

/// With the name of this place among those there are.
const fn sign_in(name: u8) -> Errand {
    Errand::SignIn { name: Pick(name), word: None, way: Way::Email }
}

/// A new address for the first one.
const fn bring() -> Errand {
    Errand::Bring { kind: Kind::Email, new: NEWEST, replaces: Some(NEWEST), whole: true }
}

fn goes_well(errands: &[Errand], what: impl FnOnce(&Book) -> bool) {
    let road = Road::new();
    road.ground.runtime.block_on(async {
        let (walk, book) = road.begin().await;
        let mut runner = Runner::new(&road, walk, book, None);
        for errand in errands {
            if let Err(why) = runner.doing(errand).await {
                panic!("{errand:?}: {why}");
            }
        }
        assert!(what(&runner.book), "the walk did not come to where it leads");
    });
}

/// Walks at random would be worth nothing if they never came to an end of a recovery.
#[test]
fn g07_a_recovery_walks_to_its_end() {
    goes_well(&[sign_in(0), ASK, PROVE, WAIT, FINISH, sign_in(0)], |book| {
        book.passwords.len() == 2 && !book.ended.is_empty()
    });
}

#[test]
fn g10_a_change_walks_into_effect_and_is_undone() {
    let day = Errand::Wait(Duration::from_hours(25));
    let errands = [bring(), day, sign_in(0), Errand::Undo { link: NEWEST }, sign_in(0)];
    goes_well(&errands, |book| book.undos.len() > 1 && book.present().len() == 2);
}

#[test]
fn every_planted_fault_of_contacts_is_found() {
    let stop = Errand::Stop { which: NEWEST, how: How::Reference };
    let road = Road::new();
    for planted in Planted::ALL {
        let errands = match planted {
            Planted::NothingCoolsOff => vec![bring()],
            Planted::StopsAreForgotten => vec![ASK, stop.clone(), PROVE],
            Planted::SessionsOutliveARecovery => vec![ASK, PROVE, WAIT, sign_in(0), FINISH],
        };
        if let Err(why) = road.walk(&errands, None) {
            panic!("where {planted:?} is not planted: {why}");
        }
        assert!(road.walk(&errands, Some(planted)).is_err(), "{planted:?} goes unnoticed");
    }
}
