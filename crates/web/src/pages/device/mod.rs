//! Signing in on a device without a keyboard (RFC 8628): the code that it shows, the question who
//! asks, and that it is done.

pub mod approve;
pub mod done;
pub mod enter;
