//! What people do, with a stopped clock, on both engines.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod activation;
mod alarms;
mod attacks;
mod by_line;
mod cases;
mod claims;
mod contact_changes;
mod contact_codes;
mod corrections;
mod delivery;
mod demo;
mod desk_acts;
mod desk_recoveries;
mod export;
mod factors;
mod heirs;
mod imports;
mod merging;
mod passkeys;
mod passwords;
mod payouts;
mod proofs_of_identity;
mod record_news;
mod recoveries;
mod recovery_ends;
mod reset_by_code;
mod returns;
mod sessions;
mod sign_in;
mod staff;
mod staff_service;
mod statements;
mod told_of_changes;
mod transactions;
mod workbooks;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use payung_domain::language::Language;
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::Visit;
use payung_flows::delivery::{Parcel, Post, deliver_due};
use payung_flows::sign_in::password::{self, Answer, Attempt, NextPage};
use payung_flows::sign_in::step::{self, Asked, Found};
use payung_flows::sign_in::{Ending, code};
use payung_testkit::Bench;
use payung_testkit::people::PASSWORD;
use payung_testkit::post::Kept;

/// Somebody at a browser.
fn visit(bench: &Bench) -> Visit {
    Visit {
        now: bench.clock.now(),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: "Chrome, Android".to_owned(),
        browser: Some(Token::of(&[1; 32])),
        language: Language::Id,
    }
}

/// Sends the sign-in form; each call is a form of its own.
async fn try_password(bench: &Bench, typed: &str, secret: &str) -> Answer {
    let form: [u8; 16] = bench.app.dice.bytes();
    send_form(bench, typed, secret, &form).await
}

/// Sends one certain sign-in form.
async fn send_form(bench: &Bench, typed: &str, secret: &str, form: &[u8]) -> Answer {
    let attempt = Attempt {
        typed,
        password: &Secret::from(secret),
        form,
        next: None,
        is_shared_device: false,
        earlier: None,
        taken: None,
    };
    password::submit(&bench.app, &visit(bench), &attempt).await.unwrap()
}

/// Gives the right password and answers with the sign-in's token.
async fn right_password(bench: &Bench, typed: &str) -> (Token, NextPage) {
    match try_password(bench, typed, PASSWORD).await {
        Answer::Right { token, next } => (token, next),
        other => panic!("{typed} was not let on: {other:?}"),
    }
}

/// Budi has one way, so his code is on its way once the password is right.
async fn at_the_code(bench: &Bench) -> (Token, String) {
    let (token, _) = right_password(bench, "budi").await;
    (token, newest_code(bench).await)
}

/// Delivers what is due and reads the newest code out of it. News of the account may leave with it;
/// news has links or no digits, a code message has no link.
async fn newest_code(bench: &Bench) -> String {
    let is_code = |word: &&str| word.len() == 6 && word.chars().all(|c| c.is_ascii_digit());
    let texts: Vec<String> = deliver(bench).await.iter().map(text_of).collect();
    let codes = texts.iter().filter(|text| !text.contains("http"));
    let mut found =
        codes.filter_map(|text| text.split(|c: char| !c.is_ascii_digit()).find(is_code));
    found.next_back().expect("a message with a code was sent").to_owned()
}

/// Delivers what is due.
async fn deliver(bench: &Bench) -> Vec<Parcel> {
    let kept = Arc::new(Kept::default());
    let post = Post::Courier(Arc::clone(&kept) as Arc<_>);
    while deliver_due(&bench.app, &post).await.unwrap() > 0 {}
    kept.parcels()
}

fn text_of(parcel: &Parcel) -> String {
    match parcel {
        Parcel::Mail { text, .. } | Parcel::Sms { text, .. } => text.clone(),
    }
}

/// Enters a code.
async fn enter(bench: &Bench, token: &Token, typed: &str) -> Found<code::Answer> {
    code::submit(&bench.app, &visit(bench), token, typed, Ending::default()).await.unwrap()
}

/// Asks for another code.
async fn ask_again(bench: &Bench, token: &Token) -> Asked {
    match step::resend(&bench.app, &visit(bench), token).await.unwrap() {
        Found::Open(asked) => asked,
        other => panic!("the sign-in is not open: {other:?}"),
    }
}

/// Signs Budi in, all the way.
async fn signed_in(bench: &Bench) -> Token {
    let (token, code) = at_the_code(bench).await;
    match enter(bench, &token, &code).await {
        Found::Open(code::Answer::SignedIn { session, .. }) => session,
        other => panic!("not signed in: {other:?}"),
    }
}

/// Six digits that are not these.
fn another(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..5])
}
