//! A browser without a browser: keeps cookies, remembers the form token of the page it is on, and
//! follows no redirect by itself. It comes from an address of its own, as visitors do.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};

/// Longer than any page takes on a busy machine, so that only a hang gets there.
const PATIENCE: Duration = Duration::from_mins(1);

/// Somebody in front of a screen.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    client: Client,
    csrf: String,
    /// Where the site is; a restart may move it.
    pub(crate) site: String,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Sent along with every request.
    pub(crate) headers: HeaderMap,
}

/// A whole answer: it counts as received only when its last byte was.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

/// What connects from the nth loopback address: `127.0.1.7`.
pub(crate) fn client(number: u8) -> Client {
    Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .local_address(IpAddr::from(Ipv4Addr::new(127, 0, 1, number)))
        // Only loopback is spoken to, so no certificate of the machine is looked for.
        .tls_certs_only([])
        .build()
        .expect("a client")
}

impl Browser {
    /// One that has never been here.
    pub(crate) fn new(client: &Client, site: &str) -> Self {
        Self {
            client: client.clone(),
            site: site.to_owned(),
            csrf: String::new(),
            cookies: BTreeMap::new(),
            headers: HeaderMap::new(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> reqwest::Result<Page> {
        let request = self.client.get(format!("{}{path}", self.site));
        self.send(request).await
    }

    /// Sends a form of the page it is on.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> reqwest::Result<Page> {
        let fields: Vec<_> = [("csrf", &*self.csrf)].iter().chain(fields).copied().collect();
        let request = self.client.post(format!("{}{path}", self.site)).form(&fields);
        self.send(request).await
    }

    async fn send(&mut self, request: RequestBuilder) -> reqwest::Result<Page> {
        let cookies: Vec<_> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = request.headers(self.headers.clone()).header(COOKIE, cookies.join("; "));
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let page = Page { status, headers, html: answer.text().await? };
        for (name, value) in page.new_cookies() {
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(csrf) = page.between("name=\"csrf\" value=\"", "\"") {
            csrf.clone_into(&mut self.csrf);
        }
        Ok(page)
    }
}

impl Page {
    /// Where it leads, if it leads away.
    pub(crate) fn leads_to(&self) -> &str {
        self.headers.get(LOCATION).and_then(|path| path.to_str().ok()).unwrap_or_default()
    }

    /// The cookies it sets; those it takes back are empty.
    pub(crate) fn new_cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.filter_map(|line| line.split(';').next()?.split_once('='))
    }

    /// Whether it signs somebody in.
    pub(crate) fn gives_a_session(&self) -> bool {
        self.new_cookies()
            .any(|(name, value)| name.ends_with("payung-session") && !value.is_empty())
    }

    /// What stands on it between two marks.
    pub(crate) fn between(&self, before: &str, after: &str) -> Option<&str> {
        let (_, rest) = self.html.split_once(before)?;
        rest.split_once(after).map(|(text, _)| text)
    }
}
