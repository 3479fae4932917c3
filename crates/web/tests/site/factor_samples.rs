//! What proves who somebody is: asked for once more, looked after, bound and taken away.

use std::time::Duration;

use payung_domain::authenticators::{Entry, Kind as BoundKind, Need};
use payung_domain::passkeys::{Name, Passkey};
use payung_domain::second_factor::{Advice as Advise, Way as Factor};
use payung_domain::secret::Secret;
use payung_flows::apps::{Drawing, Pending};
use payung_flows::security::AppLabel;
use payung_web::page::{Frame, Kept, Problem, Problems};
use payung_web::pages::confirm::ask::Confirm;
use payung_web::pages::security::app::{App, RemoveApp};
use payung_web::pages::security::codes::{Codes, CodesMade};
use payung_web::pages::security::history::History as BoundEver;
use payung_web::pages::security::overview::{Channel as Sending, Done, Security};
use payung_web::pages::security::passkeys::{AddPasskey, AddProblem, OnePasskey};
use payung_web::pages::security::ways::{Switch, Ways};
use payung_web::pages::sign_in::Way;
use payung_web::pages::sign_in::choose::ChooseProblem;
use payung_web::pages::sign_in::code::CodeProblem;
use uuid::Uuid;

use crate::samples::{Kind, Shelf, challenge, now};

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    shelf.confirm();
    shelf.security();
    shelf.factors();
}

/// The last way stays.
fn last(f: &Frame, field: &'static str) -> Problems {
    Problems(vec![Problem { field, text: f.t("factor-last") }])
}

impl Shelf {
    fn confirm(&mut self) {
        for (name, next, problem) in [
            ("confirm", "/security/passkeys/add", None),
            ("confirm-nothing", "/security/app", Some(ChooseProblem::Nothing)),
            ("confirm-codes", "/security/codes", None),
            ("confirm-ways", "/security/ways", None),
            ("confirm-password", "/security/password", None),
            ("confirm-devices", "/security/devices", None),
            ("confirm-suspend", "/security/app/suspend", None),
            ("confirm-details", "/personal-details", None),
            ("confirm-other", "/claims", Some(ChooseProblem::KeyNone)),
        ] {
            let f = self.member_frame("/confirm");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            let page = Confirm {
                f,
                next: next.to_owned(),
                need: Need::Full,
                asks_for_more: name == "confirm-ways",
                ways: vec![
                    Way::Sms { ending: "21".to_owned() },
                    Way::Email { masked: "s••••@p••••.example".to_owned() },
                ],
                ticked: Some("sms"),
                passkey: problem.is_none().then(challenge),
                problems,
            };
            self.add(name, Kind::Member, &page);
        }
        let page = Confirm {
            f: self.member_frame("/confirm"),
            next: "/security/app".to_owned(),
            need: Need::Full,
            asks_for_more: true,
            ways: vec![],
            ticked: None,
            passkey: None,
            problems: Problems::default(),
        };
        self.add("confirm-no-way", Kind::Member, &page);
    }

    fn security(&mut self) {
        let page = |shelf: &Self| Security {
            f: shelf.member_frame("/security"),
            done: None,
            advice: Some(Advise::AddStronger),
            passkeys: Vec::new(),
            password_set_at: now(),
            app: None,
            sms: Sending::On("berakhiran 21".to_owned()),
            email: Sending::On("s••••@p••••.example".to_owned()),
            codes: None,
            payouts: "Pencairan terbuka.".to_owned(),
            remembered: 0,
        };
        let bare = page(self);
        self.add("security", Kind::Member, &bare);
        let keys = [(1, "HP saya <b>", true, Some(now())), (2, "Laptop kantor", false, None)];
        let passkeys = keys.map(|(number, name, is_backed_up, used_at)| Passkey {
            id: Uuid::from_u128(number),
            name: Name::or(name, "x"),
            is_backup_eligible: is_backed_up,
            is_backed_up,
            added_at: now(),
            used_at,
            suspended_at: used_at.is_none().then(now),
        });
        let full = Security {
            done: Some(Done::PasskeyRemoved),
            advice: None,
            passkeys: passkeys.to_vec(),
            app: Some(AppLabel {
                name: "HP saya".to_owned(),
                since: now(),
                suspended_at: Some(now()),
            }),
            sms: Sending::Off("berakhiran 21".to_owned()),
            codes: Some((10, now())),
            remembered: 2,
            ..page(self)
        };
        self.add("security-full", Kind::Member, &full);
        for (name, done, advice) in [
            ("app-added", Done::AppAdded, Advise::MakeCodes),
            ("app-removed", Done::AppRemoved, Advise::RenewCodes),
            ("key-added", Done::PasskeyAdded, Advise::AddAnother),
            ("key-renamed", Done::PasskeyRenamed, Advise::AddAnother),
            ("suspended", Done::Suspended, Advise::AddAnother),
            ("resumed", Done::Resumed, Advise::AddAnother),
            ("ways", Done::Ways, Advise::AddStronger),
            ("forgotten", Done::Forgotten, Advise::AddStronger),
        ] {
            let page = Security {
                done: Some(done),
                advice: Some(advice),
                sms: Sending::NotHere,
                email: Sending::NoContact,
                codes: Some((3, now())),
                remembered: 1,
                ..page(self)
            };
            self.add(&format!("security-{name}"), Kind::Member, &page);
        }
        let fresh = Security { sms: Sending::Waits(now()), ..page(self) };
        self.add("security-fresh-number", Kind::Member, &fresh);
        self.register();
    }

