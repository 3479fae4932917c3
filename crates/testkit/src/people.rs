//! People to try with. Their numbers and addresses are nobody's: region 00, prefix 0800, `.example`.

use jiff::civil::{Date, date};
use payung_domain::accounts::Account;
use payung_domain::activation::Claim;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Work};
use payung_domain::ids::{AccountId, EmployerId, Kpj, MembershipId, Nik, Npp, PersonId};
use payung_domain::language::Language;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Address, Membership, Person, PersonName, Segment, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::second_factor::{Seed, totp_code, totp_step};
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_flows::App;
use payung_storage::{Vault, accounts, ledger, members};

/// The password of everybody here.
pub const PASSWORD: &str = "payung-demo-2026";

/// Somebody who can sign in, and how to reach them.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// The account.
    pub id: AccountId,
    /// The names it goes by.
    pub names: Vec<Identifier>,
}

/// Siti: reached by text message and by e-mail.
pub async fn siti(app: &App) -> Somebody {
    let names = vec![
        Identifier::UserName(UserName::parse("siti").expect("a name")),
        Identifier::Email(Email::parse("siti@peserta.example").expect("an address")),
        Identifier::Phone(Phone::parse("0800 0000 0001").expect("a number")),
        Identifier::Kpj(Kpj::parse("90000000001").expect("a member number")),
    ];
    enrol(app, names).await
}

/// Budi: reached by e-mail only.
pub async fn budi(app: &App) -> Somebody {
    let names = vec![
        Identifier::UserName(UserName::parse("budi").expect("a name")),
        Identifier::Email(Email::parse("budi@peserta.example").expect("an address")),
    ];
    enrol(app, names).await
}

/// Ratna: somebody else, reached by e-mail only.
pub async fn ratna(app: &App) -> Somebody {
    let names = vec![
        Identifier::UserName(UserName::parse("ratna").expect("a name")),
        Identifier::Email(Email::parse("ratna@peserta.example").expect("an address")),
    ];
    enrol(app, names).await
}

/// What Dewi's authenticator app was set up with.
const DEWIS_SEED: Seed = [9; 20];

/// Dewi: an authenticator app, and e-mail.
pub async fn dewi(app: &App) -> Somebody {
    let names = vec![
        Identifier::UserName(UserName::parse("dewi").expect("a name")),
        Identifier::Email(Email::parse("dewi@peserta.example").expect("an address")),
    ];
    let dewi = enrol(app, names).await;
    let mut tx = app.store.write().await.expect("a transaction");
    let now = Instant::from_micros(0);
    let bound = accounts::add_app(&mut tx, app.store.vault(), dewi.id, &DEWIS_SEED, now).await;
    bound.expect("the app is bound");
    tx.commit().await.expect("a commit");
    dewi
}

/// The code that Dewi's app shows now.
#[must_use]
pub fn dewis_code(now: Instant) -> String {
    totp_code(&DEWIS_SEED, totp_step(now)).expect("a code")
}

/// Somebody with these names, each of them confirmed.
pub async fn enrol(app: &App, names: Vec<Identifier>) -> Somebody {
    let id = AccountId::new(&*app.dice);
    let place = app.hasher.place_in_turn().await.expect("a place to hash");
    let password = place.make(Secret::from(PASSWORD)).await.expect("the password hashes");
    let person = PersonId::new(&*app.dice);
    let password_set_at = app.clock.now();
    let (language, zone) = (Language::Id, Zone::Wib);
    let account = Account { id, person, password, password_set_at, language, zone };
    add(app.store.vault(), app, &account, &names).await;
    Somebody { id, names }
}

async fn add(vault: &Vault, app: &App, account: &Account, names: &[Identifier]) {
    let now = Instant::from_micros(0);
    let mut tx = app.store.write().await.expect("a transaction");
    accounts::add(&mut tx, account, now).await.expect("the account is kept");
    for name in names {
        accounts::add_name(&mut tx, vault, account.id, name, Some(now)).await.expect("a name");
    }
    tx.commit().await.expect("a commit");
}

/// The population number of whoever is put on record.
pub const NIK: &str = "0001 0154 0790 0003";

/// The member number of whoever is put on record.
pub const KPJ: &str = "90000000001";

/// The birth date of whoever is put on record.
pub const BORN: Date = date(1990, 7, 14);

