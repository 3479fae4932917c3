//! How far a file has come, what of it was refused, and what of a chunk is new.

use std::collections::HashMap;

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employment, Trade, Work};
use payung_domain::ids::{EmployerId, Kpj, MembershipId, Nik, Npp, PersonId};
use payung_domain::imports::contribution::Received;
use payung_domain::imports::{Kind, Reason, Refusal, Tally};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Membership, Person};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_storage::imports::{self, Run, Standing};
use payung_storage::members::{self, Placed};
use payung_storage::{contributions, corrections, ledger};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::membership::{membership, person, posting, with_person};

on_each_engine!(
    a_file_is_begun_once_and_its_mark_is_moved_by_one,
    what_was_refused_comes_back_in_pages,
    a_chunk_of_contributions_is_told_apart_and_kept_once,
    savings_wait_until_they_are_posted,
    what_is_known_of_numbers_is_found,
    a_chunk_without_rows_is_no_trouble,
    many_rows_are_kept_as_few_are,
    a_row_that_was_put_right_does_not_come_again,
);

const RUN: Run = Run {
    id: Uuid::from_u128(700),
    kind: Kind::Contributions,
    digest: Some([7; 32]),
    begun_at: NOON,
    ended_at: None,
    mark: 1,
    tally: Tally { added: 0, already: 0, refused: 0 },
};

async fn a_file_is_begun_once_and_its_mark_is_moved_by_one(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    imports::take_turn(&mut tx).await.unwrap();
    assert!(imports::begin(&mut tx, &RUN).await.unwrap());
    let twin = Run { id: Uuid::from_u128(701), ..RUN };
    assert!(!imports::begin(&mut tx, &twin).await.unwrap());
    for number in [702, 703] {
        let nameless = Run { id: Uuid::from_u128(number), digest: None, ..RUN };
        assert!(imports::begin(&mut tx, &nameless).await.unwrap());
    }
    let found = imports::of_file(&mut tx, RUN.kind, [7; 32]).await.unwrap();
    assert_eq!(found, Some(RUN));
    assert_eq!(imports::of_file(&mut tx, Kind::Members, [7; 32]).await.unwrap(), None);

    let tally = Tally { added: 4, already: 3, refused: 2 };
    assert!(imports::advance(&mut tx, &RUN, 10, tally).await.unwrap());
    assert!(!imports::advance(&mut tx, &RUN, 10, tally).await.unwrap(), "the mark has moved");
    let moved = Run { mark: 10, tally, ..RUN };
    imports::finish(&mut tx, RUN.id, NOON).await.unwrap();
    assert!(!imports::advance(&mut tx, &moved, 20, tally).await.unwrap(), "it has ended");
    let found = imports::of_file(&mut tx, RUN.kind, [7; 32]).await.unwrap();
    assert_eq!(found, Some(Run { ended_at: Some(NOON), ..moved }));
}

async fn what_was_refused_comes_back_in_pages(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    imports::begin(&mut tx, &RUN).await.unwrap();
    let refusal = |line, reason| Refusal { line, column: "kpj".to_owned(), reason };
    let all =
        [refusal(3, Reason::Length(10)), refusal(5, Reason::Unknown), refusal(9, Reason::Empty)];
    imports::refuse(&mut tx, RUN.id, &all).await.unwrap();
    assert_eq!(imports::refusals(&mut tx, RUN.id, 0, 2).await.unwrap(), all[..2]);
    assert_eq!(imports::refusals(&mut tx, RUN.id, 5, 2).await.unwrap(), all[2..]);
    assert!(imports::refusals(&mut tx, Uuid::nil(), 0, 9).await.unwrap().is_empty());
}

fn received(line: u32, kpj: &str, npp: Option<&str>, of: i64) -> Received {
    Received {
        line,
        kpj: Kpj::parse(kpj).unwrap(),
        npp: npp.map(|npp| Npp::parse(npp).unwrap()),
        month: Month::try_from(of).unwrap(),
        programme: Programme::Jht,
        wage: Rupiah::new(6_000_000),
        base: Rupiah::new(6_000_000),
        employer_part: Rupiah::new(if npp.is_some() { 222_000 } else { 0 }),
        worker_part: Rupiah::new(120_000),
        due_on: date(2026, 4, 15),
        received_on: date(2026, 4, 10),
    }
}

const KPJ: &str = "90000000010";
const NPP: Option<&str> = Some("XX000001");

