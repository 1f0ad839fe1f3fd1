//! Log-in, log-out, Basic, and unknown paths.

use std::time::{Duration, Instant};

use reqwest::{
    Method, StatusCode,
    header::{ACCEPT, AUTHORIZATION},
};
use serde_json::json;
use tokio::task::JoinSet;

use super::process::{ADMIN, Installation, client_builder, form_body, header, json};

#[tokio::test]
async fn a_token_is_valid_until_log_out() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let form = form_body(&[
        ("grant_type", "password"),
        ("scope", "ovirt-app-api"),
        ("username", ADMIN),
        ("password", &server.password()),
    ]);
    let request = server.request(Method::POST, "/ovirt-engine/sso/oauth/token").header(ACCEPT, "application/json");
    let response = request.body(form).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "application/json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let token = json(response).await;
    let sample: serde_json::Value = serde_json::from_str(include_str!("../samples/s17-token.json")).unwrap();
    assert!(token.as_object().unwrap().keys().eq(sample.as_object().unwrap().keys()), "{token}");
    assert_eq!(token["scope"], "ovirt-app-api");
    assert_eq!(token["token_type"], "bearer");
    let expires: i64 = token["exp"].as_str().unwrap().parse().unwrap();
    let left = expires - chrono::Utc::now().timestamp_millis();
    assert!((359_000_000..=360_000_000).contains(&left), "{left}");
    let token = token["access_token"].as_str().unwrap();
    assert!(token.len() >= 43, "256 bits");

    let jobs = async || {
        let request = server.request(Method::GET, "/ovirt-engine/api/jobs").bearer_auth(token);
        request.header(ACCEPT, "application/json").send().await.unwrap()
    };
    let response = jobs().await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    for token in [token, token, "never given out"] {
        let form = form_body(&[("scope", "ovirt-app-api"), ("token", token)]);
        let response =
            server.request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
        assert_eq!((response.status().as_u16(), json(response).await), (200, json!({})));
    }
    assert_eq!(jobs().await.status(), 401);
}

#[tokio::test]
async fn refuses_log_ins_as_an_engine_does() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let password = server.password();
    let full =
        [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", ADMIN), ("password", password.as_str())];
    let with =
        |name: &'static str, value: &'static str| full.map(|pair| if pair.0 == name { (name, value) } else { pair });
    let without = |name: &str| full.into_iter().filter(|pair| pair.0 != name).collect::<Vec<_>>();
    let wrong = |name: &str| {
        let text = format!("Cannot authenticate user '{name}': The user name or password is incorrect.");
        json!({ "error_code": "access_denied", "error": text })
    };
    let missing =
        |name: &str| json!({ "error_code": "invalid_request", "error": format!("Missing parameter: '{name}'") });
    let grant = "The authorization grant type is not supported by the authorization server.";
    let scope = "The requested scope is invalid, unknown, or malformed: expected ovirt-app-api.";
    for (accept, form, expected) in [
        (Some("application/json"), with("password", "wrong").to_vec(), wrong(ADMIN)),
        (Some("application/json"), with("password", "").to_vec(), wrong(ADMIN)),
        (Some("application/json"), with("username", "nobody@internal").to_vec(), wrong("nobody@internal")),
        (Some("application/json"), with("username", "admin").to_vec(), wrong("admin")),
        (Some("application/json"), without("password"), missing("password")),
        (Some("application/json"), without("username"), missing("username")),
        (Some("application/json"), without("grant_type"), missing("grant_type")),
        (
            Some("application/json"),
            with("grant_type", "authorization_code").to_vec(),
            json!({ "error_code": "unsupported_grant_type", "error": grant }),
        ),
        (
            Some("application/json"),
            with("scope", "ovirt-app-admin").to_vec(),
            json!({ "error": "invalid_scope", "error_description": scope }),
        ),
        (None, full.to_vec(), missing("Accept Header")),
        (Some("*/*"), full.to_vec(), missing("Accept Header")),
        (Some("application/json, text/plain, */*"), full.to_vec(), missing("Accept Header")),
        (
            Some("application/json"),
            Vec::new(),
            json!({ "error": "invalid_request", "error_description": "Missing parameter: 'grant_type'" }),
        ),
    ] {
        let mut request = server.request(Method::POST, "/ovirt-engine/sso/oauth/token").body(form_body(&form));
        if let Some(accept) = accept {
            request = request.header(ACCEPT, accept);
        }
        let response = request.send().await.unwrap();
        assert_eq!((response.status().as_u16(), json(response).await), (400, expected), "{accept:?}");
    }
}

#[tokio::test]
async fn authenticates_or_challenges() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let basic = |name: &str, password: &str| {
        use base64::{Engine, engine::general_purpose::STANDARD};
        format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
    };
    let password = server.password();
    let token = server.log_in(ADMIN, &password).await.unwrap();
    for (authorization, expected) in [
        (Some(format!("Bearer {token}")), 200),
        (Some(format!("bearer {token}")), 200),
        (Some(basic(ADMIN, &password)), 200),
        // Again, from the cache.
        (Some(basic(ADMIN, &password)), 200),
        (Some(basic(ADMIN, "wrong")), 401),
        (Some(basic("nobody@internal", &password)), 401),
        (Some(basic("admin", &password)), 401),
        (Some("Bearer wrong".to_owned()), 401),
        (Some(format!("Bearer {token}x")), 401),
        (Some(token.clone()), 401),
        (Some("Negotiate abc".to_owned()), 401),
        (Some("Basic !".to_owned()), 401),
        (Some(String::new()), 401),
        (None, 401),
    ] {
        let mut request = server.request(Method::GET, "/ovirt-engine/api/jobs").header(ACCEPT, "application/json");
        if let Some(authorization) = &authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), expected, "{authorization:?}");
        if expected == 401 {
            assert_eq!(header(&response, "www-authenticate"), r#"Basic realm="RESTAPI""#);
            assert_eq!(header(&response, "content-type"), "text/html;charset=UTF-8");
            let words = match authorization.as_deref().map(|text| text.split(' ').next().unwrap_or_default()) {
                Some("Bearer") => "invalid_grant: The provided authorization grant for the auth code has expired.",
                Some("Basic") if authorization.as_deref() != Some("Basic !") => {
                    "access_denied: Cannot authenticate user '"
                }
                _ => "Unauthorized",
            };
            let page = response.text().await.unwrap();
            assert!(page.contains(&format!("<body>{words}")), "{authorization:?}: {page}");
        }
    }
}

