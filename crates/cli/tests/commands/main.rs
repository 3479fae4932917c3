//! The program as people and other machines meet it: run as a whole, with a real mail server, a
//! real gateway and a real certificate.

mod certificate;
mod config;
mod help;
mod mail;
mod notice;
mod password_filter;
#[path = "../support/post_office.rs"]
mod post_office;
mod program;
mod text_message;
