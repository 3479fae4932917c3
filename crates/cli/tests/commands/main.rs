//! The program as people and other machines meet it: run as a whole, with a real mail server, a
//! real gateway and a real certificate.

mod certificate;
mod config;
mod help;
mod mail;
mod program;
mod text_message;
