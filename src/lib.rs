//! Task Monitor: oVirt's jobs and their nested steps as a live tree, and an engine that speaks the jobs REST API.
//!
//! The house, from the ground up. Arrows point down: a floor may use those above it in this list, never below.
//!
//! | floor | what it is for | knows |
//! |---|---|---|
//! | [`domain`] | what jobs and steps *are*, and the rules about them: plain data, pure functions | nothing of ours |
//! | [`wire`] | oVirt API v4 bodies to and from the domain; requests and responses as plain values | `domain` |
//! | [`api`] | the REST client over one [`api::Transport`] | `wire` |
//! | [`engine`] | the jobs engine behind the API, over one [`engine::Store`]; pure: clock, ids and store are handed in | `wire` |
//! | [`view`] | what the admin is doing: route, expansion, focus, poll schedule, forms; pure state machines | `api` |
//! | `server` | native only: listener, users and sessions, SQL store, static files | `engine` |
//! | `host` | browser only: where the page runs: in a tab, in web admin, or as the demo (a feature) | `api`, and `engine` for the demo |
//! | `ui` | browser only: what is drawn, live by Leptos' signals | `view`, `host` |
//!
//! `engine` never uses `api`, `view` or `ui`; `ui` never sees `wire`. Only `api::browser`, `host`, `ui` and `main.rs`
//! know that a browser exists, so a plain `cargo test` covers everything else.

pub mod api;
pub mod domain;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod engine;
#[cfg(target_arch = "wasm32")]
pub mod host;
#[cfg(all(feature = "server", not(target_arch = "wasm32")))]
pub mod server;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod view;
pub mod wire;
