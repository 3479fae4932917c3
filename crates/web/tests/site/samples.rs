//! Every page with sample people: what the tests of this crate and the gallery both render.

use std::io::Write as _;
use std::time::Duration;

use askama::Template;
use flate2::Compression;
use flate2::write::GzEncoder;
use payung_domain::activity::{Event, Line};
use payung_domain::ids::{Kpj, MessageId};
use payung_domain::language::Language;
use payung_domain::marks::Mark as Place;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::passkeys::{Name, Passkey};
use payung_domain::passwords::{Advice, Level, Refusal, Strength};
use payung_domain::reference::Reference;
use payung_domain::second_factor::{Advice as Advise, Way as Factor};
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_flows::apps::{Drawing, Pending};
use payung_flows::inbox::Told;
use payung_flows::passkeys::Challenge;
use payung_flows::sessions::Device;
use payung_texts::Texts;
use payung_web::page::{Frame, Help, Problem, Problems, SignedIn, Theme};
use payung_web::pages::activity::list::Activity;
use payung_web::pages::balance::statement::{Account, Balance, Year};
use payung_web::pages::check::message::{Answer, Check};
use payung_web::pages::confirm::ask::Confirm;
use payung_web::pages::contributions::chart::Chart;
use payung_web::pages::contributions::history::{
    Choice, Filter, GridYear, History, Mark, Row, YearSum,
};
use payung_web::pages::dashboard::overview::{Dashboard, LastSignIn, Membership, Programme};
use payung_web::pages::demo::outbox::{Channel, Outbox, Sent};
use payung_web::pages::devices::list::Devices;
use payung_web::pages::help::status::{Part, State, Status};
use payung_web::pages::help::topics::Topics;
use payung_web::pages::inbox::list::Inbox;
use payung_web::pages::not_me::secure::{Matter, NotMe};
use payung_web::pages::passwords::change::{Change, ChangeProblem, News};
use payung_web::pages::passwords::forgot::{Again, CheckEmail, Forgot, ForgotProblem};
use payung_web::pages::passwords::reset::{Over, Reset, Why};
use payung_web::pages::passwords::strength;
use payung_web::pages::personal::details::{Detail, PersonalDetails, Source, What};
use payung_web::pages::problems::problem::{Obstacle, ProblemPage};
use payung_web::pages::security::app::{App, RemoveApp};
use payung_web::pages::security::codes::{Codes, CodesMade};
use payung_web::pages::security::overview::{Channel as Sending, Done, Security};
use payung_web::pages::security::passkeys::{AddPasskey, AddProblem, OnePasskey};
use payung_web::pages::security::ways::{Switch, Ways};
use payung_web::pages::sign_in::Way;
use payung_web::pages::sign_in::choose::{Choose, ChooseProblem};
use payung_web::pages::sign_in::code::{Code, CodeProblem};
use payung_web::pages::sign_in::password::{Reason, SignIn, SignInProblem};
use payung_web::pages::sign_in::paused::{Pause, Paused};
use payung_web::pages::sign_in::received::Received;
use payung_web::pages::sign_in::recovery::{Recovery, RecoveryProblem};
use payung_web::pages::sign_out::confirm::SignOut;
use payung_web::pages::welcome::home::Home;
use uuid::Uuid;

/// What a page may weigh, compressed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Anybody may see it.
    Public,
    /// A step of signing in.
    Step,
    /// The dashboard.
    Dashboard,
    /// Any other page of a member.
    Member,
}

impl Kind {
    /// The budget in bytes.
    pub(crate) const fn budget(self) -> usize {
        1024 * match self {
            Self::Public => 14,
            Self::Step => 10,
            Self::Dashboard => 24,
            Self::Member => 30,
        }
    }
}

/// A rendered page.
pub(crate) struct Sample {
    /// Its name, unique: `sign-in-wrong`.
    pub(crate) name: String,
    /// What it may weigh.
    pub(crate) kind: Kind,
    /// The html.
    pub(crate) html: String,
}

/// How many bytes go over the wire.
pub(crate) fn compressed(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory takes everything");
    encoder.finish().expect("memory takes everything").len()
}

/// The afternoon of 17 August 2026.
pub(crate) fn now() -> Instant {
    Instant::start_of(jiff::civil::date(2026, 8, 17), Zone::Wib)
        .plus(Duration::from_mins(14 * 60 + 5))
}

