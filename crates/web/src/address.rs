//! Where a request comes from: the peer, or what a listed proxy says of it (E-09).

use std::net::IpAddr;

use axum::http::HeaderMap;

/// The visitor's address. `X-Forwarded-For` counts only when the peer is one of the operator's
/// proxies, and then from the right: whatever a visitor wrote into it stands further left.
#[must_use]
pub fn of_visitor(peer: IpAddr, headers: &HeaderMap, is_proxy: &dyn Fn(IpAddr) -> bool) -> IpAddr {
    if !is_proxy(peer) {
        return peer;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let mut nearest = peer;
    for hop in forwarded.iter().rev() {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { return nearest };
        nearest = address;
        if !is_proxy(address) {
            return address;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let is_proxy = |address: IpAddr| address.to_string().starts_with("10.");
        of_visitor(peer.parse().unwrap(), &headers, &is_proxy).to_string()
    }

    #[test]
    fn e09_a_stranger_cannot_say_where_it_comes_from() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
    }

    #[test]
    fn e09_behind_a_proxy_only_the_last_hop_counts() {
        assert_eq!(seen("10.0.0.1", &["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1", "203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn nonsense_leaves_the_nearest_address_that_is_known() {
        assert_eq!(seen("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
