//! Letters through a real mail server on loopback.

use std::sync::Arc;
use std::time::Duration;

use payung::outside::clock::SystemClock;
use payung::outside::smtp::MailCarrier;
use payung::settings::serving::{MailServer, MailTls};
use payung_domain::contact::Email;
use payung_domain::language::Language;
use payung_domain::time::Clock;
use payung_flows::Visit;
use payung_flows::delivery::{Courier, Parcel, Post, Undelivered, deliver_due};
use payung_flows::passwords::forgot;
use payung_flows::sign_in::password::{self, Answer, Attempt};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, people};
use serde_json::Value;

use crate::certificate::Pair;
use crate::post_office::PostOffice;

fn server(port: u16, tls: MailTls) -> MailServer {
    MailServer {
        host: "localhost".to_owned(),
        port,
        tls,
        authority: None,
        sign_in: None,
        from: "Payung <no-reply@dana.test>".parse().expect("a mailbox"),
        own_host: "dana.test".to_owned(),
        timeout: Duration::from_secs(10),
    }
}

fn carrier(server: &MailServer) -> MailCarrier {
    MailCarrier::open(server, Arc::new(SystemClock)).expect("nothing is contacted yet")
}

fn letter(to: &str) -> Parcel {
    Parcel::Mail {
        id: "0198-uji".to_owned(),
        to: Email::parse(to).expect("an address"),
        subject: "Iuran Juli — sudah masuk ✓".to_owned(),
        text: "Halo Siti,\n\nIuran Anda sudah masuk. Jumlahnya ada di akun — “Saldo”.\n".to_owned(),
        html: "<p>Halo Siti,</p><p>Iuran Anda sudah masuk.</p>".to_owned(),
    }
}

#[tokio::test]
async fn a_letter_arrives_whole_with_both_parts_and_its_own_id() {
    let office = PostOffice::open(None);
    let carrier = carrier(&server(office.port, MailTls::None));
    carrier.send(&letter("siti@peserta.example")).await.unwrap();
    carrier.send(&letter("budi@peserta.example")).await.unwrap();

    let letters = office.letters();
    assert_eq!(letters.len(), 2);
    let letter = &letters[0];
    assert_eq!(letter["from"], "no-reply@dana.test");
    assert_eq!(letter["to"][0], "siti@peserta.example");
    assert_eq!(letter["greeting"], "dana.test");
    assert_eq!(letter["type"], "multipart/alternative");
    let headers = &letter["headers"];
    assert_eq!(headers["from"], "Payung <no-reply@dana.test>");
    assert_eq!(headers["to"], "siti@peserta.example");
    assert_eq!(headers["subject"], "Iuran Juli — sudah masuk ✓");
    assert_eq!(headers["message-id"], "<0198-uji@dana.test>");
    assert_eq!(headers["auto-submitted"], "auto-generated");
    assert!(headers["date"].as_str().unwrap().ends_with("+0000"));
    assert!(letter["text"].as_str().unwrap().contains("di akun — “Saldo”."));
    assert!(letter["html"].as_str().unwrap().contains("<p>Halo Siti,</p>"));
}

#[tokio::test]
async fn a_letter_goes_encrypted_where_the_server_is_who_it_says() {
    let pair = Pair::new();
    let office = PostOffice::open(Some(&pair.files()));
    let trusting = MailServer {
        authority: Some(pair.files().certificate),
        ..server(office.port, MailTls::StartTls)
    };
    carrier(&trusting).send(&letter("siti@peserta.example")).await.unwrap();
    assert_eq!(office.letters()[0]["encrypted"], true);

    let wary = carrier(&server(office.port, MailTls::StartTls));
    let refused = wary.send(&letter("siti@peserta.example")).await;
    assert!(matches!(refused, Err(Undelivered::Later(_))), "{refused:?}");
    assert_eq!(office.letters().len(), 1);
}

#[tokio::test]
async fn without_starttls_no_letter_leaves() {
    let office = PostOffice::open(None);
    let carrier = carrier(&server(office.port, MailTls::StartTls));
    let refused = carrier.send(&letter("siti@peserta.example")).await;
    assert!(matches!(refused, Err(Undelivered::Later(_))), "{refused:?}");
    assert!(office.letters().is_empty());
}

#[tokio::test]
async fn an_unknown_address_is_given_up_and_a_busy_server_is_not() {
    let office = PostOffice::open(None);
    let carrier = carrier(&server(office.port, MailTls::None));

    let Err(Undelivered::Never(why)) = carrier.send(&letter("refused@peserta.example")).await
    else {
        panic!("550 is an answer for good");
    };
    assert_eq!(why, "the mail server answered 550", "and the address is not repeated");

    let Err(Undelivered::Later(why)) = carrier.send(&letter("busy@peserta.example")).await else {
        panic!("451 is no answer for good");
    };
    assert_eq!(why, "the mail server answered 451");
    carrier.send(&letter("siti@peserta.example")).await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let port = PostOffice::open(None).port; // Gone with the end of this line.
    let refused = carrier(&server(port, MailTls::None)).send(&letter("siti@peserta.example")).await;
    let Err(Undelivered::Later(why)) = refused else { panic!("{refused:?}") };
    assert_eq!(why, "the mail server was not reachable");
}