/// A frame as a visitor sees it.
pub(crate) fn frame(language: Language, theme: Theme, address: &str) -> Frame {
    Frame {
        language,
        zone: Zone::Wib,
        texts: Texts::shipped(),
        service_name: "Payung".to_owned(),
        public_url: "https://masuk.payung.example".to_owned(),
        address: address.to_owned(),
        signed_in: None,
        csrf: "c".repeat(43),
        nonce: "n".repeat(22),
        theme,
        help: Help {
            phone: "0800 0000 000".to_owned(),
            hours: "08.00–20.00 WIB".to_owned(),
            email: "bantuan@payung.example".to_owned(),
        },
        notice: None,
        demo: true,
    }
}

fn signed_in(language: Language, theme: Theme, address: &str) -> Frame {
    let idle = Duration::from_mins(15);
    let siti = SignedIn { name: "Siti Rahayu".to_owned(), idle, left: idle };
    Frame { signed_in: Some(siti), ..frame(language, theme, address) }
}

/// What a page with a passkey carries.
fn challenge() -> Challenge {
    let options = "{\"challenge\":\"AAAA\",\"rpId\":\"masuk.payung.example\"}".to_owned();
    Challenge { options, sealed: "A".repeat(500) }
}

/// The last way stays.
fn last(f: &Frame, field: &'static str) -> Problems {
    Problems(vec![Problem { field, text: f.t("factor-last") }])
}

/// Every page, with and without problems, in one language and theme.
pub(crate) fn all(language: Language, theme: Theme) -> Vec<Sample> {
    let mut shelf = Shelf { samples: Vec::new(), language, theme };
    shelf.doors();
    shelf.sign_in();
    shelf.second_step();
    shelf.confirm();
    shelf.security();
    shelf.factors();
    shelf.passwords();
    shelf.member();
    shelf.records();
    shelf.alarms();
    shelf.obstacles();
    shelf.samples
}

struct Shelf {
    samples: Vec<Sample>,
    language: Language,
    theme: Theme,
}

impl Shelf {
    fn add(&mut self, name: &str, kind: Kind, page: &impl Template) {
        let html = page.render().expect("a page renders");
        self.samples.push(Sample { name: name.to_owned(), kind, html });
    }

    fn frame(&self, address: &str) -> Frame {
        frame(self.language, self.theme, address)
    }

    fn member_frame(&self, address: &str) -> Frame {
        signed_in(self.language, self.theme, address)
    }

    fn doors(&mut self) {
        let f = self.frame("/");
        self.add("welcome", Kind::Public, &Home { f });
        let f = Frame {
            notice: Some("Sabtu malam layanan ditutup untuk pemeliharaan.".to_owned()),
            demo: false,
            ..self.member_frame("/")
        };
        self.add("welcome-member", Kind::Public, &Home { f });
        let f = self.frame("/help");
        self.add("help", Kind::Public, &Topics { f });
        let states = [State::Works, State::Works, State::Slow, State::Closed(Some(now()))];
        let parts = [Part::SignIn, Part::Records, Part::Sms, Part::Email];
        let f = self.frame("/status");
        let parts = parts.into_iter().zip(states).collect();
        self.add("status", Kind::Public, &Status { f, at: now(), parts });
        let f = self.frame("/status");
        let parts = vec![(Part::SignIn, State::Works), (Part::Email, State::Closed(None))];
        self.add("status-closed", Kind::Public, &Status { f, at: now(), parts });
        let f = self.frame("/demo/outbox");
        let messages = vec![
            Sent {
                at: now(),
                channel: Channel::Sms,
                to: "+6280000000021".to_owned(),
                kind: "sign-in-code".to_owned(),
                subject: None,
                text: "123456 adalah kode masuk Payung. Berlaku 10 menit. Jangan berikan kepada \
                       siapa pun, termasuk petugas kami.\n\n@masuk.payung.example #123456"
                    .to_owned(),
                code: Some("123456".to_owned()),
                link: None,
            },
            Sent {
                at: now().minus(Duration::from_secs(90)),
                channel: Channel::Email,
                to: "siti@peserta.example".to_owned(),
                kind: "reset-link".to_owned(),
                subject: Some("Setel ulang kata sandi".to_owned()),
                text: "Tautan berlaku sampai 14.30 WIB.\n\nBukan Anda?".to_owned(),
                code: None,
                link: Some("https://masuk.payung.example/reset-password?t=x".to_owned()),
            },
        ];
        self.add("outbox", Kind::Public, &Outbox { f, to: String::new(), messages });
        let f = self.frame("/demo/outbox?to=x");
        self.add("outbox-empty", Kind::Public, &Outbox { f, to: "x".to_owned(), messages: vec![] });
    }