/// Keeps the records that somebody's own details are compared with.
pub async fn put_on_record(app: &App, who: &Somebody) {
    let claim = Claim {
        nik: Nik::parse(NIK).expect("a population number"),
        kpj: Kpj::parse(KPJ).expect("a member number"),
        birth_date: BORN,
    };
    record(app, person_of(app, who).await, &claim).await;
}

/// Wayan: a member who has no account. What he knows of himself.
pub async fn wayan(app: &App) -> Claim {
    on_record(app, PersonId::new(&*app.dice), 6).await
}

/// Gives somebody a record of their own; answers what they know of themselves.
pub async fn on_record_with(app: &App, who: &Somebody, number: u8) -> Claim {
    on_record(app, person_of(app, who).await, number).await
}

/// Gives a person a record with one member number; answers what they know of themselves.
pub async fn on_record(app: &App, person: PersonId, number: u8) -> Claim {
    let claim = Claim {
        nik: Nik::parse(&format!("00010127019900{number:02}")).expect("a population number"),
        kpj: Kpj::parse(&format!("900000001{number:02}")).expect("a member number"),
        birth_date: date(1999, 1, 27),
    };
    record(app, person, &claim).await;
    claim
}

async fn person_of(app: &App, who: &Somebody) -> PersonId {
    let mut tx = app.store.read().await.expect("a transaction");
    accounts::get(&mut tx, who.id).await.expect("a look").expect("an account").person
}

/// Where the testkit's people live.
#[must_use]
pub fn home() -> Address {
    Address {
        street: "Jalan Melati 1".to_owned(),
        village: "Sukamaju".to_owned(),
        district: "Sukamaju".to_owned(),
        regency: "Kota Contoh".to_owned(),
        province: "Contoh".to_owned(),
        postcode: "00000".to_owned(),
    }
}

/// Puts a person on record who has just these numbers and this birth date.
pub async fn record(app: &App, id: PersonId, claim: &Claim) {
    let person = Person {
        id,
        nik: claim.nik.clone(),
        name: PersonName::parse("Laksana Rahayu").expect("a name"),
        birth_date: claim.birth_date,
        sex: Sex::Female,
        address: home(),
    };
    let membership = Membership {
        id: MembershipId::new(&*app.dice),
        person: id,
        kpj: claim.kpj.clone(),
        segment: Segment::WageEarner,
        since: Month::new(2014, 3).expect("a month"),
        ended: None,
    };
    let since = Instant::from_micros(0);
    let mut tx = app.store.write().await.expect("a transaction");
    let kept = members::add_people(&mut tx, app.store.vault(), &[(person, since)]).await;
    kept.expect("a person");
    members::add_memberships(&mut tx, &[membership]).await.expect("a member number");
    tx.commit().await.expect("a commit");
}

/// Puts somebody who is on record to work at a firm, since this month.
pub async fn at_work(app: &App, who: &Somebody, since: Month) {
    let person = person_of(app, who).await;
    let firm = Employer {
        id: EmployerId::new(&*app.dice),
        npp: Npp::parse("XX000001").expect("a number of an employer"),
        name: "PT Contoh Jaya".to_owned(),
        risk_class: RiskClass::II,
        size: FirmSize::Medium,
    };
    let mut tx = app.store.write().await.expect("a transaction");
    let membership = members::memberships(&mut tx, person).await.expect("their numbers")[0].id;
    let work = Employment { membership, work: Work::For(firm.id), from: since, until: None };
    members::add_employers(&mut tx, &[firm]).await.expect("a firm");
    members::add_employments(&mut tx, &[work]).await.expect("work");
    tx.commit().await.expect("a commit");
}

/// Gives somebody who is on record these savings, paid in January 2026.
pub async fn save(app: &App, who: &Somebody, amount: Rupiah) {
    let person = person_of(app, who).await;
    let month = Month::new(2026, 1).expect("a month");
    let mut tx = app.store.write().await.expect("a transaction");
    let line = Posting {
        membership: members::memberships(&mut tx, person).await.expect("their numbers")[0].id,
        sequence: 1,
        kind: PostingKind::Contribution,
        month,
        booked_on: month.next().first_day(),
        amount,
        balance: amount,
        rate: None,
    };
    ledger::add(&mut tx, &[line]).await.expect("savings");
    tx.commit().await.expect("a commit");
}
