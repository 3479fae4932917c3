//! Applications, signing keys, requests, consents, grants and what comes of them.

use std::time::Duration;

use payung_domain::language::Language;
use payung_domain::oidc::clients::{Algorithm, Client, Definition};
use payung_domain::oidc::consent::{Consent, TEXT_VERSION};
use payung_domain::oidc::devices::{self as device_rules, Asked, Poll};
use payung_domain::oidc::grants::{CODE_LIFE, Code, Grant, Over, Refresh, Surroundings};
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::requests::{LIFE, Request, read, way_back};
use payung_domain::oidc::scopes::Scopes;
use payung_domain::second_factor::Way;
use payung_storage::oidc::keys::SigningKey;
use payung_storage::oidc::requests::Waiting;
use payung_storage::oidc::{clients, consents, devices, grants, invites, keys, requests, used_ids};
use payung_storage::{accounts as account_rows, sessions, throttles};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::races::winners;
use crate::sign_ins::session;

on_each_engine!(
    a_client_is_kept_changed_and_disabled,
    l06_an_origin_is_that_of_a_client_as_it_is_now,
    a_look_reads_and_changes_nothing,
    k30_a_client_that_registered_itself_is_known_as_such,
    k30_of_64_at_once_one_changes_a_registration,
    l7_of_64_at_once_one_uses_the_invite,
    n02_a_signing_key_is_sealed_and_read_back,
    a_request_waits_for_its_member_and_is_answered_once,
    n10_a_consent_stays_as_proof_when_it_is_withdrawn,
    r7_a_grant_knows_what_became_of_account_session_and_client,
    what_no_rule_asks_for_is_dropped,
    l7_of_64_at_once_one_redeems_the_code,
    l7_of_64_at_once_one_uses_the_refresh_token_up,
    l7_of_64_at_once_one_answers_the_request,
    o7_of_64_at_once_one_uses_the_id,
    k23_a_device_waits_for_whoever_types_its_code,
    k23_what_is_over_is_neither_opened_nor_answered,
    l7_of_64_at_once_one_takes_the_tokens_of_a_device,
    l7_of_64_at_once_one_answers_the_device,
);

fn client(name: &str) -> Client {
    let definition = Definition {
        client_id: "klaim".to_owned(),
        client_name: name.to_owned(),
        redirect_uris: vec!["https://klaim.example/cb".to_owned()],
        scope: "openid profile".to_owned(),
        without_pkce: true,
        owner: "Dana Kita".to_owned(),
        purpose_id: "Mengajukan klaim".to_owned(),
        purpose_en: "Claiming".to_owned(),
        ..Definition::default()
    };
    definition.check().unwrap()
}

