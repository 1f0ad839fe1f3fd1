//! What the sample world needs to go on after a restart.

use super::{Database, statement::Statement};
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
        let row: Option<(i64, i64)> =
            self.optional(Statement::new("SELECT seed, start_time FROM sample_world")).await?;
        let Some((seed, start)) = row else { return Ok(None) };
        let start = Time::from_timestamp_millis(start);
        Ok(start.map(|start| SampleWorld { seed: seed.cast_unsigned(), start }))
    }

    /// Gives the database a world, if it has neither jobs nor a world; says whether it did.
    pub async fn begin_sample_world(&self, world: SampleWorld) -> Result<bool, StoreError> {
        let statement = Statement::new(
            "INSERT INTO sample_world (seed, start_time) SELECT $1, $2 \
             WHERE NOT EXISTS (SELECT 1 FROM job) AND NOT EXISTS (SELECT 1 FROM sample_world) ON CONFLICT DO NOTHING",
        );
        let statement = statement.bind(world.seed.cast_signed()).bind(world.start.timestamp_millis());
        Ok(self.execute(statement).await? == 1)
    }
}
