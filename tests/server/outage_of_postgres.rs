//! The PostgreSQL server fails, then works again.

use serde_json::json;
use sqlx::{Connection as _, PgConnection};

use super::{
    outage::{UNAVAILABLE, check_recovery, check_writes},
    process::{Installation, Server, postgres::OwnServer},
};

/// A running server over a PostgreSQL server of its own.
async fn start() -> Option<(OwnServer, Installation, Server)> {
    let postgres = OwnServer::start()?;
    let installation = Installation::over(Some(postgres.url()));
    let server = installation.serve(&[]).await;
    Some((postgres, installation, server))
}

#[tokio::test]
async fn a_stopped_server() {
    let Some((postgres, _installation, server)) = start().await else { return };
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "before it" })).await;
    for _ in 0..2 {
        postgres.stop();
        check_writes(&admin, &job, &UNAVAILABLE).await;
        postgres.start_again();
    }
    check_recovery(&admin, &job).await;
}

/// Its processes are there, and answer nothing: as when its machine is gone.
#[tokio::test]
async fn a_silent_server() {
    let Some((postgres, _installation, server)) = start().await else { return };
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "before it" })).await;
    let silent = postgres.freeze();
    check_writes(&admin, &job, &UNAVAILABLE).await;
    drop(silent);
    check_recovery(&admin, &job).await;
}

/// An administrator holds a lock.
#[tokio::test]
async fn locked_tables() {
    let Some((postgres, _installation, server)) = start().await else { return };
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "before it" })).await;
    let mut other = PgConnection::connect(&postgres.url()).await.unwrap();
    let mut lock = other.begin().await.unwrap();
    sqlx::query("LOCK TABLE job, session IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    check_writes(&admin, &job, &UNAVAILABLE).await;
    lock.rollback().await.unwrap();
    check_recovery(&admin, &job).await;
}