fn request() -> Request {
    let pairs = [
        ("redirect_uri", "https://klaim.example/cb"),
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("login_hint", "siti@peserta.example"),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let parameters = Parameters::collect(pairs).unwrap();
    let way_back = way_back(&client("Klaim"), &parameters).unwrap();
    read(&client("Klaim"), way_back, &parameters).unwrap()
}

fn grant(number: u128) -> Grant {
    Grant {
        id: Uuid::from_u128(number),
        account: account(1).id,
        client: "klaim".to_owned(),
        request: request(),
        given_at: NOON,
        proved_at: NOON,
        way: Way::Sms,
        session_opened_at: NOON,
        ended_at: None,
        surroundings: Surroundings {
            is_password_the_same: true,
            is_session_over: false,
            is_client_disabled: false,
        },
    }
}

fn code(number: u128) -> Code {
    let expires_at = NOON.plus(CODE_LIFE);
    Code { grant: Uuid::from_u128(number), account: account(1).id, expires_at, used_at: None }
}

fn refresh(number: u128) -> Refresh {
    Refresh {
        grant: Uuid::from_u128(number),
        account: account(1).id,
        made_at: NOON,
        used_at: None,
        is_used_up: false,
        key: Some("thumbprint".to_owned()),
    }
}

/// An account with a session, a client, a grant with a code and a refresh token.
pub(crate) async fn with_grant(db: &TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    sessions::open(&mut tx, &[1; 32], &session(NOON)).await.unwrap();
    clients::keep(&mut tx, &client("Klaim"), None, NOON).await.unwrap();
    grants::add(&mut tx, vault, &grant(1), NOON).await.unwrap();
    grants::add_code(&mut tx, &[5; 32], &code(1)).await.unwrap();
    grants::add_refresh(&mut tx, &[6; 32], &refresh(1)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_client_is_kept_changed_and_disabled(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    clients::keep(&mut tx, &client("Klaim"), Some(&[1; 32]), NOON).await.unwrap();
    clients::keep(&mut tx, &client("Klaim Daring"), None, NOON).await.unwrap();
    let kept = clients::get(&mut tx, "klaim").await.unwrap().unwrap();
    assert_eq!(
        (kept.client.name(), kept.secret, kept.disabled_at),
        ("Klaim Daring", Some([1; 32]), None)
    );
    assert!(clients::disable(&mut tx, "klaim", Some(NOON)).await.unwrap());
    assert!(!clients::disable(&mut tx, "klaim", Some(NOON)).await.unwrap());
    assert_eq!(clients::all(&mut tx).await.unwrap()[0].disabled_at, Some(NOON));
    assert!(clients::disable(&mut tx, "klaim", None).await.unwrap());
    assert!(!clients::disable(&mut tx, "other", Some(NOON)).await.unwrap());
    assert!(clients::get(&mut tx, "other").await.unwrap().is_none());
}

async fn l06_an_origin_is_that_of_a_client_as_it_is_now(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let mut definition = client("Klaim").definition().clone();
    let at = |host: &str| format!("https://{host}/cb");
    definition.redirect_uris = vec![
        at("klaim.example"),
        "https://klaim.example/other".to_owned(),
        at("sub.klaim.example"),
    ];
    let klaim = definition.clone().check().unwrap();
    clients::keep(&mut tx, &klaim, None, NOON).await.unwrap();
    "r-1".clone_into(&mut definition.client_id);
    definition.redirect_uris = vec![at("klaim.example"), at("lain.example:8443")];
    let itself = definition.clone().check().unwrap();
    clients::register(&mut tx, &itself, None, &[2; 32], NOON).await.unwrap();
    let known = ["https://klaim.example", "https://sub.klaim.example", "https://lain.example:8443"];
    for origin in known {
        assert!(clients::is_origin_of_one(&mut tx, origin).await.unwrap(), "{origin}");
    }
    for origin in [
        "",
        "null",
        "http://klaim.example",
        "https://klaim.example/",
        "https://klaim.example:8443",
        "https://KLAIM.example",
        "https://lain.example",
        "https://%.example",
        "https://example",
    ] {
        assert!(!clients::is_origin_of_one(&mut tx, origin).await.unwrap(), "{origin}");
    }
    // What it writes anew is what counts, and a token of before changes nothing.
    definition.redirect_uris = vec![at("baru.example")];
    let anew = definition.check().unwrap();
    assert!(!clients::rewrite(&mut tx, &anew, None, (&[9; 32], &[3; 32]), NOON).await.unwrap());
    assert!(clients::is_origin_of_one(&mut tx, known[2]).await.unwrap());
    assert!(clients::rewrite(&mut tx, &anew, None, (&[2; 32], &[3; 32]), NOON).await.unwrap());
    assert!(!clients::is_origin_of_one(&mut tx, known[2]).await.unwrap());
    assert!(clients::is_origin_of_one(&mut tx, "https://baru.example").await.unwrap());
    // Two have the first: it is known until both are disabled.
    clients::keep(&mut tx, &client("Klaim"), None, NOON).await.unwrap();
    assert!(!clients::is_origin_of_one(&mut tx, known[1]).await.unwrap());
    assert!(clients::is_origin_of_one(&mut tx, known[0]).await.unwrap());
    clients::disable(&mut tx, "klaim", Some(NOON)).await.unwrap();
    assert!(!clients::is_origin_of_one(&mut tx, known[0]).await.unwrap());
    clients::disable(&mut tx, "klaim", None).await.unwrap();
    assert!(clients::is_origin_of_one(&mut tx, known[0]).await.unwrap());
}

async fn a_look_reads_and_changes_nothing(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    clients::keep(&mut tx, &client("Klaim"), None, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let mut look = db.store.look().await.unwrap();
    assert!(clients::get(&mut look, "klaim").await.unwrap().is_some());
    assert!(clients::disable(&mut look, "klaim", Some(NOON)).await.is_err());
    look.commit().await.unwrap();
    let mut look = db.store.look().await.unwrap();
    let kept = clients::get(&mut look, "klaim").await.unwrap().unwrap();
    assert_eq!(kept.disabled_at, None);
    // What answers a row writes too, and a lock that is over at once is none.
    assert!(throttles::count_request(&mut look, &[7; 32], NOON).await.is_err());
    assert!(throttles::locked(&mut look, &[7; 32], NOON).await.is_err());
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(throttles::count_request(&mut tx, &[7; 32], NOON).await.unwrap(), 1);
}

async fn k30_a_client_that_registered_itself_is_known_as_such(db: TestStore) {
    with_grant(&db).await;
    let mut tx = db.store.write().await.unwrap();
    let mut definition = client("Lain").definition().clone();
    "r-1".clone_into(&mut definition.client_id);
    let itself = definition.check().unwrap();
    clients::register(&mut tx, &itself, Some(&[1; 32]), &[2; 32], NOON).await.unwrap();
    let kept = clients::get(&mut tx, "r-1").await.unwrap().unwrap();
    assert_eq!((kept.secret, kept.registration), (Some([1; 32]), Some([2; 32])));
    assert_eq!((kept.created_at, kept.client.is_vouched_for), (NOON, false));
    assert!(clients::get(&mut tx, "klaim").await.unwrap().unwrap().client.is_vouched_for);
    let later = NOON.plus(Duration::from_mins(1));
    assert!(clients::rewrite(&mut tx, &itself, None, (&[2; 32], &[3; 32]), later).await.unwrap());
    assert!(!clients::rewrite(&mut tx, &itself, None, (&[2; 32], &[4; 32]), later).await.unwrap());
    let kept = clients::get(&mut tx, "r-1").await.unwrap().unwrap();
    assert_eq!((kept.secret, kept.registration), (None, Some([3; 32])));
    clients::disable(&mut tx, "r-1", Some(NOON)).await.unwrap();
    assert!(!clients::rewrite(&mut tx, &itself, None, (&[3; 32], &[4; 32]), later).await.unwrap());
    // An operator who writes it anew vouches for it.
    clients::keep(&mut tx, &itself, None, later).await.unwrap();
    let kept = clients::get(&mut tx, "r-1").await.unwrap().unwrap();
    assert_eq!((kept.registration, kept.client.is_vouched_for), (None, true));
    assert_eq!(grants::end_all_for(&mut tx, "r-1", NOON).await.unwrap(), 0);
    assert_eq!(grants::accounts_of(&mut tx, "klaim").await.unwrap(), 1);
    assert_eq!(grants::accounts_of(&mut tx, "r-1").await.unwrap(), 0);
    assert_eq!(grants::end_all_for(&mut tx, "klaim", NOON).await.unwrap(), 1);
    assert_eq!(grants::accounts_of(&mut tx, "klaim").await.unwrap(), 0);
    assert!(!grants::end(&mut tx, Uuid::from_u128(1), NOON).await.unwrap());
    let consent = Consent {
        scopes: Scopes::parse("openid"),
        version: TEXT_VERSION.to_owned(),
        language: Language::En,
        given_at: NOON,
    };
    let who = account(1).id;
    consents::add(&mut tx, who, Uuid::from_u128(9), "klaim", &consent).await.unwrap();
    assert_eq!(consents::withdraw_all_for(&mut tx, "klaim", NOON).await.unwrap(), 1);
    assert!(consents::given(&mut tx, who, "klaim").await.unwrap().is_empty());
}

async fn k30_of_64_at_once_one_changes_a_registration(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    clients::register(&mut tx, &client("Klaim"), None, &[2; 32], NOON).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let tokens = (&[2; 32], &[3; 32]);
        let won = clients::rewrite(&mut tx, &client("Lain"), None, tokens, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_uses_the_invite(db: TestStore) {
    let end = NOON.plus(Duration::from_hours(1));
    let mut tx = db.store.write().await.unwrap();
    invites::add(&mut tx, &[1; 32], 1, NOON, end).await.unwrap();
    invites::add(&mut tx, &[2; 32], 2, NOON, end).await.unwrap();
    assert!(invites::is_good(&mut tx, &[1; 32], NOON).await.unwrap());
    assert!(!invites::is_good(&mut tx, &[1; 32], end).await.unwrap());
    assert!(!invites::is_good(&mut tx, &[9; 32], NOON).await.unwrap());
    assert!(!invites::use_once(&mut tx, &[2; 32], end).await.unwrap());
    for is_left in [true, true, false] {
        assert_eq!(invites::is_good(&mut tx, &[2; 32], NOON).await.unwrap(), is_left);
        assert_eq!(invites::use_once(&mut tx, &[2; 32], NOON).await.unwrap(), is_left);
    }
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = invites::use_once(&mut tx, &[1; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(invites::forget_before(&mut tx, end).await.unwrap(), 0);
    let later = end.plus(Duration::from_secs(1));
    assert_eq!(invites::forget_before(&mut tx, later).await.unwrap(), 2);
}

async fn n02_a_signing_key_is_sealed_and_read_back(db: TestStore) {
    let vault = db.store.vault();
    let key = |id: &str, minutes| SigningKey {
        id: id.to_owned(),
        algorithm: Algorithm::Es256,
        public: "{}".to_owned(),
        private: b"private".to_vec(),
        created_at: NOON,
        signs_from: NOON.plus(Duration::from_mins(minutes)),
        retired_at: None,
    };
    let mut tx = db.store.write().await.unwrap();
    keys::add(&mut tx, vault, &key("old", 0)).await.unwrap();
    keys::add(&mut tx, vault, &key("new", 1)).await.unwrap();
    let all = keys::all(&mut tx, vault).await.unwrap();
    assert_eq!((&*all[0].id, &*all[1].id, &*all[1].private), ("new", "old", &b"private"[..]));
    assert!(keys::retire(&mut tx, "old", NOON).await.unwrap());
    assert!(!keys::retire(&mut tx, "old", NOON).await.unwrap());
    assert_eq!(keys::all(&mut tx, vault).await.unwrap()[1].retired_at, Some(NOON));
    assert_eq!(keys::forget(&mut tx, "old").await.unwrap(), 1);
}

async fn a_request_waits_for_its_member_and_is_answered_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    clients::keep(&mut tx, &client("Klaim"), None, NOON).await.unwrap();
    let waiting = Waiting {
        request: request(),
        pushed: Some([2; 32]),
        browser: Some([3; 32]),
        asked_at: NOON,
        expires_at: NOON.plus(LIFE),
        finished_at: None,
    };
    requests::add(&mut tx, vault, &[1; 32], &waiting).await.unwrap();
    assert_eq!(requests::get(&mut tx, vault, &[1; 32]).await.unwrap(), Some(waiting));
    assert_eq!(requests::get(&mut tx, vault, &[9; 32]).await.unwrap(), None);
    assert!(requests::finish(&mut tx, &[1; 32], NOON).await.unwrap());
    assert!(!requests::finish(&mut tx, &[1; 32], NOON).await.unwrap());
}

async fn n10_a_consent_stays_as_proof_when_it_is_withdrawn(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    clients::keep(&mut tx, &client("Klaim"), None, NOON).await.unwrap();
    let who = account(1).id;
    let consent = |scopes: &str, minutes| Consent {
        scopes: Scopes::parse(scopes),
        version: TEXT_VERSION.to_owned(),
        language: Language::En,
        given_at: NOON.plus(Duration::from_mins(minutes)),
    };
    for (number, scopes, minutes) in [(1, "openid", 0), (2, "openid profile", 1), (3, "openid", 2)]
    {
        let id = Uuid::from_u128(number);
        consents::add(&mut tx, who, id, "klaim", &consent(scopes, minutes)).await.unwrap();
    }
    let given = consents::given(&mut tx, who, "klaim").await.unwrap();
    assert_eq!(given, [consent("openid", 2), consent("openid profile", 1)], "each set once");
    assert!(consents::given(&mut tx, who, "lain").await.unwrap().is_empty());
    assert_eq!(consents::of_account(&mut tx, who).await.unwrap().len(), 3);
    assert_eq!(consents::withdraw(&mut tx, who, "klaim", NOON).await.unwrap(), 3);
    assert!(consents::given(&mut tx, who, "klaim").await.unwrap().is_empty());
    let again = Uuid::from_u128(1);
    let kept = consents::add(&mut tx, who, again, "klaim", &consent("openid", 2)).await;
    assert!(kept.is_err(), "the row of the proof is still there");
}

async fn r7_a_grant_knows_what_became_of_account_session_and_client(db: TestStore) {
    with_grant(&db).await;
    let vault = db.store.vault();
    let id = Uuid::from_u128(1);
    let mut tx = db.store.write().await.unwrap();
    let kept = grants::get(&mut tx, vault, id, NOON).await.unwrap().unwrap();
    assert_eq!((kept.check(NOON), kept.request.clone()), (Ok(()), request()));
    let behind = grants::standing(&mut tx, vault, id, &[9; 32], NOON).await.unwrap().unwrap();
    assert_eq!((behind.grant.id, behind.account.id), (id, account(1).id));
    assert_eq!((behind.grant.check(NOON), behind.is_revoked), (Ok(()), false));
    assert_eq!(behind.client.id(), "klaim");
    assert!(used_ids::use_up(&mut tx, &[9; 32], NOON).await.unwrap());
    let behind = grants::standing(&mut tx, vault, id, &[9; 32], NOON).await.unwrap().unwrap();
    assert!(behind.is_revoked, "the token was taken back");
    let later = NOON.plus(Duration::from_hours(13));
    let kept = grants::get(&mut tx, vault, id, later).await.unwrap().unwrap();
    assert_eq!(kept.check(later), Err(Over::Session));
    // A step-up gives the session another token, and it is the same session.
    assert!(sessions::prove(&mut tx, &[1; 32], &[2; 32], Way::Totp, NOON).await.unwrap());
    let check = async |tx: &mut payung_storage::Tx| {
        grants::get(tx, vault, id, NOON).await.unwrap().unwrap().check(NOON)
    };
    assert_eq!(check(&mut tx).await, Ok(()));
    clients::disable(&mut tx, "klaim", Some(NOON)).await.unwrap();
    assert_eq!(check(&mut tx).await, Err(Over::Client));
    clients::disable(&mut tx, "klaim", None).await.unwrap();
    sessions::end(&mut tx, &[2; 32], NOON).await.unwrap();
    assert_eq!(check(&mut tx).await, Err(Over::Session));
    let password = account(1).password;
    let who = account(1).id;
    assert!(account_rows::set_password(&mut tx, who, NOON, &password, NOON).await.unwrap());
    assert_eq!(check(&mut tx).await, Err(Over::Account));
    let last_use =
        async |tx: &mut payung_storage::Tx| grants::last_uses(tx, account(1).id).await.unwrap();
    assert_eq!(last_use(&mut tx).await, [("klaim".to_owned(), NOON)], "when it was given");
    assert!(grants::use_refresh(&mut tx, &[6; 32], false, later).await.unwrap());
    assert_eq!(last_use(&mut tx).await, [("klaim".to_owned(), later)]);
    assert_eq!(grants::open_clients(&mut tx, who).await.unwrap(), ["klaim"]);
    assert_eq!(grants::end_for_client(&mut tx, who, "klaim", NOON).await.unwrap(), 1);
    assert!(grants::open_clients(&mut tx, who).await.unwrap().is_empty());
    assert!(!grants::end(&mut tx, id, NOON).await.unwrap());
    assert_eq!(check(&mut tx).await, Err(Over::Ended));
}

async fn what_no_rule_asks_for_is_dropped(db: TestStore) {
    with_grant(&db).await;
    let mut tx = db.store.write().await.unwrap();
    let vault = db.store.vault();
    let (kept, grant) = grants::code(&mut tx, vault, &[5; 32], NOON).await.unwrap().unwrap();
    assert_eq!((kept, grant.id), (code(1), Uuid::from_u128(1)));
    let (kept, grant) = grants::refresh(&mut tx, vault, &[6; 32], NOON).await.unwrap().unwrap();
    assert_eq!((kept, grant.id), (refresh(1), Uuid::from_u128(1)));
    assert!(grants::use_refresh(&mut tx, &[6; 32], false, NOON).await.unwrap());
    assert!(grants::use_refresh(&mut tx, &[6; 32], false, NOON).await.unwrap());
    assert!(!grants::use_code(&mut tx, &[5; 32], NOON.plus(CODE_LIFE)).await.unwrap());
    assert_eq!(grants::forget_before(&mut tx, NOON).await.unwrap(), 0);
    let later = NOON.plus(Duration::from_secs(1));
    assert_eq!(grants::forget_before(&mut tx, later).await.unwrap(), 1);
    assert!(grants::code(&mut tx, vault, &[5; 32], NOON).await.unwrap().is_none());
    assert!(used_ids::use_up(&mut tx, &[7; 32], NOON).await.unwrap());
    assert!(used_ids::is_used(&mut tx, &[7; 32]).await.unwrap());
    assert!(!used_ids::is_used(&mut tx, &[8; 32]).await.unwrap());
    assert_eq!(used_ids::forget_before(&mut tx, later).await.unwrap(), 1);
    assert_eq!(requests::forget_before(&mut tx, later).await.unwrap(), 0);
}

async fn l7_of_64_at_once_one_redeems_the_code(db: TestStore) {
    with_grant(&db).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = grants::use_code(&mut tx, &[5; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_uses_the_refresh_token_up(db: TestStore) {
    with_grant(&db).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = grants::use_refresh(&mut tx, &[6; 32], true, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_answers_the_request(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    clients::keep(&mut tx, &client("Klaim"), None, NOON).await.unwrap();
    let waiting = Waiting {
        request: request(),
        pushed: None,
        browser: None,
        asked_at: NOON,
        expires_at: NOON.plus(LIFE),
        finished_at: None,
    };
    requests::add(&mut tx, db.store.vault(), &[1; 32], &waiting).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = requests::finish(&mut tx, &[1; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn o7_of_64_at_once_one_uses_the_id(db: TestStore) {
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = used_ids::use_up(&mut tx, &[1; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

fn device(user_code: u8) -> device_rules::Waiting {
    let asked = Asked { request: request(), from: "203.0.113.*".to_owned() };
    device_rules::Waiting::new(asked, [user_code; 32], NOON)
}

/// A device whose code was typed by the account with a grant.
async fn with_device(db: &TestStore) {
    with_grant(db).await;
    let mut tx = db.store.write().await.unwrap();
    assert!(devices::add(&mut tx, db.store.vault(), &[1; 32], &device(2)).await.unwrap());
    assert!(devices::open(&mut tx, &[2; 32], account(1).id, &[3; 32], NOON).await.unwrap());
    tx.commit().await.unwrap();
}

async fn k23_a_device_waits_for_whoever_types_its_code(db: TestStore) {
    with_grant(&db).await;
    let (vault, who) = (db.store.vault(), account(1).id);
    let mut tx = db.store.write().await.unwrap();
    assert!(devices::add(&mut tx, vault, &[1; 32], &device(2)).await.unwrap());
    // A short code is one device's.
    assert!(!devices::add(&mut tx, vault, &[9; 32], &device(2)).await.unwrap());
    assert_eq!(devices::locked(&mut tx, vault, &[9; 32]).await.unwrap(), None);
    assert_eq!(devices::locked(&mut tx, vault, &[1; 32]).await.unwrap(), Some(device(2)));
    let interval = Duration::from_secs(10);
    devices::note_poll(&mut tx, &[1; 32], interval, NOON).await.unwrap();
    assert!(!devices::open(&mut tx, &[8; 32], who, &[3; 32], NOON).await.unwrap());
    assert!(devices::open(&mut tx, &[2; 32], who, &[3; 32], NOON).await.unwrap());
    assert_eq!(devices::opened(&mut tx, vault, &[4; 32]).await.unwrap(), None);
    let (id, kept) = devices::opened(&mut tx, vault, &[3; 32]).await.unwrap().unwrap();
    assert_eq!((id, kept.member, kept.interval), ([1; 32], Some(who), interval));
    assert_eq!(kept.polled_at, Some(NOON));
    assert!(!devices::use_up(&mut tx, &[1; 32], NOON).await.unwrap(), "nobody agreed yet");
    let grant = Some(Uuid::from_u128(1));
    assert!(devices::decide(&mut tx, &[1; 32], who, grant, NOON).await.unwrap());
    assert!(!devices::open(&mut tx, &[2; 32], who, &[5; 32], NOON).await.unwrap(), "answered");
    let kept = devices::locked(&mut tx, vault, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(kept.poll(NOON), Poll::Agreed(Uuid::from_u128(1)));
    assert!(devices::use_up(&mut tx, &[1; 32], NOON).await.unwrap());
    let kept = devices::locked(&mut tx, vault, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(kept.poll(NOON), Poll::Used(Uuid::from_u128(1)));
}

async fn k23_what_is_over_is_neither_opened_nor_answered(db: TestStore) {
    with_device(&db).await;
    let (vault, who) = (db.store.vault(), account(1).id);
    let end = NOON.plus(device_rules::LIFE);
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(2)).await;
    let other = account(2).id;
    assert!(!devices::decide(&mut tx, &[1; 32], other, None, NOON).await.unwrap(), "not theirs");
    assert!(!devices::open(&mut tx, &[2; 32], who, &[5; 32], end).await.unwrap());
    assert!(!devices::decide(&mut tx, &[1; 32], who, None, end).await.unwrap());
    assert!(devices::decide(&mut tx, &[1; 32], who, None, NOON).await.unwrap());
    let kept = devices::locked(&mut tx, vault, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(kept.poll(NOON), Poll::Refused);
    assert!(!devices::use_up(&mut tx, &[1; 32], NOON).await.unwrap(), "refused");
    assert_eq!(devices::forget_before(&mut tx, end).await.unwrap(), 0);
    let later = end.plus(Duration::from_secs(1));
    assert_eq!(devices::forget_before(&mut tx, later).await.unwrap(), 1);
}

async fn l7_of_64_at_once_one_takes_the_tokens_of_a_device(db: TestStore) {
    with_device(&db).await;
    let mut tx = db.store.write().await.unwrap();
    let grant = Some(Uuid::from_u128(1));
    assert!(devices::decide(&mut tx, &[1; 32], account(1).id, grant, NOON).await.unwrap());
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = devices::use_up(&mut tx, &[1; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_answers_the_device(db: TestStore) {
    with_device(&db).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let who = account(1).id;
        let won = devices::decide(&mut tx, &[1; 32], who, None, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}
