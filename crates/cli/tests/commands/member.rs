//! What the support desk does on the command line about staged recoveries.

use std::time::Duration;

use insta::assert_snapshot;
use payung::outside::clock::SystemClock;
use payung_domain::contact::Phone;
use payung_domain::dice::Dice;
use payung_domain::ids::{AccountId, RecoveryId};
use payung_domain::language::Language;
use payung_domain::recoveries::{Lost, ProofWay, Recovery, RecoveryReference, Thing};
use payung_domain::second_factor::Destination;
use payung_domain::time::Clock;
use payung_storage::recoveries::{self, Kept};
use payung_storage::{Store, Tx};
use payung_testkit::chance::Seeded;
use uuid::Uuid;

use crate::program::{Place, run};
use crate::record::{ACCOUNT, on_record, siti};

/// One recovery, which Siti's details fit, and one that nobody's fit.
fn place() -> (Place, RecoveryReference, RecoveryReference) {
    let place = Place::ready();
    let references = on_record(&place, async |tx: &mut Tx, store: &Store| {
        siti(tx, store).await;
        let mut references = Vec::new();
        for (number, account) in [(1, Some(ACCOUNT)), (2, None)] {
            let kept = kept(number, account);
            assert!(recoveries::add(tx, store.vault(), &kept).await.expect("it is kept"));
            references.push(kept.reference);
        }
        references
    });
    let [of_siti, of_nobody] = <[_; 2]>::try_from(references).expect("two");
    (place, of_siti, of_nobody)
}

fn kept(number: u64, account: Option<AccountId>) -> Kept {
    let lost = Lost::of([Thing::Phone, Thing::App]);
    let asked_at = SystemClock.now().minus(Duration::from_hours(number));
    Kept {
        id: RecoveryId(Uuid::from_u128(u128::from(number))),
        reference: RecoveryReference::new(&Seeded::new(number) as &dyn Dice),
        recovery: Recovery::new(account, lost, asked_at),
        contact: Destination::Sms(Phone::parse("0800 0000 0077").expect("a number")),
        language: Language::En,
        way: ProofWay::Branch,
        device: "Chrome, Android".to_owned(),
    }
}