async fn a_chunk_of_contributions_is_told_apart_and_kept_once(db: TestStore) {
    let mut tx = with_person(&db).await;
    let rows = [
        received(2, KPJ, NPP, 202_603),
        received(3, KPJ, None, 202_603),
        received(4, "90000000099", NPP, 202_603),
        received(5, KPJ, Some("XX000099"), 202_603),
        Received { programme: Programme::Jkk, ..received(6, KPJ, NPP, 202_603) },
    ];
    let expected = HashMap::from([(4, Standing::UnknownKpj), (5, Standing::UnknownNpp)]);
    assert_eq!(imports::keep_contributions(&mut tx, &rows).await.unwrap(), expected);
    tx.commit().await.unwrap();

    let mut tx = db.store.write().await.unwrap();
    let kept = contributions::of_person(&mut tx, person().id).await.unwrap();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept.iter().filter(|one| one.employer.is_none()).count(), 1);
    let again = imports::keep_contributions(&mut tx, &rows).await.unwrap();
    let on_record =
        |row: &Received| Some(&Standing::OnRecord(row.amounts())) == again.get(&row.line);
    assert!(on_record(&rows[0]) && on_record(&rows[1]) && on_record(&rows[4]));
    assert_eq!(again.len(), 5);
    // What is no savings is not posted; what is on record is not posted again.
    assert_eq!(imports::waiting(&mut tx, 9).await.unwrap().len(), 2);
}

async fn savings_wait_until_they_are_posted(db: TestStore) {
    let mut tx = with_person(&db).await;
    let later = Received { received_on: date(2026, 4, 20), ..received(2, KPJ, NPP, 202_602) };
    let rows = [later, received(3, KPJ, NPP, 202_603)];
    imports::keep_contributions(&mut tx, &rows).await.unwrap();
    let waiting = imports::waiting(&mut tx, 9).await.unwrap();
    let of: Vec<i64> = waiting.iter().map(|saved| saved.month.get()).collect();
    assert_eq!(of, [202_603, 202_602], "in the order in which they came");
    assert_eq!(waiting[0].amount, Rupiah::new(342_000));
    assert!(ledger::ends_of_waiting(&mut tx, 9).await.unwrap().is_empty());
    let line = |sequence: i64| Posting {
        membership: membership(10).id,
        sequence,
        kind: PostingKind::Contribution,
        month: Month::try_from(202_603).unwrap(),
        booked_on: date(2026, 4, 10),
        amount: Rupiah::new(1),
        balance: Rupiah::new(sequence),
        rate: None,
    };
    ledger::add(&mut tx, &[line(1), line(2)]).await.unwrap();
    assert_eq!(ledger::ends_of_waiting(&mut tx, 9).await.unwrap(), [line(2)]);
    assert_eq!(imports::posted(&mut tx, 9).await.unwrap(), 2);
    assert!(imports::waiting(&mut tx, 9).await.unwrap().is_empty());
}

async fn what_is_known_of_numbers_is_found(db: TestStore) {
    let mut tx = with_person(&db).await;
    let employer = EmployerId(Uuid::from_u128(50));
    let employment = Employment {
        membership: membership(10).id,
        work: Work::For(employer),
        from: Month::try_from(202_401).unwrap(),
        until: None,
    };
    let work = Placed { employment, ordinal: 3 };
    members::add_placed(&mut tx, &[work]).await.unwrap();
    let (nik, kpj) = (person().nik, membership(10).kpj);
    let npp = Npp::parse("XX000001").unwrap();
    let (stranger, other) = (Nik::parse("0001014107900009").unwrap(), Npp::parse("XX9").unwrap());
    let vault = db.store.vault();
    let niks = [&nik, &stranger];
    let known = imports::known(&mut tx, vault, &niks, &[&kpj], &[&npp, &other]).await.unwrap();
    assert_eq!(known.people, HashMap::from([(nik, person())]));
    assert_eq!(known.memberships, HashMap::from([(kpj, membership(10))]));
    assert_eq!(known.employers.get(&npp).map(|one| one.id), Some(employer));
    assert_eq!(known.employers.len(), 1);
    assert_eq!(known.work, HashMap::from([(membership(10).id, vec![work])]));
    // The next chunk is staged in the same place, and nothing of this one is left there.
    tx.commit().await.unwrap();
    let mut tx = db.store.write().await.unwrap();
    let none = imports::known(&mut tx, vault, &[&stranger], &[], &[]).await.unwrap();
    assert!(none.people.is_empty() && none.memberships.is_empty() && none.work.is_empty());
}

