//! Text messages through a real HTTP gateway on loopback.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use payung::outside::sms::{Gateway, Template};
use payung::settings::serving::SmsGateway;
use payung_domain::contact::Phone;
use payung_domain::secret::Secret;
use payung_flows::delivery::{Courier, Parcel, Undelivered};

type Heard = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A gateway that answers always the same, and remembers what it heard.
async fn gateway(answer: StatusCode) -> (u16, Heard) {
    async fn hear(
        State((heard, answer)): State<(Heard, StatusCode)>,
        headers: HeaderMap,
        body: String,
    ) -> Response {
        heard.lock().expect("nobody panicked").push((headers, body));
        (answer, [("location", "/elsewhere")]).into_response()
    }
    let heard = Heard::default();
    let routes = Router::new()
        .route("/send", post(hear))
        .route("/elsewhere", post(hear).get(hear))
        .with_state((heard.clone(), answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (port, heard)
}

fn carrier(port: u16, template: Template) -> Gateway {
    Gateway::open(&SmsGateway {
        url: format!("http://127.0.0.1:{port}/send").parse().expect("what the test is made of"),
        template,
        secret: Some((
            "authorization".parse().expect("what the test is made of"),
            Secret::from("Bearer hujan"),
        )),
        moved_url: Some(
            format!("http://127.0.0.1:{port}/moved").parse().expect("what the test is made of"),
        ),
        timeout: Duration::from_secs(5),
    })
    .expect("what the test is made of")
}

fn json() -> Template {
    Template::json(r#"{"to":"{to}","text":"{text}","ref":"{id}"}"#)
        .expect("what the test is made of")
}

const TEXT: &str = "123456 adalah kode masuk \"Payung\" & berlaku 10 menit.\n\n@dana.test #123456";

fn message() -> Parcel {
    Parcel::Sms {
        id: "0198-uji".to_owned(),
        to: Phone::parse("0800 0000 0001").expect("what the test is made of"),
        text: TEXT.to_owned(),
    }
}

#[tokio::test]
async fn a_message_arrives_as_json_with_its_id_and_the_secret() {
    let (port, heard) = gateway(StatusCode::ACCEPTED).await;
    carrier(port, json()).send(&message()).await.unwrap();

    let heard = heard.lock().unwrap();
    let (headers, body) = &heard[0];
    assert_eq!(headers["idempotency-key"], "0198-uji");
    assert_eq!(headers["authorization"], "Bearer hujan");
    assert_eq!(headers["content-type"], "application/json");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["to"], "+6280000000001");
    assert_eq!(body["text"], TEXT);
    assert_eq!(body["ref"], "0198-uji");
}

#[tokio::test]
async fn a_message_arrives_as_a_form() {
    let (port, heard) = gateway(StatusCode::OK).await;
    let template = Template::form("from=Payung&to={to}&text={text}").unwrap();
    carrier(port, template).send(&message()).await.unwrap();

    let heard = heard.lock().unwrap();
    let (headers, body) = &heard[0];
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let expected = [("from", "Payung"), ("to", "+6280000000001"), ("text", TEXT)];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_refused_number_is_given_up_and_a_busy_gateway_is_not() {
    for (status, is_final) in [(422, true), (429, false), (503, false)] {
        let (port, _) = gateway(StatusCode::from_u16(status).unwrap()).await;
        let refused = carrier(port, json()).send(&message()).await.unwrap_err();
        assert_eq!(matches!(refused, Undelivered::Never(_)), is_final, "{refused:?}");
        assert!(!refused.to_string().contains("+62"), "{refused}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (port, heard) = gateway(StatusCode::TEMPORARY_REDIRECT).await;
    let refused = carrier(port, json()).send(&message()).await.unwrap_err();
    assert!(matches!(refused, Undelivered::Later(_)));
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_gateway_that_is_not_there_is_tried_again() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = carrier(closed, json()).send(&message()).await.unwrap_err();
    assert_eq!(refused.to_string(), "not delivered now: the gateway was not reachable");
}

/// B-07: the operator's own machine says whether a number has just moved to another card. One that
/// answers nonsense, or not at all, keeps no code back.
#[tokio::test]
async fn b07_the_operator_is_asked_whether_a_number_has_moved() {
    let phone = Phone::parse("0800 0000 0001").expect("what the test is made of");
    for (answer, has_moved) in
        [(r#"{"moved":true}"#, true), (r#"{"moved":false}"#, false), ("what?", false)]
    {
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&heard);
        let routes = Router::new().route(
            "/moved",
            post(async move |body: String| {
                kept.lock().expect("nobody panicked").push(body);
                answer
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await });
        assert_eq!(carrier(port, json()).has_moved(&phone).await, has_moved, "{answer}");
        let asked = heard.lock().expect("nobody panicked").clone();
        assert_eq!(asked, [r#"{"to":"+6280000000001"}"#]);
        serving.abort();
    }
    assert!(!carrier(1, json()).has_moved(&phone).await, "nobody answers");
}
