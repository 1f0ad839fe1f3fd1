//! Writes a job with its steps.

use std::collections::HashMap;

use sqlx::{Sqlite, SqliteConnection};
use uuid::Uuid;

use super::{failed, jobs::load_steps, row::milliseconds};
use crate::{
    domain::{Step, StepId},
    engine::{JobRecord, SaveError, Saved, StoreError},
};

/// Writes the record if it is still the one that was loaded. The caller commits.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    record: &JobRecord,
    replaces: Option<u64>,
) -> Result<Saved, SaveError> {
    let version = replaces.map_or(1, |version| version + 1);
    let kept = match replaces {
        None => insert_job(connection, record, version).await,
        Some(replaced) => update_job(connection, record, version, replaced).await,
    };
    if !kept.map_err(|error| SaveError::Store(failed(error)))? {
        return Err(SaveError::Stale);
    }
    save_steps(connection, record, replaces.is_none()).await.map_err(SaveError::Store)?;
    Ok(Saved { version })
}

/// Whether there was no such job yet.
async fn insert_job(connection: &mut SqliteConnection, record: &JobRecord, version: u64) -> sqlx::Result<bool> {
    let job = &record.content.job;
    let query = sqlx::query(
        "INSERT INTO job (version, description, status, external, auto_cleared, owner, start_time, end_time, \
         last_updated, correlation_id, scenario, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO NOTHING",
    );
    let query = bind_job(query, record, version).bind(job.id.uuid());
    Ok(query.execute(connection).await?.rows_affected() == 1)
}

/// Whether the job was there, still as it was loaded.
async fn update_job(
    connection: &mut SqliteConnection,
    record: &JobRecord,
    version: u64,
    replaced: u64,
) -> sqlx::Result<bool> {
    let query = sqlx::query(
        "UPDATE job SET version = ?, description = ?, status = ?, external = ?, auto_cleared = ?, owner = ?, \
         start_time = ?, end_time = ?, last_updated = ?, correlation_id = ?, scenario = ? WHERE id = ? AND version = ?",
    );
    let id = record.content.job.id.uuid();
    let query = bind_job(query, record, version).bind(id).bind(replaced.cast_signed());
    Ok(query.execute(connection).await?.rows_affected() == 1)
}

type Query<'q> = sqlx::query::Query<'q, Sqlite, sqlx::sqlite::SqliteArguments>;

/// All columns but the id, in the order in which both statements name them.
fn bind_job<'q>(query: Query<'q>, record: &JobRecord, version: u64) -> Query<'q> {
    let job = &record.content.job;
    query
        .bind(version.cast_signed())
        .bind(job.description.clone())
        .bind(job.status.as_str())
        .bind(job.external)
        .bind(job.auto_cleared)
        .bind(job.owner.map(|owner| owner.uuid()))
        .bind(milliseconds(job.start_time))
        .bind(milliseconds(job.end_time))
        .bind(milliseconds(job.last_updated))
        .bind(record.correlation_id.clone())
        .bind(record.scenario)
}

/// Writes only the steps that differ from what is kept, so that ending one step of a thousand writes one row.
async fn save_steps(connection: &mut SqliteConnection, record: &JobRecord, new: bool) -> Result<(), StoreError> {
    let job = record.content.job.id.uuid();
    let kept = if new { Vec::new() } else { load_steps(connection, job).await? };
    let mut kept: HashMap<StepId, (usize, Step)> =
        kept.into_iter().enumerate().map(|(position, step)| (step.id, (position, step))).collect();
    for (position, step) in record.content.steps.iter().enumerate() {
        match kept.remove(&step.id) {
            Some((old_position, old)) if old_position == position && old == *step => (),
            Some(_) => put_step(connection, UPDATE_STEP, job, position, step).await?,
            None => put_step(connection, INSERT_STEP, job, position, step).await?,
        }
    }
    for gone in kept.into_keys() {
        let query = sqlx::query("DELETE FROM step WHERE id = ?").bind(gone.uuid());
        query.execute(&mut *connection).await.map_err(failed)?;
    }
    Ok(())
}

const INSERT_STEP: &str = "INSERT INTO step (job_id, position, parent_id, step_type, description, number, status, progress, \
     start_time, end_time, external, external_system, execution_host, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const UPDATE_STEP: &str = "UPDATE step SET job_id = ?, position = ?, parent_id = ?, step_type = ?, description = ?, \
     number = ?, status = ?, progress = ?, start_time = ?, end_time = ?, external = ?, external_system = ?, \
     execution_host = ? WHERE id = ?";

async fn put_step(
    connection: &mut SqliteConnection,
    statement: &'static str,
    job: Uuid,
    position: usize,
    step: &Step,
) -> Result<(), StoreError> {
    let query = sqlx::query(statement)
        .bind(job)
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .bind(step.parent.map(|parent| parent.uuid()))
        .bind(step.step_type.as_str())
        .bind(step.description.clone())
        .bind(step.number)
        .bind(step.status.as_str())
        .bind(step.progress.map(|percent| i64::from(percent.get())))
        .bind(milliseconds(step.start_time))
        .bind(milliseconds(step.end_time))
        .bind(step.external)
        .bind(step.external_system.map(|system| system.as_str()))
        .bind(step.execution_host.map(|host| host.uuid()))
        .bind(step.id.uuid());
    query.execute(connection).await.map(drop).map_err(failed)
}