    fn sign_in(&mut self) {
        let page = |shelf: &Self,
                    problems: &[SignInProblem],
                    reason: Option<Reason>,
                    through_proxy: bool| {
            let f = shelf.frame("/sign-in");
            let problems = problems.iter().map(|problem| problem.says(&f)).collect();
            SignIn {
                f,
                identifier: "siti@peserta.example".to_owned(),
                shared: through_proxy,
                next: reason.map(|_| "/contributions?year=2025&programme=JHT".to_owned()),
                reason,
                through_proxy,
                passkey: challenge(),
                problems,
            }
        };
        let fresh = SignIn { identifier: String::new(), ..page(self, &[], None, false) };
        self.add("sign-in", Kind::Step, &fresh);
        let empty = [SignInProblem::IdentifierEmpty, SignInProblem::PasswordEmpty];
        for (name, problems) in [
            ("empty", &empty[..]),
            ("wrong", &[SignInProblem::Wrong]),
            ("left", &[SignInProblem::Left(3)]),
            ("wait", &[SignInProblem::Wait(Duration::from_secs(30))]),
            ("stale", &[SignInProblem::Stale]),
            ("key-none", &[SignInProblem::KeyNone]),
            ("key-not-verified", &[SignInProblem::KeyNotVerified]),
            ("key-old", &[SignInProblem::KeyOld]),
        ] {
            let mut page = page(self, problems, None, false);
            if name == "empty" {
                page.identifier.clear();
            }
            self.add(&format!("sign-in-{name}"), Kind::Step, &page);
        }
        for (name, reason) in [
            ("signed-out", Reason::SignedOut),
            ("password-changed", Reason::PasswordChanged),
            ("session-ended", Reason::SessionEnded),
            ("step-old", Reason::StepOld),
            ("no-cookies", Reason::CookiesOff),
        ] {
            let page = page(self, &[], Some(reason), false);
            self.add(&format!("sign-in-{name}"), Kind::Step, &page);
        }
        let page = page(self, &[], None, true);
        self.add("sign-in-proxy", Kind::Step, &page);
        for (name, pause) in [
            ("password", Pause::Password(now())),
            ("code", Pause::Code(now())),
            ("locked", Pause::Locked),
        ] {
            let f = self.frame("/sign-in");
            self.add(&format!("paused-{name}"), Kind::Step, &Paused { f, pause });
        }
    }

    fn second_step(&mut self) {
        let sms = || Way::Sms { ending: "21".to_owned() };
        let email = || Way::Email { masked: "s••••@p••••.example".to_owned() };
        let choose = |shelf: &Self, problems: &[ChooseProblem]| {
            let f = shelf.frame("/sign-in/method");
            let problems = problems.iter().map(|problem| problem.says(&f)).collect();
            Choose {
                f,
                ways: vec![Way::Totp, sms(), email(), Way::RecoveryCode],
                ticked: Some("sms"),
                passkey: Some(challenge()),
                way_back: "/sign-in",
                problems,
            }
        };
        let page = choose(self, &[]);
        self.add("choose", Kind::Step, &page);
        let page = Choose { ticked: None, ..choose(self, &[ChooseProblem::Nothing]) };
        self.add("choose-nothing", Kind::Step, &page);
        for (name, problem) in [
            ("send-day", ChooseProblem::SendDay),
            ("send-fail", ChooseProblem::SendFail),
            ("key-none", ChooseProblem::KeyNone),
            ("key-not-verified", ChooseProblem::KeyNotVerified),
            ("key-old", ChooseProblem::KeyOld),
            ("stale", ChooseProblem::Stale),
        ] {
            let page = choose(self, &[problem]);
            self.add(&format!("choose-{name}"), Kind::Step, &page);
        }
        let code = |shelf: &Self, way: Way, problems: &[CodeProblem]| {
            let f = shelf.frame("/sign-in/code");
            let left = Duration::from_mins(10);
            let good_for = way.is_sent().then(|| (now().plus(left), left));
            let wait = if way.is_sent() { Duration::from_secs(30) } else { Duration::ZERO };
            let problems = problems.iter().map(|problem| problem.says(&f, &way)).collect();
            Code {
                f,
                way,
                good_for,
                wait,
                sent_again: false,
                other_ways: true,
                may_remember: true,
                problems,
            }
        };
        for (name, page) in [
            ("code-sms", code(self, sms(), &[])),
            ("code-email", code(self, email(), &[])),
            ("code-totp", code(self, Way::Totp, &[])),
            ("code-again", Code { sent_again: true, ..code(self, sms(), &[]) }),
            ("code-empty", code(self, sms(), &[CodeProblem::Empty])),
            ("code-short", code(self, sms(), &[CodeProblem::Short])),
            ("code-long", code(self, sms(), &[CodeProblem::Long])),
            ("code-chars", code(self, sms(), &[CodeProblem::Characters])),
            ("code-wrong", code(self, sms(), &[CodeProblem::Wrong])),
            ("code-wrong-email", code(self, email(), &[CodeProblem::Wrong])),
            ("code-wrong-totp", code(self, Way::Totp, &[CodeProblem::Wrong])),
            ("code-expired", code(self, sms(), &[CodeProblem::Expired(10)])),
            ("code-wait", code(self, sms(), &[CodeProblem::SendWait(30)])),
            ("code-day", code(self, sms(), &[CodeProblem::SendDay])),
            ("code-fail", code(self, sms(), &[CodeProblem::SendFail])),
            ("code-stale", code(self, sms(), &[CodeProblem::Stale])),
        ] {
            self.add(name, Kind::Step, &page);
        }
        let f = self.frame("/sign-in");
        self.add("received", Kind::Step, &Received { f, at: now() });
        for (name, problem) in [
            ("recovery", None),
            ("recovery-empty", Some(RecoveryProblem::Empty)),
            ("recovery-wrong", Some(RecoveryProblem::Wrong)),
            ("recovery-stale", Some(RecoveryProblem::Stale)),
        ] {
            let f = self.frame("/sign-in/recovery-code");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            self.add(name, Kind::Step, &Recovery { f, other_ways: true, problems });
        }
    }

