//! The second step: one-time codes by message, and codes of an authenticator app.
//!
//! Who may try, and how often, is `lockout`'s business for the account and this file's for the
//! codes at hand.

use std::time::Duration;

use crate::accounts::Contacts;
use crate::contact::{Email, Phone};
use crate::dice::Dice;
use crate::ids::without_separators;
use crate::keyed::{Key, Tag};
use crate::lockout::{self, Counter, Verdict};
use crate::secret::Secret;
use crate::time::Instant;

/// How long a code lives, and how long an older one stays good beside a newer one (B-02).
pub const CODE_LIFE: Duration = Duration::from_mins(10);

/// How long the steps between password and second factor live.
pub const STEP_LIFE: Duration = Duration::from_mins(15);

/// Wrong tries that void the codes at hand (B-04).
pub const VOIDED_AT: u32 = 5;

/// Wrong tries that pause the second step, counted across codes and sign-ins.
pub const PAUSED_AT: u32 = 10;

/// How long the second step pauses then.
pub const PAUSE: Duration = Duration::from_mins(15);

/// Asks for one try of the second step and, where it may be made, counts it.
///
/// Asking for a new code does not reset the count (B-04): ten misses pause for 15 minutes,
/// whatever codes they were made on.
#[must_use]
pub fn may_try(counter: Counter, now: Instant) -> Verdict {
    lockout::counted(counter, now, |misses| {
        if misses.is_multiple_of(PAUSED_AT) { PAUSE } else { Duration::ZERO }
    })
}

/// Whether the `misses`th miss voids the codes at hand.
#[must_use]
pub const fn voids_codes(misses: u32) -> bool {
    misses.is_multiple_of(VOIDED_AT)
}

/// A way to do the second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// A passkey.
    Passkey,
    /// A code of an authenticator app.
    Totp,
    /// A code by text message.
    Sms,
    /// A code by e-mail: a second message, not a second factor.
    Email,
    /// A recovery code: for the day when no other way works.
    RecoveryCode,
    /// None: the browser was remembered. Never offered, and opens for reading only (H-12).
    Remembered,
    /// None: the account may sign in with the password alone. Never offered; for accounts that test
    /// an installation, and made by nobody else.
    Password,
}

impl Way {
    /// Strongest first, as they are offered.
    pub const ALL: [Self; 7] = [
        Self::Passkey,
        Self::Totp,
        Self::Sms,
        Self::Email,
        Self::RecoveryCode,
        Self::Remembered,
        Self::Password,
    ];

    /// The word in forms, rows and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Totp => "totp",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::RecoveryCode => "recovery-code",
            Self::Remembered => "remembered",
            Self::Password => "password",
        }
    }

    /// Whether it serves day after day. Recovery codes are used up.
    #[must_use]
    pub const fn is_lasting(self) -> bool {
        !matches!(self, Self::RecoveryCode | Self::Remembered | Self::Password)
    }

    /// The way of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// Where a code goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A text message.
    Sms(Phone),
    /// A letter.
    Email(Email),
}

impl Destination {
    /// The canonical address. Personal data.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Sms(phone) => phone.expose(),
            Self::Email(email) => email.expose(),
        }
    }

    /// Enough to recognise, not enough to learn.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Sms(phone) => format!("•••• {}", phone.ending()),
            Self::Email(email) => email.masked(),
        }
    }
}

/// The ways that are open to an account, strongest first.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that hold or do not, each for itself"
)]
pub struct Ways {
    /// How many passkeys there are.
    pub passkeys: usize,
    /// Whether an authenticator app is bound.
    pub has_totp: bool,
    /// How many passkeys and apps are suspended: they open nothing, and may again (J-06).
    pub suspended: usize,
    /// Where messages can go.
    pub contacts: Contacts,
    /// Whether the operator and the member let codes go by text message.
    pub sms_allowed: bool,
    /// Whether the operator and the member let codes go by e-mail.
    pub email_allowed: bool,
    /// Whether the number was changed so recently that it is weighed before use (B-07).
    pub number_is_fresh: bool,
    /// Recovery codes that are left.
    pub recovery_codes: usize,
    /// The way the member wants to be asked for first.
    pub preferred: Option<Way>,
}

