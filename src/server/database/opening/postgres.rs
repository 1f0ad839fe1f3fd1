//! PostgreSQL: an existing database on a server.

use std::time::Duration;

use sqlx::{
    ConnectOptions, Connection as _, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{ACQUIRE, Contents, cannot_migrate, cannot_open};
use crate::server::{
    Failure,
    database::{
        connection::{Connection, patient},
        pools::Pools,
        url::PostgresUrl,
    },
};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// By default PostgreSQL allows 100 connections of all programs together.
const CONNECTIONS: u32 = 16;
/// A connection that was idle for longer is tested before use, since the server may have been restarted.
const FRESH: Duration = Duration::from_secs(1);
/// The server's own limits: a statement that waits for a lock, and any statement, in milliseconds.
const LIMITS: [(&str, &str); 2] = [("lock_timeout", "5000"), ("statement_timeout", "10000")];

pub(super) async fn open(url: &PostgresUrl) -> Result<Pools, Failure> {
    let shown = url.to_string();
    let options = url.options().map_err(|error| cannot_open(&shown, error))?.application_name("jobs-engine");
    refuse_foreign(&options, &shown).await?;
    migrate(&options, &shown).await?;
    Ok(Pools::Postgres(connect(options).await.map_err(|error| cannot_open(&shown, error))?))
}

async fn refuse_foreign(options: &PgConnectOptions, shown: &str) -> Result<(), Failure> {
    let mut connection = options.connect().await.map_err(|error| cannot_open(shown, error))?;
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
    let looked = Contents::look(Connection::Postgres(&mut connection), tables).await;
    // The connection only read, so an error here loses nothing.
    drop(connection.close().await);
    looked.map_err(|error| cannot_open(shown, error.text))?.refuse_foreign(&MIGRATIONS, shown)
}

/// On a connection without limits, since an upgrade may take long. sqlx holds a lock in the database, so only one process
/// migrates at a time.
async fn migrate(options: &PgConnectOptions, shown: &str) -> Result<(), Failure> {
    let mut connection = options.connect().await.map_err(|error| cannot_open(shown, error))?;
    MIGRATIONS.run(&mut connection).await.map_err(|error| cannot_migrate(shown, error))?;
    connection.close().await.map_err(|error| cannot_open(shown, error))
}

async fn connect(options: PgConnectOptions) -> sqlx::Result<PgPool> {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|connection, lay| {
            Box::pin(async move { Ok(lay.idle_for < FRESH || connection.ping().await.is_ok()) })
        })
        .after_connect(|connection, _| {
            Box::pin(async move {
                set_limits(connection).await?;
                commit_to_disk(connection).await
            })
        })
        .after_release(|connection, _| Box::pin(is_usable(connection)))
        .connect_with(options)
        .await
}

/// Whether a connection may be used again. It is closed if the server does not answer: the machine may be gone.
async fn is_usable(connection: &mut PgConnection) -> sqlx::Result<bool> {
    patient(connection.ping()).await.map(|()| true)
}

async fn set_limits(connection: &mut PgConnection) -> sqlx::Result<()> {
    for (name, milliseconds) in LIMITS {
        sqlx::query("SELECT set_config($1, $2, false)").bind(name).bind(milliseconds).execute(&mut *connection).await?;
    }
    Ok(())
}

/// A response is sent only after its commit is on disk, also if the server's default is `off`.
async fn commit_to_disk(connection: &mut PgConnection) -> sqlx::Result<()> {
    let unsafe_only = "SELECT set_config('synchronous_commit', 'on', false) \
         WHERE current_setting('synchronous_commit') = 'off'";
    sqlx::query(unsafe_only).execute(connection).await.map(drop)
}
