//! Log-in, log-out, Basic, and unknown paths.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

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
        (
            Some("application/json"),
            without("grant_type"),
            json!({ "error_code": "unsupported_grant_type", "error": grant }),
        ),
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
        (
            Some("application/json"),
            [("scope", "ovirt-app-api ovirt-app-admin"), ("grant_type", "other")].to_vec(),
            json!({ "error": "unsupported_grant_type", "error_description": grant }),
        ),
        (None, full.to_vec(), missing("Accept Header")),
        (Some("*/*"), full.to_vec(), missing("Accept Header")),
        (Some("application/json, text/plain, */*"), full.to_vec(), missing("Accept Header")),
        (
            Some("application/json"),
            Vec::new(),
            json!({ "error": "unsupported_grant_type", "error_description": grant }),
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
        let (client, url) = (attacker.clone(), server.url.clone());
        attempts.spawn(async move { log_in(&client, &url, ADMIN, &format!("wrong {number}")).await });
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
    assert_eq!(basic(&attacker, ADMIN, "wrong again").await, 429, "the account is refused there for a while");
    assert_eq!(basic(&attacker, "other@internal", "other").await, 200, "others there are not affected");
    assert!(server.log_in("other@internal", "other").await.is_ok());
    attempts.shutdown().await;
}

async fn log_in(client: &reqwest::Client, url: &str, name: &str, password: &str) -> reqwest::Response {
    let form = [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", name), ("password", password)];
    let request = client.post(format!("{url}/ovirt-engine/sso/oauth/token")).header(ACCEPT, "application/json");
    request.body(form_body(&form)).send().await.unwrap()
}

/// Twelve guess without a pause, at accounts of their own and at always new ones; others log in, by form and by Basic. All
/// come from one address.
#[tokio::test]
async fn guessers_do_not_lock_out_their_neighbours() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let mut names = installation.add_users(39, "secret").await;
    let victims = names.split_off(27);
    let mut guessers = JoinSet::new();
    let failed = Arc::new(AtomicU32::new(0));
    for (number, victim) in victims.into_iter().enumerate() {
        let (client, url, failed) = (server.client.clone(), server.url.clone(), Arc::clone(&failed));
        guessers.spawn(async move {
            for guess in 0.. {
                let name = if number < 6 { victim.clone() } else { format!("{guess}-{victim}") };
                log_in(&client, &url, &name, &format!("wrong {guess}")).await;
                failed.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while failed.load(Ordering::Relaxed) < 60 {
        tokio::task::yield_now().await;
    }
    let mut neighbours = JoinSet::new();
    for (number, name) in names.into_iter().enumerate() {
        let (client, url) = (server.client.clone(), server.url.clone());
        neighbours.spawn(async move {
            if number % 3 == 0 {
                let request = client.get(format!("{url}/ovirt-engine/api")).basic_auth(&name, Some("secret"));
                request.send().await.unwrap().status().as_u16()
            } else {
                log_in(&client, &url, &name, "secret").await.status().as_u16()
            }
        });
    }
    // `src/server/authentication/throttle.rs` measures how long they wait.
    assert_eq!(neighbours.join_all().await, [200; 27]);
    guessers.shutdown().await;
}

/// One guess at each of many accounts, at once. How long others wait is measured in
/// `src/server/authentication/throttle.rs`.
#[tokio::test]
async fn spraying_keeps_nobody_out() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let password = server.password();
    let sprayer = client_builder([]).local_address(std::net::IpAddr::from([127, 0, 0, 2])).build().unwrap();
    let mut guesses = JoinSet::new();
    for number in 0..400 {
        let (client, url) = (sprayer.clone(), server.url.clone());
        guesses.spawn(async move { log_in(&client, &url, &format!("nobody{number}@internal"), "wrong").await });
    }
    let first = guesses.join_next().await.unwrap().unwrap();
    for _ in 0..3 {
        assert_eq!(log_in(&server.client, &server.url, ADMIN, &password).await.status(), 200);
    }
    for guess in [first].into_iter().chain(guesses.join_all().await) {
        match guess.status().as_u16() {
            400 => assert_eq!(json(guess).await["error_code"], "access_denied"),
            503 => {
                assert_eq!(header(&guess, "retry-after"), "3");
                assert_eq!(json(guess).await["error_code"], "temporarily_unavailable");
            }
            status => panic!("{status}"),
        }
    }
}

/// Parameters in the query or in a form, by GET or by POST, as a servlet reads them.
#[tokio::test]
async fn tokens_are_given_and_ended_wherever_the_parameters_stand() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let password = server.password();
    let all = form_body(&[
        ("grant_type", "password"),
        ("scope", "ovirt-app-api"),
        ("username", ADMIN),
        ("password", &password),
    ]);
    let (half, rest) = all.split_once("&username").unwrap();
    let rest = format!("username{rest}");
    let form = Some("application/x-www-form-urlencoded; charset=UTF-8");
    let token = "/ovirt-engine/sso/oauth/token";
    let unsupported = "unsupported_grant_type";
    for (method, query, content_type, body, expected) in [
        (Method::POST, "", form, all.as_str(), Ok(())),
        (Method::POST, all.as_str(), None, "", Ok(())),
        (Method::GET, &all, None, "", Ok(())),
        (Method::POST, half, form, &rest, Ok(())),
        (Method::POST, &all, form, "password=other&username=other", Ok(())),
        (Method::POST, "", Some("application/json"), &all, Err(unsupported)),
        (Method::POST, "", Some("text/plain"), &all, Err(unsupported)),
        (Method::GET, "", None, "", Err(unsupported)),
    ] {
        let mut request =
            server.request(method.clone(), &format!("{token}?{query}")).header(ACCEPT, "application/json");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let response = request.body(body.to_owned()).send().await.unwrap();
        let status = response.status().as_u16();
        let answer = json(response).await;
        let given = answer["access_token"].as_str().map(drop).ok_or_else(|| answer["error"].as_str().unwrap());
        assert_eq!((status, given), (if expected.is_ok() { 200 } else { 400 }, expected), "{method} {content_type:?}");
    }
    for (method, in_query) in [(Method::GET, true), (Method::POST, true), (Method::POST, false)] {
        let admin = server.admin().await;
        let parameters = form_body(&[("scope", "ovirt-app-api"), ("token", &admin.token)]);
        let (query, body) = if in_query { (parameters, String::new()) } else { (String::new(), parameters) };
        let path = format!("/ovirt-engine/services/sso-logout?{query}");
        let response = server.request(method.clone(), &path).body(body).send().await.unwrap();
        assert_eq!((response.status().as_u16(), json(response).await), (200, json!({})), "{method}");
        assert_eq!(admin.request(Method::GET, "").send().await.unwrap().status(), 401, "{method}");
    }
    let (_, log) = server.stop("-TERM").await;
    assert!(!log.contains(&password), "{log}");
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
        (Method::PUT, "/ovirt-engine/sso/oauth/token", 405),
        (Method::DELETE, "/ovirt-engine/services/sso-logout", 405),
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
