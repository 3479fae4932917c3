//! A courier and a messenger that keep what they are given, and can be told to fail.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use payung_domain::contact::Phone;
use payung_flows::delivery::{Courier, Parcel, Undelivered};
use payung_flows::oidc::back_channel::{Errand, Messenger};

/// Keeps every parcel in order.
#[derive(Debug, Default)]
pub struct Kept {
    parcels: Mutex<Vec<Parcel>>,
    failures: Mutex<Vec<Undelivered>>,
    has_moved: bool,
}

impl Kept {
    /// One that says of every number that it has just moved to another card.
    #[must_use]
    pub fn where_every_number_has_moved() -> Self {
        Self { has_moved: true, ..Self::default() }
    }

    /// The next parcels fail like this, one each, the last one first.
    pub fn fail_with(&self, failures: Vec<Undelivered>) {
        *self.failures.lock().unwrap_or_else(PoisonError::into_inner) = failures;
    }

    /// Everything so far.
    #[must_use]
    pub fn parcels(&self) -> Vec<Parcel> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Courier for Kept {
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        if let Some(failure) = self.failures.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Err(failure);
        }
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner).push(parcel.clone());
        Ok(())
    }

    async fn has_moved(&self, _: &Phone) -> bool {
        self.has_moved
    }
}

/// Keeps every errand in order.
#[derive(Debug, Default)]
pub struct Errands {
    done: Mutex<Vec<Errand>>,
    failures: Mutex<Vec<Undelivered>>,
}

impl Errands {
    /// The next errands fail like this, one each, the last one first.
    pub fn fail_with(&self, failures: Vec<Undelivered>) {
        *self.failures.lock().unwrap_or_else(PoisonError::into_inner) = failures;
    }

    /// Everything so far, what failed left out.
    #[must_use]
    pub fn done(&self) -> Vec<Errand> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Messenger for Errands {
    async fn run(&self, errand: &Errand) -> Result<(), Undelivered> {
        if let Some(failure) = self.failures.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Err(failure);
        }
        self.done.lock().unwrap_or_else(PoisonError::into_inner).push(errand.clone());
        Ok(())
    }
}
