//! `jobs-engine` as a program: start, requests, stop and kill.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use server::process::DatabaseKind;

/// The kind of database. `server_on_postgres.rs` runs the same tests with another.
const KIND: DatabaseKind = DatabaseKind::Sqlite;

mod server {
    mod background;
    mod command_line;
    mod connect {
        mod body;
        mod certificate;
        mod engine;
        mod failure;
        mod header;
        pub(crate) mod raw;
        mod route;
    }
    mod durability;
    mod health;
    mod host;
    mod https;
    mod limits;
    mod lists;
    mod log;
    mod log_in;
    mod odd_requests;
    mod once;
    mod outage;
    mod outage_of_sqlite;
    mod page;
    pub(crate) mod process;
    mod proxy;
    mod roles;
    mod session;
    mod start;
    mod start_on_file;
    mod strangers;
    mod users;
    mod work;
}
