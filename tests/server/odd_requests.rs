//! No request alone makes a server error: odd paths, methods, headers and bodies.

use std::fs;

use reqwest::{Method, header::ACCEPT};
use serde_json::json;

use super::{
    connect::raw,
    process::{Installation, Server},
};

/// Whatever the path, the method or the headers: the request alone is never the reason for a server error.
#[tokio::test]
async fn no_request_alone_makes_a_server_error() {
    let installation = Installation::new();
    fs::create_dir(installation.path("page/folder")).unwrap();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let bearer = format!("Bearer {}", admin.token);
    let host = [("host", "localhost"), ("authorization", bearer.as_str())];
    let id = "0d6f4a3e-1111-2222-3333-444455556666";
    let (long, longest) = ("x".repeat(256), "x".repeat(60_000));
    let deep = "a/".repeat(5_000);
    let mut paths: Vec<String> = [
        "/%00",
        "/a%00b.js",
        "/%",
        "/%zz",
        "/%ff%fe",
        "/.",
        "/..",
        "/./.",
        "/%2e",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//",
        "//.",
        "/folder",
        "/folder/",
        "/folder/.",
        "/index.html/",
        "/index.html/x",
        "/index.html%00",
        "/\u{7f}",
        "/~",
        "/con",
        "/c:/x",
        "/a;b=c",
        "/?%",
        "/?%00=%ff&&&=",
        "*",
        "/:",
        "/%F0%9F%92%A9",
        "/index.html?a=%zz",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend([
        format!("/{long}"),
        format!("/{long}.js"),
        format!("/{}", "%41".repeat(256)),
        format!("/{}.html", "ä".repeat(130).bytes().map(|byte| format!("%{byte:02x}")).collect::<String>()),
        format!("/{longest}"),
        format!("/{deep}"),
        format!("/index.html?{longest}"),
        format!("/folder?{}", "x".repeat(65_520)),
        format!("/.?{}", "x".repeat(65_530)),
    ]);
    let api = "/ovirt-engine/api";
    for below in [
        "/",
        "//",
        "/jobs/",
        "/jobs/%00",
        "/jobs/%ff",
        "/jobs/..",
        "/jobs/%2e%2e",
        "/jobs/0",
        "/jobs;max=-1",
        "/jobs?max=%00",
        "/jobs?max=99999999999999999999",
        "/jobs?max=9223372036854775807",
        "/jobs?max=-9223372036854775808",
        "/jobs?max=1e9",
        "/jobs;max=18446744073709551615",
        "/jobs?from=99999999999999999999",
        "/jobs?search=%00",
        "/jobs?search=%ff",
        "/jobs?search=correlation_id%3D%00",
        "/jobs?search=correlation_id%3D%27%22%3B--",
        "/jobs?search=page%2099999999999999999999",
        "/jobs?search=sortby",
        "/jobs?follow=%00",
        "/jobs?follow=,,,.",
        "/jobs?correlation_id=%00",
        "/jobs?filter=%00",
        "/jobs?accept=%00",
        "/jobs?accept=*/*;q=nonsense",
        "/vms?search=name%3D%00",
        "/vms?search=name%3D*%25_",
        "/hosts?max=-5",
        "/hosts?search=%00",
        "/users?search=%00",
        "/users/%00",
        "/roles/0",
        "/roles/00000000-0000-0000-0000-000000000000/permits/x",
        "/v4",
        "/v4/",
        "/v5/jobs",
        "/v4294967296/jobs",
        "/capabilities;;;==;",
        "/domains/%00/users",
    ] {
        paths.push(format!("{api}{below}"));
    }
    paths.extend([
        format!("{api}/jobs/{id}"),
        format!("{api}/jobs/{id}/steps/{id}"),
        format!("{api}/jobs/{id}/steps?max=99999999999999999999"),
        format!("{api}/{longest}"),
        format!("{api}/jobs/{longest}"),
        format!("{api}/{deep}"),
        format!("{api}/jobs?search={longest}"),
        format!("{api}/jobs?search=correlation_id%3D{longest}"),
        format!("{api}/jobs?search={}", "%28".repeat(10_000)),
        format!("{api}/jobs?follow={}steps", "steps.".repeat(5_000)),
        format!("{api}/jobs{}", ";a=b".repeat(10_000)),
        format!("{api}/jobs?{}", "max=1&".repeat(5_000)),
        "/ovirt-engine/sso/oauth/token".to_owned(),
        "/ovirt-engine/services/sso-logout".to_owned(),
        "/ovirt-engine/%00".to_owned(),
    ]);
    let odd = [
        ("range", "bytes=-"),
        ("range", "bytes=5-1"),
        ("range", "bytes=99999999999999999999-"),
        ("range", "lines=1-2"),
        ("range", "bytes=0-0,1-1,2-2"),
        ("range", "bytes=-99999999999999999999"),
        ("range", "bytes=0-99999999999999999999"),
        ("if-modified-since", "yesterday"),
        ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("if-modified-since", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("if-unmodified-since", "Sun, 00 Foo 0000 99:99:99 GMT"),
        ("if-none-match", "\"\",,W/"),
        ("if-match", "*"),
        ("if-match", "\"unclosed"),
        ("accept-encoding", "br;q=nonsense, gzip;q=2, *;q=-1"),
        ("accept-encoding", "identity;q=0, *;q=0"),
        ("accept", "*/*;q=;;"),
        ("accept", "text/plain"),
        ("accept-language", "%00"),
        ("prefer", ";;=,"),
        ("session-ttl", "99999999999999999999"),
        ("cookie", "JSESSIONID=%00; =;;"),
        ("content-type", "application/json; charset=;"),
        ("filter", "perhaps"),
        ("correlation-id", "%00\t;"),
        ("all-content", "perhaps"),
        ("version", "99999999999999999999"),
        ("expect", "200-ok"),
        ("upgrade", "websocket"),
        ("x-request-id", ";"),
        ("origin", "null"),
    ];
    for path in &paths {
        for method in ["GET", "HEAD", "POST", "OPTIONS"] {
            check(&server, &format!("{method} {path}"), &host).await;
        }
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "X-ODD"] {
        for path in ["/", "/index.html", "/ovirt-engine/api/jobs", "/ovirt-engine/sso/oauth/token", "localhost:80"] {
            check(&server, &format!("{method} {path}"), &host).await;
        }
    }
    for header in odd {
        for path in ["/", "/index.html", "/ovirt-engine/api/jobs", "/ovirt-engine/sso/oauth/token"] {
            check(&server, &format!("GET {path}"), &[host[0], host[1], header]).await;
        }
    }
    no_error_is_logged(server).await;
}

/// Bodies for each address that reads one, as JSON, as XML, as a form, and without a type.
#[tokio::test]
async fn no_body_alone_makes_a_server_error() {
    let installation = Installation::new();
    let server = installation.serve(&["--sample"]).await;
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "a" })).await;
    let vm = admin.get("/vms").await["vm"][0]["id"].as_str().unwrap().to_owned();
    let step = r#"{"type":"executing","description":"a","parent_step":"#;
    let mut bodies: Vec<Vec<u8>> = [
        "",
        " ",
        "{}",
        "[]",
        "null",
        "0",
        "\"\"",
        "{",
        "}",
        "{]",
        "<",
        "<>",
        "</a>",
        "<action",
        "<action/><action/>",
        "<job/>",
        "\0",
        r#"{"description":"\u0000"}"#,
        r#"{"description":"\ud800"}"#,
        r#"{"description":"\ud83d\ude00 \u202e\ufffe"}"#,
        r#"{"description":1e999}"#,
        r#"{"description":99999999999999999999999999}"#,
        r#"{"description":["a"]}"#,
        r#"{"description":{"a":1}}"#,
        r#"{"description":null}"#,
        r#"{"description":"a","description":"b"}"#,
        r#"{"description":"a","auto_cleared":"perhaps"}"#,
        r#"{"description":"a","auto_cleared":-0.0}"#,
        r#"{"description":"a","start_time":99999999999999999999}"#,
        r#"{"description":"a","start_time":-9223372036854775808}"#,
        r#"{"description":"a","end_time":"+999999-12-31T23:59:59Z"}"#,
        r#"{"description":"a","id":"\u0000","owner":{"id":"x"}}"#,
        r#"{"type":"nonsense","description":"a"}"#,
        r#"{"type":"executing","description":"a","number":4294967296}"#,
        r#"{"succeeded":"\u0000"}"#,
        r#"{"status":"\u0000"}"#,
        r#"{"succeeded":true,"status":{}}"#,
        r#"{"force":[]}"#,
        r#"{"host":{"name":"\u0000"}}"#,
        r#"{"host":{"id":""}}"#,
        r#"{"host":"x"}"#,
        r#"{"grace_period":{"expiry":-1e400}}"#,
        "<job><description>a&#0;b</description></job>",
        "<job><description>&#xd800;</description></job>",
        "<job><description>&#x110000;</description></job>",
        "<job><description>&a;</description></job>",
        "<!DOCTYPE a [<!ENTITY a \"b\"><!ENTITY b \"&a;&a;\">]><job><description>&b;</description></job>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><job/>",
        "<?xml version=\"9.9\" encoding=\"none\"?><job/>",
        "<job><![CDATA[",
        "<job><!--",
        "<job xmlns=\"\" a=\"b\" a=\"c\"/>",
        "<a:job xmlns:a=\"b\"><a:description>c</a:description></a:job>",
        "<action><succeeded>maybe</succeeded></action>",
        "<action><status>\u{1}</status></action>",
        "grant_type=password&username=%00&password=%ff&scope=ovirt-app-api",
        "grant_type=%00",
        "&&==&",
        "token=%00",
        "token",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    bodies.extend([
        b"\xff\xfe\x00".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"{\"description\":\"\xff\xc0\"}".to_vec(),
        b"<job><description>\xff\xc0</description></job>".to_vec(),
        "[".repeat(100_000).into_bytes(),
        format!("{}1{}", r#"{"description":"#.repeat(50_000), "}".repeat(50_000)).into_bytes(),
        format!("{}{}", "<job>".repeat(100_000), "</job>".repeat(100_000)).into_bytes(),
        format!("{step}{}}}", r#"{"parent_step":"#.repeat(20_000)).into_bytes(),
        format!(r#"{step}{{"id":"{}"}}}}"#, "x".repeat(500_000)).into_bytes(),
        format!(r#"{{"description":"{}"}}"#, "\\u0041".repeat(100_000)).into_bytes(),
        format!(r#"{{"{}":1}}"#, "x".repeat(500_000)).into_bytes(),
        format!("<job {}/>", "a=\"b\" ".repeat(100_000)).into_bytes(),
        format!("username={}", "x".repeat(500_000)).into_bytes(),
    ]);
    let api = "/ovirt-engine/api";
    let paths = [
        format!("{api}/jobs"),
        format!("{api}/jobs/{job}/steps"),
        format!("{api}/jobs/{job}/clear"),
        format!("{api}/jobs/{job}/end"),
        format!("{api}/vms/{vm}/migrate?JobId=%00"),
        format!("{api}/vms/{vm}/start"),
        "/ovirt-engine/sso/oauth/token".to_owned(),
        "/ovirt-engine/services/sso-logout".to_owned(),
    ];
    let types = ["application/json", "application/xml; charset=utf-16", "application/x-www-form-urlencoded", ""];
    for path in &paths {
        for content_type in types {
            for sent in &bodies {
                let request = server.request(Method::POST, path).bearer_auth(&admin.token);
                let request = request.header(ACCEPT, "application/json").header("content-type", content_type);
                let answer = request.body(sent.clone()).send().await.unwrap();
                let shown = String::from_utf8_lossy(&sent[..sent.len().min(100)]).into_owned();
                assert!(answer.status().as_u16() < 500, "{path} {content_type} {shown:?}: {answer:?}");
            }
        }
    }
    no_error_is_logged(server).await;
}

async fn no_error_is_logged(server: Server) {
    let (code, log) = server.stop("-TERM").await;
    assert_eq!(code, Some(0), "{log}");
    let errors: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("panic")).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// Sends the request, and checks that it is answered, and not with a server error.
async fn check(server: &Server, start: &str, headers: &[(&str, &str)]) {
    let answer = raw::ask(server, start, headers).await;
    let shown: String = start.chars().take(120).collect();
    assert!((200..500).contains(&raw::status(&answer)), "{shown} {headers:?}: {answer}");
}
