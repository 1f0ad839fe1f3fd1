//! Work that only one process may do at a time, however many share a database.
//!
//! Whoever holds an advisory lock of PostgreSQL has the duty. The lock belongs to a connection of its own: it is given up
//! the moment that its process ends, however it ends, and the next to ask takes over. A pooler between the two would break
//! that, if it gives a connection to others between statements. SQLite's file has one server; that one has all duties.

use std::{sync::Arc, time::Duration};

use sqlx::{ConnectOptions, Connection as _, PgConnection, postgres::PgConnectOptions, query, query_scalar};
use tokio::time::timeout;
use tracing::{info, warn};

use super::{Database, failed, pools::Pools};
use crate::engine::StoreError;

/// A duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Making the first user and the sample world, and whatever else is done once.
    Start,
    /// Removing jobs whose time is over.
    Retention,
    /// Keeping the sample world alive.
    SampleWorld,
    /// Driving the commands on machines and disks.
    Commands,
}

impl Duty {
    /// The lock's number: no other program is likely to choose numbers beside this one (`jobs` in ASCII).
    const fn lock(self) -> i64 {
        0x6a6f_6273_0000_0000 + self as i64
    }
}

/// How long PostgreSQL may take to say that a lock is still held. A holder that hears nothing counts as none.
const PATIENCE: Duration = Duration::from_secs(5);

/// Somebody who would do a duty.
#[derive(Debug)]
pub struct Candidate {
    duty: Duty,
    /// How to reach PostgreSQL; `None` where there is nobody else.
    options: Option<Arc<PgConnectOptions>>,
    connection: Option<PgConnection>,
    elected: bool,
}

impl Database {
    /// Whoever wants to do a duty asks for it each time.
    pub fn candidate(&self, duty: Duty) -> Candidate {
        let options = match &self.0 {
            Pools::Sqlite { .. } => None,
            Pools::Postgres(pool) => Some(pool.connect_options()),
        };
        Candidate { duty, options, connection: None, elected: false }
    }
}

impl Candidate {
    /// Whether the duty is this process's now.
    pub async fn is_elected(&mut self) -> bool {
        let Some(options) = self.options.clone() else { return true };
        let was = self.elected;
        match timeout(PATIENCE, self.ask(&options)).await {
            Ok(Ok(elected)) => self.elected = elected,
            Ok(Err(StoreError(text))) => self.lose(&text),
            Err(_) => self.lose("no answer"),
        }
        if self.elected && !was {
            info!(duty = ?self.duty, "this process has the duty");
        }
        self.elected
    }

    /// Waits until nobody else has the duty. It is given up with [`Candidate::resign`].
    pub async fn elected(&mut self) -> Result<(), StoreError> {
        let Some(options) = self.options.clone() else { return Ok(()) };
        let lock = query("SELECT pg_advisory_lock($1)").bind(self.duty.lock());
        lock.execute(self.connected(&options).await?).await.map_err(failed)?;
        self.elected = true;
        Ok(())
    }

    /// Gives the duty up.
    pub async fn resign(mut self) {
        if let Some(connection) = self.connection.take() {
            // A connection that broke has given the lock up already.
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
        warn!(duty = ?self.duty, text, "cannot tell who has the duty");
        self.connection = None;
        self.elected = false;
    }
}
