//! What has to happen before a request is answered: sign in, prove more, agree, or nothing.

use super::clients::Client;
use super::consent::{self, Consent};
use super::levels::Level;
use super::problems::Problem;
use super::requests::Request;
use crate::time::Instant;

/// Who is signed in, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// When they last proved who they are.
    pub proved_at: Instant,
    /// How surely.
    pub level: Level,
    /// How surely they could, with the ways that are open to them.
    pub reachable: Level,
    /// Whether they are whom the client expects, where it says whom.
    pub is_expected: bool,
    /// Whether they did something for this client before: agreed to it, or signed in for it.
    pub has_acted: bool,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Somebody signs in.
    SignIn,
    /// Whoever is signed in signs in once more.
    SignInAgain,
    /// Whoever is signed in proves who they are in a stronger way.
    ProveMore,
    /// The member is asked for consent.
    Ask,
    /// Nothing: the client gets its code.
    Answer,
    /// The client is told that it will not.
    Refuse(Problem),
}

/// Decides what comes next, from the request, when it came, who is signed in and what they agreed
/// to. Asked again after each page, until it is `Answer` or `Refuse`.
#[must_use]
pub fn next(
    client: &Client,
    request: &Request,
    asked_at: Instant,
    member: Option<Facts>,
    given: Option<&Consent>,
    now: Instant,
) -> Next {
    let pages = !request.prompts.none;
    let Some(member) = member else {
        return if pages { Next::SignIn } else { Next::Refuse(Problem::LoginRequired) };
    };
    // Whatever was proved since the request came is fresh, however long the pages took.
    let is_new = member.proved_at >= asked_at;
    if !member.is_expected {
        let may_try = pages && !is_new;
        return if may_try { Next::SignInAgain } else { Next::Refuse(Problem::LoginRequired) };
    }
    let is_too_old = request.max_age.is_some_and(|age| now.since(member.proved_at) > age);
    let wants_again = request.prompts.login || request.prompts.select_account;
    if (wants_again || is_too_old) && !is_new {
        return if pages { Next::SignInAgain } else { Next::Refuse(Problem::LoginRequired) };
    }
    match level(request, member) {
        Sure::NotYet | Sure::NotAsWished if pages && !is_new => return Next::ProveMore,
        // As wished, or tried once: somebody who proved again in the same way is not asked for ever.
        Sure::Enough | Sure::NotAsWished => {}
        // It could be met on a page, so the client is told to ask for one.
        Sure::NotYet if !pages => return Next::Refuse(Problem::InteractionRequired),
        Sure::NotYet | Sure::Never => {
            return Next::Refuse(Problem::UnmetAuthenticationRequirements);
        }
    }
    if consent::is_needed(client, request, given) {
        return if pages { Next::Ask } else { Next::Refuse(Problem::ConsentRequired) };
    }
    // H-10: nobody is signed in to an application in silence before they did something for it.
    if !member.has_acted && !is_new {
        return if pages { Next::Ask } else { Next::Refuse(Problem::InteractionRequired) };
    }
    Next::Answer
}

enum Sure {
    Enough,
    NotAsWished,
    NotYet,
    Never,
}

