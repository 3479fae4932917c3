//! Text messages, by an HTTP gateway that can be described in the settings.

use std::time::Duration;

use async_trait::async_trait;
use payung_domain::contact::Phone;
use payung_flows::delivery::{Courier, Parcel, Undelivered};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, StatusCode, Url, redirect};
use serde_json::Value;

use crate::report::{Exit, Failure};
use crate::said;
use crate::settings::serving::SmsGateway;
use crate::settings::value::is_loopback;

/// How long to wait for the connection alone.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Connections that are kept open while nobody uses them.
const KEPT_IDLE: usize = 4;

/// Names this send for ever: the gateway may drop a second request with the same value.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The body of a request, with places for the number, the text and the id.
///
/// It is taken apart when settings are read, so that what is filled in is always a whole value
/// and never needs escaping.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// A JSON document.
    Json(Value),
    /// Pairs of a form.
    Form(Vec<(String, String)>),
}

impl Template {
    /// Reads a JSON document; `None` when it is none, or has no place for number and text.
    #[must_use]
    pub fn json(text: &str) -> Option<Self> {
        let document = serde_json::from_str(text).ok()?;
        Self::Json(document).with_places()
    }

    /// Reads pairs such as `to={to}&text={text}`.
    #[must_use]
    pub fn form(text: &str) -> Option<Self> {
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        Self::Form(pairs).with_places()
    }

    fn with_places(self) -> Option<Self> {
        let text = match &self {
            Self::Json(document) => document.to_string(),
            Self::Form(pairs) => pairs.iter().map(|(_, value)| value.as_str()).collect(),
        };
        (text.contains("{to}") && text.contains("{text}")).then_some(self)
    }

    fn filled(&self, to: &str, text: &str, id: &str) -> Self {
        // The text goes in last: nothing it says can be taken for a place.
        let fill =
            |value: &str| value.replace("{id}", id).replace("{to}", to).replace("{text}", text);
        match self {
            Self::Json(document) => Self::Json(filled_json(document, &fill)),
            Self::Form(pairs) => {
                Self::Form(pairs.iter().map(|(name, value)| (name.clone(), fill(value))).collect())
            }
        }
    }
}

fn filled_json(value: &Value, fill: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(fill(text)),
        Value::Array(items) => items.iter().map(|item| filled_json(item, fill)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), filled_json(value, fill))).collect()
        }
        other => other.clone(),
    }
}

/// Carries text messages to one gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    client: Client,
    url: Url,
    template: Template,
    moved_url: Option<Url>,
}

impl Gateway {
    /// Gets ready; the gateway is first spoken to when there is a message.
    pub fn open(gateway: &SmsGateway) -> Result<Self, Failure> {
        let mut headers = HeaderMap::new();
        if let Some((name, secret)) = &gateway.secret {
            let mut value = HeaderValue::from_str(secret.expose()).map_err(|_| {
                Failure::new(
                    Exit::WrongUse,
                    "sms-secret",
                    said!(
                        "the secret of the gateway does not fit into a header",
                        "rahasia gerbang tidak muat dalam kepala"
                    ),
                    said!("correct sms.secret_file", "perbaiki sms.secret_file"),
                )
            })?;
            value.set_sensitive(true);
            headers.insert(name.clone(), value);
        }
        let urls = std::iter::once(&gateway.url).chain(&gateway.moved_url);
        let stays_here = urls.into_iter().all(|url| url.host_str().is_some_and(is_loopback));
        let client = Client::builder()
            .default_headers(headers)
            .timeout(gateway.timeout)
            .connect_timeout(CONNECT_WITHIN.min(gateway.timeout))
            .pool_max_idle_per_host(KEPT_IDLE)
            // A redirect would carry a code to a place nobody has listed (Q-05).
            .redirect(redirect::Policy::none())
            .https_only(!stays_here)
            .build()
            .map_err(|error| {
                Failure::new(
                    Exit::WrongUse,
                    "sms-tls",
                    said!("the gateway cannot be spoken to", "gerbang tidak dapat dihubungi"),
                    said!("install ca-certificates", "pasang ca-certificates"),
                )
                .because(&error)
            })?;
        let (url, template) = (gateway.url.clone(), gateway.template.clone());
        Ok(Self { client, url, template, moved_url: gateway.moved_url.clone() })
    }
}

