//! `jobs-engine` as a program, as in `server.rs`, over PostgreSQL.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use server::process::DatabaseKind;

/// What the servers here keep their jobs in.
const KIND: DatabaseKind = DatabaseKind::Postgres;

mod server {
    mod background;
    mod connect {
        pub(crate) mod raw;
    }
    mod durability;
    mod limits;
    mod lists;
    mod log_in;
    mod odd_requests;
    mod once;
    mod outage;
    mod outage_of_postgres;
    pub(crate) mod process;
    mod roles;
    mod session;
    mod start;
    mod start_on_postgres;
    mod together;
    mod users;
    mod work;
}
