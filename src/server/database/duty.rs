//! Work that only one of the processes that share a database does at a time.
//!
//! The process that holds an advisory lock of PostgreSQL has the duty. The lock belongs to a connection of its own, so it is
//! released when the process ends, in whatever way, and the next process that asks gets it. A pooler must not share that
//! connection between statements. An SQLite file has one server, which has all duties.

use std::{sync::Arc, time::Duration};

use sqlx::{ConnectOptions, Connection as _, PgConnection, postgres::PgConnectOptions, query, query_scalar};
use tokio::time::timeout;
use tracing::{info, warn};

use super::{Database, failed, pools::Pools};
use crate::engine::StoreError;

/// A duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Adding the first user and the sample world.
    Start,
    /// Removing old jobs and events.
    Retention,
    /// Updating the sample world.
    SampleWorld,
    /// Updating running commands.
    Commands,
    /// Removing answers that are no longer kept.
    Answers,
}

impl Duty {
    /// The lock's number. Its first half is `jobs` in ASCII, so that other programs are unlikely to use it.
    const fn lock(self) -> i64 {
        0x6a6f_6273_0000_0000 + self as i64
    }
}

/// How long PostgreSQL may take to answer. Without an answer, the duty counts as lost.
const PATIENCE: Duration = Duration::from_secs(5);

/// A process that wants a duty.
#[derive(Debug)]
pub struct Candidate {
    duty: Duty,
    /// How to connect to PostgreSQL; `None` for SQLite.
    options: Option<Arc<PgConnectOptions>>,
    connection: Option<PgConnection>,
    elected: bool,
}

impl Database {
    /// A candidate for a duty. It asks each time before it does the work.
    pub fn candidate(&self, duty: Duty) -> Candidate {
        let options = match &self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres(pool) => Some(pool.connect_options()),
        };
        Candidate { duty, options, connection: None, elected: false }
    }
}

impl Candidate {
    /// Whether this process has the duty now.
    pub async fn is_elected(&mut self) -> bool {
        let Some(options) = self.options.clone() else { return true };
        let was = self.elected;
        match timeout(PATIENCE, self.ask(&options)).await {
            Ok(Ok(elected)) => self.elected = elected,
            Ok(Err(StoreError { text, .. })) => self.lose(&text),
            Err(_) => self.lose("no answer"),
        }
        if self.elected && !was {
            info!(duty = ?self.duty, "this process has the duty");
        }
        self.elected
    }

    /// Waits until this process has the duty. [`Candidate::resign`] releases it.
    pub async fn elected(&mut self) -> Result<(), StoreError> {
        let Some(options) = self.options.clone() else { return Ok(()) };
        let lock = query("SELECT pg_advisory_lock($1)").bind(self.duty.lock());
        lock.execute(self.connected(&options).await?).await.map_err(failed)?;
        self.elected = true;
        Ok(())
    }

    /// Releases the duty.
    pub async fn resign(mut self) {
        if let Some(connection) = self.connection.take() {
            // A broken connection has released the lock already.
            drop(connection.close().await);
        }
    }

    async fn ask(&mut self, options: &PgConnectOptions) -> Result<bool, StoreError> {
        let (elected, lock) = (self.elected, self.duty.lock());
        let connection = self.connected(options).await?;
        if elected {
            return connection.ping().await.map(|()| true).map_err(failed);
        }
        query_scalar("SELECT pg_try_advisory_lock($1)").bind(lock).fetch_one(connection).await.map_err(failed)
    }

    async fn connected(&mut self, options: &PgConnectOptions) -> Result<&mut PgConnection, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => options.connect().await.map_err(failed)?,
        };
        Ok(self.connection.insert(connection))
    }

    fn lose(&mut self, text: &str) {
        warn!(duty = ?self.duty, text, "cannot ask for the duty");
        self.connection = None;
        self.elected = false;
    }
}
