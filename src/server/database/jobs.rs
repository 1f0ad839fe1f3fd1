//! Jobs and their steps: the engine's store. Saving is in [`saving`].

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    Database,
    connection::Connection,
    list_version,
    row::{JobRow, StepRow, milliseconds},
    saving,
    snapshot::{Snapshot, State},
    statement::Statement,
};
use crate::{
    domain::{JobId, Step, StepId},
    engine::{
        Correlation, JobRecord, KnownVersion, List, ListPosition, ListVersion, SaveError, Saved, Store, StoreError,
        Stored,
    },
};

impl Store for Database {
    async fn load(&self, id: JobId) -> Result<Option<Stored>, StoreError> {
        load(&mut self.read().await?.connection(), id.uuid()).await
    }

    async fn load_by_step(&self, id: StepId) -> Result<Option<Stored>, StoreError> {
        let mut transaction = self.read().await?;
        let mut connection = transaction.connection();
        let statement = Statement::new("SELECT job_id FROM step WHERE id = $1").bind(id.uuid());
        match connection.optional(statement).await? {
            Some((job,)) => load(&mut connection, job).await,
            None => Ok(None),
        }
    }

    async fn list(&self, list: &List) -> Result<Vec<JobRecord>, StoreError> {
        if let Some(snapshot) = &self.snapshot
            && let State::Held { transaction, .. } = &mut *snapshot.lock(self).await?
        {
            return list_jobs(transaction.connection(), list).await;
        }
        list_jobs(self.read().await?.connection(), list).await
    }

    async fn list_version(&self) -> Result<ListVersion, StoreError> {
        list_version::read(self).await
    }

    async fn save(&self, record: &JobRecord, replaces: Option<u64>) -> Result<Saved, SaveError> {
        let mut transaction = self.write().await.map_err(SaveError::Store)?;
        let saved = saving::save(&mut transaction.connection(), record, replaces).await?;
        transaction.commit().await.map_err(SaveError::Store)?;
        Ok(saved)
    }

    fn paging_handle(&self) -> Option<Self> {
        Some(Self { snapshot: Some(Snapshot::default()), ..self.clone() })
    }

    /// Deletes in the order of ids, so that concurrent deletions cannot deadlock.
    async fn delete(&self, jobs: &[KnownVersion]) -> Result<usize, StoreError> {
        let mut jobs = jobs.to_vec();
        jobs.sort_unstable();
        let mut transaction = self.write().await?;
        let mut deleted = 0;
        for KnownVersion { id, version } in jobs {
            let statement = Statement::new("DELETE FROM job WHERE id = $1 AND version = $2");
            let statement = statement.bind(id.uuid()).bind(version.cast_signed());
            deleted += transaction.connection().execute(statement).await?;
        }
        transaction.commit().await?;
        Ok(usize::try_from(deleted).unwrap_or(usize::MAX))
    }
}

async fn load(connection: &mut Connection<'_>, id: Uuid) -> Result<Option<Stored>, StoreError> {
    let row: Option<JobRow> = connection.optional(Statement::new("SELECT * FROM job WHERE id = $1").bind(id)).await?;
    match row {
        Some(row) => row.with_steps(load_steps(connection, id).await?).map(Some),
        None => Ok(None),
    }
}

pub(super) async fn load_steps(connection: &mut Connection<'_>, job: Uuid) -> Result<Vec<Step>, StoreError> {
    let statement = Statement::new("SELECT * FROM step WHERE job_id = $1 ORDER BY position").bind(job);
    let rows: Vec<StepRow> = connection.all(statement).await?;
    rows.into_iter().map(Step::try_from).collect()
}

async fn list_jobs(mut connection: Connection<'_>, list: &List) -> Result<Vec<JobRecord>, StoreError> {
    let jobs: Vec<JobRow> = connection.all(then_jobs(Statement::new("SELECT * FROM job"), list)).await?;
    let mut steps = if list.with_steps { list_steps(&mut connection, list).await? } else { HashMap::new() };
    let record = |row: JobRow| {
        let steps = steps.remove(&row.id).unwrap_or_default();
        row.with_steps(steps).map(|stored| stored.record)
    };
    jobs.into_iter().map(record).collect()
}

/// The steps of all jobs of a list, with one query.
async fn list_steps(connection: &mut Connection<'_>, list: &List) -> Result<HashMap<Uuid, Vec<Step>>, StoreError> {
    let jobs = then_jobs(Statement::new("SELECT * FROM step WHERE job_id IN (SELECT id FROM job"), list);
    let rows: Vec<StepRow> = connection.all(jobs.then(") ORDER BY job_id, position")).await?;
    let mut steps: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for row in rows {
        steps.entry(row.job_id).or_default().push(row.try_into()?);
    }
    Ok(steps)
}

/// Adds conditions, order and limit of the list to a statement.
fn then_jobs(statement: Statement, list: &List) -> Statement {
    let conditions = statement.then(if list.auto_cleared { " WHERE auto_cleared" } else { " WHERE true" });
    let found = match &list.correlation {
        None => conditions,
        Some(Correlation::Is(text)) => conditions.then(" AND correlation_id = ").then_value(text.as_str()),
        Some(Correlation::IsNot(text)) => conditions.then(" AND correlation_id <> ").then_value(text.as_str()),
    };
    let found = match list.after {
        None => found,
        Some(ListPosition { start_time: None, id }) => {
            found.then(" AND (start_time IS NOT NULL OR id > ").then_value(id.uuid()).then(")")
        }
        Some(ListPosition { start_time, id }) => {
            let found = found.then(" AND (start_time, id) > (").then_value(milliseconds(start_time));
            found.then(", ").then_value(id.uuid()).then(")")
        }
    };
    let ordered = found.then(" ORDER BY start_time NULLS FIRST, id");
    match list.max {
        Some(max) => ordered.then(" LIMIT ").then_value(i64::try_from(max).unwrap_or(i64::MAX)),
        None => ordered,
    }
}
