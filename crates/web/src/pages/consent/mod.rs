//! What members see of a sign-in for another application.

pub mod ask;
pub mod authorize;
pub mod logout;
