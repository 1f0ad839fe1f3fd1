//! The native server around the engine: connections, users and sessions, SQL store, static files.
//!
//! | module | what it is for |
//! |---|---|
//! | [`command_line`] | commands and options of the program |
//! | [`serve`] | starts and stops the server, in the right order |
//! | [`connect`] | serves the page in front of an oVirt engine, instead |
//! | [`manage_users`], [`manage_roles`] | `jobs-engine user …`, `jobs-engine role …` |
//! | [`database`] | all SQL: jobs, users, sessions, machines |
//! | [`authentication`] | passwords, tokens, Basic, cookie sessions |
//! | `listener`, [`tls`], `hosts` | connections, HTTPS, and the names that the server answers for |
//! | `proxies` | what proxies in front say about clients |
//! | [`http`] | routes: the API, log-in and log-out, the page |
//! | [`background`] | periodic work: retention, commands, the sample world |

pub mod authentication;
pub mod background;
pub mod command_line;
pub mod connect;
pub mod database;
mod environment;
mod failure;
mod first_user;
mod hosts;
pub mod http;
mod listener;
pub mod log;
pub mod manage_roles;
pub mod manage_users;
mod proxies;
pub mod serve;
pub mod tls;

pub use environment::ServerEnvironment;
pub use failure::Failure;
pub use hosts::Hosts;
pub use listener::Scheme;
pub use proxies::TrustedProxy;