/// Delivers what is due by the real mail server.
async fn deliver(bench: &Bench, carrier: &MailCarrier) {
    let post = Post::Courier(Arc::new(carrier.clone()));
    while deliver_due(&bench.app, &post).await.expect("delivery works") > 0 {}
}

/// What every letter of ours must be like, whatever it says.
fn is_sound(letter: &Value) {
    let (text, html) =
        (letter["text"].as_str().expect("a text"), letter["html"].as_str().expect("html"));
    let headers = letter["headers"].as_object().expect("headers");
    assert_eq!(letter["type"], "multipart/alternative");
    assert_eq!(headers["auto-submitted"], "auto-generated", "RFC 3834");
    assert!(headers["content-type"].as_str().expect("a type").starts_with("multipart/alternative"));
    let known = [
        "from",
        "to",
        "subject",
        "message-id",
        "date",
        "auto-submitted",
        "mime-version",
        "content-type",
    ];
    for (name, value) in headers {
        assert!(known.contains(&&**name), "a header nobody meant: {name}");
        assert!(!value.as_str().expect("text").contains(['\r', '\n']), "{name}");
    }
    // A letter costs its reader data, and RFC 5322 bounds a line.
    assert!(letter["size"].as_u64().expect("a number") < 16 * 1024, "{} bytes", letter["size"]);
    assert!(letter["longest_line"].as_u64().expect("a number") <= 998);
    assert!(text.contains("PYG-"), "what names the message stands in it: {text}");
    for body in [text, html] {
        assert!(!body.contains("http://") && !body.contains("<script") && !body.contains("<img"));
        for link in body.split("https://").skip(1) {
            assert!(link.starts_with("payung.example"), "R1: {link}");
        }
    }
}

#[tokio::test]
async fn g03_l07_links_and_alarms_go_by_a_real_mail_server() {
    let office = PostOffice::open(None);
    let carrier = carrier(&server(office.port, MailTls::None));
    let bench = Bench::new(TestStore::sqlite().await);
    people::siti(&bench.app).await;
    let visit = |bench: &Bench| Visit {
        now: bench.clock.now(),
        address: [203, 0, 113, 9].into(),
        device: "Chrome, Android".to_owned(),
        browser: None,
        language: Language::Id,
    };
    forgot::ask(&bench.app, &visit(&bench), "siti").await.unwrap();
    forgot::ask(&bench.app, &visit(&bench), "asing@peserta.example").await.unwrap();
    deliver(&bench, &carrier).await;
    let letters = office.letters();
    assert_eq!(letters.len(), 2);
    let to = |address: &str| {
        let found = letters.iter().find(|letter| letter["to"][0] == address);
        found.unwrap_or_else(|| panic!("no letter to {address}"))
    };
    let link = "https://payung.example/reset-password?token=";
    let reset = to("siti@peserta.example");
    assert_eq!(reset["text"].as_str().expect("a text").matches(link).count(), 1);
    assert!(reset["html"].as_str().expect("html").contains(link));
    assert!(!reset["headers"]["subject"].as_str().unwrap().contains("token"));
    assert!(!to("asing@peserta.example")["text"].as_str().expect("a text").contains(link));

    for number in 0..10_u8 {
        let attempt = Attempt {
            typed: "siti",
            password: &"salah sekali ini".into(),
            form: &[number],
            next: None,
            is_shared_device: false,
            earlier: None,
            taken: None,
        };
        if let Answer::Paused(until) =
            password::submit(&bench.app, &visit(&bench), &attempt).await.unwrap()
        {
            bench.clock.advance(until.since(bench.clock.now()));
        }
    }
    deliver(&bench, &carrier).await;
    let letters = office.letters();
    let alarm = letters.last().expect("an alarm");
    assert_eq!((letters.len(), &alarm["to"][0]), (3, &Value::from("siti@peserta.example")));
    assert!(
        alarm["text"].as_str().expect("a text").contains("https://payung.example/not-me?token=")
    );
    letters.iter().for_each(is_sound);
}

#[tokio::test]
async fn l07_no_line_break_makes_a_header() {
    let office = PostOffice::open(None);
    let carrier = carrier(&server(office.port, MailTls::None));
    for address in ["siti@peserta.example\r\nBcc: thief@evil.example", "siti@peserta.example\n.\n"]
    {
        assert!(Email::parse(address).is_err(), "{address:?}");
    }
    let breaks = ["\r\nBcc: thief@evil.example", "\nBcc: thief@evil.example", "\r\n.\r\nQUIT\r\n"];
    for more in breaks {
        let Parcel::Mail { id, to, subject, text, html } = letter("siti@peserta.example") else {
            unreachable!()
        };
        let subject = format!("{subject}{more}");
        let text = format!("{text}{more}\nakhir surat");
        let parcel = Parcel::Mail { id, to, subject, text, html };
        // Refused or folded into the subject: either is well.
        let _ = carrier.send(&parcel).await;
    }
    for letter in office.letters() {
        assert_eq!(letter["to"], serde_json::json!(["siti@peserta.example"]));
        let headers = letter["headers"].as_object().expect("headers");
        assert!(!headers.contains_key("bcc"), "{headers:?}");
        assert!(
            letter["text"].as_str().expect("a text").contains("akhir surat"),
            "the letter is whole"
        );
    }
}