impl Ways {
    /// What can be offered.
    #[must_use]
    pub fn open(&self) -> Vec<Way> {
        Way::ALL
            .into_iter()
            .filter(|way| match way {
                Way::Passkey => self.passkeys > 0,
                Way::Totp => self.has_totp,
                Way::Sms | Way::Email => self.destination(*way).is_some(),
                Way::RecoveryCode => self.recovery_codes > 0,
                Way::Remembered | Way::Password => false,
            })
            .collect()
    }

    /// The one that is ticked before the member chooses: the preferred one, while it is open.
    #[must_use]
    pub fn first(&self) -> Option<Way> {
        let open = self.open();
        self.preferred.filter(|way| open.contains(way)).or_else(|| open.first().copied())
    }

    /// Whether the account can be signed in to day after day without this way (J-07).
    ///
    /// Of several passkeys one may go whatever else there is.
    #[must_use]
    pub fn may_lose(&self, way: Way) -> bool {
        let is_one_of_many = way == Way::Passkey && self.passkeys > 1;
        is_one_of_many || self.open().into_iter().any(|other| other != way && other.is_lasting())
    }

    /// Where a code goes by this way, when it may.
    #[must_use]
    pub fn destination(&self, way: Way) -> Option<Destination> {
        match way {
            Way::Passkey | Way::Totp | Way::RecoveryCode | Way::Remembered | Way::Password => None,
            Way::Sms if !self.sms_allowed || self.number_waits() => None,
            Way::Email if !self.email_allowed => None,
            Way::Sms => self.contacts.phone.clone().map(Destination::Sms),
            Way::Email => self.contacts.email.clone().map(Destination::Email),
        }
    }

    /// B-07: for a day after a change, codes go to the new number only where there is nothing else.
    #[must_use]
    pub fn number_waits(&self) -> bool {
        let has_letters = self.email_allowed && self.contacts.email.is_some();
        self.number_is_fresh && (self.passkeys > 0 || self.has_totp || has_letters)
    }
}

/// A number that was changed is fresh for so long (B-07).
pub const NUMBER_FRESH: Duration = Duration::from_hours(24);

/// Whether a number confirmed then took the place of another one a short while ago. The one that an
/// account begins with is as old as the account.
#[must_use]
pub fn number_is_fresh(confirmed_at: Instant, account_since: Instant, now: Instant) -> bool {
    confirmed_at > account_since && now.since(confirmed_at) < NUMBER_FRESH
}

/// The one thing that would protect an account most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A way that cannot be phished or intercepted: a passkey, or an app where there is none.
    AddStronger,
    /// Recovery codes, for the day when the phone is gone.
    MakeCodes,
    /// New recovery codes: few are left.
    RenewCodes,
    /// A second way beside the only one.
    AddAnother,
}

impl Ways {
    /// The single next best step, if there is one.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        let lasting = self.open().into_iter().filter(|way| way.is_lasting()).count();
        if self.passkeys == 0 && !self.has_totp {
            Some(Advice::AddStronger)
        } else if self.recovery_codes == 0 {
            Some(Advice::MakeCodes)
        } else if lasting < 2 {
            Some(Advice::AddAnother)
        } else if self.recovery_codes <= crate::recovery_codes::FEW {
            Some(Advice::RenewCodes)
        } else {
            None
        }
    }
}

/// Six digits, every number as likely as the next (B-01).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(Secret);

/// Why typed text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Nothing was typed.
    Empty,
    /// Fewer than six digits.
    Short,
    /// More than six digits.
    Long,
    /// Something else than digits.
    Characters,
}

impl Code {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        Self(Secret::new(format!("{:06}", dice.below(1_000_000))))
    }

    /// Reads what was typed or pasted: `123 456`, `123-456` and `#123456` are forgiven.
    pub fn parse(typed: &str) -> Result<Self, CodeProblem> {
        let code = without_separators(typed).trim_start_matches('#').to_owned();
        match code.chars().count() {
            0 => Err(CodeProblem::Empty),
            _ if !code.chars().all(|c| c.is_ascii_digit()) => Err(CodeProblem::Characters),
            6 => Ok(Self(Secret::new(code))),
            count if count < 6 => Err(CodeProblem::Short),
            _ => Err(CodeProblem::Long),
        }
    }

    /// The digits.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// What is kept of it: a keyed hash bound to its sign-in (B-03, B-06). A plain hash of six
    /// digits would be turned back in a moment.
    #[must_use]
    pub fn tag(&self, key: &Key, sign_in: &Tag) -> Tag {
        key.tag(&[b"code", sign_in, self.expose().as_bytes()])
    }
}