/// Also after a kill. The database contains no tokens.
#[tokio::test]
async fn a_log_in_survives_a_restart() {
    let installation = Installation::new();
    let first = installation.serve(&[]).await;
    let (kept, ended) = (first.admin().await.token, first.admin().await.token);
    let form = form_body(&[("scope", "ovirt-app-api"), ("token", &ended)]);
    first.request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
    first.kill_now();
    first.wait_for_end().await;
    let second = installation.serve(&[]).await;
    for (token, expected) in [(&kept, 200), (&ended, 401)] {
        let request = second.request(Method::GET, "/ovirt-engine/api/jobs").bearer_auth(token);
        assert_eq!(request.header(ACCEPT, "application/json").send().await.unwrap().status().as_u16(), expected);
    }
    second.stop("-TERM").await;
    assert!(installation.content().contains("admin@internal") && !installation.content().contains(&kept));
}

#[tokio::test]
async fn a_token_expires() {
    let installation = Installation::new();
    let server = installation.serve(&["--token-lifetime-seconds", "2"]).await;
    let admin = server.admin().await;
    let asked = Instant::now();
    let still_open =
        async || admin.request(Method::GET, "/jobs").send().await.unwrap().status() != StatusCode::UNAUTHORIZED;
    assert!(still_open().await, "valid at first");
    while still_open().await {
        assert!(asked.elapsed() < Duration::from_secs(60), "it does not expire");
    }
}

/// Password guessing becomes slower with each failure, by form and by Basic; other clients are not affected.
#[tokio::test]
async fn password_guessing_is_slowed_down() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    assert!(installation.run(&["user", "add", "other", "--role", "SuperUser"], "other\n").status.success());
    let from = |number: u8| {
        let address = std::net::Ipv4Addr::new(127, 0, 0, number);
        client_builder([]).local_address(std::net::IpAddr::from(address)).build().unwrap()
    };
    let basic = async |client: &reqwest::Client, name: &str, password: &str| {
        let url = format!("{}/ovirt-engine/api/jobs", server.url);
        client.get(url).basic_auth(name, Some(password)).send().await.unwrap().status().as_u16()
    };
    let attacker = from(2);
    let started = Instant::now();
    for _ in 0..6 {
        assert_eq!(basic(&attacker, ADMIN, "wrong").await, 401);
    }
    assert!(server.log_in(ADMIN, "wrong").await.is_err());
    assert!(started.elapsed() >= Duration::from_millis(250 + 500 + 1000), "from any address, in any way");
    assert_eq!(basic(&attacker, ADMIN, &server.password()).await, 200, "the right password works after the delay");

    let mut attempts = JoinSet::new();
    for number in 0..60 {
        let (client, url) = (attacker.clone(), format!("{}/ovirt-engine/sso/oauth/token", server.url));
        let name = format!("user{number}@internal");
        attempts.spawn(async move {
            let form =
                [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", &name), ("password", "wrong")];
            client.post(url).header(ACCEPT, "application/json").body(form_body(&form)).send().await.unwrap()
        });
    }
    let refused = loop {
        let answer = attempts.join_next().await.unwrap().unwrap();
        match answer.status().as_u16() {
            429 => break answer,
            status => assert_eq!(status, 400),
        }
    };
    let seconds: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((1..60).contains(&seconds), "{seconds}");
    let answer = json(refused).await;
    assert_eq!(answer["error_code"], "access_denied");
    assert!(answer["error"].as_str().unwrap().contains("Too many failed log-ins. Try again in "), "{answer}");
    assert_eq!(basic(&attacker, "somebody@internal", "wrong").await, 429, "the address is refused for a while");
    assert_eq!(basic(&from(3), "other@internal", "other").await, 200);
    assert!(server.log_in("other@internal", "other").await.is_ok(), "other clients are not affected");
    attempts.shutdown().await;
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    for (method, path, expected) in [
        (Method::GET, "/ovirt-engine", 404),
        (Method::GET, "/ovirt-engine/", 404),
        (Method::GET, "/ovirt-engine/webadmin", 404),
        (Method::GET, "/ovirt-engine/apiary", 404),
        (Method::GET, "/ovirt-engine/sso/oauth/token", 405),
        (Method::GET, "/ovirt-engine/services/sso-logout", 405),
        (Method::POST, "/ovirt-engine/sso/oauth/token-http-auth", 404),
        (Method::GET, "/ovirt-engine/api", 401),
        (Method::GET, "/ovirt-engine/api/", 401),
        (Method::DELETE, "/ovirt-engine/api/jobs", 401),
        (Method::GET, "/ovirt-engine/api/nothing", 401),
    ] {
        let response = server.request(method.clone(), path).send().await.unwrap();
        assert_eq!(response.status().as_u16(), expected, "{method} {path}");
    }
}
