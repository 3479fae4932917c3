//! What people see: forms in, pages out. No SQL and no rule.

mod address;
pub mod assets;
mod cookies;
mod csrf;
mod device;
mod form;
mod front;
mod guest;
pub mod page;
pub mod pages;
mod reports;
mod routes;
mod site;
mod spreadsheet;

pub use routes::routes;
pub use site::Site;
