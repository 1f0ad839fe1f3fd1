//! The root of the API, and users.

use super::{Base, Entity, Href, ResourcePath};
use crate::{
    domain::{Time, UserId, rules::Dialect},
    wire::resource_path::DomainId,
};

/// The links of the root: name and path.
const LINKS: [(&str, &str); 12] = [
    ("capabilities", "capabilities"),
    ("domains", "domains"),
    ("events", "events"),
    ("events/search", "events;from={event_id}?search={query}"),
    ("hosts", "hosts"),
    ("hosts/search", "hosts?search={query}"),
    ("jobs", "jobs"),
    ("jobs/search", "jobs?search={query}"),
    ("roles", "roles"),
    ("users", "users"),
    ("vms", "vms"),
    ("vms/search", "vms?search={query}"),
];

/// The API root (`BackendApiResource`): product, time, the caller, and links.
pub fn root(base: Base, caller: UserId, now: Time) -> Entity<'static> {
    // The version of oVirt's API; this engine's own version is at the end of the full text.
    let version = Entity::new()
        .with("build", 0_i64)
        .with("full_version", concat!("4.5.0-jobs-engine-", env!("CARGO_PKG_VERSION")))
        .with("major", 4_i64)
        .with("minor", 5_i64)
        .with("revision", 0_i64);
    let product = Entity::new().with("name", Dialect::JOBS_ENGINE).with("vendor", "ovirt.org").with("version", version);
    let user = || Entity::at(Href(base, ResourcePath::User(caller)), caller);
    let root = Entity::new()
        .with("product_info", product)
        .with("time", now)
        .related("authenticated_user", user())
        .related("effective_user", user());
    let link = |root: Entity<'static>, (rel, place)| root.link(rel, Href(base, ResourcePath::Top(place)));
    LINKS.into_iter().fold(root, link)
}

/// A user (`UserMapper`). The directory has no first names; the login is used instead. What it does not know either is empty,
/// as with the users of an engine's own directory.
pub fn user<'a>(base: Base, id: UserId, user_name: &'a str, principal: &'a str, domain: &'a str) -> Entity<'a> {
    // The id in the directory, as hexadecimal digits of its text.
    let entry: String = id.to_string().bytes().map(|byte| format!("{byte:02X}")).collect();
    Entity::at(Href(base, ResourcePath::User(id)), id)
        .named(principal)
        .with("department", "")
        .with("domain_entry_id", entry)
        .with("last_name", "")
        .with("namespace", "*")
        .with("principal", principal)
        .with("user_name", user_name)
        .link("roles", Href(base, ResourcePath::ItemPart("users", id.uuid(), "roles")))
        .related("domain", self::domain(base, domain))
}

/// A domain: a directory of users (`DomainMapper`).
pub fn domain(base: Base, name: &str) -> Entity<'_> {
    let id = DomainId::of(name);
    Entity::at(Href(base, ResourcePath::Domain(id)), id.to_string()).named(name)
}
