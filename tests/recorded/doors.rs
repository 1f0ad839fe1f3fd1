//! The ways to an engine: in this process, over HTTP to `jobs-engine`, over HTTP to the engine of the environment.

use std::{fs, sync::Arc};

use reqwest::{Client, Method};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use task_monitor::{
    api::{Transport, TransportError},
    engine::{Caller, PredefinedRole},
    wire::{self, Body},
};

use crate::{
    machines::machines,
    process::{self, ADMIN, Installation, Server},
    replay::{Doors, Form},
    support::{InProcess, admin, creator, plain_user},
};

/// The engine in this process, with a small data centre. It has no log-in.
pub(crate) async fn in_process() -> Doors<Local> {
    let engine = Arc::new(machines([]).await);
    let door = |caller| Local(InProcess { engine: Arc::clone(&engine), caller });
    let mut backup: Caller = creator();
    backup.roles.push(PredefinedRole::UserRole.role());
    Doors {
        admin: door(admin()),
        backup: Some(door(backup)),
        reader: Some(door(plain_user())),
        none: None,
        nonsense: None,
        origin: ORIGIN.to_owned(),
    }
}

const ORIGIN: &str = "http://localhost:8080";

/// Says at which origin the engine was reached, as the server does.
pub(crate) struct Local(InProcess);

impl Transport for Local {
    async fn send(&self, request: wire::Request) -> Result<wire::Response, TransportError> {
        self.0.send(request.with_header(":scheme", "http").with_header(":authority", "localhost:8080")).await
    }
}

/// A running jobs-engine. Each form has users of its own.
pub(crate) async fn of_server(server: &Server, installation: &Installation, form: Form) -> Doors<Http> {
    let door = async |name: &str, roles: &[&str]| {
        let name = format!("{name}-{form:?}@internal");
        let roles = roles.iter().flat_map(|role| ["--role", role]);
        let arguments: Vec<&str> = ["user", "add", &name].into_iter().chain(roles).collect();
        assert!(installation.run(&arguments, "secret\n").status.success());
        Some(Http::new(server, Some(server.log_in(&name, "secret").await.unwrap())))
    };
    Doors {
        admin: Http::new(server, Some(server.log_in(ADMIN, &server.password()).await.unwrap())),
        backup: door("backup", &["ExternalTasksCreator", "UserRole"]).await,
        reader: door("reader", &["UserRole"]).await,
        none: Some(Http::new(server, None)),
        nonsense: Some(Http::new(server, Some("nonsense".to_owned()))),
        origin: server.url.clone(),
    }
}

/// The engine at `REPLAY_ENGINE`, with the certificate authority in `REPLAY_CA` if it has one of its own.
///
/// A user is a name and a file with the password: `REPLAY_USER` and `REPLAY_PASSWORD_FILE`, and the same for `REPLAY_BACKUP`
/// and `REPLAY_READER`.
pub(crate) async fn of_environment() -> Doors<Http> {
    let text = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let url = text("REPLAY_ENGINE").expect("REPLAY_ENGINE").trim_end_matches('/').to_owned();
    let trusted = text("REPLAY_CA").map(|file| CertificateDer::from_pem_file(file).unwrap());
    let client = process::client(trusted);
    let log_in = async |prefix: &str| {
        let name = text(prefix)?;
        let file = text(&if prefix == "REPLAY_USER" {
            "REPLAY_PASSWORD_FILE".to_owned()
        } else {
            format!("{prefix}_PASSWORD_FILE")
        });
        let password = fs::read_to_string(file.expect("a file with the password")).unwrap();
        let fields = [
            ("grant_type", "password"),
            ("scope", "ovirt-app-api"),
            ("username", name.as_str()),
            ("password", password.trim_end()),
        ];
        let request = client.post(format!("{url}/ovirt-engine/sso/oauth/token"));
        let request =
            request.header("accept", "application/json").header("content-type", "application/x-www-form-urlencoded");
        let answer = process::json(request.body(process::form_body(&fields)).send().await.unwrap()).await;
        let token = answer["access_token"].as_str().unwrap_or_else(|| panic!("{name}: {answer}")).to_owned();
        Some(Http { client: client.clone(), url: url.clone(), token: Some(token) })
    };
    let other =
        |token: Option<&str>| Some(Http { client: client.clone(), url: url.clone(), token: token.map(str::to_owned) });
    Doors {
        admin: log_in("REPLAY_USER").await.expect("REPLAY_USER"),
        backup: log_in("REPLAY_BACKUP").await,
        reader: log_in("REPLAY_READER").await,
        none: other(None),
        nonsense: other(Some("nonsense")),
        origin: url.clone(),
    }
}

/// A user's requests over HTTP.
pub(crate) struct Http {
    client: Client,
    url: String,
    token: Option<String>,
}

impl Http {
    fn new(server: &Server, token: Option<String>) -> Self {
        Self { client: server.client.clone(), url: server.url.clone(), token }
    }
}

impl Transport for Http {
    async fn send(&self, request: wire::Request) -> Result<wire::Response, TransportError> {
        let method = Method::from_bytes(request.method.as_str().as_bytes()).unwrap();
        let pairs: Vec<(&str, &str)> =
            request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", process::form_body(&pairs)) };
        let mut sent = self.client.request(method, format!("{}{}{query}", self.url, request.path)).body(request.body);
        for (name, value) in &request.headers {
            sent = sent.header(name, value);
        }
        if let Some(token) = &self.token {
            sent = sent.bearer_auth(token);
        }
        let response = sent.send().await.map_err(|_| TransportError::Unreachable)?;
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|_| TransportError::Unreachable)?;
        Ok(wire::Response { status, headers, body: Body::Bytes(body.to_vec()) })
    }
}
