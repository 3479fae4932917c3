//! Networks such as `10.0.0.0/8`: whom to trust as a proxy, whom not to call, where somebody is.

use std::net::IpAddr;
use std::str::FromStr;

/// A network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its first address, or any inside.
    pub address: IpAddr,
    /// How many leading bits name the network.
    pub prefix: u8,
}

impl Network {
    /// Its first and its last address, as numbers that grow with them; those of IPv4 stand where IPv6
    /// has a place for them.
    #[must_use]
    pub fn span(&self) -> (u128, u128) {
        let prefix = match self.address.to_canonical() {
            IpAddr::V4(_) => 96 + self.prefix.min(32),
            IpAddr::V6(_) => self.prefix,
        };
        let inside = u128::MAX.checked_shr(prefix.into()).unwrap_or(0);
        (number(self.address) & !inside, number(self.address) | inside)
    }

    /// Whether an address lies inside.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let (first, last) = self.span();
        let is_same_kind =
            self.address.to_canonical().is_ipv4() == address.to_canonical().is_ipv4();
        is_same_kind && (first..=last).contains(&number(address))
    }
}

/// An address as the number by which networks are compared.
#[must_use]
pub fn number(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl FromStr for Network {
    type Err = ();

    /// Reads `10.0.0.0/8`; a bare address is a network of one.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().map_err(drop)?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(drop)?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(longest);
        if prefix <= longest { Ok(Self { address, prefix }) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let network: Network = "10.1.0.0/16".parse().unwrap();
        assert!(network.contains("10.1.255.1".parse().unwrap()));
        assert!(network.contains("::ffff:10.1.2.3".parse().unwrap()));
        assert!(!network.contains("10.2.0.1".parse().unwrap()));
        let all: Network = "::/0".parse().unwrap();
        assert!(all.contains("2001:db8::1".parse().unwrap()));
        assert!(!all.contains("10.1.2.3".parse().unwrap()));
        let one: Network = "192.0.2.7".parse().unwrap();
        assert!(!one.contains("192.0.2.8".parse().unwrap()));
        for wrong in ["10.0.0.0/33", "ten/8", "10.0.0.0/-1", ""] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