#[async_trait]
impl Courier for Gateway {
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        let Parcel::Sms { id, to, text } = parcel else {
            return Err(Undelivered::Never("only text messages go through the gateway".to_owned()));
        };
        let request = self.client.post(self.url.clone()).header(IDEMPOTENCY_KEY, id);
        let request = match self.template.filled(to.expose(), text, id) {
            Template::Json(document) => request.json(&document),
            Template::Form(pairs) => request.form(&pairs),
        };
        // Neither the body of an answer nor the address goes into a message: both may repeat
        // the number or the text (M-04).
        match request.send().await {
            Ok(answer) => settled(answer.status()),
            Err(error) if error.is_timeout() => {
                Err(Undelivered::Later("the gateway took too long".to_owned()))
            }
            Err(_) => Err(Undelivered::Later("the gateway was not reachable".to_owned())),
        }
    }

    async fn has_moved(&self, to: &Phone) -> bool {
        let Some(url) = &self.moved_url else { return false };
        self.asks_whether_moved(url, to).await.unwrap_or_else(|error| {
            let is_late = error.is_timeout();
            tracing::warn!(is_late, "nobody says whether a number has moved: the code is sent");
            false
        })
    }
}

impl Gateway {
    /// Asks whether a number has just moved. Whoever does not answer knows nothing: one silent machine
    /// must not keep every member from every code.
    async fn asks_whether_moved(&self, url: &Url, to: &Phone) -> Result<bool, reqwest::Error> {
        #[derive(serde::Deserialize)]
        struct Told {
            moved: bool,
        }
        let question = serde_json::json!({ "to": to.expose() });
        let answer = self.client.post(url.clone()).json(&question).send().await?;
        Ok(answer.error_for_status()?.json::<Told>().await?.moved)
    }
}

/// 401 and 407 say that we are not let in, which an operator can put right; other refusals are
/// about this very message.
fn settled(status: StatusCode) -> Result<(), Undelivered> {
    let what = || format!("the gateway answered {}", status.as_u16());
    match status.as_u16() {
        200..=299 => Ok(()),
        401 | 407 | 408 | 429 => Err(Undelivered::Later(what())),
        400..=499 => Err(Undelivered::Never(what())),
        _ => Err(Undelivered::Later(what())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_stays_one_value_whatever_it_says() {
        let template = Template::json(r#"{"to":["{to}"],"m":{"text":"{text}"},"n":1}"#).unwrap();
        let text = "\"}, {to} & {id}\n";
        let Template::Json(document) = template.filled("+6280000000001", text, "7") else {
            panic!("a JSON template stays one");
        };
        assert_eq!(document["to"][0], "+6280000000001");
        assert_eq!(document["m"]["text"], text);
    }

    #[test]
    fn a_body_without_a_place_for_the_text_is_refused() {
        assert_eq!(Template::json(r#"{"to":"{to}"}"#), None);
        assert_eq!(Template::json("{to}{text}"), None);
        assert_eq!(Template::form("to={to}"), None);
        assert!(Template::form("to={to}&text={text}&from=Payung").is_some());
    }

    #[test]
    fn a_refusal_is_final_unless_it_is_about_time_or_about_us() {
        let is_final = |code| {
            matches!(settled(StatusCode::from_u16(code).unwrap()), Err(Undelivered::Never(_)))
        };
        for code in [400, 403, 404, 422] {
            assert!(is_final(code), "{code}");
        }
        for code in [302, 401, 408, 429, 500, 503] {
            assert!(!is_final(code), "{code}");
        }
        assert!(settled(StatusCode::ACCEPTED).is_ok());
    }
}
