//! Signing in on a device without a keyboard (RFC 8628): it shows a short code, and its owner types
//! that in a browser in which they can sign in.
//!
//! Anybody can get such a code and send it to somebody else, so a code alone does nothing: whoever
//! typed it is shown who asks, from where and for what, and says yes or no (K-23, O10).

use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::claims::Asked as Claims;
use super::clients::Client;
use super::parameters::Parameters;
use super::problems::{Problem, Refused};
use super::requests::{self, Mode, Prompts, Request, WayBack};
use super::scopes::Scopes;
use crate::dice::Dice;
use crate::ids::{AccountId, without_separators};
use crate::keyed::{Key, Tag};
use crate::lockout::Counter;
use crate::second_factor::PAUSE;
use crate::secret::Secret;
use crate::time::Instant;

/// How long a device waits for its member (K-23).
pub const LIFE: Duration = Duration::from_mins(10);

/// The least time between two questions of a device whether its member has answered (K-23).
pub const INTERVAL: Duration = Duration::from_secs(5);

/// What each question that comes too soon adds to it, for good.
pub const SLOWER: Duration = Duration::from_secs(5);

/// Wrong codes, with less than the pause between them, that pause an account's entering of codes
/// (K-23).
pub const WRONG_CODES: u32 = 5;

/// Twenty letters of 4.3 bits each: 34.5 in all (RFC 8628 section 6.1).
const LENGTH: usize = 8;

/// Consonants but Y: no code is a word, and none has a letter that looks like a digit.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// How many letters there are to draw from.
const LETTERS: u32 = 20;

/// The code that a device shows and a member types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserCode(Secret);

/// Why typed text is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing was typed.
    Empty,
    /// It is not eight of the letters that codes have.
    NotOne,
}

impl UserCode {
    /// A new one, every letter as likely as the next.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        let letter = |_| {
            let place = usize::try_from(dice.below(LETTERS)).unwrap_or_default();
            char::from(ALPHABET[place])
        };
        Self(Secret::new((0..LENGTH).map(letter).collect()))
    }

    /// Reads what was typed: case, spaces and hyphens are forgiven.
    pub fn parse(typed: &str) -> Result<Self, Unreadable> {
        let code = without_separators(typed).to_ascii_uppercase();
        if code.is_empty() {
            return Err(Unreadable::Empty);
        }
        if code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte)) {
            Ok(Self(Secret::new(code)))
        } else {
            Err(Unreadable::NotOne)
        }
    }

    /// `WDJB-MJHT`, as the device shows it and the page that asks.
    #[must_use]
    pub fn shown(&self) -> String {
        let (first, second) = self.0.expose().split_at(LENGTH / 2);
        format!("{first}-{second}")
    }

    /// What is kept of it: so short a code needs a key.
    #[must_use]
    pub fn tag(&self, key: &Key) -> Tag {
        key.tag(&[b"user code", self.0.expose().as_bytes()])
    }
}

/// Counts one try to enter a code, unless it has to wait: until when, then.
///
/// Five misses pause for a quarter of an hour, and so long without one forgets them: there are never
/// more than five tries in a quarter of an hour. No number of them shuts the page for ever.
pub fn count_try(counter: Counter, now: Instant) -> Result<Counter, Instant> {
    if now < counter.paused_until {
        return Err(counter.paused_until);
    }
    // Without a pause the moment is the one of the last miss.
    let is_forgotten = now.since(counter.paused_until) >= PAUSE;
    let misses = if is_forgotten { 1 } else { counter.misses.saturating_add(1) };
    let paused_until = if misses.is_multiple_of(WRONG_CODES) { now.plus(PAUSE) } else { now };
    Ok(Counter { misses, paused_until })
}

/// Reads what a device asks for. A client gets no scope that it was not registered for (K-02, O10).
pub fn read(client: &Client, parameters: &Parameters) -> Result<Request, Refused> {
    let scopes = Scopes::parse(parameters.get("scope").unwrap_or_default());
    if scopes.is_empty() {
        return Err(Refused::new(Problem::InvalidScope, "scope names nothing that exists"));
    }
    if !scopes.within(&client.scopes) {
        return Err(Refused::new(Problem::InvalidScope, "the client may not ask for that"));
    }
    Ok(Request {
        client: client.id().to_owned(),
        // A device is answered when it asks, and nowhere else.
        way_back: WayBack { address: String::new(), mode: Mode::Query, state: None },
        scopes,
        claims: Claims::default(),
        nonce: None,
        challenge: None,
        key: None,
        resource: requests::resource(client, parameters)?,
        // The member is asked every time, whatever they agreed to before.
        prompts: Prompts { consent: true, ..Prompts::default() },
        max_age: client.max_age(),
        levels: Vec::new(),
        language: None,
        login_hint: None,
        hint: None,
    })
}

