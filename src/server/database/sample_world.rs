//! What the sample world needs to go on after a restart.

use sqlx::Row;

use super::{Database, failed};
use crate::{domain::Time, engine::StoreError};

/// The world is a function of its seed, its start and the time now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleWorld {
    /// Which world.
    pub seed: u64,
    /// When it began.
    pub start: Time,
}

impl Database {
    /// The world that this database was filled with, if it was.
    pub async fn sample_world(&self) -> Result<Option<SampleWorld>, StoreError> {
        let query = sqlx::query("SELECT seed, start_time FROM sample_world");
        let Some(row) = query.fetch_optional(&self.reader).await.map_err(failed)? else { return Ok(None) };
        let seed: i64 = row.try_get(0).map_err(failed)?;
        let start = Time::from_timestamp_millis(row.try_get(1).map_err(failed)?);
        Ok(start.map(|start| SampleWorld { seed: seed.cast_unsigned(), start }))
    }

    /// Gives the database a world, if it has neither jobs nor a world; says whether it did.
    pub async fn begin_sample_world(&self, world: SampleWorld) -> Result<bool, StoreError> {
        let query = sqlx::query(
            "INSERT INTO sample_world (seed, start_time) SELECT ?, ? \
             WHERE NOT EXISTS (SELECT 1 FROM job) AND NOT EXISTS (SELECT 1 FROM sample_world)",
        );
        let query = query.bind(world.seed.cast_signed()).bind(world.start.timestamp_millis());
        Ok(query.execute(&self.writer).await.map_err(failed)?.rows_affected() == 1)
    }
}
