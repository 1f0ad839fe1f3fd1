//! The names and addresses that the server answers for.
//!
//! A web page on a foreign name can make that name resolve to this machine (DNS rebinding). Browsers then treat the server as
//! part of that page's origin. Its requests still carry the foreign name, so they can be refused.

use std::{collections::HashSet, net::IpAddr};

use rustls::{client::verify_server_name, pki_types::ServerName, server::ParsedCertificate};

use super::{command_line::Listen, tls::Certificate};

/// The names and addresses that the server answers for. Without others, only those of the loopback interface.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    names: HashSet<String>,
    /// The server's own certificate: the server also answers for the names in it.
    certificate: Option<Certificate>,
}

impl Hosts {
    /// Those of this machine, of the server's certificate, and those that the options add.
    pub(super) fn new(options: &Listen, certificate: Option<Certificate>) -> Self {
        let machine = gethostname::gethostname().to_string_lossy().into_owned();
        let short = machine.split('.').next().unwrap_or_default().to_owned();
        let listen = options.address.rsplit_once(':').map_or("", |(name, _port)| name).to_owned();
        let names = [machine, short, listen].into_iter().chain(options.allowed_hosts.iter().cloned());
        let names = names.map(|name| normal(&name)).filter(|name| !name.is_empty()).collect();
        Self { names, certificate }
    }

    /// Whether the server answers for that host, without a port, on a connection to that local address.
    pub fn contain(&self, host: &str, local: IpAddr) -> bool {
        let host = normal(host);
        self.names.contains(&host)
            || match host.parse::<IpAddr>().map(|address| address.to_canonical()) {
                // `0.0.0.0` reaches this machine too. The start's message has it after `--listen 0.0.0.0:8080`.
                Ok(address) => address.is_loopback() || address.is_unspecified() || address == local.to_canonical(),
                Err(_) => host == "localhost" || host.ends_with(".localhost") || self.certified(&host),
            }
    }

    fn certified(&self, host: &str) -> bool {
        let Some(own) = self.certificate.as_ref().map(Certificate::own) else { return false };
        match (ParsedCertificate::try_from(&own), ServerName::try_from(host)) {
            (Ok(certificate), Ok(name)) => verify_server_name(&certificate, &name).is_ok(),
            _ => false,
        }
    }
}

/// In lower case, without the brackets of an IPv6 address, without the dot after a full name.
fn normal(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::server::tls::{Renewal, TlsFiles};

    const LOCAL: &str = "192.0.2.7";

    fn listen(address: &str, allowed: &[&str]) -> Listen {
        Listen {
            address: address.to_owned(),
            tls: None,
            insecure_listen: false,
            allowed_hosts: allowed.iter().map(|&name| name.to_owned()).collect(),
            trusted_proxies: Vec::new(),
        }
    }

    fn answers(hosts: &Hosts, host: &str) -> bool {
        hosts.contain(host, LOCAL.parse().unwrap())
    }

    #[test]
    fn names_and_addresses_of_this_machine_are_allowed() {
        let machine = gethostname::gethostname().into_string().unwrap();
        let hosts = Hosts::new(&listen("monitor.example.com:8080", &["Other.example.com", "2001:db8::1"]), None);
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST.", true),
            ("monitor.localhost", true),
            ("127.0.0.1", true),
            ("127.8.9.10", true),
            ("[::1]", true),
            ("[::ffff:127.0.0.1]", true),
            ("0.0.0.0", true),
            (LOCAL, true),
            ("[::ffff:192.0.2.7]", true),
            ("192.0.2.8", false),
            (machine.as_str(), true),
            ("monitor.example.com", true),
            ("other.example.com", true),
            ("[2001:db8::1]", true),
            ("example.com", false),
            ("evil.other.example.com", false),
            ("localhost.example.com", false),
            ("notlocalhost", false),
            ("127.0.0.1.example.com", false),
            ("", false),
        ] {
            assert_eq!(answers(&hosts, host), expected, "{host}");
        }
    }

    #[test]
    fn the_names_of_the_certificate_are_allowed() {
        let folder = tempfile::TempDir::new().unwrap();
        let files = TlsFiles { certificate: folder.path().join("certificate"), key: folder.path().join("key") };
        let names = ["monitor.example.com".to_owned(), "*.monitor.example.com".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        fs::write(&files.certificate, made.cert.pem()).unwrap();
        fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        let certificate = Renewal::of(&files).unwrap().certificate();
        let hosts = Hosts::new(&listen("[::]:8080", &[]), Some(certificate));
        for (host, expected) in [
            ("monitor.example.com", true),
            ("a.monitor.example.com", true),
            ("a.b.monitor.example.com", false),
            ("example.com", false),
            ("localhost", true),
        ] {
            assert_eq!(answers(&hosts, host), expected, "{host}");
        }
    }
}
