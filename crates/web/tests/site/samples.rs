//! Every page with sample people: what the tests of this crate and the gallery both render.

use std::io::Write as _;
use std::time::Duration;

use askama::Template;
use flate2::Compression;
use flate2::write::GzEncoder;
use payung_domain::ids::Kpj;
use payung_domain::language::Language;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::time::{Instant, Zone};
use payung_texts::Texts;
use payung_web::page::{Frame, Help, Problem, Problems, SignedIn, Theme};
use payung_web::pages::balance::statement::{Account, Balance, Year};
use payung_web::pages::contributions::chart::Chart;
use payung_web::pages::contributions::history::{
    Choice, Filter, GridYear, History, Mark, Row, YearSum,
};
use payung_web::pages::dashboard::overview::{Dashboard, LastSignIn, Membership, Programme};
use payung_web::pages::demo::outbox::{Channel, Outbox, Sent};
use payung_web::pages::help::status::{Part, State, Status};
use payung_web::pages::help::topics::Topics;
use payung_web::pages::personal::details::{Detail, PersonalDetails, Source, What};
use payung_web::pages::problems::problem::{Obstacle, ProblemPage};
use payung_web::pages::sign_in::Way;
use payung_web::pages::sign_in::choose::{Choose, ChooseProblem};
use payung_web::pages::sign_in::code::{Code, CodeProblem};
use payung_web::pages::sign_in::password::{Reason, SignIn, SignInProblem};
use payung_web::pages::sign_in::paused::{Pause, Paused};
use payung_web::pages::sign_in::received::Received;
use payung_web::pages::sign_out::confirm::SignOut;
use payung_web::pages::welcome::home::Home;

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

/// Every page, with and without problems, in one language and theme.
pub(crate) fn all(language: Language, theme: Theme) -> Vec<Sample> {
    let mut shelf = Shelf { samples: Vec::new(), language, theme };
    shelf.doors();
    shelf.sign_in();
    shelf.second_step();
    shelf.member();
    shelf.records();
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
        ] {
            let mut page = page(self, problems, None, false);
            if name == "empty" {
                page.identifier.clear();
            }
            self.add(&format!("sign-in-{name}"), Kind::Step, &page);
        }
        for (name, reason) in [
            ("signed-out", Reason::SignedOut),
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
            Choose { f, ways: vec![Way::Totp, sms(), email()], ticked: Some("sms"), problems }
        };
        let page = choose(self, &[]);
        self.add("choose", Kind::Step, &page);
        let page = Choose { ticked: None, ..choose(self, &[ChooseProblem::Nothing]) };
        self.add("choose-nothing", Kind::Step, &page);
        for (name, problem) in [
            ("send-day", ChooseProblem::SendDay),
            ("send-fail", ChooseProblem::SendFail),
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
            Code { f, way, good_for, wait, sent_again: false, other_ways: true, problems }
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
            last_sign_in: Some(LastSignIn { at: now(), device: "Chrome, Android".to_owned() }),
        };
        let page = dashboard(self);
        self.add("dashboard", Kind::Dashboard, &page);
        let budi = vec![membership("00055555555", None, true, 1_250_000)];
        let page = Dashboard {
            missing_months: 0,
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
        problems,
    };
    let html = page.render().expect("a page renders");
    Sample { name: "hostile".to_owned(), kind: Kind::Step, html }
}
