//! Asked to stop while somebody is still typing.

use std::process::Command;
use std::time::Duration;

use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::browser::{Browser, client};
use crate::server::{PROXY, Server};

on_each_engine!(a_form_under_way_is_answered_before_the_server_ends);

async fn a_form_under_way_is_answered_before_the_server_ends(db: TestStore) {
    db.store.close().await;
    let server = Server::new(db, 25);
    let mut program = server.start(&[]).await;
    let at = server.site();
    let mut slow = TcpStream::connect(at.trim_start_matches("http://")).await.unwrap();
    let head = "POST /sign-in HTTP/1.1\r\nhost: peserta.dana.test\r\nconnection: close\r\n\
                content-type: application/x-www-form-urlencoded\r\ncontent-length: 15\r\n\r\n";
    slow.write_all(head.as_bytes()).await.unwrap();
    slow.write_all(b"identifier=").await.unwrap();
    // The server has the request in hand once it has answered another one after it.
    Browser::new(&client(PROXY), &at).get("/help").await.unwrap();

    let id = program.process().id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let mut operator = Browser::new(&client(PROXY), &server.operations());
    while operator.get("/readyz").await.is_ok_and(|answer| answer.status == 200) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    slow.write_all(b"siti").await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    assert!(answer.ends_with("</html>\n") || answer.ends_with("</html>"), "{answer}");
    assert_eq!(program.process().wait().unwrap().code(), Some(0), "{}", program.log());
}
