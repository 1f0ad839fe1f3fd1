//! Start and stop.

use std::time::Duration;

use tokio::{io::AsyncReadExt, net::TcpStream, time::timeout};

use super::process::Installation;

#[tokio::test]
async fn a_database_with_users_gets_no_first_user() {
    let installation = Installation::new();
    assert!(installation.run(&["user", "add", "me", "--role", "SuperUser"], "secret\n").status.success());
    let server = installation.serve(&[]).await;
    assert!(!installation.password_file().exists());
    assert!(server.greeting.contains("log in as one of its users"), "{}", server.greeting);
    assert!(server.log_in("me@internal", "secret").await.is_ok());
}

/// A request whose body arrives after the signal is still answered.
#[tokio::test]
async fn finishes_requests_in_flight() {
    use tokio::io::AsyncWriteExt;

    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let token = server.admin().await.token;
    let address = server.url.strip_prefix("http://").unwrap().to_owned();
    let body = r#"{"description":"in flight"}"#;
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /ovirt-engine/api/jobs HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\naccept: application/json\r\n\
         content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The interim answer says that the request is being read.
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert!(interim.starts_with(b"HTTP/1.1 100 Continue"));
    let stopping = tokio::spawn(server.stop("-TERM"));
    while TcpStream::connect(&address).await.is_ok() {}
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(stopping.await.unwrap().0, Some(0));
    let jobs = installation.serve(&[]).await.admin().await.get("/jobs").await;
    assert_eq!(jobs["job"][0]["description"], "in flight");
}