    fn register(&mut self) {
        let entry = |(number, kind): (u64, BoundKind)| {
            let at = now().minus(Duration::from_hours(number * 500));
            Entry {
                id: Uuid::from_u128(u128::from(number)),
                kind,
                factor: kind.factor(true),
                resists_phishing: kind.resists_phishing(),
                name: if kind.may_be_many() { "HP saya <b>".to_owned() } else { String::new() },
                bound_at: at,
                used_at: (number % 2 == 0).then_some(at),
                suspended_at: (number == 1).then(now),
                removed_at: (number == 2).then(now),
            }
        };
        let f = self.member_frame("/security/history");
        let entries = (0..).zip(BoundKind::ALL).map(entry).collect();
        self.add("history-of-ways", Kind::Member, &BoundEver { f, entries });
        let f = self.member_frame("/security/history");
        self.add("history-of-ways-empty", Kind::Member, &BoundEver { f, entries: vec![] });
    }

    fn factors(&mut self) {
        let app = |shelf: &Self, pending: Option<Pending>, problem: Option<CodeProblem>| {
            let f = shelf.member_frame("/security/app");
            let problems = problem.iter().map(|p| p.says(&f, &Way::Totp)).collect();
            App { f, pending, replaces: true, name: String::new(), problems }
        };
        let pending = || Pending {
            key: "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567".to_owned(),
            link: "otpauth://totp/Payung:Siti?secret=ABCD&issuer=Payung".to_owned(),
            drawing: Drawing { size: 29, path: "M4 4.5h7M13 4.5h2M18 4.5h7".to_owned() },
            until: now(),
        };
        for (name, page) in [
            ("app-begin", app(self, None, None)),
            ("app-scan", app(self, Some(pending()), None)),
            ("app-wrong", app(self, Some(pending()), Some(CodeProblem::Wrong))),
        ] {
            self.add(name, Kind::Member, &page);
        }
        let mut gone = app(self, None, None);
        let problem = Problem { field: "begin", text: gone.f.t("app-gone") };
        gone.problems = Problems(vec![problem]);
        self.add("app-gone", Kind::Member, &gone);
        for name in ["app-remove", "app-remove-last", "app-suspended"] {
            let f = self.member_frame("/security/app/remove");
            let is_last = name == "app-remove-last";
            let problems = if is_last { last(&f, "remove") } else { Problems::default() };
            let is_suspended = name == "app-suspended";
            self.add(name, Kind::Member, &RemoveApp { f, is_suspended, problems });
        }
        for (name, problem) in [
            ("key-add", None),
            ("key-add-exists", Some(AddProblem::Exists)),
            ("key-add-full", Some(AddProblem::Full)),
            ("key-add-refused", Some(AddProblem::Refused)),
            ("key-add-old", Some(AddProblem::Old)),
        ] {
            let f = self.member_frame("/security/passkeys/add");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            let (passkey, name_of_it) = (challenge(), "HP saya".to_owned());
            self.add(name, Kind::Member, &AddPasskey { f, passkey, name: name_of_it, problems });
        }
        for name in ["key", "key-last", "key-suspended", "key-kept"] {
            let f = self.member_frame("/security/passkeys/00000000-0000-0000-0000-000000000001");
            let f = Frame { kept: (name == "key-kept").then_some(Kept::Answers), ..f };
            let is_last = name == "key-last";
            let problems = if is_last { last(&f, "remove") } else { Problems::default() };
            let (id, called) = (Uuid::from_u128(1), "HP saya".to_owned());
            let is_suspended = name == "key-suspended";
            let page = OnePasskey { f, id, name: called, is_suspended, problems };
            self.add(name, Kind::Member, &page);
        }
        let f = self.member_frame("/security/codes");
        self.add("codes", Kind::Member, &Codes { f, replaces: true });
        let codes = (0..10).map(|_| Secret::from("0123-4567-89AB-CDEF")).collect();
        let f = self.member_frame("/security/codes");
        self.add("codes-made", Kind::Member, &CodesMade { f, codes });
        for name in ["ways", "ways-last"] {
            let f = self.member_frame("/security/ways");
            let problems = if name == "ways" { Problems::default() } else { last(&f, "preferred") };
            let page = Ways {
                f,
                ways: vec![Factor::Passkey, Factor::Totp, Factor::Sms, Factor::Email],
                preferred: Some(Factor::Totp),
                sms: (name == "ways").then_some(Switch::On),
                email: Some(if name == "ways" { Switch::On } else { Switch::Off }),
                problems,
            };
            self.add(name, Kind::Member, &page);
        }
    }
}
