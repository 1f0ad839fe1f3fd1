//! Rows of jobs and steps.

use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    domain::{HostId, Job, JobId, JobWithSteps, Percent, Step, StepId, Time, UserId},
    engine::{JobRecord, StoreError, Stored},
};

/// A row of table `job`.
#[derive(Debug, FromRow)]
pub(super) struct JobRow {
    pub(super) id: Uuid,
    version: i64,
    description: String,
    status: String,
    external: bool,
    auto_cleared: bool,
    owner: Option<Uuid>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    last_updated: Option<i64>,
    correlation_id: String,
    scenario: bool,
}

impl JobRow {
    /// The record of the row with these steps.
    pub(super) fn with_steps(self, steps: Vec<Step>) -> Result<Stored, StoreError> {
        let job = Job {
            id: JobId::new(self.id),
            description: self.description,
            status: word(&self.status)?,
            external: self.external,
            auto_cleared: self.auto_cleared,
            owner: self.owner.map(UserId::new),
            start_time: time(self.start_time)?,
            end_time: time(self.end_time)?,
            last_updated: time(self.last_updated)?,
        };
        let record = JobRecord {
            content: JobWithSteps { job, steps },
            correlation_id: self.correlation_id,
            scenario: self.scenario,
        };
        Ok(Stored { record, version: self.version.cast_unsigned() })
    }
}

/// A row of table `step`.
#[derive(Debug, FromRow)]
pub(super) struct StepRow {
    id: Uuid,
    pub(super) job_id: Uuid,
    parent_id: Option<Uuid>,
    step_type: String,
    description: String,
    number: Option<i64>,
    status: String,
    progress: Option<i64>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    external: bool,
    external_system: Option<String>,
    execution_host: Option<Uuid>,
}

impl TryFrom<StepRow> for Step {
    type Error = StoreError;

    fn try_from(row: StepRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: StepId::new(row.id),
            job: JobId::new(row.job_id),
            parent: row.parent_id.map(StepId::new),
            step_type: word(&row.step_type)?,
            description: row.description,
            number: row.number.map(u32::try_from).transpose().map_err(|_| invalid_number(row.number))?,
            status: word(&row.status)?,
            progress: row.progress.map(Percent::clamped),
            start_time: time(row.start_time)?,
            end_time: time(row.end_time)?,
            external: row.external,
            external_system: row.external_system.as_deref().map(word).transpose()?,
            execution_host: row.execution_host.map(HostId::new),
        })
    }
}

/// A time as it is stored.
pub(super) fn milliseconds(time: Option<Time>) -> Option<i64> {
    time.map(|time| time.timestamp_millis())
}

fn time(milliseconds: Option<i64>) -> Result<Option<Time>, StoreError> {
    let Some(milliseconds) = milliseconds else { return Ok(None) };
    match Time::from_timestamp_millis(milliseconds) {
        Some(time) => Ok(Some(time)),
        None => Err(StoreError::broken(format!("{milliseconds} is not a valid time"))),
    }
}

fn invalid_number(number: Option<i64>) -> StoreError {
    StoreError::broken(format!("{number:?} is not a valid number of a step"))
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::broken(format!("{text:?} is not a known word")))
}
