//! Calls of applications' servers. Their addresses were written down by others, so what may be
//! reached is decided here, by the address that is really connected to (O9).

use std::error::Error as StdError;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use payung_domain::network::Network;
use payung_domain::oidc::outward::is_public;
use payung_flows::delivery::Undelivered;
use payung_flows::oidc::back_channel::{Errand, Form, Messenger};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Certificate, Client, StatusCode, Url, redirect};

use crate::report::{Exit, Failure};
use crate::said;
use crate::settings::serving::Outward;

/// How long to wait for the connection alone.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// How long one call may take in all.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Connections that are kept open while nobody uses them.
const KEPT_IDLE: usize = 1;

/// Carries tokens to applications' servers.
#[derive(Clone, Debug)]
pub struct BackChannel {
    client: Client,
    reach: Reach,
}

/// Which addresses may be connected to: those of the open internet, and the listed networks.
#[derive(Clone, Debug)]
struct Reach(Arc<[Network]>);

impl Reach {
    fn has(&self, address: IpAddr) -> bool {
        is_public(address) || self.0.iter().any(|network| network.contains(address))
    }

    /// Whether an address may be called. https, or this very machine where it is listed; a host that
    /// is a bare address is looked at here, since no name is looked up for it.
    fn allows(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let is_safe = match url.scheme() {
            "https" => true,
            "http" => bare.as_ref().is_ok_and(IpAddr::is_loopback),
            _ => false,
        };
        is_safe && bare.map_or(!host.is_empty(), |address| self.has(address))
    }
}

/// A name leads to no address that may be reached.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a private network only")]
struct Private;

/// Looks names up, and keeps private addresses to itself: what is not answered is not connected to,
/// whatever the name says a moment later.
impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0_u16)).await?;
            let open: Vec<SocketAddr> = found.filter(|at| reach.has(at.ip())).collect();
            if open.is_empty() {
                return Err(Private.into());
            }
            let open: Addrs = Box::new(open.into_iter());
            Ok::<Addrs, Box<dyn StdError + Send + Sync>>(open)
        })
    }
}

impl BackChannel {
    /// Gets ready; nobody is called yet.
    pub fn open(outward: &Outward) -> Result<Self, Failure> {
        let reach = Reach(outward.private_networks.clone().into());
        let client = Client::builder()
            .timeout(ANSWER_WITHIN)
            .connect_timeout(CONNECT_WITHIN)
            .pool_max_idle_per_host(KEPT_IDLE)
            // A redirect would carry a token to a place that was not registered (K-18).
            .redirect(redirect::Policy::none())
            // A proxy would look names up by itself.
            .no_proxy()
            .dns_resolver(reach.clone())
            .tls_certs_merge(authorities(outward)?)
            .build()
            .map_err(|error| {
                Failure::new(
                    Exit::WrongUse,
                    "back-channel-tls",
                    said!("applications cannot be called", "aplikasi tidak dapat dihubungi"),
                    said!("install ca-certificates", "pasang ca-certificates"),
                )
                .because(&error)
            })?;
        Ok(Self { client, reach })
    }
}

/// The authorities that are trusted besides the machine's own.
fn authorities(outward: &Outward) -> Result<Vec<Certificate>, Failure> {
    let Some(path) = &outward.authority else { return Ok(Vec::new()) };
    let shown = path.display();
    let failure = || {
        Failure::new(
            Exit::WrongUse,
            "oidc-authority",
            said!(
                "{shown} is not a certificate authority in PEM",
                "{shown} bukan otoritas sertifikat dalam PEM"
            ),
            said!("correct oidc.extra_ca_file", "perbaiki oidc.extra_ca_file"),
        )
    };
    let pem = std::fs::read(path).map_err(|error| failure().because(&error))?;
    let authorities =
        Certificate::from_pem_bundle(&pem).map_err(|error| failure().because(&error))?;
    if authorities.is_empty() { Err(failure()) } else { Ok(authorities) }
}

