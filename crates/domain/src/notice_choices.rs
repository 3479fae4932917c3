//! Which news a member wants by which channel (M28). What protects the account always goes.

/// What news are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The account itself: signing in, passwords, contacts, payouts.
    Security,
    /// Contributions that came, and months that did not.
    Contributions,
    /// Claims and what is paid out.
    Claims,
    /// Statements that are ready.
    Statements,
}

/// How news go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A letter.
    Email,
    /// A text message.
    Sms,
}

impl Topic {
    /// All, in the order they are shown.
    pub const ALL: [Self; 4] =
        [Self::Security, Self::Contributions, Self::Claims, Self::Statements];

    /// The word in rows and forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Contributions => "contributions",
            Self::Claims => "claims",
            Self::Statements => "statements",
        }
    }

    /// The topic of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }

    /// Whether its news may be switched off.
    #[must_use]
    pub const fn may_be_off(self) -> bool {
        !matches!(self, Self::Security)
    }
}

impl Channel {
    /// Both, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// The word in rows and forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// The channel of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// What a member switched off; everything else goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    off: Vec<(Topic, Channel)>,
}

impl Choices {
    /// The choices with these switched off. What may not be off is not.
    #[must_use]
    pub fn without(off: impl IntoIterator<Item = (Topic, Channel)>) -> Self {
        let mut off: Vec<(Topic, Channel)> =
            off.into_iter().filter(|(topic, _)| topic.may_be_off()).collect();
        off.sort_unstable();
        off.dedup();
        Self { off }
    }

    /// Whether news about this go this way.
    #[must_use]
    pub fn wants(&self, topic: Topic, channel: Channel) -> bool {
        !self.off.contains(&(topic, channel))
    }

    /// What is switched off.
    #[must_use]
    pub fn off(&self) -> &[(Topic, Channel)] {
        &self.off
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn j03_news_of_the_account_cannot_be_switched_off() {
        let everything =
            Topic::ALL.into_iter().flat_map(|topic| Channel::ALL.map(|channel| (topic, channel)));
        let choices = Choices::without(everything);
        for topic in Topic::ALL {
            for channel in Channel::ALL {
                assert_eq!(choices.wants(topic, channel), topic == Topic::Security);
            }
        }
        assert_eq!(choices.off().len(), 6);
    }

    #[test]
    fn nothing_is_off_until_somebody_says_so() {
        assert!(Choices::default().wants(Topic::Claims, Channel::Sms));
        let off = [(Topic::Claims, Channel::Sms), (Topic::Claims, Channel::Sms)];
        let choices = Choices::without(off);
        assert!(!choices.wants(Topic::Claims, Channel::Sms));
        assert!(choices.wants(Topic::Claims, Channel::Email));
        assert_eq!(choices.off().len(), 1);
    }

    #[test]
    fn every_word_is_read_back() {
        for topic in Topic::ALL {
            assert_eq!(Topic::named(topic.name()), Some(topic));
        }
        for channel in Channel::ALL {
            assert_eq!(Channel::named(channel.name()), Some(channel));
        }
        assert_eq!((Topic::named("weather"), Channel::named("pigeon")), (None, None));
    }
}
