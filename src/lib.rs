//! Task Monitor: oVirt's jobs and their nested steps as a live tree, and an engine that speaks the jobs REST API.
//!
//! The layers, from the bottom to the top. A layer may use what its row names, and nothing else. `tests/layers` reads this table
//! and compares all paths in `src/` with it. "The browser" stands for the crates that need one: leptos, web-sys, wasm-bindgen, gloo.
//!
//! | layer | what it is for | uses |
//! |---|---|---|
//! | [`domain`] | jobs and steps, and the rules for them: plain data and pure functions | nothing |
//! | [`wire`] | requests and responses as plain values; bodies of the oVirt API v4 to and from the domain | `domain` |
//! | [`api`] | the REST client over one [`api::Transport`] | `domain`, `wire` |
//! | `api::browser` | the transport over the browser's `fetch` | `domain`, `api`, `wire`, the browser |
//! | [`engine`] | the jobs engine behind the API, over one [`engine::Store`]. It is pure: its caller passes clock, ids and store | `domain`, `wire` |
//! | [`view`] | what the admin is doing: route, expansion, focus, poll schedule, forms. Pure state machines | `domain`, `api` |
//! | `server` | native only: listener, users and sessions, SQL store, static files | `domain`, `wire`, `engine` |
//! | `host` | browser only: where the page runs. In a tab, in web admin, or as the demo (a feature), which needs `engine` | `domain`, `wire`, `api`, `api::browser`, `engine`, `view`, the browser |
//! | `ui` | browser only: Leptos components. `src/ui.rs` has a table of its parts | `domain`, `api`, `view`, `host`, the browser |
//! | `main` | `src/main.rs`, the program of the page | `ui`, the browser |
//! | `bin` | `src/bin/jobs-engine.rs`, the native program | `server` |
//!
//! A plain `cargo test` covers every layer that needs no browser.

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
