//! The program as people and other machines meet it: run as a whole, with a real mail server, a
//! real gateway and a real certificate.

mod audit;
mod back_channel;
mod case;
mod certificate;
mod client;
mod config;
mod conformance;
mod correction;
mod help;
mod import;
#[path = "../support/installation.rs"]
mod installation;
mod key;
mod ledger;
mod limits;
mod mail;
mod member;
mod member_act;
mod member_apps;
mod member_help;
mod member_merge;
mod member_report;
mod notice;
mod password_filter;
mod places;
#[path = "../support/post_office.rs"]
mod post_office;
mod program;
mod record;
mod rules;
mod staff;
mod statement;
mod text_message;
mod totp;
