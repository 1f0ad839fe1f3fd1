//! Who the engine is, and who its users are, as an engine writes it.

use serde::Serialize;

use super::form::{Base, Href, Link, Place, Reference, to_bytes};
use crate::domain::{Time, UserId, rules::Dialect};

/// The API root (`BackendApiResource`): product, time, the caller's identity, and where the jobs are.
pub fn write_root(base: Base, caller: UserId, now: Time) -> Vec<u8> {
    let user = || Reference::new(base, Place::User(caller), caller);
    to_bytes(&Root {
        product_info: ProductInfo {
            name: Dialect::JOBS_ENGINE,
            vendor: "ovirt.org",
            version: Version {
                build: "0",
                full_version: concat!("4.5.0-jobs-engine-", env!("CARGO_PKG_VERSION")),
                major: "4",
                minor: "5",
                revision: "0",
            },
        },
        time: now.timestamp_millis(),
        authenticated_user: user(),
        effective_user: user(),
        link: [
            Link::new(base, Place::Top("jobs"), "jobs"),
            Link::new(base, Place::Top("jobs?search={query}"), "jobs/search"),
        ],
    })
}

/// A user (`UserMapper`). The directory here knows logins only, so the login stands for the first name too.
pub fn write_user(base: Base, id: UserId, user_name: &str, principal: &str, domain: &str) -> Vec<u8> {
    to_bytes(&UserRow {
        principal,
        user_name,
        domain: Domain { name: domain },
        name: principal,
        href: Href(base, Place::User(id)),
        id,
    })
}

#[derive(Serialize)]
struct Root {
    product_info: ProductInfo,
    time: i64,
    authenticated_user: Reference<UserId>,
    effective_user: Reference<UserId>,
    link: [Link; 2],
}

#[derive(Serialize)]
struct ProductInfo {
    name: &'static str,
    vendor: &'static str,
    version: Version,
}

/// The API's version that this engine speaks; the engine's own one stands at the end of the full text.
#[derive(Serialize)]
struct Version {
    build: &'static str,
    full_version: &'static str,
    major: &'static str,
    minor: &'static str,
    revision: &'static str,
}

#[derive(Serialize)]
struct UserRow<'a> {
    principal: &'a str,
    user_name: &'a str,
    domain: Domain<'a>,
    name: &'a str,
    href: Href,
    id: UserId,
}

#[derive(Serialize)]
struct Domain<'a> {
    name: &'a str,
}
