//! PostgreSQL: a database that is there, on a server that is there.

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

/// PostgreSQL allows 100 of all programs together unless its administrator says otherwise.
const CONNECTIONS: u32 = 16;
/// A connection that lay idle for longer is tried out first: its server may have been restarted meanwhile.
const FRESH: Duration = Duration::from_secs(1);

pub(super) async fn open(url: &PostgresUrl) -> Result<Pools, Failure> {
    let shown = url.to_string();
    let options = url.options().map_err(|error| cannot_open(&shown, error))?.application_name("jobs-engine");
    refuse_foreign(&options, &shown).await?;
    let pool = connect(options).await.map_err(|error| cannot_open(&shown, error))?;
    // Only one process does it at a time: sqlx holds a lock in the database.
    MIGRATIONS.run(&pool).await.map_err(|error| cannot_migrate(&shown, error))?;
    Ok(Pools::Postgres(pool))
}

async fn refuse_foreign(options: &PgConnectOptions, shown: &str) -> Result<(), Failure> {
    let mut connection = options.connect().await.map_err(|error| cannot_open(shown, error))?;
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
    let looked = Contents::look(Connection::Postgres(&mut connection), tables).await;
    // A failure to close a connection that only read loses nothing.
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

/// What was answered is kept: an administrator may have chosen speed for all others.
async fn commit_to_disk(connection: &mut PgConnection) -> sqlx::Result<()> {
    let unsafe_only = "SELECT set_config('synchronous_commit', 'on', false) \
         WHERE current_setting('synchronous_commit') = 'off'";
    sqlx::query(unsafe_only).execute(connection).await.map(drop)
}
