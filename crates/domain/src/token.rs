//! Random tokens that a browser holds and the database knows only by their hash.

use data_encoding::BASE64URL_NOPAD;

use crate::dice::Dice;
use crate::keyed::{Tag, digest};
use crate::secret::Secret;

/// 256 random bits in a cookie or a link (H-01, G-01).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(Secret);

impl Token {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        Self::of(&dice.bytes())
    }

    /// The token of these 256 bits.
    #[must_use]
    pub fn of(bits: &Tag) -> Self {
        Self(Secret::new(BASE64URL_NOPAD.encode(bits)))
    }

    /// Reads what a browser sent; anything that is no token of ours is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let decoded = (text.len() == 43).then(|| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
        decoded.flatten().map(|_| Self(Secret::from(text)))
    }

    /// The text, for the cookie or the link.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Its SHA-256: what the database keeps. A thief of the database cannot turn it back.
    #[must_use]
    pub fn hash(&self) -> Tag {
        digest(self.expose().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_form_is_a_token() {
        let token = Token::of(&[9; 32]);
        assert_eq!(Token::parse(token.expose()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(Secret(…))");
        for text in ["", "abc", &"!".repeat(43), &"A".repeat(44)] {
            assert_eq!(Token::parse(text), None);
        }
    }
}
