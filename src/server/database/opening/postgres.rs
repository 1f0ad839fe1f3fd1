//! PostgreSQL: an existing database on a server.

use std::time::Duration;

use sqlx::{
    ConnectOptions, Connection as _, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{ACQUIRE, Contents, cannot_migrate, cannot_open};
use crate::{
    engine::StoreError,
    server::{
        Failure,
        database::{connection::Connection, pools::Pools, url::PostgresUrl},
    },
};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// By default PostgreSQL allows 100 connections of all programs together.
const CONNECTIONS: u32 = 16;
/// A connection that was idle for longer is tested before use, since the server may have been restarted.
const FRESH: Duration = Duration::from_secs(1);

pub(super) async fn open(url: &PostgresUrl) -> Result<Pools, Failure> {
    let shown = url.to_string();
    let options = url.options().map_err(|error| cannot_open(&shown, error))?.application_name("jobs-engine");
    refuse_foreign(&options, &shown).await?;
    let pool = connect(options).await.map_err(|error| cannot_open(&shown, error))?;
    // sqlx holds a lock in the database, so only one process migrates at a time.
    MIGRATIONS.run(&pool).await.map_err(|error| cannot_migrate(&shown, error))?;
    Ok(Pools::Postgres(pool))
}

async fn refuse_foreign(options: &PgConnectOptions, shown: &str) -> Result<(), Failure> {
    let mut connection = options.connect().await.map_err(|error| cannot_open(shown, error))?;
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
    let looked = Contents::look(Connection::Postgres(&mut connection), tables).await;
    // The connection only read, so an error here loses nothing.
    drop(connection.close().await);
    looked.map_err(|StoreError(text)| cannot_open(shown, text))?.refuse_foreign(&MIGRATIONS, shown)
}

async fn connect(options: PgConnectOptions) -> sqlx::Result<PgPool> {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|connection, lay| {
            Box::pin(async move { Ok(lay.idle_for < FRESH || connection.ping().await.is_ok()) })
        })
        .after_connect(|connection, _| Box::pin(commit_to_disk(connection)))
        .connect_with(options)
        .await
}

/// A response is sent only after its commit is on disk, also if the server's default is `off`.
async fn commit_to_disk(connection: &mut PgConnection) -> sqlx::Result<()> {
    let unsafe_only = "SELECT set_config('synchronous_commit', 'on', false) \
         WHERE current_setting('synchronous_commit') = 'off'";
    sqlx::query(unsafe_only).execute(connection).await.map(drop)
}
