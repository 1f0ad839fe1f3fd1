//! Saves a job with its steps.

use std::collections::HashMap;

use uuid::Uuid;

use super::{connection::Connection, jobs::load_steps, row::milliseconds, statement::Statement};
use crate::{
    domain::{Step, StepId},
    engine::{JobRecord, SaveError, Saved, StoreError},
};

/// Saves the record if the stored version is the one that was loaded. The caller commits.
///
/// The job's row is written first. That locks the job and its steps against all other processes until the transaction ends.
pub(super) async fn save(
    connection: &mut Connection<'_>,
    record: &JobRecord,
    replaces: Option<u64>,
) -> Result<Saved, SaveError> {
    let version = replaces.map_or(1, |version| version + 1);
    let written = connection.execute(job_statement(record, version, replaces)).await.map_err(SaveError::Store)?;
    if written != 1 {
        return Err(SaveError::Stale);
    }
    save_steps(connection, record, replaces.is_none()).await.map_err(SaveError::Store)?;
    Ok(Saved { version })
}

const INSERT_JOB: &str = "INSERT INTO job (version, description, status, external, auto_cleared, owner, start_time, \
     end_time, last_updated, correlation_id, scenario, id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ON CONFLICT (id) DO NOTHING";

const UPDATE_JOB: &str = "UPDATE job SET version = $1, description = $2, status = $3, external = $4, auto_cleared = $5, \
     owner = $6, start_time = $7, end_time = $8, last_updated = $9, correlation_id = $10, scenario = $11 \
     WHERE id = $12 AND version = $13";

/// Changes one row if the job is new, or if it still has the version that was loaded.
fn job_statement(record: &JobRecord, version: u64, replaces: Option<u64>) -> Statement {
    let job = &record.content.job;
    let statement = Statement::new(if replaces.is_some() { UPDATE_JOB } else { INSERT_JOB })
        .bind(version.cast_signed())
        .bind(job.description.as_str())
        .bind(job.status.as_str())
        .bind(job.external)
        .bind(job.auto_cleared)
        .bind(job.owner.map(|owner| owner.uuid()))
        .bind(milliseconds(job.start_time))
        .bind(milliseconds(job.end_time))
        .bind(milliseconds(job.last_updated))
        .bind(record.correlation_id.as_str())
        .bind(record.scenario)
        .bind(job.id.uuid());
    match replaces {
        Some(replaced) => statement.bind(replaced.cast_signed()),
        None => statement,
    }
}

/// Writes only steps that differ from the stored ones, so that ending one step of a thousand writes one row.
async fn save_steps(connection: &mut Connection<'_>, record: &JobRecord, new: bool) -> Result<(), StoreError> {
    let job = record.content.job.id.uuid();
    let stored = if new { Vec::new() } else { load_steps(connection, job).await? };
    let mut stored: HashMap<StepId, (usize, Step)> =
        stored.into_iter().enumerate().map(|(position, step)| (step.id, (position, step))).collect();
    for (position, step) in record.content.steps.iter().enumerate() {
        match stored.remove(&step.id) {
            Some((old_position, old)) if old_position == position && old == *step => (),
            Some(_) => drop(connection.execute(step_statement(UPDATE_STEP, job, position, step)).await?),
            None => drop(connection.execute(step_statement(INSERT_STEP, job, position, step)).await?),
        }
    }
    for deleted in stored.into_keys() {
        connection.execute(Statement::new("DELETE FROM step WHERE id = $1").bind(deleted.uuid())).await?;
    }
    Ok(())
}

const INSERT_STEP: &str = "INSERT INTO step (job_id, position, parent_id, step_type, description, number, status, progress, \
     start_time, end_time, external, external_system, execution_host, id) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

const UPDATE_STEP: &str = "UPDATE step SET job_id = $1, position = $2, parent_id = $3, step_type = $4, description = $5, \
     number = $6, status = $7, progress = $8, start_time = $9, end_time = $10, external = $11, external_system = $12, \
     execution_host = $13 WHERE id = $14";

fn step_statement(sql: &'static str, job: Uuid, position: usize, step: &Step) -> Statement {
    Statement::new(sql)
        .bind(job)
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .bind(step.parent.map(|parent| parent.uuid()))
        .bind(step.step_type.as_str())
        .bind(step.description.as_str())
        .bind(step.number.map(i64::from))
        .bind(step.status.as_str())
        .bind(step.progress.map(|percent| i64::from(percent.get())))
        .bind(milliseconds(step.start_time))
        .bind(milliseconds(step.end_time))
        .bind(step.external)
        .bind(step.external_system.map(|system| system.as_str()))
        .bind(step.execution_host.map(|host| host.uuid()))
        .bind(step.id.uuid())
}
