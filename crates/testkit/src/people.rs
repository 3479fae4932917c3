//! People to try with. Their numbers and addresses are nobody's: region 00, prefix 0800, `.example`.

use payung_domain::accounts::Account;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::ids::{AccountId, Kpj, PersonId};
use payung_domain::language::Language;
use payung_domain::second_factor::{Seed, totp_code, totp_step};
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_flows::App;
use payung_storage::{Vault, accounts};

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