/// Whether another code may be sent now, from the times earlier ones were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It may.
    Now,
    /// Not before this moment.
    Wait(Instant),
    /// Today's limit of this destination or account is reached.
    NoMoreToday,
}

/// How much may be sent to one destination, or for one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendLimits {
    /// In an hour.
    pub per_hour: u32,
    /// In a day.
    pub per_day: u32,
}

/// Waits of 30, 60, then 120 seconds inside one sign-in (B-05).
#[must_use]
pub fn may_resend(sent_in_this_sign_in: &[Instant], now: Instant) -> Sending {
    let Some(last) = sent_in_this_sign_in.iter().max() else { return Sending::Now };
    let wait = match sent_in_this_sign_in.len() {
        1 => 30,
        2 => 60,
        _ => 120,
    };
    let free = last.plus(Duration::from_secs(wait));
    if now < free { Sending::Wait(free) } else { Sending::Now }
}

/// The budget of a destination and of an account over an hour and a day (B-05).
#[must_use]
pub fn within_budget(sent: &[Instant], limits: SendLimits, now: Instant) -> Sending {
    let within = |span| sent.iter().filter(|at| now.since(**at) < span).count();
    if within(Duration::from_hours(24)) >= limits.per_day as usize {
        return Sending::NoMoreToday;
    }
    if within(Duration::from_hours(1)) >= limits.per_hour as usize {
        let mut recent: Vec<Instant> =
            sent.iter().copied().filter(|at| now.since(*at) < Duration::from_hours(1)).collect();
        recent.sort_unstable();
        let leaving = recent.len() - limits.per_hour as usize;
        return recent
            .get(leaving)
            .map_or(Sending::NoMoreToday, |at| Sending::Wait(at.plus(Duration::from_hours(1))));
    }
    Sending::Now
}

/// 160 random bits shared with an authenticator app (C-01).
pub type Seed = [u8; 20];

/// The 30-second step of a moment, as authenticator apps count it (RFC 6238).
#[must_use]
pub fn totp_step(now: Instant) -> i64 {
    now.micros().div_euclid(30_000_000)
}

/// The hash an authenticator app makes its codes with (C-01). Most apps know the first one only, and
/// some say they know another one and do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hash {
    /// HMAC-SHA-1: what every app knows.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

impl Hash {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sha1, Self::Sha256, Self::Sha512];

    /// The word in settings, rows and the addresses that apps read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }

    /// The hash of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hash| hash.name() == name)
    }

    const fn algorithm(self) -> totp_rs::Algorithm {
        match self {
            Self::Sha1 => totp_rs::Algorithm::SHA1,
            Self::Sha256 => totp_rs::Algorithm::SHA256,
            Self::Sha512 => totp_rs::Algorithm::SHA512,
        }
    }
}

/// How late a code of an app may come (C-02, X-05).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// In its half-minute or the next one.
    #[default]
    OneBack,
    /// In its half-minute only.
    Strict,
}

/// The step whose code was typed: the present one or, where that is allowed, the one before it
/// (C-02), and only after the last accepted one (C-03). `None` when the code fits neither.
#[must_use]
pub fn totp_matches(
    (seed, hash): (&Seed, Hash),
    typed: &Code,
    last: i64,
    window: Window,
    now: Instant,
) -> Option<i64> {
    let present = totp_step(now);
    let mut matched = None;
    for step in [present - 1, present] {
        // Both are always computed and compared, so the time tells nothing.
        let fits = totp_code_with(seed, hash, step)
            .is_some_and(|code| crate::keyed::same(code.as_bytes(), typed.expose().as_bytes()));
        let is_in_time = step == present || window == Window::OneBack;
        if fits && is_in_time && step > last {
            matched = Some(step);
        }
    }
    matched
}

