//! Tells the page that nobody checks who the engine is.

use std::{fs, path::Path};

use axum::{Router, response::Html, routing::get};

use super::engine_url::EngineUrl;
use crate::server::{Failure, http::page};

/// The page in that folder. If the connection to an engine is insecure, its document has
/// `<meta name="engine-insecure" content="https://engine.example.com">`, so that the page can say so before a password is typed.
pub(super) fn page(folder: &Path, insecure: Option<&EngineUrl>) -> Result<Router, Failure> {
    let Some(engine) = insecure else { return Ok(page::service(folder)) };
    let file = folder.join("index.html");
    let cannot = |error: String| Failure(format!("Cannot use the page in {}: {error}.", file.display()));
    let document = fs::read_to_string(&file).map_err(|error| cannot(error.to_string()))?;
    // No tag but this is sure to be there: others are optional in HTML, and a minifier leaves them out.
    let (start, rest) = document.split_once("<title>").ok_or_else(|| cannot("it has no <title>".to_owned()))?;
    let document = format!(r#"{start}<meta name="engine-insecure" content="{engine}"><title>{rest}"#);
    let answer = get(async || Html(document));
    Ok(page::service_with(folder, Router::new().route("/", answer.clone()).route("/index.html", answer)))
}
