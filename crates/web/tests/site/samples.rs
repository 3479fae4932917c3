//! Every page with sample people: what the tests of this crate and the gallery both render.

use askama::Template;
use flate2::Compression;
use flate2::write::GzEncoder;
use payung_domain::activity::{Event, Line};
use payung_domain::contributions::duty::Owed;
use payung_domain::ids::{Kpj, MessageId};
use payung_domain::language::Language;
use payung_domain::marks::Mark as Place;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::oidc::scopes::Scopes;
use payung_domain::reference::Reference;
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_flows::inbox::Told;
use payung_flows::oidc::connected::{Connected, Own};
use payung_flows::passkeys::Challenge;
use payung_flows::sessions::Device;
use payung_texts::Texts;
use payung_web::page::{Frame, Help, Kept, Problem, Problems, SignedIn, Theme};
use payung_web::pages::activity::list::Activity;
use payung_web::pages::apps::list::Apps;
use payung_web::pages::check::message::{Answer, Check};
use payung_web::pages::consent::ask::{Consent, Item};
use payung_web::pages::consent::logout::Logout;
use payung_web::pages::contributions::history::Choice;
use payung_web::pages::contributions::owed::says_toll;
use payung_web::pages::dashboard::overview::{Dashboard, LastSignIn, Membership, Programme};
use payung_web::pages::demo::outbox::{Channel, Outbox, Sent};
use payung_web::pages::devices::list::Devices;
use payung_web::pages::help::topics::Topics;
use payung_web::pages::inbox::list::Inbox;
use payung_web::pages::not_me::secure::{Matter, NotMe};
use payung_web::pages::personal::details::{Detail, PersonalDetails, Source, What};
use payung_web::pages::problems::problem::{Obstacle, ProblemPage};
use payung_web::pages::sign_in::Way;
use payung_web::pages::sign_in::choose::{Choose, ChooseProblem};
use payung_web::pages::sign_in::code::{Code, CodeProblem};
use payung_web::pages::sign_in::password::{Reason, SignIn, SignInProblem};
use payung_web::pages::sign_in::paused::{Pause, Paused};
use payung_web::pages::sign_in::received::Received;
use payung_web::pages::sign_in::recovery::{NextCode, Recovery, RecoveryProblem};
use payung_web::pages::sign_out::confirm::SignOut;
use payung_web::pages::welcome::home::Home;
use std::io::Write as _;
use std::time::Duration;
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
        kept: None,
        demo: true,
    }
}

fn signed_in(language: Language, theme: Theme, address: &str) -> Frame {
    let idle = Duration::from_mins(15);
    let siti = SignedIn { name: "Siti Rahayu".to_owned(), idle, left: idle };
    Frame { signed_in: Some(siti), ..frame(language, theme, address) }
}

/// What a page with a passkey carries.
pub(crate) fn challenge() -> Challenge {
    let options = "{\"challenge\":\"AAAA\",\"rpId\":\"masuk.payung.example\"}".to_owned();
    Challenge { options, sealed: "A".repeat(500) }
}

/// Every page, with and without problems, in one language and theme.
pub(crate) fn all(language: Language, theme: Theme) -> Vec<Sample> {
    let mut shelf = Shelf { samples: Vec::new(), language, theme };
    shelf.doors();
    shelf.sign_in();
    shelf.second_step();
    crate::factor_samples::add(&mut shelf);
    shelf.passwords();
    crate::recover_samples::add(&mut shelf);
    crate::activation_samples::add(&mut shelf);
    crate::contacts_samples::add(&mut shelf);
    shelf.member();
    shelf.records();
    crate::statements_samples::add(&mut shelf);
    shelf.benefits();
    shelf.alarms();
    shelf.applications();
    crate::device_samples::add(&mut shelf);
    crate::desk_samples::add(&mut shelf);
    crate::desk_service_samples::add(&mut shelf);
    crate::desk_acts_samples::add(&mut shelf);
    crate::desk_recovery_samples::add(&mut shelf);
    crate::corrections_samples::add(&mut shelf);
    crate::claims_samples::add(&mut shelf);
    crate::heirs_samples::add(&mut shelf);
    shelf.obstacles();
    shelf.samples
}

pub(crate) struct Shelf {
    samples: Vec<Sample>,
    language: Language,
    theme: Theme,
}

impl Shelf {
    pub(crate) fn add(&mut self, name: &str, kind: Kind, page: &impl Template) {
        let html = page.render().expect("a page renders");
        self.samples.push(Sample { name: name.to_owned(), kind, html });
    }

    pub(crate) fn frame(&self, address: &str) -> Frame {
        frame(self.language, self.theme, address)
    }

    pub(crate) fn member_frame(&self, address: &str) -> Frame {
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
            ("activated", Reason::Activated),
            ("session-ended", Reason::SessionEnded),
            ("session-ended-kept", Reason::SessionEndedKept),
            ("step-old", Reason::StepOld),
            ("once-more", Reason::Again),
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
            ("code-locked", Pause::CodeLocked),
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
        let f = self.frame("/sign-in/recovery-code");
        let (code, landing) = (Secret::from("0123-4567-89AB-CDEF"), "/dashboard".to_owned());
        self.add("recovery-next", Kind::Step, &NextCode { f, code, landing });
    }