/// The code an authenticator app shows in a step: six digits, 30 s (C-01).
#[must_use]
pub fn totp_code_with(seed: &Seed, hash: Hash, step: i64) -> Option<String> {
    let step = u64::try_from(step).ok()?;
    let made = totp_rs::Builder::new().with_algorithm(hash.algorithm()).with_secret(*seed);
    Some(made.build().ok()?.generate(step * 30).to_string())
}

/// The same with the hash that every app knows.
#[must_use]
pub fn totp_code(seed: &Seed, step: i64) -> Option<String> {
    totp_code_with(seed, Hash::Sha1, step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const LIMITS: SendLimits = SendLimits { per_hour: 5, per_day: 10 };

    #[test]
    fn codes_are_forgiven_what_people_paste_around_them() {
        for typed in ["123456", " 123 456 ", "123-456", "#123456", "123\u{200b}456"] {
            assert_eq!(Code::parse(typed).unwrap().expose(), "123456", "{typed}");
        }
        assert_eq!(Code::parse(""), Err(CodeProblem::Empty));
        assert_eq!(Code::parse("12345"), Err(CodeProblem::Short));
        assert_eq!(Code::parse("1234567"), Err(CodeProblem::Long));
        assert_eq!(Code::parse("12345a"), Err(CodeProblem::Characters));
    }

    #[test]
    fn b03_a_code_means_nothing_in_another_sign_in() {
        let key = Key::new([1; 32]);
        let code = Code::parse("123456").unwrap();
        assert_ne!(code.tag(&key, &[1; 32]), code.tag(&key, &[2; 32]));
    }

    #[test]
    fn b06_what_is_kept_of_a_code_says_nothing_without_the_key() {
        let (key, other) = (Key::new([1; 32]), Key::new([2; 32]));
        let code = Code::parse("123456").unwrap();
        let kept = code.tag(&key, &[1; 32]);
        assert_ne!(kept, code.tag(&other, &[1; 32]));
        // A million plain hashes are made in a second; none of them is what is kept.
        let is_found = (0..2_000).chain([123_456]).any(|guess: u32| {
            let guess = format!("{guess:06}");
            let bound = [&[1; 32], guess.as_bytes()].concat();
            crate::keyed::digest(guess.as_bytes()) == kept || crate::keyed::digest(&bound) == kept
        });
        assert!(!is_found);
        assert_eq!(format!("{code:?}"), "Code(Secret(…))", "nor is it ever printed");
    }

    #[test]
    fn b04_ten_misses_pause_the_step_and_five_void_the_codes() {
        let (mut counter, mut tried) = (Counter::NEW, 0);
        while let Verdict::Try(next) = may_try(counter, NOON) {
            (counter, tried) = (next, tried + 1);
        }
        assert_eq!(tried, 10);
        assert_eq!(may_try(counter, NOON), Verdict::Paused(NOON.plus(Duration::from_mins(15))));
        assert!(matches!(may_try(counter, NOON.plus(PAUSE)), Verdict::Try(_)));
        assert!(voids_codes(5) && voids_codes(10) && !voids_codes(6));
    }

    #[test]
    fn b05_waits_grow_from_half_a_minute_to_two() {
        let ago = |seconds| NOON.minus(Duration::from_secs(seconds));
        assert_eq!(may_resend(&[], NOON), Sending::Now);
        assert_eq!(
            may_resend(&[ago(10)], NOON),
            Sending::Wait(ago(10).plus(Duration::from_secs(30)))
        );
        assert_eq!(may_resend(&[ago(31)], NOON), Sending::Now);
        assert!(matches!(may_resend(&[ago(100), ago(59)], NOON), Sending::Wait(_)));
        assert!(matches!(may_resend(&[ago(300), ago(200), ago(119)], NOON), Sending::Wait(_)));
        assert_eq!(may_resend(&[ago(300), ago(200), ago(120)], NOON), Sending::Now);
    }

    #[test]
    fn b05_five_an_hour_and_ten_a_day_are_all() {
        let ago = |minutes_ago| NOON.minus(Duration::from_mins(minutes_ago));
        let hour: Vec<Instant> = (1..=5).map(|n| ago(n * 10)).collect();
        assert_eq!(
            within_budget(&hour, LIMITS, NOON),
            Sending::Wait(ago(50).plus(Duration::from_hours(1)))
        );
        assert_eq!(within_budget(&hour[1..], LIMITS, NOON), Sending::Now);
        let day: Vec<Instant> = (1..=10).map(|n| ago(n * 120)).collect();
        assert_eq!(within_budget(&day, LIMITS, NOON), Sending::NoMoreToday);
    }

    #[test]
    fn c02_an_app_code_counts_for_its_half_minute_and_the_next() {
        let seed = b"12345678901234567890";
        let step = totp_step(NOON);
        let code = |step| Code::parse(&totp_code(seed, step).unwrap()).unwrap();
        let matches = |step, window| totp_matches((seed, Hash::Sha1), &code(step), 0, window, NOON);
        assert_eq!(matches(step, Window::OneBack), Some(step));
        assert_eq!(matches(step - 1, Window::OneBack), Some(step - 1));
        assert_eq!(matches(step - 2, Window::OneBack), None);
        assert_eq!(matches(step + 1, Window::OneBack), None);
        assert_eq!(matches(step, Window::Strict), Some(step));
        assert_eq!(matches(step - 1, Window::Strict), None);
    }

    #[test]
    fn c03_an_app_code_counts_once() {
        let seed = b"12345678901234567890";
        let step = totp_step(NOON);
        let code = Code::parse(&totp_code(seed, step).unwrap()).unwrap();
        let again = totp_matches((seed, Hash::Sha1), &code, step, Window::OneBack, NOON);
        assert_eq!(again, None);
    }

    #[test]
    fn c01_the_app_code_of_rfc_6238_comes_out() {
        assert_eq!(totp_code(b"12345678901234567890", 1).as_deref(), Some("287082"));
    }

    #[test]
    fn c01_every_hash_makes_codes_of_its_own() {
        let seed = b"12345678901234567890";
        let codes = Hash::ALL.map(|hash| totp_code_with(seed, hash, 1).unwrap());
        assert!(codes[0] != codes[1] && codes[1] != codes[2] && codes[0] != codes[2]);
        for hash in Hash::ALL {
            assert_eq!(Hash::named(hash.name()), Some(hash));
        }
        assert_eq!(Hash::named("MD5"), None);
    }

    #[test]
    fn b07_a_number_that_was_just_changed_waits_while_there_is_another_way() {
        let contacts =
            Contacts { phone: Phone::parse("0800 0000 0001").ok(), ..Contacts::default() };
        let mut ways =
            Ways { contacts, sms_allowed: true, number_is_fresh: true, ..Ways::default() };
        assert_eq!(ways.open(), [Way::Sms], "there is nothing else");
        ways.has_totp = true;
        assert_eq!(ways.open(), [Way::Totp]);
        ways.number_is_fresh = false;
        assert_eq!(ways.open(), [Way::Totp, Way::Sms]);
        let since = NOON.minus(Duration::from_hours(1000));
        let changed = NOON.minus(NUMBER_FRESH);
        assert!(!number_is_fresh(changed, since, NOON));
        assert!(number_is_fresh(changed.plus(Duration::from_micros(1)), since, NOON));
        assert!(!number_is_fresh(NOON, NOON, NOON), "an account begins with it");
    }

    #[test]
    fn b08_x03_a_way_the_operator_switched_off_is_not_offered() {
        let contacts = Contacts {
            email: Some(Email::parse("siti@peserta.example").unwrap()),
            phone: Some(Phone::parse("0800 0000 0001").unwrap()),
        };
        let mut ways = Ways {
            has_totp: true,
            contacts,
            sms_allowed: true,
            email_allowed: true,
            ..Ways::default()
        };
        assert_eq!(ways.open(), [Way::Totp, Way::Sms, Way::Email]);
        ways.sms_allowed = false;
        assert_eq!(ways.open(), [Way::Totp, Way::Email]);
        assert_eq!(ways.destination(Way::Sms), None);
        ways.email_allowed = false;
        assert_eq!(ways.open(), [Way::Totp]);
        assert_eq!(ways.destination(Way::Email), None);
    }

    #[test]
    fn j07_the_last_lasting_way_stays_and_recovery_codes_do_not_count_as_one() {
        let phone = Phone::parse("0800 0000 0001").ok();
        let contacts = Contacts { phone, ..Contacts::default() };
        let mut ways = Ways { contacts, sms_allowed: true, recovery_codes: 10, ..Ways::default() };
        assert!(!ways.may_lose(Way::Sms) && ways.may_lose(Way::RecoveryCode));
        ways.passkeys = 1;
        assert!(ways.may_lose(Way::Sms) && ways.may_lose(Way::Passkey));
        ways.sms_allowed = false;
        assert!(!ways.may_lose(Way::Passkey));
        ways.passkeys = 2;
        assert!(ways.may_lose(Way::Passkey), "one of two may go");
    }

    #[test]
    fn the_preferred_way_comes_first_while_it_is_open() {
        let mut ways = Ways { passkeys: 1, has_totp: true, ..Ways::default() };
        assert_eq!(ways.first(), Some(Way::Passkey));
        ways.preferred = Some(Way::Totp);
        assert_eq!(ways.first(), Some(Way::Totp));
        ways.preferred = Some(Way::Sms);
        assert_eq!(ways.first(), Some(Way::Passkey));
    }

    #[test]
    fn advice_names_one_step_at_a_time() {
        let mut ways = Ways::default();
        assert_eq!(ways.advice(), Some(Advice::AddStronger));
        ways.passkeys = 1;
        assert_eq!(ways.advice(), Some(Advice::MakeCodes));
        ways.recovery_codes = 3;
        assert_eq!(ways.advice(), Some(Advice::AddAnother));
        ways.has_totp = true;
        assert_eq!(ways.advice(), Some(Advice::RenewCodes));
        ways.recovery_codes = 10;
        assert_eq!(ways.advice(), None);
    }

    #[test]
    fn every_way_is_found_by_its_name() {
        for way in Way::ALL {
            assert_eq!(Way::named(way.name()), Some(way));
        }
        assert_eq!(Way::named("pigeon"), None);
    }

    proptest! {
        /// Whatever is set up: whoever may lose a way still has one afterwards.
        #[test]
        fn j07_nobody_removes_the_way_they_need(
            passkeys in 0_usize..3, has_totp: bool, has_phone: bool, has_email: bool, codes in 0_usize..3,
        ) {
            let contacts = Contacts {
                phone: Phone::parse("0800 0000 0001").ok().filter(|_| has_phone),
                email: Email::parse("siti@peserta.example").ok().filter(|_| has_email),
            };
            let ways = Ways {
                passkeys, has_totp, contacts, sms_allowed: true, email_allowed: true,
                recovery_codes: codes, ..Ways::default()
            };
            for way in ways.open().into_iter().filter(|way| ways.may_lose(*way)) {
                let mut left = ways.clone();
                match way {
                    Way::Passkey => left.passkeys -= 1,
                    Way::Totp => left.has_totp = false,
                    Way::Sms => left.sms_allowed = false,
                    Way::Email => left.email_allowed = false,
                    Way::RecoveryCode | Way::Remembered | Way::Password => {
                        left.recovery_codes = 0;
                    }
                }
                prop_assert!(left.open().into_iter().any(Way::is_lasting));
            }
        }

        #[test]
        fn reading_a_code_never_panics_and_gives_six_digits(typed in "\\PC{0,24}") {
            if let Ok(code) = Code::parse(&typed) {
                prop_assert_eq!(code.expose().len(), 6);
            }
        }

        /// Whoever asks whenever it is allowed stays inside both limits.
        #[test]
        fn b05_no_pattern_of_asking_passes_the_limits(gaps in proptest::collection::vec(0_u64..4000, 1..200)) {
            let (mut sent, mut now) = (Vec::new(), NOON);
            for gap in gaps {
                now = now.plus(Duration::from_secs(gap));
                if within_budget(&sent, LIMITS, now) == Sending::Now {
                    sent.push(now);
                }
                let within = |span| sent.iter().filter(|at| now.since(**at) < span).count();
                prop_assert!(within(Duration::from_hours(1)) <= 5 && within(Duration::from_hours(24)) <= 10);
            }
        }
    }
}
