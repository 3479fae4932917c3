//! Everything of a member, to be taken along.

pub mod take;