async fn a_chunk_without_rows_is_no_trouble(db: TestStore) {
    let mut tx = with_person(&db).await;
    assert!(imports::keep_contributions(&mut tx, &[]).await.unwrap().is_empty());
    let none = imports::known(&mut tx, db.store.vault(), &[], &[], &[]).await.unwrap();
    assert!(none.employers.is_empty());
    imports::refuse(&mut tx, RUN.id, &[]).await.unwrap();
    assert_eq!(imports::posted(&mut tx, 9).await.unwrap(), 0);
}

/// As many as go by COPY where there is such a thing.
async fn many_rows_are_kept_as_few_are(db: TestStore) {
    let mut tx = with_person(&db).await;
    let numbers = 1_000..1_600_u128;
    let people: Vec<_> = numbers
        .clone()
        .map(|number| {
            let nik = Nik::parse(&format!("000001410790{number}")).unwrap();
            (Person { id: PersonId(Uuid::from_u128(number)), nik, ..person() }, NOON)
        })
        .collect();
    let memberships: Vec<_> = numbers
        .clone()
        .map(|number| {
            let person = PersonId(Uuid::from_u128(number));
            let ended = (number % 2 == 0).then(|| Month::try_from(202_412).unwrap());
            Membership { person, ended, ..membership(number) }
        })
        .collect();
    let work: Vec<_> = numbers
        .map(|number| {
            let works = match number % 2 {
                0 => Work::For(EmployerId(Uuid::from_u128(50))),
                _ => Work::Own(Trade::Transport),
            };
            let membership = MembershipId(Uuid::from_u128(number));
            let from = Month::try_from(202_401).unwrap();
            Placed {
                employment: Employment { membership, work: works, from, until: None },
                ordinal: 0,
            }
        })
        .collect();
    let lines: Vec<_> = (1..=600).map(|sequence| posting(sequence, 1, sequence)).collect();
    members::add_people(&mut tx, db.store.vault(), &people).await.unwrap();
    members::add_memberships(&mut tx, &memberships).await.unwrap();
    members::add_placed(&mut tx, &work).await.unwrap();
    assert_eq!(ledger::add(&mut tx, &lines).await.unwrap(), 600);

    let niks: Vec<_> = people.iter().map(|(person, _)| &person.nik).collect();
    let kpjs: Vec<_> = memberships.iter().map(|one| &one.kpj).collect();
    let known = imports::known(&mut tx, db.store.vault(), &niks, &kpjs, &[]).await.unwrap();
    assert_eq!((known.people.len(), known.memberships.len(), known.work.len()), (600, 600, 600));
    assert!(people.iter().all(|(person, _)| known.people.get(&person.nik) == Some(person)));
    assert!(memberships.iter().all(|one| known.memberships.get(&one.kpj) == Some(one)));
    assert!(work.iter().all(|one| known.work.get(&one.employment.membership) == Some(&vec![*one])));
    assert_eq!(ledger::of_person(&mut tx, person().id).await.unwrap(), lines);
    assert!(ledger::add(&mut tx, &lines).await.is_err(), "their places are taken");
}

async fn a_row_that_was_put_right_does_not_come_again(db: TestStore) {
    let mut tx = with_person(&db).await;
    let rows = [received(2, KPJ, NPP, 202_603)];
    imports::keep_contributions(&mut tx, &rows).await.unwrap();
    imports::posted(&mut tx, 9).await.unwrap();
    let before = contributions::of_person(&mut tx, person().id).await.unwrap()[0];
    let after = Contribution { month: Month::try_from(202_604).unwrap(), ..before };
    let both = (&before, &after);
    corrections::set_contribution(&mut tx, Uuid::nil(), both, NOON).await.unwrap();
    let fresh = Received { received_on: date(2026, 4, 20), ..received(3, KPJ, NPP, 202_603) };
    tx.commit().await.unwrap();

    let mut tx = db.store.write().await.unwrap();
    let again = imports::keep_contributions(&mut tx, &rows).await.unwrap();
    assert_eq!(again.get(&2), Some(&Standing::OnRecord(rows[0].amounts())));
    assert_eq!(contributions::of_person(&mut tx, person().id).await.unwrap(), [after]);
    assert!(imports::waiting(&mut tx, 9).await.unwrap().is_empty());
    tx.commit().await.unwrap();

    // Another payment for the month that was freed is one of its own.
    let mut tx = db.store.write().await.unwrap();
    assert!(imports::keep_contributions(&mut tx, &[fresh]).await.unwrap().is_empty());
    assert_eq!(contributions::of_person(&mut tx, person().id).await.unwrap().len(), 2);
    assert_eq!(imports::waiting(&mut tx, 9).await.unwrap().len(), 1);
}
