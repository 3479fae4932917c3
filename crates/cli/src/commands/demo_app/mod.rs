//! `Klaim Daring (contoh)`: an application of somebody else that members of the demonstration can
//! sign in to. It knows the provider only as applications do: by its issuer, through HTTP.
//!
//! Who is signed in is kept in memory and forgotten when the demonstration ends.

pub mod device;
mod page;
mod provider;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use payung_domain::dice::Dice;
use payung_domain::keyed::Tag;
use payung_domain::language::Language;
use payung_domain::token::Token;
use payung_flows::demo::apps::{CALLBACK, SIGNED_OUT};

use self::provider::{Asked, Provider, Told, Trouble};
use crate::outside::dice::SystemDice;
use crate::report::{Exit, Failure};
use crate::said;

/// Names the browser of a visitor.
const COOKIE: &str = "klaim-demo";

/// More visitors are not remembered: whoever comes next begins an empty list.
const MOST: usize = 1_000;

/// The application.
#[derive(Debug)]
pub struct Example {
    provider: Provider,
    address: OnceLock<String>,
    visitors: Mutex<HashMap<Tag, Visitor>>,
}

#[derive(Clone, Debug)]
enum Visitor {
    /// Was sent to the provider.
    Asked(Asked),
    /// Came back from there.
    SignedIn(Box<Told>),
}

impl Example {
    /// An application that trusts one provider.
    pub fn new(issuer: &str) -> Result<Arc<Self>, Failure> {
        let provider = Provider::new(issuer).map_err(|error| {
            Failure::new(
                Exit::WrongUse,
                "example",
                said!("the sample application cannot start", "aplikasi contoh tidak dapat mulai"),
                said!(
                    "report this: it is a fault of this build",
                    "laporkan: ini kesalahan versi ini"
                ),
            )
            .because(&error)
        })?;
        Ok(Arc::new(Self { provider, address: OnceLock::new(), visitors: Mutex::default() }))
    }

    /// Hears where it is reached.
    pub fn is_at(&self, address: &str) {
        // Told once, when its door is open.
        let _ = self.address.set(address.to_owned());
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address.get().map_or("", String::as_str))
    }

    fn visitors(&self) -> MutexGuard<'_, HashMap<Tag, Visitor>> {
        self.visitors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a visitor under a new name, and sends the browser on with it.
    fn remember(&self, visitor: Visitor, to: &str) -> Response {
        let name = Token::new(&SystemDice as &dyn Dice);
        let mut visitors = self.visitors();
        if visitors.len() >= MOST {
            visitors.clear();
        }
        visitors.insert(name.hash(), visitor);
        let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", name.expose());
        ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
    }

    /// Looks a visitor up and forgets them: an answer counts once, and so does signing out.
    fn take(&self, headers: &HeaderMap) -> Option<Visitor> {
        self.visitors().remove(&named(headers)?)
    }

    fn page(&self, status: StatusCode, html: String) -> Response {
        let issuer = &self.provider.issuer;
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {issuer}; \
             base-uri 'none'; frame-ancestors 'none'"
        );
        let headers = [
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        (status, headers, Html(html)).into_response()
    }

    fn problem(&self, headers: &HeaderMap, trouble: &Trouble) -> Response {
        let html = page::stranger(language(headers), Some(trouble), false);
        self.page(StatusCode::BAD_REQUEST, html)
    }
}

/// Its addresses.
pub fn routes(example: Arc<Example>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in))
        .route(CALLBACK, get(come_back))
        .route("/sign-out", post(sign_out))
        .route(SIGNED_OUT, get(signed_out))
        .route("/style.css", get(([(header::CONTENT_TYPE, "text/css")], page::STYLE)))
        .with_state(example)
}

async fn home(State(example): State<Arc<Example>>, headers: HeaderMap) -> Response {
    let language = language(&headers);
    let known = named(&headers).and_then(|name| example.visitors().get(&name).cloned());
    let html = match known {
        Some(Visitor::SignedIn(told)) => page::member(language, &told),
        Some(Visitor::Asked(_)) | None => page::stranger(language, None, false),
    };
    example.page(StatusCode::OK, html)
}

async fn sign_in(State(example): State<Arc<Example>>, headers: HeaderMap) -> Response {
    let metadata = match example.provider.metadata().await {
        Ok(metadata) => metadata,
        Err(trouble) => return example.problem(&headers, &trouble),
    };
    let token = || Token::new(&SystemDice as &dyn Dice);
    let asked = Asked { state: token(), nonce: token(), verifier: token() };
    let there = metadata.sign_in(&asked, &example.at(CALLBACK), language(&headers).tag());
    example.remember(Visitor::Asked(asked), &there)
}

async fn come_back(
    State(example): State<Arc<Example>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let answer: HashMap<String, String> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let told = match example.take(&headers) {
        Some(Visitor::Asked(asked)) => {
            example.provider.redeem(&asked, &example.at(CALLBACK), &answer).await
        }
        _ => Err(Trouble::Unbelievable("this browser did not ask to sign in")),
    };
    match told {
        Ok(told) => example.remember(Visitor::SignedIn(Box::new(told)), "/"),
        Err(trouble) => example.problem(&headers, &trouble),
    }
}

/// Forgets the member here, then has the provider end the session there.
async fn sign_out(State(example): State<Arc<Example>>, headers: HeaderMap) -> Response {
    let Some(Visitor::SignedIn(told)) = example.take(&headers) else {
        return Redirect::to("/").into_response();
    };
    match example.provider.metadata().await {
        Ok(metadata) => {
            let there = metadata.sign_out(&told.id_token, &example.at(SIGNED_OUT));
            Redirect::to(&there).into_response()
        }
        Err(trouble) => example.problem(&headers, &trouble),
    }
}

async fn signed_out(State(example): State<Arc<Example>>, headers: HeaderMap) -> Response {
    example.page(StatusCode::OK, page::stranger(language(&headers), None, true))
}

/// The name that a browser brings, as it is looked up.
fn named(headers: &HeaderMap) -> Option<Tag> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|all| all.split(';')).filter_map(|one| one.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim() == COOKIE)?;
    Token::parse(value.trim()).map(|token| token.hash())
}

fn language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.and_then(Language::accepted).unwrap_or_default()
}
