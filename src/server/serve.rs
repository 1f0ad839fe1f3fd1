//! `jobs-engine serve`: starts everything, waits, and stops everything.

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::Path,
    pin::pin,
    sync::Arc,
    time::Duration,
};

use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

use super::{
    Failure, Hosts, Scheme,
    authentication::Authenticator,
    background::Background,
    command_line::Serve,
    database::{Database, DatabaseUrl, Duty},
    first_user, http,
    listener::Listener,
};

/// How many bytes the head of a request may have. Apache, in front of an engine, takes 8 KiB for each header.
const HEADS: usize = 32 * 1024;

/// Serves until SIGTERM or SIGINT.
///
/// Everything that can fail without effects comes first, so that a second start by mistake changes nothing.
pub async fn run(options: Serve) -> Result<(), Failure> {
    find_page(&options.ui)?;
    let stop = stopped()?;
    let listener = Listener::bind(&options.listen, HEADS).await?;
    let hosts = Hosts::new(&options.listen, listener.certificate());
    let (scheme, address) = (listener.scheme(), listener.address()?);
    let mut stop = pin!(stop);
    // The start may have to wait for other processes, but it can be stopped at any time.
    let database = tokio::select! {
        database = Database::open(&options.database.url) => database?,
        () = &mut stop => return Ok(()),
    };
    let started = async {
        let mut starting = database.candidate(Duty::Start);
        starting.elected().await?;
        let log_in = first_user::ensure(&database, &options.database.url, address.port()).await?;
        let background = Background::start(&database, &options).await?;
        starting.resign().await;
        announce(&database, &options.database.url, (scheme, address), &log_in).await?;
        let lifetime = Duration::from_secs(options.token_lifetime_seconds.into());
        let authenticator = Authenticator::new(database.clone(), lifetime).await?;
        Ok((http::Server::new(database.clone(), authenticator, scheme), background))
    };
    let served = tokio::select! {
        started = started => match started {
            Ok((server, background)) => {
                listener.serve(http::router(Arc::new(server), &options.ui, hosts), stop).await;
                background.stop().await;
                Ok(())
            }
            Err(failure) => Err(failure),
        },
        () = &mut stop => Ok(()),
    };
    database.close().await;
    info!("stopped");
    served
}

/// Refuses a folder without a page.
pub(super) fn find_page(folder: &Path) -> Result<(), Failure> {
    if folder.join("index.html").is_file() {
        return Ok(());
    }
    Err(Failure(format!(
        "There is no page in {}: build it with `make run`, or name its folder with --ui.",
        folder.display()
    )))
}

/// Ready when a signal asks the program to stop.
pub(super) fn stopped() -> Result<impl Future<Output = ()>, Failure> {
    let listen = |kind| signal(kind).map_err(|error| Failure(format!("Cannot listen for signals: {error}.")));
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => info!("asked to stop by SIGTERM"),
            _ = interrupt.recv() => info!("asked to stop by SIGINT"),
        }
    })
}

/// Writes database, address and log-in to the log and to standard output.
async fn announce(
    database: &Database,
    url: &DatabaseUrl,
    (scheme, address): (Scheme, SocketAddr),
    log_in: &str,
) -> Result<(), Failure> {
    let place = match url {
        DatabaseUrl::Sqlite(path) => first_user::absolute(path).display().to_string(),
        DatabaseUrl::Postgres(url) => url.to_string(),
        DatabaseUrl::Memory => "in memory, and lost when the program ends".to_owned(),
    };
    let durability = database.durability().await?;
    info!(database = place, ?durability, %scheme, %address, log_in, "started");
    print(&format!("The database is {place}.\nTask Monitor is at {scheme}://{address}/ - {log_in}\n"));
    Ok(())
}

/// Writes to standard output at once. If that fails, the log still has it.
pub(super) fn print(text: &str) {
    let mut output = io::stdout().lock();
    if let Err(error) = output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        warn!(%error, "cannot write to standard output");
    }
}