/// The network of an address, as far as a page tells of it: enough to recognise one's own, and no
/// more than that.
#[must_use]
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, third, _] = v4.octets();
            format!("{first}.{second}.{third}.*")
        }
        IpAddr::V6(v6) => {
            let [first, second, third, ..] = v6.segments();
            format!("{first:x}:{second:x}:{third:x}:*")
        }
    }
}

/// What a device asked for, and from which network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What for.
    pub request: Request,
    /// From where.
    pub from: String,
}

/// A device that waits for its member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What it asked for.
    pub asked: Asked,
    /// The keyed hash of the code it shows.
    pub user_code: Tag,
    /// When it asked.
    pub asked_at: Instant,
    /// Until when it waits.
    pub expires_at: Instant,
    /// The least time between two of its questions.
    pub interval: Duration,
    /// When it last asked whether there is an answer.
    pub polled_at: Option<Instant>,
    /// Who typed its code.
    pub member: Option<AccountId>,
    /// When that member answered.
    pub decided_at: Option<Instant>,
    /// What came of it, where they agreed.
    pub grant: Option<Uuid>,
    /// When the device took its tokens.
    pub used_at: Option<Instant>,
}

/// What a device is told that asks whether its member has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poll {
    /// Not yet.
    Pending,
    /// Not yet, and it asks too often: so far apart from now on.
    TooSoon(Duration),
    /// The member said no.
    Refused,
    /// Nobody answered in time, or the device did not ask in time.
    Expired,
    /// The member agreed to this.
    Agreed(Uuid),
    /// It took its tokens before: its code came twice.
    Used(Uuid),
}

impl Waiting {
    /// A device that begins to wait.
    #[must_use]
    pub fn new(asked: Asked, user_code: Tag, now: Instant) -> Self {
        Self {
            asked,
            user_code,
            asked_at: now,
            expires_at: now.plus(LIFE),
            interval: INTERVAL,
            polled_at: None,
            member: None,
            decided_at: None,
            grant: None,
            used_at: None,
        }
    }

