//! The conformance suite against `jobs-engine`, over HTTP.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod conformance;
#[path = "server/process.rs"]
mod process;

use conformance::Doors;
use process::{ADMIN, DatabaseKind, Installation, Server};
use task_monitor::{
    api::{Transport, TransportError},
    wire::{self, Body, Method},
};

const KIND: DatabaseKind = DatabaseKind::Sqlite;

#[tokio::test]
async fn the_server_conforms() {
    conforms(&Installation::new()).await;
}

#[tokio::test]
async fn the_server_conforms_over_postgres() {
    if let Some(installation) = Installation::on(DatabaseKind::Postgres) {
        conforms(&installation).await;
    }
}

/// The same server, reached through `jobs-engine connect`.
#[tokio::test]
async fn the_server_conforms_through_connect() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let connected = installation.connect(&server.url, &[]).await;
    let doors = doors(&connected, &installation).await;
    conformance::run(&doors).await;
}

async fn conforms(installation: &Installation) {
    let server = installation.serve(&[]).await;
    let doors = doors(&server, installation).await;
    conformance::run(&doors).await;
}

/// A user's transport.
struct Http<'server> {
    server: &'server Server,
    token: String,
}

impl Transport for Http<'_> {
    async fn send(&self, request: wire::Request) -> Result<wire::Response, TransportError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
            Method::Options => reqwest::Method::OPTIONS,
            Method::Other => reqwest::Method::PATCH,
        };
        let mut path = request.path;
        for (index, (name, value)) in request.query.iter().enumerate() {
            path.push(if index == 0 { '?' } else { '&' });
            path.push_str(&process::form_body(&[(name, value)]));
        }
        let mut sent = self.server.request(method, &path).bearer_auth(&self.token).body(request.body);
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        let response = sent.send().await.map_err(|_| TransportError::Unreachable)?;
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|_| TransportError::Unreachable)?;
        Ok(wire::Response { status, headers, body: Body::Bytes(body.to_vec()) })
    }
}

async fn doors<'server>(server: &'server Server, installation: &Installation) -> Doors<Http<'server>> {
    let door = async |name: &str, role: &str| {
        assert!(installation.run(&["user", "add", name, "--role", role], "secret\n").status.success());
        Http { server, token: server.log_in(&format!("{name}@internal"), "secret").await.unwrap() }
    };
    Doors {
        admin: Http { server, token: server.log_in(ADMIN, &server.password()).await.unwrap() },
        creator: door("creator", "ExternalTasksCreator").await,
        reader: door("reader", "ReadOnlyAdmin").await,
        user: door("user", "UserRole").await,
    }
}
