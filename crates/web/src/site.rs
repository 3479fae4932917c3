//! The member site as a whole: what it is built from.

use std::net::IpAddr;
use std::sync::Arc;

use payung_flows::App;

/// What the pages need besides the request.
pub struct Site {
    /// The flows.
    pub app: Arc<App>,
    /// Whether an address is one of the operator's proxies, whose `X-Forwarded-For` is believed.
    pub is_proxy: Box<dyn Fn(IpAddr) -> bool + Send + Sync>,
    /// Whether this is the demonstration, with its outbox and its notice.
    pub is_demo: bool,
}

impl Site {
    /// The name of a cookie here. Over TLS it begins with `__Host-`, so that no other host and no
    /// other path can set it (H-03); without TLS, on this machine only, browsers would refuse that.
    #[must_use]
    pub fn cookie_name(&self, name: &str) -> String {
        if self.app.settings.is_secure() {
            format!("__Host-payung-{name}")
        } else {
            format!("payung-{name}")
        }
    }
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site")
            .field("app", &self.app)
            .field("is_demo", &self.is_demo)
            .finish_non_exhaustive()
    }
}
