//! Jobs and their steps: the engine's store. Reading is here, writing in [`saving`].

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use uuid::Uuid;

use super::{
    Database, failed,
    row::{JobRow, StepRow},
    saving,
};
use crate::{
    domain::{JobId, Step, StepId},
    engine::{Correlation, JobRecord, List, SaveError, Saved, Store, StoreError, Stored},
};

impl Store for Database {
    async fn load(&self, id: JobId) -> Result<Option<Stored>, StoreError> {
        let mut transaction = self.read().await?;
        load(&mut transaction, id.uuid()).await
    }

    async fn load_by_step(&self, id: StepId) -> Result<Option<Stored>, StoreError> {
        let mut transaction = self.read().await?;
        let query = sqlx::query_scalar("SELECT job_id FROM step WHERE id = ?").bind(id.uuid());
        match query.fetch_optional(&mut *transaction).await.map_err(failed)? {
            Some(job) => load(&mut transaction, job).await,
            None => Ok(None),
        }
    }

    async fn list(&self, list: &List) -> Result<Vec<JobRecord>, StoreError> {
        let mut transaction = self.read().await?;
        let mut query = QueryBuilder::new("");
        push_jobs(&mut query, "*", list);
        let jobs: Vec<JobRow> = query.build_query_as().fetch_all(&mut *transaction).await.map_err(failed)?;
        let mut steps = if list.with_steps { list_steps(&mut transaction, list).await? } else { HashMap::new() };
        let record = |row: JobRow| {
            let steps = steps.remove(&row.id).unwrap_or_default();
            row.with_steps(steps).map(|stored| stored.record)
        };
        jobs.into_iter().map(record).collect()
    }

    async fn save(&self, record: &JobRecord, replaces: Option<u64>) -> Result<Saved, SaveError> {
        let mut transaction = self.write().await.map_err(SaveError::Store)?;
        let saved = saving::save(&mut transaction, record, replaces).await?;
        transaction.commit().await.map_err(|error| SaveError::Store(failed(error)))?;
        Ok(saved)
    }

    async fn delete(&self, ids: &[JobId]) -> Result<usize, StoreError> {
        let mut transaction = self.write().await?;
        let mut deleted = 0;
        for id in ids {
            let query = sqlx::query("DELETE FROM job WHERE id = ?").bind(id.uuid());
            deleted += query.execute(&mut *transaction).await.map_err(failed)?.rows_affected();
        }
        transaction.commit().await.map_err(failed)?;
        Ok(usize::try_from(deleted).unwrap_or(usize::MAX))
    }
}

async fn load(connection: &mut SqliteConnection, id: Uuid) -> Result<Option<Stored>, StoreError> {
    let query = sqlx::query_as("SELECT * FROM job WHERE id = ?").bind(id);
    let row: Option<JobRow> = query.fetch_optional(&mut *connection).await.map_err(failed)?;
    match row {
        Some(row) => row.with_steps(load_steps(connection, id).await?).map(Some),
        None => Ok(None),
    }
}

pub(super) async fn load_steps(connection: &mut SqliteConnection, job: Uuid) -> Result<Vec<Step>, StoreError> {
    let query = sqlx::query_as("SELECT * FROM step WHERE job_id = ? ORDER BY position").bind(job);
    let rows: Vec<StepRow> = query.fetch_all(connection).await.map_err(failed)?;
    rows.into_iter().map(Step::try_from).collect()
}

/// The steps of all jobs of a list with one query, however many jobs there are.
async fn list_steps(connection: &mut SqliteConnection, list: &List) -> Result<HashMap<Uuid, Vec<Step>>, StoreError> {
    let mut query = QueryBuilder::new("SELECT * FROM step WHERE job_id IN (");
    push_jobs(&mut query, "id", list);
    query.push(") ORDER BY job_id, position");
    let rows: Vec<StepRow> = query.build_query_as().fetch_all(connection).await.map_err(failed)?;
    let mut steps: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for row in rows {
        steps.entry(row.job_id).or_default().push(row.try_into()?);
    }
    Ok(steps)
}

fn push_jobs(query: &mut QueryBuilder<Sqlite>, columns: &str, list: &List) {
    query.push("SELECT ").push(columns).push(" FROM job");
    match &list.correlation {
        None => (),
        Some(Correlation::Is(text)) => drop(query.push(" WHERE correlation_id = ").push_bind(text.clone())),
        Some(Correlation::IsNot(text)) => drop(query.push(" WHERE correlation_id <> ").push_bind(text.clone())),
    }
    query.push(" ORDER BY start_time, id");
    if let Some(max) = list.max {
        query.push(" LIMIT ").push_bind(i64::try_from(max).unwrap_or(i64::MAX));
    }
}
