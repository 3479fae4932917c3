//! What this process has counted since it began, for the operator's `/metrics`. No names, no
//! addresses, no accounts: only how often.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// One more.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How many so far.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number that was last seen.
#[derive(Debug, Default)]
pub struct Gauge(AtomicU64);

impl Gauge {
    /// It is so much now.
    pub fn set(&self, number: u64) {
        self.0.store(number, Ordering::Relaxed);
    }

    /// What it was last.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Counters {
    /// Sign-ins whose password was right.
    pub passwords_right: Counter,
    /// Sign-ins whose password was wrong, or whose name nobody has.
    pub passwords_wrong: Counter,
    /// Wrong codes of the second step.
    pub codes_wrong: Counter,
    /// Password paths that were paused.
    pub pauses: Counter,
    /// Password paths that were shut until somebody opens them.
    pub locks: Counter,
    /// Tries refused because their address went through many names, or was faster than a person.
    pub sprays_stopped: Counter,
    /// Misses on a name that was tried from many addresses.
    pub stuffings_seen: Counter,
    /// Misses with forms that came back faster than a person fills them in.
    pub quick_forms: Counter,
    /// Text messages that were not sent because the day's ceiling was reached.
    pub sms_over_ceiling: Counter,
    /// Text messages of the day in all, of every node, as this one last saw.
    pub sms_today: Gauge,
    /// Times that the day's text messages came near their ceiling: the alarm before it is reached.
    pub sms_near_ceiling: Counter,
    /// Codes that were not sent because the number had just moved to another card.
    pub codes_withheld: Counter,
    /// Owners who said "this was not me".
    pub not_me: Counter,
    /// Staged recoveries that were asked for, and are about somebody.
    pub recoveries_begun: Counter,
    /// Staged recoveries that were stopped.
    pub recoveries_stopped: Counter,
    /// Staged recoveries that ended in a new password.
    pub recoveries_done: Counter,
    /// Applications that took what they were told of a session or an account.
    pub applications_told: Counter,
    /// Those that were given up.
    pub applications_not_told: Counter,
    /// Look-ups and fields in full that were refused to an officer because there had been too many.
    pub looks_over_limit: Counter,
    /// Lines of the desk's audit, of every node, as this one last saw.
    pub audit_height: Gauge,
    /// Times that its newest lines were looked at and the chain over them was not whole.
    pub audit_broken: Counter,
}

impl Counters {
    /// Every number with its name and what it means, as Prometheus wants them.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        [
            ("passwords_right_total", "Sign-ins with a right password.", &self.passwords_right),
            ("passwords_wrong_total", "Sign-ins with a wrong password.", &self.passwords_wrong),
            ("codes_wrong_total", "Wrong codes of the second step.", &self.codes_wrong),
            ("pauses_total", "Password paths paused.", &self.pauses),
            ("locks_total", "Password paths locked firmly.", &self.locks),
            ("sprays_stopped_total", "Tries refused for spraying.", &self.sprays_stopped),
            ("stuffings_seen_total", "Misses that look like stuffing.", &self.stuffings_seen),
            ("quick_forms_total", "Misses faster than a person.", &self.quick_forms),
            ("sms_over_ceiling_total", "Text messages over the ceiling.", &self.sms_over_ceiling),
            ("sms_near_ceiling_total", "Days near the SMS ceiling.", &self.sms_near_ceiling),
            ("codes_withheld_total", "Codes withheld from a moved number.", &self.codes_withheld),
            ("not_me_total", "Owners who said it was not them.", &self.not_me),
            ("recoveries_begun_total", "Staged recoveries begun.", &self.recoveries_begun),
            ("recoveries_stopped_total", "Staged recoveries stopped.", &self.recoveries_stopped),
            ("recoveries_done_total", "Staged recoveries done.", &self.recoveries_done),
            ("applications_told_total", "Applications told of an end.", &self.applications_told),
            ("applications_not_told_total", "Given up.", &self.applications_not_told),
            ("looks_over_limit_total", "Look-ups over a limit.", &self.looks_over_limit),
            ("audit_broken_total", "Looks at a broken audit.", &self.audit_broken),
        ]
        .into_iter()
        .map(|(name, help, counter)| (name, help, counter.total()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name_of_its_own() {
        let counters = Counters::default();
        counters.pauses.count();
        let mut names: Vec<&str> = counters.all().map(|(name, _, _)| name).collect();
        assert!(
            counters.all().any(|number| number == ("pauses_total", "Password paths paused.", 1))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), counters.all().count());
    }
}
