//! The provider's endpoints that programs call. The pages are in `pages/consent` and `pages/apps`.

pub mod call;
pub mod documents;
pub mod registration;
pub mod target;
pub mod tokens;