    fn member(&mut self) {
        let membership = |number: &str, employer: Option<&str>, is_active, balance| Membership {
            kpj: Kpj::parse(number).expect("a member number"),
            employer: employer.map(str::to_owned),
            is_active,
            balance: Rupiah::new(balance),
            merged_into: None,
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
            return_note: shelf.member_frame("/dashboard").t1("return-assumed", "rate", "5.5%"),
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
            short_months: 1,
            owed: Owed { contributions: Rupiah::new(1_282_500), penalties: Rupiah::new(76_950) },
            costs: says_toll(&shelf.member_frame("/dashboard"), &crate::record_samples::toll()),
            late_months: 1,
            late_penalties: Rupiah::new(12_825),
            asked: Some(crate::record_samples::question()),
            password_days: Some(181),
            last_sign_in: Some(LastSignIn { at: now(), device: "Chrome, Android".to_owned() }),
            recovery: Some(crate::recover_samples::matter()),
        };
        let page = dashboard(self);
        self.add("dashboard", Kind::Dashboard, &page);
        let budi = vec![membership("00055555555", None, true, 1_250_000)];
        let page = Dashboard {
            missing_months: 0,
            short_months: 0,
            owed: Owed::default(),
            costs: vec![],
            late_months: 0,
            asked: None,
            password_days: None,
            memberships: budi,
            as_of: None,
            last_sign_in: None,
            recovery: None,
            ..dashboard(self)
        };
        self.add("dashboard-calm", Kind::Dashboard, &page);
        let into = Kpj::parse("00012345678").ok();
        let mut page = dashboard(self);
        page.memberships[1].merged_into = into;
        self.add("dashboard-merged", Kind::Dashboard, &page);
        let detail = |what, values: &[&str], source, year| Detail {
            what,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            source,
            since: Some(jiff::civil::date(year, 3, 1)),
            counts: String::new(),
            acts: Vec::new(),
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
        self.add(
            "personal",
            Kind::Member,
            &PersonalDetails { f, news: None, pending: Vec::new(), details },
        );
        let f = self.member_frame("/sign-out");
        self.add("sign-out", Kind::Member, &SignOut { f });
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
            asked: None,
        };
        for (name, ended) in [("", None), ("-ended", Some(2)), ("-none-ended", Some(0))] {
            let page = page(self, ended);
            self.add(&format!("devices{name}"), Kind::Member, &page);
        }
        let alone = Devices { devices: devices[..1].to_vec(), ..page(self, None) };
        self.add("devices-alone", Kind::Member, &alone);
        let f = Frame { kept: Some(Kept::Act), ..self.member_frame("/security/devices") };
        let kept = Devices { f, asked: Some("h".repeat(22)), ..page(self, None) };
        self.add("devices-kept", Kind::Member, &kept);
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
            views: crate::desk_samples::views(),
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
        let mark = Place { at: now(), id: Uuid::nil() };
        for (name, matter) in [("line", Some((mark, line))), ("account", None)] {
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
            recovery: Some(crate::recover_samples::matter()),
        };
        self.add("inbox", Kind::Member, &page);
        let empty = Inbox { messages: vec![], older: None, newest: None, recovery: None, ..page };
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

impl Shelf {
    fn applications(&mut self) {
        let item = |label: &str, value: Option<&str>| Item {
            label: label.to_owned(),
            value: value.map(str::to_owned),
        };
        for (name, goes_on, is_vouched_for) in [
            ("consent", false, true),
            ("consent-offline", true, true),
            ("consent-unknown", false, false),
        ] {
            let page = Consent {
                f: self.member_frame("/oidc/continue?request=x"),
                request: "x".repeat(43),
                app: "Klaim Daring".to_owned(),
                owner: "Dana Kita".to_owned(),
                purpose: "Mengajukan klaim".to_owned(),
                is_vouched_for,
                member: "Siti Rahayu".to_owned(),
                items: vec![
                    item("Nama, tanggal lahir", Some("Siti Rahayu")),
                    item("Nomor Anda di aplikasi ini", Some("Termasuk")),
                ],
                goes_on,
            };
            self.add(name, Kind::Step, &page);
        }
        let app = Connected {
            id: "klaim".to_owned(),
            name: "Klaim Daring".to_owned(),
            owner: "Dana Kita".to_owned(),
            scopes: Scopes::parse(
                "openid profile email phone address membership contributions balance offline_access",
            ),
            since: now(),
            used_at: Some(now()),
        };
        let own = |name: &str, used_at| Own {
            id: name.to_lowercase(),
            name: name.to_owned(),
            owner: "Dana Kita".to_owned(),
            purpose_id: "Melihat iuran dan saldo di ponsel".to_owned(),
            purpose_en: "Contributions and balance on a phone".to_owned(),
            scopes: Scopes::parse("openid profile membership contributions balance"),
            used_at,
            is_open: used_at.is_some(),
        };
        let own = vec![own("Aplikasi Peserta", Some(now())), own("Portal Mitra", None)];
        let f = self.member_frame("/apps");
        self.add("apps", Kind::Member, &Apps { f, apps: vec![app], own, withdrawn: false });
        let f = self.member_frame("/apps?withdrawn=yes");
        self.add(
            "apps-none",
            Kind::Member,
            &Apps { f, apps: Vec::new(), own: Vec::new(), withdrawn: true },
        );
        for (name, app) in [("logout", None), ("logout-app", Some("Klaim Daring".to_owned()))] {
            let f = self.member_frame("/sign-out");
            let sent = vec![("state", "abc".to_owned())];
            self.add(name, Kind::Step, &Logout { f, app, sent });
        }
        for (name, obstacle) in [
            ("problem-application", Obstacle::UnknownApplication),
            ("problem-request-gone", Obstacle::RequestGone),
            ("problem-logout", Obstacle::LogoutRefused),
        ] {
            let f = self.frame("/");
            self.add(name, Kind::Public, &ProblemPage { f, obstacle });
        }
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
