//! What people see: forms in, pages out. No SQL and no rule.

// What reads something from outside is public, so that `fuzz` can try it.
pub mod address;
mod api;
pub mod assets;
pub mod cookies;
pub mod csrf;
pub mod desk;
pub mod device;
pub mod form;
mod front;
mod guest;
pub mod keeping;
mod oidc;
pub mod page;
pub mod pages;
pub mod pdf;
mod reports;
mod routes;
mod site;
pub mod spreadsheet;
pub mod upload;

pub use routes::routes;
pub use site::Site;