/// Whether the member is signed in surely enough. A level that is demanded has to be met; one that
/// is wished for is tried once, where it can be reached, and else gone without (Core 5.5.1.1).
fn level(request: &Request, member: Facts) -> Sure {
    let demanded = request.claims.levels();
    if !request.claims.essential_levels.is_empty() {
        return match demanded.iter().min() {
            Some(least) if member.level >= *least => Sure::Enough,
            Some(least) if member.reachable >= *least => Sure::NotYet,
            _ => Sure::Never,
        };
    }
    match request.wished_levels().iter().min() {
        Some(least) if member.level < *least && member.reachable >= *least => Sure::NotAsWished,
        _ => Sure::Enough,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::clients::Definition;
    use super::super::consent::TEXT_VERSION;
    use super::super::parameters::Parameters;
    use super::super::requests::{read, way_back};
    use super::super::scopes::Scopes;
    use super::*;
    use crate::language::Language;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn client() -> Client {
        Definition {
            client_id: "klaim".to_owned(),
            client_name: "Klaim Daring".to_owned(),
            redirect_uris: vec!["https://klaim.example/cb".to_owned()],
            scope: "openid profile".to_owned(),
            without_pkce: true,
            owner: "Dana Kita".to_owned(),
            purpose_id: "Mengajukan klaim".to_owned(),
            purpose_en: "Claiming".to_owned(),
            ..Definition::default()
        }
        .check()
        .expect("a whole client")
    }

    fn request(more: &[(&str, &str)]) -> Request {
        let all = [
            ("redirect_uri", "https://klaim.example/cb"),
            ("response_type", "code"),
            ("scope", "openid profile"),
        ];
        let pairs = all.iter().chain(more).map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let parameters = Parameters::collect(pairs).expect("each once");
        let way_back = way_back(&client(), &parameters).expect("a way back");
        read(&client(), way_back, &parameters).expect("a good request")
    }

    /// Signed in an hour ago with a text message, and has a passkey.
    const SITI: Facts = Facts {
        proved_at: Instant::from_micros(1_800_000_000_000_000 - 3_600_000_000),
        level: Level::Multi,
        reachable: Level::PhishingResistant,
        is_expected: true,
        has_acted: true,
    };

    fn agreed() -> Consent {
        Consent {
            scopes: Scopes::parse("openid profile"),
            version: TEXT_VERSION.to_owned(),
            language: Language::Id,
            given_at: NOON,
        }
    }

    fn next_for(more: &[(&str, &str)], member: Option<Facts>, has_agreed: bool) -> Next {
        let given = agreed();
        let given = has_agreed.then_some(&given);
        next(&client(), &request(more), NOON, member, given, NOON.plus(Duration::from_secs(30)))
    }

    #[test]
    fn k17_each_prompt_shows_its_page_and_none_shows_no_page() {
        let just_now = Facts { proved_at: NOON.plus(Duration::from_secs(20)), ..SITI };
        let refuse = Next::Refuse;
        for (more, member, has_agreed, expected) in [
            (&[][..], None, false, Next::SignIn),
            (&[], Some(SITI), false, Next::Ask),
            (&[], Some(SITI), true, Next::Answer),
            (&[("prompt", "none")], None, true, refuse(Problem::LoginRequired)),
            (&[("prompt", "none")], Some(SITI), false, refuse(Problem::ConsentRequired)),
            (&[("prompt", "none")], Some(SITI), true, Next::Answer),
            (&[("prompt", "login")], Some(SITI), true, Next::SignInAgain),
            (&[("prompt", "login")], Some(just_now), true, Next::Answer),
            (&[("prompt", "select_account")], Some(SITI), true, Next::SignInAgain),
            (&[("prompt", "consent")], Some(SITI), true, Next::Ask),
            (&[("max_age", "7200")], Some(SITI), true, Next::Answer),
            (&[("max_age", "60")], Some(SITI), true, Next::SignInAgain),
            (&[("max_age", "1")], Some(just_now), true, Next::Answer),
            (&[("max_age", "0")], Some(SITI), true, Next::SignInAgain),
            (
                &[("max_age", "60"), ("prompt", "none")],
                Some(SITI),
                true,
                refuse(Problem::LoginRequired),
            ),
        ] {
            assert_eq!(next_for(more, member, has_agreed), expected, "{more:?}");
        }
    }

    #[test]
    fn k17_a_level_that_is_demanded_is_met_or_refused() {
        let demand = |acr: &str| {
            format!(r#"{{"id_token":{{"acr":{{"essential":true,"values":["{acr}"]}}}}}}"#)
        };
        let strong = demand(Level::PhishingResistant.acr());
        let claims = [("claims", &*strong)];
        assert_eq!(next_for(&claims, Some(SITI), true), Next::ProveMore);
        let silent = [claims[0], ("prompt", "none")];
        let later = Next::Refuse(Problem::InteractionRequired);
        assert_eq!(next_for(&silent, Some(SITI), true), later);
        let unmet = Next::Refuse(Problem::UnmetAuthenticationRequirements);
        let cannot = Facts { reachable: Level::Multi, ..SITI };
        assert_eq!(next_for(&claims, Some(cannot), true), unmet);
        assert_eq!(next_for(&silent, Some(cannot), true), unmet, "no page would help");
        let tried = Facts { proved_at: NOON, ..SITI };
        assert_eq!(next_for(&claims, Some(tried), true), unmet);
        let met = Facts { level: Level::PhishingResistant, ..SITI };
        assert_eq!(next_for(&claims, Some(met), true), Next::Answer);
        let strange = demand("urn:other");
        assert_eq!(next_for(&[("claims", &strange)], Some(met), true), unmet);
    }

    #[test]
    fn k17_a_level_that_is_wished_for_is_gone_without_where_it_cannot_be() {
        let wish = [("acr_values", Level::PhishingResistant.acr())];
        assert_eq!(next_for(&wish, Some(SITI), true), Next::ProveMore);
        let cannot = Facts { reachable: Level::Multi, ..SITI };
        assert_eq!(next_for(&wish, Some(cannot), true), Next::Answer);
        let tried = Facts { proved_at: NOON, ..SITI };
        assert_eq!(next_for(&wish, Some(tried), true), Next::Answer);
        assert_eq!(next_for(&[("acr_values", "1 2")], Some(SITI), true), Next::Answer);
        let silent = [wish[0], ("prompt", "none")];
        assert_eq!(next_for(&silent, Some(SITI), true), Next::Answer);
    }

    #[test]
    fn h10_k19_the_programmes_own_ask_nothing_of_whoever_did_something_for_them() {
        let own = Definition { first_party: true, ..client().definition().clone() };
        let own = own.check().expect("a whole client");
        let next_for = |more: &[(&str, &str)], member: Facts| {
            next(&own, &request(more), NOON, Some(member), None, NOON.plus(Duration::from_secs(30)))
        };
        let new = Facts { has_acted: false, ..SITI };
        let none = [("prompt", "none")];
        assert_eq!(next_for(&[], SITI), Next::Answer);
        assert_eq!(next_for(&none, SITI), Next::Answer);
        assert_eq!(next_for(&[], new), Next::Ask);
        assert_eq!(next_for(&none, new), Next::Refuse(Problem::InteractionRequired));
        let signed_in_for_it = Facts { proved_at: NOON, ..new };
        assert_eq!(next_for(&[], signed_in_for_it), Next::Answer);
    }

    #[test]
    fn k17_somebody_else_than_expected_signs_in_again_or_is_told_so() {
        let other = Facts { is_expected: false, ..SITI };
        assert_eq!(next_for(&[], Some(other), true), Next::SignInAgain);
        let still = Facts { proved_at: NOON, ..other };
        let refused = Next::Refuse(Problem::LoginRequired);
        assert_eq!(next_for(&[], Some(still), true), refused);
        assert_eq!(next_for(&[("prompt", "none")], Some(other), true), refused);
    }
}
