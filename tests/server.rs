//! `jobs-engine` as a program: started, asked, stopped and killed as its users and their scripts do it.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use server::process::Kind;

/// What the servers here keep their jobs in. `server_on_postgres.rs` is the same with another.
const KIND: Kind = Kind::Sqlite;

mod server {
    mod background;
    mod command_line;
    mod durability;
    mod https;
    mod limits;
    mod log_in;
    mod page;
    pub(crate) mod process;
    mod roles;
    mod session;
    mod start;
    mod start_on_file;
    mod users;
    mod work;
}
