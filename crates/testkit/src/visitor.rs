//! A browser without a browser: asks the router in process, keeps cookies, fills in forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_web::Site;
use tower::ServiceExt;

use crate::Bench;

/// What a form with a file calls itself; `X` stands between its parts.
pub const WITH_A_FILE: &str = "multipart/form-data; boundary=X";

/// Somebody at a browser of their own.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    /// The cookies of this browser, by name.
    pub cookies: BTreeMap<String, String>,
    /// Headers that go with every request.
    pub headers: Vec<(&'static str, String)>,
    /// Where this browser is.
    pub address: SocketAddr,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub html: String,
}

/// The member site around a bench, as the demonstration or as a production server has it.
pub fn site(bench: &Bench, is_demo: bool) -> Router {
    let app = Arc::clone(&bench.app);
    payung_web::routes(Arc::new(Site { app, is_proxy: Box::new(|_| false), is_demo }))
}

/// The support desk around a bench.
pub fn desk(bench: &Bench, is_demo: bool) -> Router {
    let app = Arc::clone(&bench.app);
    payung_web::desk::routes(Arc::new(Site { app, is_proxy: Box::new(|_| false), is_demo }))
}

impl Visitor {
    /// A browser that has never been at the support desk.
    #[must_use]
    pub fn at_the_desk(bench: &Bench, is_demo: bool) -> Self {
        Self::at(desk(bench, is_demo))
    }

    /// A browser that has never been here.
    #[must_use]
    pub fn new(bench: &Bench) -> Self {
        Self::at(site(bench, true))
    }

    /// A browser that has never been here, at a production server.
    #[must_use]
    pub fn in_production(bench: &Bench) -> Self {
        Self::at(site(bench, false))
    }

    fn at(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            headers: vec![("accept-language", "en".to_owned())],
            address: SocketAddr::from(([203, 0, 113, 9], 40_000)),
        }
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Sends fields as a form would.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_raw(path, body.into_bytes()).await
    }

    /// Sends these very bytes as a form.
    pub async fn post_raw(&mut self, path: &str, body: Vec<u8>) -> Page {
        let kind = Some("application/x-www-form-urlencoded");
        self.send(Method::POST, path, kind, Body::from(body)).await
    }

    /// Fills in the form of a page and sends it, with the token that the page gave.
    pub async fn fill_in(&mut self, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = page.csrf();
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", &*csrf)]).collect();
        self.post(path, &all).await
    }

    /// Sends a file from a page, with the token that the page gave, under a name and a kind that
    /// nobody may believe.
    pub async fn upload(&mut self, page: &Page, path: &str, file: &[u8]) -> Page {
        let head = format!(
            "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--X\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"../../a.html\"\r\n\
             Content-Type: text/html\r\n\r\n",
            page.csrf()
        );
        let body = [head.as_bytes(), file, b"\r\n--X--\r\n"].concat();
        self.send(Method::POST, path, Some(WITH_A_FILE), Body::from(body)).await
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Body,
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(kind) = content_type {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        let mut request = request.body(body).expect("a request that can be sent");
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        Page {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("a readable cookie");
            let (name, rest) = line.split_once('=').expect("a cookie has a name");
            let value = rest.split(';').next().unwrap_or_default();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Sends the sign-in form from a new page.
    pub async fn sign_in_with(&mut self, identifier: &str, password: &str) -> Page {
        let page = self.get("/sign-in").await;
        let fields = [("identifier", identifier), ("password", password)];
        self.fill_in(&page, "/sign-in", &fields).await
    }

    /// Signs in somebody who has one way, all the way to the dashboard.
    pub async fn sign_in(&mut self, bench: &Bench, identifier: &str) -> Page {
        self.sign_in_with(identifier, crate::people::PASSWORD).await;
        let page = self.get("/sign-in/code").await;
        let code = newest_code(bench).await;
        self.fill_in(&page, "/sign-in/code", &[("code", &code)]).await
    }
}

impl Page {
    /// Where the answer leads.
    #[must_use]
    pub fn leads_to(&self) -> &str {
        self.header("location")
    }

    /// A header of the answer; nothing when it has none such.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The token of the page's first form.
    #[must_use]
    pub fn csrf(&self) -> String {
        self.after("name=\"csrf\" value=\"").unwrap_or_default()
    }

    /// What stands between this mark and the next quote.
    #[must_use]
    pub fn after(&self, mark: &str) -> Option<String> {
        let (_, rest) = self.html.split_once(mark)?;
        rest.split('"').next().map(str::to_owned)
    }

    /// Whether these words stand on the page.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.html.contains(words)
    }
}

/// Delivers what is due into the demonstration's outbox and reads the code that came with it; the
/// newest one there when none did. While the clock stands still, the outbox alone cannot tell which
/// of two codes is newer.
pub async fn newest_code(bench: &Bench) -> String {
    let outbox = async || demo::outbox(&bench.app).await.expect("the outbox reads");
    let before = outbox().await;
    while deliver_due(&bench.app, &Post::Caught).await.expect("delivery works") > 0 {}
    let is_new = |id: &str| !before.iter().any(|known| known.id == id);
    let (new, old): (Vec<_>, Vec<_>) = outbox().await.into_iter().partition(|m| is_new(&m.id));
    new.into_iter().chain(old).find_map(|message| message.code).expect("a code was sent")
}
