//! The native server around the engine: listener, users and sessions, SQL store, static files.
//!
//! | module | what it is for |
//! |---|---|
//! | [`command_line`] | what can be asked of the program |
//! | [`serve`] | starts the server and stops it: the order in which everything below comes up and goes down |
//! | [`manage_users`], [`manage_roles`] | `jobs-engine user …`, `jobs-engine role …` |
//! | [`database`] | the one place that knows SQL: jobs, users, the sample world's seed |
//! | [`authentication`] | who asks: passwords, tokens, Basic |
//! | `listener`, [`tls`] | where clients come in: connections, HTTPS, and the end of both |
//! | [`http`] | paths to handlers: the API, log-in and log-out, the page |
//! | [`background`] | what happens without a request: retention, the sample world |

pub mod authentication;
pub mod background;
pub mod command_line;
pub mod database;
mod environment;
mod failure;
mod first_user;
pub mod http;
mod listener;
pub mod log;
pub mod manage_roles;
pub mod manage_users;
pub mod serve;
pub mod tls;

pub use environment::ServerEnvironment;
pub use failure::Failure;
pub use listener::Scheme;
