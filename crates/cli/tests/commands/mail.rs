//! Letters through a real mail server on loopback.

use std::sync::Arc;
use std::time::Duration;

use payung::outside::clock::SystemClock;
use payung::outside::smtp::MailCarrier;
use payung::settings::serving::{MailServer, MailTls};
use payung_domain::contact::Email;
use payung_flows::delivery::{Courier, Parcel, Undelivered};

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
