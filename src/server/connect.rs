//! `jobs-engine connect`: serves the page, and forwards its requests to an oVirt engine.
//!
//! The page talks to its own origin only. This puts an engine there. There is no database, and nothing is stored.
//!
//! | module | what it is for |
//! |---|---|
//! | [`engine_url`] | the engine's address |
//! | [`trust`], [`certificate`] | which certificates are trusted, and what to do about one that is not |
//! | [`client`] | connections to the engine |
//! | [`routes`], [`path`], [`own_origin`] | which requests are forwarded |
//! | [`forward`], [`headers`], [`upload`] | how a request is forwarded, and its answer |
//! | [`problem`] | why there is no answer, in words |
//! | [`notice`] | tells the page about `--engine-insecure` |

mod certificate;
mod client;
pub mod engine_url;
mod forward;
mod headers;
mod notice;
mod own_origin;
mod path;
mod problem;
mod routes;
pub mod trust;
mod upload;

use std::{net::SocketAddr, pin::pin, time::Duration};

use tracing::{info, warn};

use self::{client::EngineClient, engine_url::EngineUrl, routes::Connected};
use super::{
    Failure, Hosts, Scheme,
    command_line::Connect,
    listener::Listener,
    serve::{find_page, print, stopped},
};

/// How many bytes the head of a request may have. It is more than an engine takes, so that the engine says what is too long.
const HEADS: usize = 72 * 1024;

/// Serves until SIGTERM or SIGINT.
pub async fn run(options: Connect) -> Result<(), Failure> {
    find_page(&options.ui)?;
    let engine = &options.engine;
    if !engine.is_encrypted() && !engine.is_loopback() && !options.trust.engine_insecure {
        return Err(unencrypted(engine));
    }
    let page = notice::page(&options.ui, options.trust.engine_insecure.then_some(engine))?;
    let stop = stopped()?;
    let time_limit = Duration::from_secs(options.engine_timeout_seconds.into());
    let client = EngineClient::new(engine.clone(), options.trust.client_config()?, time_limit);
    let listener = Listener::bind(&options.listen, HEADS).await?;
    let hosts = Hosts::new(&options.listen, listener.certificate());
    let (scheme, address) = (listener.scheme(), listener.address()?);
    let mut stop = pin!(stop);
    tokio::select! {
        refused = client.try_connection() => refused?,
        () = &mut stop => return Ok(()),
    }
    if options.trust.engine_insecure {
        let text = "--engine-insecure: whoever is between here and the engine can read passwords and change answers";
        warn!(%engine, "{text}");
    }
    announce(engine, (scheme, address));
    listener.serve(routes::router(Connected { client, scheme }, page, hosts), stop).await;
    info!("stopped");
    Ok(())
}

fn unencrypted(engine: &EngineUrl) -> Failure {
    Failure(format!(
        "Passwords would go to {engine} unencrypted: use https, or --engine-insecure if the connection is protected in another \
         way."
    ))
}

/// Writes address and engine to the log and to standard output.
fn announce(engine: &EngineUrl, (scheme, address): (Scheme, SocketAddr)) {
    info!(%engine, %scheme, %address, "started");
    print(&format!("Task Monitor is at {scheme}://{address}/ - log in as a user of {engine}\n"));
}
