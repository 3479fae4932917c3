//! A courier that keeps what it is given, and can be told to fail.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use payung_flows::delivery::{Courier, Parcel, Undelivered};

/// Keeps every parcel in order.
#[derive(Debug, Default)]
pub struct Kept {
    parcels: Mutex<Vec<Parcel>>,
    failures: Mutex<Vec<Undelivered>>,
}

impl Kept {
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
}
