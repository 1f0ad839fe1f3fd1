//! What clients see when the database fails, and when it works again.

use std::time::{Duration, Instant};

use reqwest::{Method, Response, header::ACCEPT};
use serde_json::json;

use super::process::{ADMIN, Caller, Server, form_body, header, json as body};

/// Within this time after a fault everything must work again.
const SOON: Duration = Duration::from_secs(10);
/// The time limit of a request; answers must come well before.
const LIMIT: Duration = Duration::from_secs(25);

/// What clients see of a fault.
pub(super) struct Seen {
    status: u16,
    retry_after: &'static str,
}

pub(super) const UNAVAILABLE: Seen = Seen { status: 503, retry_after: "5" };
#[allow(dead_code, reason = "no test makes a full disk for PostgreSQL")]
pub(super) const FULL: Seen = Seen { status: 507, retry_after: "10" };

/// Each kind of request that writes is refused with the status, with a fault in its format, and without a word about the cause.
pub(super) async fn check_writes(admin: &Caller<'_>, job: &str, seen: &Seen) {
    let (text, nothing) = (json!({ "description": "a" }), json!({}));
    let begun = Instant::now();
    let end = format!("/jobs/{job}/end");
    let (added, ended, logged_in) =
        tokio::join!(admin.post("/jobs", &text), admin.post(&end, &nothing), log_in(admin.server));
    for response in [added.unwrap(), ended.unwrap(), logged_in] {
        let told = format!("{} {}", response.url(), seen.status);
        assert_eq!(response.status().as_u16(), seen.status, "{told}");
        assert_eq!(header(&response, "retry-after"), seen.retry_after, "{told}");
        let body = body(response).await;
        // An addition, an action, a log-in.
        let detail = ["/detail", "/fault/detail", "/error"].iter().find_map(|member| body.pointer(member)?.as_str());
        let detail = detail.unwrap_or_else(|| panic!("{told}: {body}"));
        assert!(detail.contains("The database") && !detail.contains("code"), "{told}: {detail}");
    }
    assert!(begun.elapsed() < LIMIT, "{:?}", begun.elapsed());
    let xml = admin.server.request(Method::POST, "/ovirt-engine/api/jobs").bearer_auth(&admin.token);
    let xml = xml.header(ACCEPT, "application/xml").header("content-type", "application/json");
    let xml = xml.body(text.to_string()).send().await.unwrap();
    assert_eq!((xml.status().as_u16(), header(&xml, "content-type")), (seen.status, "application/xml;charset=UTF-8"));
}

async fn log_in(server: &Server) -> Response {
    let password = server.password();
    let form = [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", ADMIN), ("password", &password)];
    let request = server.request(Method::POST, "/ovirt-engine/sso/oauth/token").header(ACCEPT, "application/json");
    request.body(form_body(&form)).send().await.unwrap()
}

/// Writing and logging in work again, soon.
pub(super) async fn check_recovery(admin: &Caller<'_>, job: &str) {
    let over = Instant::now();
    let added = loop {
        let response = admin.post("/jobs", &json!({ "description": "after it" })).await.unwrap();
        match response.status().as_u16() {
            201 => break body(response).await["id"].as_str().unwrap().to_owned(),
            status => assert!(status >= 503 && over.elapsed() < SOON, "{status} after {:?}", over.elapsed()),
        }
    };
    while log_in(admin.server).await.status() != 200 {
        assert!(over.elapsed() < SOON, "log-in after {:?}", over.elapsed());
    }
    let found = admin.get("/jobs").await;
    let ids: Vec<&str> = found["job"].as_array().unwrap().iter().map(|job| job["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [job, &added], "nothing that was refused has been done");
    assert_eq!(found["job"][0]["status"], "started");
}
