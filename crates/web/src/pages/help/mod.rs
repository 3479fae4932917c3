//! Help and the state of the service; both work signed out.

pub mod status;
pub mod topics;