#[async_trait]
impl Messenger for BackChannel {
    async fn run(&self, errand: &Errand) -> Result<(), Undelivered> {
        let url = Url::parse(&errand.to).ok().filter(|url| self.reach.allows(url));
        let Some(url) = url else {
            return Err(Undelivered::Never("the address may not be called".to_owned()));
        };
        let request = self.client.post(url);
        let request = match errand.form {
            Form::LogoutToken => request.form(&[("logout_token", &errand.token)]),
            Form::EventToken => request
                .header(CONTENT_TYPE, "application/secevent+jwt")
                .header(ACCEPT, "application/json")
                .body(errand.token.clone()),
        };
        // The body of the answer is never read, however long it is.
        match request.send().await {
            Ok(answer) => settled(errand.form, answer.status()),
            Err(error) if error.is_timeout() => {
                Err(Undelivered::Later("the application took too long".to_owned()))
            }
            Err(error) if is_private(&error) => {
                Err(Undelivered::Later("the name leads to a private network only".to_owned()))
            }
            Err(_) => Err(Undelivered::Later("the application was not reachable".to_owned())),
        }
    }
}

/// Whether a call failed because its name leads to private addresses only.
fn is_private(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = cause {
        if error.is::<Private>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// A receiver of events that answers 400 has read this very token and will never take it (RFC 8935
/// section 2.3). Whatever else is not a success may be over soon.
fn settled(form: Form, status: StatusCode) -> Result<(), Undelivered> {
    let what = || format!("the application answered {}", status.as_u16());
    match (form, status.as_u16()) {
        (_, 200..=299) => Ok(()),
        (Form::EventToken, 400) => Err(Undelivered::Never(what())),
        _ => Err(Undelivered::Later(what())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(listed: &[&str]) -> Reach {
        Reach(listed.iter().map(|network| network.parse().unwrap()).collect())
    }

    #[test]
    fn o9_bare_addresses_of_private_networks_are_not_called() {
        let nothing_listed = reach(&[]);
        for allowed in ["https://klaim.example/l", "https://1.1.1.1/l", "https://[2606:4700::1]/"] {
            assert!(nothing_listed.allows(&allowed.parse().unwrap()), "{allowed}");
        }
        for refused in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00::1]/",
            "http://127.0.0.1:9090/metrics",
            "http://klaim.example/l",
            "http://1.1.1.1/l",
            "ftp://klaim.example/",
        ] {
            assert!(!nothing_listed.allows(&refused.parse().unwrap()), "{refused}");
        }
    }

    #[test]
    fn k18_a_listed_network_may_be_called() {
        let listed = reach(&["10.0.0.0/8", "127.0.0.0/8"]);
        for allowed in ["https://10.1.2.3/l", "http://127.0.0.1:8081/l"] {
            assert!(listed.allows(&allowed.parse().unwrap()), "{allowed}");
        }
        for refused in ["http://10.1.2.3/l", "https://192.168.0.1/l"] {
            assert!(!listed.allows(&refused.parse().unwrap()), "{refused}");
        }
    }

    #[tokio::test]
    async fn o9_a_name_that_leads_here_is_not_looked_up() {
        let name = || "localhost".parse::<Name>().unwrap();
        let refused = reach(&[]).resolve(name()).await.err().expect("localhost is private");
        assert!(refused.is::<Private>(), "{refused}");
        let mut found = reach(&["127.0.0.0/8"]).resolve(name()).await.expect("it is listed");
        assert!(found.all(|at| at.ip().is_loopback()));
    }

    #[test]
    fn k26_a_refusal_is_tried_again_unless_the_token_itself_was_read_and_refused() {
        let of = |form, code| settled(form, StatusCode::from_u16(code).unwrap());
        for form in [Form::LogoutToken, Form::EventToken] {
            for code in [200, 202, 204] {
                assert!(of(form, code).is_ok(), "{code}");
            }
            for code in [302, 404, 429, 500, 503] {
                assert!(matches!(of(form, code), Err(Undelivered::Later(_))), "{code}");
            }
        }
        assert!(matches!(of(Form::LogoutToken, 400), Err(Undelivered::Later(_))));
        assert!(matches!(of(Form::EventToken, 400), Err(Undelivered::Never(_))));
    }
}
