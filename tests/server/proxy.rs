//! What a proxy in front of the server says counts if it is trusted.

use reqwest::{Client, Method};

use super::process::{ADMIN, Installation, Server, client_builder, header};

/// A client at another address of this machine.
fn at(number: u8) -> Client {
    let address = std::net::Ipv4Addr::new(127, 0, 0, number);
    client_builder([]).local_address(std::net::IpAddr::from(address)).build().unwrap()
}

async fn set_cookie(server: &Server, client: &Client, headers: &[(&str, &str)]) -> String {
    let request = client.request(Method::GET, format!("{}/ovirt-engine/api", server.url));
    let request = request.basic_auth(ADMIN, Some(server.password())).header("prefer", "persistent-auth");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    header(&request.send().await.unwrap(), "set-cookie").to_owned()
}

#[tokio::test]
async fn a_cookie_is_secure_where_a_trusted_proxy_ends_tls() {
    let installation = Installation::new();
    let server = installation.serve(&["--trusted-proxy", "127.0.0.2"]).await;
    for (proxy, headers, secure) in [
        (2, &[("x-forwarded-proto", "https")][..], true),
        (2, &[("forwarded", "for=192.0.2.7;proto=https")], true),
        (2, &[("x-forwarded-proto", "http")], false),
        (2, &[], false),
        (3, &[("x-forwarded-proto", "https")], false),
        (3, &[("forwarded", "for=192.0.2.7;proto=https")], false),
    ] {
        let cookie = set_cookie(&server, &at(proxy), headers).await;
        assert!(cookie.starts_with("JSESSIONID="), "{cookie}");
        assert_eq!(cookie.ends_with("; Secure"), secure, "{proxy} {headers:?}: {cookie}");
    }
}

/// Somebody guesses a password. The owner's log-in waits in the same network, but not in another.
#[tokio::test]
async fn clients_behind_a_trusted_proxy_are_told_apart() {
    let installation = Installation::new();
    let server = installation.serve(&["--trusted-proxy", "127.0.0.2/32"]).await;
    let password = server.password();
    let basic = async |proxy: u8, client: &str, password: &str| {
        let url = format!("{}/ovirt-engine/api", server.url);
        let request = at(proxy).get(url).basic_auth(ADMIN, Some(password)).header("x-forwarded-for", client);
        request.send().await.unwrap().status().as_u16()
    };
    let owner = "192.0.2.7";
    assert_eq!(basic(2, owner, &password).await, 200);
    for number in 0..5 {
        assert_eq!(basic(2, "192.0.2.8", &format!("wrong {number}")).await, 401);
    }
    let started = std::time::Instant::now();
    assert_eq!(basic(2, owner, &password).await, 200);
    assert!(started.elapsed().as_millis() < 250, "checked a moment ago, for this client");
    // The proxy that is not trusted is one client, whatever it says.
    for number in 0..5 {
        assert_eq!(basic(3, &format!("192.0.2.{number}"), &format!("wrong {number}")).await, 401);
    }
    let started = std::time::Instant::now();
    assert_eq!(basic(3, owner, &password).await, 200);
    assert!(started.elapsed().as_millis() >= 250);
}