    /// Whether a member may still answer.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.decided_at.is_none() && now < self.expires_at
    }

    /// What the device is told now. Asking too often costs it time only while there is no answer.
    #[must_use]
    pub fn poll(&self, now: Instant) -> Poll {
        if let (Some(grant), Some(_)) = (self.grant, self.used_at) {
            return Poll::Used(grant);
        }
        if now >= self.expires_at {
            return Poll::Expired;
        }
        if let Some(grant) = self.grant {
            return Poll::Agreed(grant);
        }
        if self.decided_at.is_some() {
            return Poll::Refused;
        }
        if self.polled_at.is_some_and(|at| now < at.plus(self.interval)) {
            return Poll::TooSoon(self.interval.saturating_add(SLOWER));
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use proptest::prelude::*;

    use super::super::clients::Definition;
    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    struct Counting(AtomicU32);

    impl Dice for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                let drawn = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b1);
                *byte = drawn.to_be_bytes()[0];
            }
        }
    }

    fn client() -> Client {
        Definition {
            client_id: "tv".to_owned(),
            client_name: "Layar".to_owned(),
            token_endpoint_auth_method: "none".to_owned(),
            grant_types: vec!["urn:ietf:params:oauth:grant-type:device_code".to_owned()],
            scope: "openid email".to_owned(),
            owner: "Dana Kita".to_owned(),
            purpose_id: "Menampilkan saldo".to_owned(),
            purpose_en: "Showing the balance".to_owned(),
            ..Definition::default()
        }
        .check()
        .unwrap()
    }

    fn request(scope: &str) -> Result<Request, Refused> {
        let pairs = [("scope".to_owned(), scope.to_owned())];
        read(&client(), &Parameters::collect(pairs).unwrap())
    }

    fn waiting() -> Waiting {
        let asked = Asked { request: request("openid").unwrap(), from: "203.0.113.*".to_owned() };
        Waiting::new(asked, [1; 32], NOON)
    }

    fn after(seconds: u64) -> Instant {
        NOON.plus(Duration::from_secs(seconds))
    }

    #[test]
    fn k23_a_code_is_eight_letters_of_twenty_in_two_groups() {
        let code = UserCode::new(&Counting(0.into()));
        let shown = code.shown();
        assert_eq!((shown.len(), shown.find('-')), (9, Some(4)));
        assert!(shown.bytes().all(|b| b == b'-' || ALPHABET.contains(&b)), "{shown}");
        assert!(!ALPHABET.iter().any(|letter| b"AEIOUY".contains(letter)));
        assert_eq!(u32::try_from(ALPHABET.len()), Ok(LETTERS));
        assert_eq!(format!("{code:?}"), "UserCode(Secret(…))");
    }

    #[test]
    fn what_people_type_from_a_screen_is_forgiven() {
        let code = UserCode::parse("WDJB-MJHT").unwrap();
        for typed in ["wdjbmjht", " wdjb mjht ", "Wdjb–Mjht", "W-D-J-B-M-J-H-T\u{200b}"] {
            assert_eq!(UserCode::parse(typed), Ok(code.clone()), "{typed}");
        }
        assert_eq!(UserCode::parse(" - "), Err(Unreadable::Empty));
        for nonsense in ["WDJB", "WDJB-MJHA", "WDJB-MJHTT", "WDJB-MJH1", "☂☂☂☂☂☂☂☂"]
        {
            assert_eq!(UserCode::parse(nonsense), Err(Unreadable::NotOne), "{nonsense}");
        }
    }

    #[test]
    fn k23_what_is_kept_of_a_code_says_nothing_without_the_key() {
        let code = UserCode::parse("WDJB-MJHT").unwrap();
        assert_ne!(code.tag(&Key::new([1; 32])), code.tag(&Key::new([2; 32])));
    }

    #[test]
    fn k23_the_fifth_wrong_code_pauses_for_a_quarter_of_an_hour() {
        let mut counter = Counter::NEW;
        for miss in 1..=5 {
            counter = count_try(counter, NOON).unwrap();
            assert_eq!(counter.misses, miss);
        }
        let until = NOON.plus(Duration::from_mins(15));
        assert_eq!(count_try(counter, NOON), Err(until));
        assert!(count_try(counter, until).is_ok());
    }

    #[test]
    fn a_miss_is_forgotten_after_a_quarter_of_an_hour() {
        let four = Counter { misses: 4, paused_until: NOON };
        let soon = NOON.plus(PAUSE).minus(Duration::from_micros(1));
        assert_eq!(count_try(four, soon).unwrap().misses, 5);
        assert_eq!(count_try(four, NOON.plus(PAUSE)).unwrap().misses, 1);
    }

    #[test]
    fn k02_o10_a_device_asks_for_scopes_of_its_client_only() {
        assert!(request("openid email").unwrap().prompts.consent);
        for scope in ["", "shoes", "openid profile", "openid offline_access"] {
            assert_eq!(request(scope).unwrap_err().problem, Problem::InvalidScope, "{scope}");
        }
    }

    #[test]
    fn k23_a_device_that_asks_too_often_waits_longer_from_then_on() {
        let mut device = waiting();
        assert_eq!(device.poll(NOON), Poll::Pending);
        device.polled_at = Some(NOON);
        assert_eq!(device.poll(after(4)), Poll::TooSoon(Duration::from_secs(10)));
        assert_eq!(device.poll(after(5)), Poll::Pending);
        device.interval = Duration::from_secs(10);
        assert_eq!(device.poll(after(9)), Poll::TooSoon(Duration::from_secs(15)));
        assert_eq!(device.poll(after(10)), Poll::Pending);
    }

    #[test]
    fn k23_a_device_is_told_yes_no_or_too_late() {
        let grant = Uuid::from_u128(7);
        let asked = Waiting { polled_at: Some(NOON), ..waiting() };
        let refused = Waiting { decided_at: Some(NOON), ..asked.clone() };
        let agreed = Waiting { grant: Some(grant), ..refused.clone() };
        let used = Waiting { used_at: Some(NOON), ..agreed.clone() };
        let end = NOON.plus(LIFE);
        for (device, now, expected) in [
            (&refused, after(1), Poll::Refused),
            (&agreed, after(1), Poll::Agreed(grant)),
            (&used, after(1), Poll::Used(grant)),
            (&asked, end, Poll::Expired),
            (&refused, end, Poll::Expired),
            (&agreed, end, Poll::Expired),
            (&used, end, Poll::Used(grant)),
        ] {
            assert_eq!(device.poll(now), expected);
        }
        assert!(asked.is_open(after(599)) && !asked.is_open(end) && !refused.is_open(NOON));
    }

    #[test]
    fn a_network_is_told_and_nobody_in_it() {
        for (address, network) in [
            ("203.0.113.9", "203.0.113.*"),
            ("::ffff:203.0.113.9", "203.0.113.*"),
            ("2001:db8:1:2::3", "2001:db8:1:*"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()), network);
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_what_is_shown_is_read_back(typed in "\\PC{0,40}", seed: u32) {
            if let Ok(code) = UserCode::parse(&typed) {
                prop_assert_eq!(UserCode::parse(&code.shown()), Ok(code));
            }
            let code = UserCode::new(&Counting(seed.into()));
            prop_assert_eq!(UserCode::parse(&code.shown()), Ok(code));
        }

        #[test]
        fn k23_no_patience_buys_more_than_five_tries_in_a_quarter_of_an_hour(
            waits in proptest::collection::vec(0_u64..400, 1..60),
        ) {
            let (mut counter, mut now, mut tries) = (Counter::NEW, NOON, Vec::new());
            for wait in waits {
                now = now.plus(Duration::from_secs(wait));
                if let Ok(next) = count_try(counter, now) {
                    counter = next;
                    tries.push(now);
                }
            }
            for six in tries.windows(6) {
                prop_assert!(six[5].since(six[0]) >= PAUSE);
            }
        }
    }
}