#[test]
fn recoveries_are_listed_newest_first() {
    let (place, ..) = place();
    assert_snapshot!(run(&place, "member recovery list", ""), @r#"
    exit: 0
    --- stdout
    PLH-1W29-CDAP  waiting   TIME  branch
    PLH-EPQW-YNRW  waiting   TIME  branch
    --- stderr
    "#);
    assert_snapshot!(run(&place, "member recovery list --json --most 1", ""), @r#"
    exit: 0
    --- stdout
    {"ok":true,"recoveries":[{"asked_at":"TIME","new_contact":"•••• 77","proof":null,"reference":"PLH-1W29-CDAP","says_lost":"phone,app","state":"waiting","stoppable_until":"TIME","wants":"branch"}],"schema":1}
    --- stderr
    "#);
    let fresh = Place::new().with_keys().with_settings("");
    assert!(fresh.run("member recovery list").contains("run `payung migrate up`"));
    assert!(fresh.run("migrate up").starts_with("exit: 0"));
    assert_snapshot!(run(&fresh, "member recovery list", ""), @r#"
    exit: 0
    --- stdout
    no recovery
    --- stderr
    "#);
}

#[test]
fn p05_a_recovery_is_shown_masked_and_the_look_is_kept() {
    let (place, siti, nobody) = place();
    let line = format!("member recovery show {siti} --officer lestari");
    assert_snapshot!(run(&place, &line, "kasus 8812, di loket"), @r#"
    exit: 0
    --- stdout
    PLH-1W29-CDAP  waiting
    asked for   TIME
    stoppable   until TIME
    new contact •••• 77
    says lost   phone,app
    wants       branch
    expect      Siti Rahayu
                NIK ••••••••••••0003
                KPJ •••••••0001
    --- stderr
    "#);
    let again = run(&place, &format!("{line} --json"), "kasus 8812, lagi");
    for part in ["\"act\":\"shown\"", "\"reason\":\"kasus 8812, di loket\"", "0003"] {
        assert!(again.contains(part), "{part} in {again}");
    }
    assert!(!again.contains("0001015407900003") && !again.contains("90000000001"));
    let line = format!("member recovery show {nobody} --officer lestari");
    assert!(run(&place, &line, "kasus 8812, di loket").contains("expect      nobody"));
}

#[test]
fn p03_two_officers_record_a_proof() {
    let (place, siti, nobody) = place();
    let prove = |who: &str, reference: &RecoveryReference, rest: &str| {
        let line = format!(
            "member recovery prove {reference} --officer {who} --way branch --document ktp {rest}"
        );
        run(&place, &line, "KTP asli dilihat")
    };
    assert_snapshot!(prove("lestari", &siti, "--lost phone"), @r#"
    exit: 0
    --- stdout
    PLH-1W29-CDAP  recorded; a second officer has to look
    --- stderr
    "#);
    assert_snapshot!(prove("LESTARI", &siti, "--lost phone"), @r#"
    exit: 4
    --- stdout
    --- stderr
    error: you recorded this proof yourself
    fix: ask a colleague to look
    "#);
    assert_snapshot!(prove("bayu", &siti, "--lost phone,app --json"), @r#"
    exit: 4
    --- stdout
    --- stderr
    {"causes":[],"code":"differs","fix":"compare with `payung member recovery show`, or refuse the recovery","message":"this is not what the first officer recorded","ok":false,"schema":1}
    "#);
    let second = prove("bayu", &siti, "--lost phone --json");
    assert!(second.starts_with("exit: 0") && second.contains("\"officers\":2"), "{second}");
    assert_snapshot!(prove("wati", &siti, "--lost phone --lang id"), @r#"
    exit: 1
    --- stdout
    --- stderr
    galat: dua petugas sudah mencatatnya
    perbaikan: tidak ada lagi yang perlu dilakukan
    "#);
    assert_snapshot!(prove("lestari", &siti, "--lost email"), @r#"
    exit: 1
    --- stdout
    --- stderr
    error: the member never said that this is lost
    fix: name only what `show` lists
    "#);
    assert_snapshot!(prove("lestari", &nobody, ""), @r#"
    exit: 1
    --- stdout
    --- stderr
    error: this recovery fits no account
    fix: check number and date of birth with the member, and have them start again
    "#);
    let shown = format!("member recovery show {siti} --officer wati");
    let shown = run(&place, &shown, "melihat catatan");
    assert!(shown.contains("seen by lestari, and by bayu"), "{shown}");
}

#[test]
fn a_recovery_is_refused_once_and_then_over() {
    let (place, siti, _) = place();
    let refuse = format!("member recovery refuse {siti} --officer bayu");
    assert_snapshot!(run(&place, &refuse, "orangnya lain"), @r#"
    exit: 0
    --- stdout
    PLH-1W29-CDAP  refused
    --- stderr
    "#);
    assert!(run(&place, &refuse, "orangnya lain").starts_with("exit: 0"), "already so");
    let prove =
        format!("member recovery prove {siti} --officer bayu --way branch --document passport");
    assert_snapshot!(run(&place, &prove, "paspor dilihat"), @r#"
    exit: 1
    --- stdout
    --- stderr
    error: this recovery is over: refused
    fix: have the member start a new one
    "#);
    assert!(!run(&place, "member recovery list", "").contains(&siti.to_string()));
    assert!(run(&place, "member recovery list --all", "").contains("refused"));
}

#[test]
fn an_act_without_officer_reason_or_a_right_number_is_wrong_use() {
    let (place, siti, _) = place();
    let show = format!("member recovery show {siti}");
    assert!(run(&place, &show, "kasus 8812, di loket").contains("--officer <NAME>"));
    let named = format!("{show} --officer lestari");
    assert!(run(&place, &named, "").contains("--reason <TEXT>"));
    assert!(run(&place, &named, "kasus").contains("write 10 to 500 letters"));
    let wrong = "member recovery show PLH-0000-0001 --officer lestari";
    let told = run(&place, wrong, "kasus 8812, di loket");
    assert!(told.starts_with("exit: 2") && told.contains("check each letter and digit"), "{told}");
    let other = RecoveryReference::new(&Seeded::new(9) as &dyn Dice);
    let line = format!("member recovery show {other} --officer lestari");
    assert_snapshot!(run(&place, &line, "kasus 8812, di loket"), @r#"
    exit: 1
    --- stdout
    --- stderr
    error: there is no recovery PLH-40GY-YJF1
    fix: ask the member for the number again
    "#);
    assert_snapshot!(run(&place, &format!("{line} --json"), "kasus 8812, di loket"), @r#"
    exit: 1
    --- stdout
    --- stderr
    {"causes":[],"code":"unknown","fix":"ask the member for the number again","message":"there is no recovery PLH-40GY-YJF1","ok":false,"schema":1}
    "#);
}
