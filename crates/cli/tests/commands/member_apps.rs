//! What an operator does on the command line about the applications that one member let in (K-20).

use payung::outside::clock::SystemClock;
use payung_domain::language::Language;
use payung_domain::oidc::clients::Definition;
use payung_domain::oidc::consent::{Consent, TEXT_VERSION};
use payung_domain::oidc::scopes::Scopes;
use payung_domain::staff::audit::Act;
use payung_domain::time::Clock;
use payung_storage::oidc::{clients, consents};
use payung_storage::{Store, Tx};
use uuid::Uuid;

use crate::program::{Place, run};
use crate::record::{ACCOUNT, on_record, siti_with_an_address, written_down};

const WHY: &str = "laporan 4471, aplikasi menyalahgunakan data";

/// Siti, with an address of hers, who let one application in.
fn place() -> Place {
    let place = Place::ready();
    on_record(&place, async |tx: &mut Tx, store: &Store| {
        siti_with_an_address(tx, store).await;
        let since = SystemClock.now();
        let klaim = Definition {
            client_id: "klaim".to_owned(),
            client_name: "Klaim Daring".to_owned(),
            redirect_uris: vec!["https://klaim.example/cb".to_owned()],
            scope: "openid profile".to_owned(),
            owner: "Dana Kita".to_owned(),
            purpose_id: "Mengajukan klaim".to_owned(),
            purpose_en: "Filing claims".to_owned(),
            ..Definition::default()
        };
        let klaim = klaim.check().expect("a whole client");
        clients::keep(tx, &klaim, None, since).await.expect("a client");
        let consent = Consent {
            scopes: Scopes::parse("openid profile"),
            version: TEXT_VERSION.to_owned(),
            language: Language::Id,
            given_at: since,
        };
        let id = Uuid::from_u128(9);
        consents::add(tx, ACCOUNT, id, "klaim", &consent).await.expect("a consent");
    });
    place
}

#[test]
fn k20_an_operator_sees_what_one_member_let_in_and_takes_it_back_in_writing() {
    let place = place();
    let list = "member apps siti@peserta.example --officer lestari";
    let told = run(&place, list, WHY);
    assert!(told.starts_with("exit: 0"), "{told}");
    for words in ["klaim", "Klaim Daring", "used never", "openid profile"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let back = "member take-app-back siti@peserta.example --app klaim --officer lestari";
    let told = run(&place, back, WHY);
    assert!(told.starts_with("exit: 0") && told.contains("sees nothing"), "{told}");
    let told = run(&place, &format!("{back} --json"), WHY);
    assert!(told.starts_with("exit: 0") && told.contains(r#""done":false"#), "{told}");
    assert!(run(&place, list, WHY).contains("no application"));
    let written = written_down(&place, Act::AppTakenBack);
    assert_eq!(written, [("klaim".to_owned(), WHY.to_owned())]);
}

#[test]
fn p05_nobody_is_found_by_a_part_and_nothing_is_done_without_a_reason() {
    let place = place();
    for line in ["member apps siti", "member take-app-back siti --app klaim"] {
        let line = format!("{line} --officer lestari");
        let told = run(&place, &line, WHY);
        assert!(told.starts_with("exit: 1") && told.contains("nobody with an account"), "{told}");
        assert!(run(&place, &line, "pendek").starts_with("exit: 2"));
        assert!(run(&place, &line, "").starts_with("exit: 2"));
    }
}
