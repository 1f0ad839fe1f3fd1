//! `/healthz`, in `serve` and in `connect`.

use serde_json::Value;

use super::{
    connect::raw::{ask, status},
    process::Installation,
};

#[tokio::test]
async fn says_how_the_server_is_to_whoever_asks() {
    let installation = Installation::new();
    let serve = installation.serve(&[]).await;
    let connect = installation.connect(&serve.url, &[]).await;
    for (server, database) in [(&serve, Some("ok")), (&connect, None)] {
        for (start, host, expected) in [
            ("GET /healthz", &[("host", server.address())][..], 200),
            ("GET /healthz", &[("host", "192.0.2.1:80")], 200),
            ("GET /healthz", &[], 200),
            ("HEAD /healthz", &[], 200),
            ("OPTIONS /healthz", &[], 200),
            ("POST /healthz", &[], 405),
            ("GET /healthz/more", &[("host", "192.0.2.1:80")], 421),
        ] {
            let answer = ask(server, start, host).await;
            assert_eq!(status(&answer), expected, "{start} {answer}");
            if expected != 200 {
                continue;
            }
            for header in
                ["content-type: application/json", "cache-control: no-store", "x-content-type-options: nosniff"]
            {
                assert!(answer.contains(header), "{start} {answer}");
            }
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            if start.starts_with("HEAD") {
                assert_eq!(body, "");
                continue;
            }
            let report: Value = serde_json::from_str(body).unwrap();
            assert_eq!(report["database"].as_str(), database, "{report}");
            assert_eq!((&report["process"], &report["places"]), (&"ok".into(), &"ok".into()), "{report}");
            assert!(report["free_requests"].as_u64() > Some(0) && report["free_connections"].as_u64() > Some(0));
        }
    }
    for server in [connect, serve] {
        let (_, log) = server.stop("-TERM").await;
        assert!(!log.contains("/healthz\""), "{log}");
    }
}