    fn confirm(&mut self) {
        for (name, next, problem) in [
            ("confirm", "/security/passkeys/add", None),
            ("confirm-nothing", "/security/app", Some(ChooseProblem::Nothing)),
            ("confirm-codes", "/security/codes", None),
            ("confirm-ways", "/security/ways", None),
            ("confirm-password", "/security/password", None),
            ("confirm-details", "/personal-details", None),
            ("confirm-other", "/claims", Some(ChooseProblem::KeyNone)),
        ] {
            let f = self.member_frame("/confirm");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            let page = Confirm {
                f,
                next: next.to_owned(),
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
        });
        let full = Security {
            done: Some(Done::PasskeyRemoved),
            advice: None,
            passkeys: passkeys.to_vec(),
            app: Some(("HP saya".to_owned(), now())),
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
        for name in ["app-remove", "app-remove-last"] {
            let f = self.member_frame("/security/app/remove");
            let problems =
                if name == "app-remove" { Problems::default() } else { last(&f, "remove") };
            self.add(name, Kind::Member, &RemoveApp { f, problems });
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
        for name in ["key", "key-last"] {
            let f = self.member_frame("/security/passkeys/00000000-0000-0000-0000-000000000001");
            let problems = if name == "key" { Problems::default() } else { last(&f, "remove") };
            let (id, called) = (Uuid::from_u128(1), "HP saya".to_owned());
            self.add(name, Kind::Member, &OnePasskey { f, id, name: called, problems });
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

    fn passwords(&mut self) {
        for (name, problem) in [
            ("forgot", None),
            ("forgot-empty", Some(ForgotProblem::Empty)),
            ("forgot-email", Some(ForgotProblem::EmailFormat)),
            ("forgot-stale", Some(ForgotProblem::Stale)),
        ] {
            let f = self.frame("/forgot-password");
            let problems = problem.iter().map(|problem| problem.says(&f)).collect();
            let identifier = problem.map(|_| "siti@".to_owned()).unwrap_or_default();
            let page = Forgot { f, identifier, cookies_off: false, problems };
            self.add(name, Kind::Step, &page);
        }
        let f = self.frame("/forgot-password");
        let (identifier, problems) = ("siti".to_owned(), Problems::default());
        let page = Forgot { f, identifier, cookies_off: true, problems };
        self.add("forgot-no-cookies", Kind::Step, &page);
        for (name, again) in [
            ("sent-now", Again::Now),
            ("sent-wait", Again::In(Duration::from_secs(59))),
            ("sent-tomorrow", Again::Tomorrow),
        ] {
            let (f, identifier) =
                (self.frame("/forgot-password/sent"), Some("siti@peserta.example".to_owned()));
            self.add(
                name,
                Kind::Step,
                &CheckEmail { f, identifier, life: Duration::from_mins(30), again },
            );
        }
        let (f, life) = (self.frame("/forgot-password/sent"), Duration::from_mins(30));
        let page = CheckEmail { f, identifier: None, life, again: Again::Now };
        self.add("sent-bare", Kind::Step, &page);
        for (name, why) in [
            ("link-expired", Why::Expired),
            ("link-used", Why::Used),
            ("link-newer", Why::Newer),
            ("link-done", Why::Done(now())),
        ] {
            let f = self.frame("/reset-password");
            self.add(name, Kind::Step, &Over { f, why });
        }
        self.new_password();
        self.change_password();
    }

    fn new_password(&mut self) {
        let weak = Strength { level: Level::Weak, advice: vec![Advice::Repeats, Advice::FewWords] };
        for (name, text) in [("reset", None), ("reset-refused", Some("pw-common"))] {
            let f = self.frame("/reset-password");
            let problems = text
                .iter()
                .map(|key| Problem { field: "new_password", text: f.t(key) })
                .collect::<Problems>();
            let strength = text.map(|_| strength::in_words(&f, &weak)).unwrap_or_default();
            let user_name = "siti@peserta.example".to_owned();
            self.add(name, Kind::Step, &Reset { f, user_name, least: 12, strength, problems });
        }
    }

    fn change_password(&mut self) {
        let page = |shelf: &Self, news, problems: &[ChangeProblem]| {
            let f = shelf.member_frame("/security/password");
            let problems = problems.iter().map(|problem| problem.says(&f)).collect();
            let every = Strength {
                level: Level::Weak,
                advice: vec![
                    Advice::Keyboard,
                    Advice::Repeats,
                    Advice::Sequence,
                    Advice::Dates,
                    Advice::Common,
                    Advice::NearlyCommon,
                    Advice::OneWord,
                    Advice::Names,
                    Advice::Capitals,
                    Advice::Backwards,
                    Advice::Substitutes,
                    Advice::AnotherWord,
                    Advice::FewWords,
                ],
            };
            let strength = strength::in_words(&f, &every);
            let user_name = "siti@peserta.example".to_owned();
            Change { f, news, user_name, least: 12, ends_others: true, strength, problems }
        };
        let fresh = Change { strength: String::new(), ..page(self, None, &[]) };
        self.add("change", Kind::Member, &fresh);
        for (name, news) in [("done", News::Done), ("expired", News::Expired)] {
            let page = page(self, Some(news), &[]);
            self.add(&format!("change-{name}"), Kind::Member, &page);
        }
        for (name, problems) in [
            ("empty", &[ChangeProblem::PresentEmpty, ChangeProblem::NewEmpty][..]),
            ("wrong", &[ChangeProblem::Wrong]),
            ("paused", &[ChangeProblem::Paused(now())]),
            ("locked", &[ChangeProblem::Locked]),
            ("short", &[ChangeProblem::Refused(Refusal::Short(12))]),
            ("long", &[ChangeProblem::Refused(Refusal::Long)]),
            ("kinds", &[ChangeProblem::Refused(Refusal::Kinds(3))]),
            ("common", &[ChangeProblem::Refused(Refusal::Common)]),
            ("personal", &[ChangeProblem::Refused(Refusal::Personal)]),
            ("same", &[ChangeProblem::Refused(Refusal::Same)]),
            ("stale", &[ChangeProblem::Stale]),
        ] {
            let page = page(self, None, problems);
            self.add(&format!("change-{name}"), Kind::Member, &page);
        }
    }

    fn member(&mut self) {
        let membership = |number: &str, employer: Option<&str>, is_active, balance| Membership {
            kpj: Kpj::parse(number).expect("a member number"),
            employer: employer.map(str::to_owned),
            is_active,
            balance: Rupiah::new(balance),
        };
        let july = Month::new(2026, 7);
        let programme = |letters: &str, last_month, employer: Option<&str>| Programme {
            letters: letters.to_owned(),
            last_month,
            employer: employer.map(str::to_owned),
        };
        let dashboard = |shelf: &Self| Dashboard {
            f: shelf.member_frame("/dashboard"),
            name: "Siti Rahayu".to_owned(),
            jht: Rupiah::new(87_412_350),
            as_of: Some(now()),
            memberships: vec![
                membership("00012345678", Some("PT Kain Nusantara"), true, 61_200_100),
                membership("00087654321", Some("CV Roti Hangat"), false, 26_212_250),
            ],
            programmes: vec![
                programme("JHT", july, Some("PT Kain Nusantara")),
                programme("JP", july, Some("PT Kain Nusantara")),
                programme("JKK", july, Some("PT Kain Nusantara")),
                programme("JKM", july, Some("PT Kain Nusantara")),
                programme("JKP", None, None),
            ],
            missing_months: 2,
            password_days: Some(181),
            last_sign_in: Some(LastSignIn { at: now(), device: "Chrome, Android".to_owned() }),
        };
        let page = dashboard(self);
        self.add("dashboard", Kind::Dashboard, &page);
        let budi = vec![membership("00055555555", None, true, 1_250_000)];
        let page = Dashboard {
            missing_months: 0,
            password_days: None,
            memberships: budi,
            as_of: None,
            last_sign_in: None,
            ..dashboard(self)
        };
        self.add("dashboard-calm", Kind::Dashboard, &page);
        let detail = |what, values: &[&str], source, year| Detail {
            what,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            source,
            since: Some(jiff::civil::date(year, 3, 1)),
        };
        let details = vec![
            detail(What::Name, &["Siti Rahayu"], Source::Employer, 2014),
            detail(What::Nik, &["••••••••••••0003"], Source::Employer, 2014),
            detail(What::BirthDate, &["14 Juli 1990"], Source::Employer, 2014),
            detail(What::Kpj, &["00012345678", "00087654321"], Source::Programme, 2014),
            detail(What::Phone, &["•••• •••• ••21"], Source::Member, 2025),
            detail(What::Email, &["s••••@p••••.example"], Source::Member, 2025),
            Detail { since: None, ..detail(What::Address, &[], Source::Member, 2025) },
        ];
        let f = self.member_frame("/personal-details");
        self.add("personal", Kind::Member, &PersonalDetails { f, details });
        let f = self.member_frame("/sign-out");
        self.add("sign-out", Kind::Member, &SignOut { f });
    }

    fn records(&mut self) {
        let page = self.history();
        self.add("contributions", Kind::Member, &page);
        let f = self.member_frame("/contributions?year=2013");
        let filter = self.history().filter;
        let empty = History {
            f,
            filter,
            missing_months: 0,
            grid: vec![],
            years: vec![],
            chart: None,
            rows: vec![],
            older: None,
            newest: None,
        };
        self.add("contributions-empty", Kind::Member, &empty);
        let year = |year, opening: i64, contributions: i64, returns: i64, payouts: i64| Year {
            year,
            opening: Rupiah::new(opening),
            contributions: Rupiah::new(contributions),
            returns: Rupiah::new(returns),
            payouts: Rupiah::new(payouts),
            closing: Rupiah::new(opening + contributions + returns - payouts),
        };
        let years = |scale: i64| {
            vec![
                year(2026, 79_100_000 / scale, 4_512_350 / scale, 3_800_000 / scale, 0),
                year(2025, 70_000_000 / scale, 5_400_000 / scale, 3_700_000 / scale, 0),
                year(2024, 66_000_000 / scale, 5_100_000 / scale, 3_400_000 / scale, 4_500_000),
            ]
        };
        let account = |number: &str, scale: i64| Account {
            kpj: Kpj::parse(number).expect("a member number"),
            employer: Some("PT Kain Nusantara".to_owned()),
            balance: Rupiah::new(87_412_350 / scale),
            years: years(scale),
        };
        let f = self.member_frame("/balance");
        let note = "Hasil dihitung dengan 5,5% setahun: angka andaian untuk demonstrasi, bukan \
                    janji dan bukan angka resmi.";
        let balance = Balance {
            f,
            total: Rupiah::new(87_412_350),
            as_of: now(),
            years: years(1),
            accounts: vec![account("00012345678", 2), account("00087654321", 3)],
            return_note: note.to_owned(),
        };
        self.add("balance", Kind::Member, &balance);
        let f = self.member_frame("/balance");
        let empty = Balance { f, total: Rupiah::ZERO, years: vec![], accounts: vec![], ..balance };
        self.add("balance-empty", Kind::Member, &empty);
    }

    /// Twelve years of Siti's contributions.
    fn history(&self) -> History {
        let f = self.member_frame("/contributions");
        let choice = |value: &str, chosen| Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            chosen,
        };
        let filter = Filter {
            years: (2014..=2026).rev().map(|year| choice(&year.to_string(), false)).collect(),
            programmes: ["JHT", "JP"].iter().map(|p| choice(p, *p == "JHT")).collect(),
            employers: vec![choice("PT Kain Nusantara", false), choice("CV Roti Hangat", false)],
        };
        let mark = |month: Month| match month.get() {
            202_608 => Mark::Waiting,
            202_605 | 202_511 => Mark::Missing,
            202_603 => Mark::Late,
            202_509 => Mark::Short,
            ..201_403 | 202_609.. => Mark::NotDue,
            _ => Mark::Received,
        };
        let month = |year, number| Month::new(year, number).expect("a month");
        let grid_year = |year| GridYear {
            year,
            months: std::array::from_fn(|place| {
                let month = month(year, i8::try_from(place).expect("small") + 1);
                (month, mark(month))
            }),
        };
        let years: Vec<YearSum> = (2014..=2026)
            .rev()
            .map(|year| {
                let own = 1_100_000 + i64::from(year - 2014) * 95_000;
                YearSum {
                    year,
                    own: Rupiah::new(own),
                    employer: Rupiah::new(own * 37 / 20),
                    total: Rupiah::new(own + own * 37 / 20),
                }
            })
            .collect();
        let last = month(2026, 8);
        let rows = (0..24).map(|back| {
            let month = last.plus(-back);
            let mark = mark(month);
            let came = matches!(mark, Mark::Received | Mark::Late | Mark::Short);
            let amount = |paid| Rupiah::new(if came { paid } else { 0 });
            Row {
                month,
                programme: "JHT".to_owned(),
                employer: "PT Kain Nusantara".to_owned(),
                payer: String::new(),
                wage: came.then(|| Rupiah::new(11_250_000)),
                own_part: amount(225_000),
                employer_part: amount(416_250),
                received: came.then(|| month.next().first_day()),
                mark,
            }
        });
        History {
            filter,
            missing_months: 2,
            grid: [2026, 2025, 2024].map(grid_year).into(),
            chart: Chart::of(&f, &years),
            years,
            rows: rows.collect(),
            older: Some("/contributions?programme=JHT&before=202409".to_owned()),
            newest: Some("/contributions?programme=JHT".to_owned()),
            f,
        }
    }

    fn alarms(&mut self) {
        let device = |words: &str, minutes, is_this| Device {
            handle: "h".repeat(22),
            words: words.to_owned(),
            first_seen: now().minus(Duration::from_hours(2)),
            last_seen: now().minus(Duration::from_mins(minutes)),
            is_this,
        };
        let devices = vec![
            device("Chrome, Android", 0, true),
            device("Samsung Internet, Android", 12, false),
            device("?", 90, false),
        ];
        let page = |shelf: &Self, ended| Devices {
            f: shelf.member_frame("/security/devices"),
            devices: devices.clone(),
            ended,
        };
        for (name, ended) in [("", None), ("-ended", Some(2)), ("-none-ended", Some(0))] {
            let page = page(self, ended);
            self.add(&format!("devices{name}"), Kind::Member, &page);
        }
        let alone = Devices { devices: devices[..1].to_vec(), ..page(self, None) };
        self.add("devices-alone", Kind::Member, &alone);
        self.activity();
        self.not_me();
        self.inbox();
    }

    fn activity(&mut self) {
        let f = self.member_frame("/activity");
        let line = |(number, event): (u32, &Event)| {
            let at = now().minus(Duration::from_mins(u64::from(number) * 37));
            let device = ["Chrome, Android", "Firefox, Windows", ""][number as usize % 3];
            let mark = Place { at, id: Uuid::from_u128(u128::from(number)) };
            (mark, Line { at, event: *event, device: device.to_owned() })
        };
        let choice = |value: &str, label: &str, chosen| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            chosen,
        };
        let page = Activity {
            f,
            kinds: vec![choice("sign-in", "Masuk dan keluar", true)],
            months: vec![choice("202608", "Agustus 2026", false)],
            chosen: ("sign-in".to_owned(), String::new()),
            lines: (0..).zip(Event::ALL).map(line).collect(),
            older: Some("/activity?kind=sign-in&before=1.2#lines".to_owned()),
            newest: Some("/activity?kind=sign-in#lines".to_owned()),
        };
        self.add("activity", Kind::Member, &page);
        let empty = Activity { lines: vec![], older: None, newest: None, ..page };
        self.add("activity-empty", Kind::Member, &empty);
    }

    fn not_me(&mut self) {
        let (subject, language) = ("Masuk dari perangkat baru".to_owned(), "id");
        let line = "Signed in, Chrome, Android, 17 Agustus 2026, 14.05 WIB".to_owned();
        for (name, matter) in [
            ("message", Matter::Message { subject, language, at: now() }),
            ("unnamed", Matter::Unnamed),
            ("used", Matter::Used(now())),
            ("expired", Matter::Expired),
            ("done", Matter::Done),
        ] {
            let f = self.frame("/not-me");
            self.add(&format!("not-me-{name}"), Kind::Public, &NotMe { f, matter });
        }
        for (name, matter) in [("line", Some(line)), ("account", None)] {
            let (f, matter) = (self.member_frame("/not-me"), Matter::Own(matter));
            self.add(&format!("not-me-{name}"), Kind::Member, &NotMe { f, matter });
        }
    }

    fn inbox(&mut self) {
        let told = |kind: &str, subject: &str, is_sms, sent: bool, is_given_up| Told {
            id: MessageId(Uuid::nil()),
            at: now(),
            sent_at: sent.then(now),
            is_given_up,
            is_sms,
            kind: kind.to_owned(),
            language: Language::Id,
            subject: subject.to_owned(),
            masked_to: if is_sms {
                "•••• 21"
            } else {
                "s••••@p••••.example"
            }
            .to_owned(),
            reference: Reference::parse("PYG-7F3K-29QD"),
        };
        let messages = vec![
            told("new-device", "Masuk dari perangkat baru", false, true, false),
            told("sign-in-code", "Kode masuk Payung", true, false, false),
            told("reset-link", "Setel ulang kata sandi", false, false, true),
        ];
        let page = Inbox {
            f: self.member_frame("/inbox"),
            messages: messages.clone(),
            older: Some("/inbox?before=1.2#messages".to_owned()),
            newest: Some("/inbox#messages"),
        };
        self.add("inbox", Kind::Member, &page);
        let empty = Inbox { messages: vec![], older: None, newest: None, ..page };
        self.add("inbox-empty", Kind::Member, &empty);
        let check = |shelf: &Self, answer: Option<Answer>| Check {
            f: shelf.frame("/check?reference=PYG-7F3K-29QD"),
            typed: "PYG-7F3K-29QD".to_owned(),
            answer,
            problems: Problems::default(),
        };
        let fresh = Check { typed: String::new(), ..check(self, None) };
        self.add("check", Kind::Public, &fresh);
        let told = messages.into_iter().next().expect("there are three");
        let ours = check(self, Some(Answer::Ours(Box::new(told))));
        self.add("check-ours", Kind::Public, &ours);
        let unknown = check(self, Some(Answer::Unknown));
        self.add("check-unknown", Kind::Public, &unknown);
        let text = fresh.f.t("check-format");
        let problems = Problems(vec![Problem { field: "reference", text }]);
        let wrong = Check { typed: "123".to_owned(), problems, ..check(self, None) };
        self.add("check-format", Kind::Public, &wrong);
    }

    fn obstacles(&mut self) {
        let reference = || "7F3K-21QD".to_owned();
        for obstacle in [
            Obstacle::Unreadable,
            Obstacle::NotAllowed(reference()),
            Obstacle::NotFound,
            Obstacle::WrongMethod,
            Obstacle::TooLarge,
            Obstacle::TooMany(now()),
            Obstacle::Broken { reference: reference(), kept: false },
            Obstacle::Closed(now()),
        ] {
            let (f, name) = (self.frame("/"), format!("problem-{}", obstacle.status()));
            self.add(&name, Kind::Public, &ProblemPage { f, obstacle });
        }
        let f = self.member_frame("/balance");
        let obstacle = Obstacle::Broken { reference: reference(), kept: true };
        self.add("problem-500-kept", Kind::Public, &ProblemPage { f, obstacle });
        let f = self.frame("/sign-in");
        self.add("problem-busy", Kind::Public, &ProblemPage { f, obstacle: Obstacle::Busy });
    }
}

/// Something that looks like an attack, in every place where data is shown.
pub(crate) fn hostile(language: Language) -> Sample {
    const TRAP: &str = "\"><script>alert(1)</script>{{7*7}}";
    let f = frame(language, Theme::Auto, "/sign-in");
    let problems = Problems(vec![Problem { field: "identifier", text: TRAP.to_owned() }]);
    let page = SignIn {
        f,
        identifier: TRAP.to_owned(),
        shared: false,
        next: Some(TRAP.to_owned()),
        reason: None,
        through_proxy: false,
        passkey: challenge(),
        problems,
    };
    let html = page.render().expect("a page renders");
    Sample { name: "hostile".to_owned(), kind: Kind::Step, html }
}
