//! The hosts that a server answers for, in `serve` and in `connect`.

use super::{
    connect::raw::{ask, status},
    process::Installation,
};

#[tokio::test]
async fn foreign_hosts_are_refused() {
    let installation = Installation::new();
    let option = ["--allowed-host", "monitor.example.com"];
    let serve = installation.serve(&option).await;
    let connect = installation.connect(&serve.url, &option).await;
    for server in [&serve, &connect] {
        let (_, port) = server.address().split_once(':').unwrap();
        let with_port = format!("localhost:{port}");
        for (hosts, expected) in [
            (&[server.address()][..], 200),
            (&[&with_port], 200),
            (&["localhost"], 200),
            (&["[::1]"], 200),
            (&["monitor.example.com"], 200),
            (&["MONITOR.example.com:8080"], 200),
            (&["evil.example.com"], 421),
            (&["evil.example.com:8080"], 421),
            (&["192.0.2.1"], 421),
            (&["localhost@evil.example.com"], 421),
            (&["localhost", "evil.example.com"], 400),
            (&["no host"], 400),
            (&[], 400),
        ] {
            let headers: Vec<(&str, &str)> = hosts.iter().map(|&host| ("host", host)).collect();
            let page = ask(server, "GET /", &headers).await;
            assert_eq!(status(&page), expected, "{hosts:?} {page}");
            let api = ask(server, "GET /ovirt-engine/api", &headers).await;
            assert_eq!(status(&api), if expected == 200 { 401 } else { expected }, "{hosts:?} {api}");
            if expected == 421 && !hosts[0].contains('@') {
                let name = hosts[0].split(':').next().unwrap();
                assert!(api.contains(&format!("start it with --allowed-host {name}.")), "{api}");
            }
        }
        let absolute = ask(server, "GET http://evil.example.com/", &[("host", "localhost")]).await;
        assert_eq!(status(&absolute), 421, "{absolute}");
    }
}
