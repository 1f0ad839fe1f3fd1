//! The sample world's parameters, which it needs after a restart.

use super::{Database, statement::Statement};
use crate::{domain::Time, engine::StoreError};

/// The parameters of the sample world, which is a function of them and the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleWorld {
    /// The seed.
    pub seed: u64,
    /// The start.
    pub start: Time,
}

impl Database {
    /// The sample world of this database, if it has one.
    pub async fn sample_world(&self) -> Result<Option<SampleWorld>, StoreError> {
        let row: Option<(i64, i64)> =
            self.optional(Statement::new("SELECT seed, start_time FROM sample_world")).await?;
        let Some((seed, start)) = row else { return Ok(None) };
        let start = Time::from_timestamp_millis(start);
        Ok(start.map(|start| SampleWorld { seed: seed.cast_unsigned(), start }))
    }

    /// Stores a sample world if the database has neither jobs nor a world, and returns whether it did.
    pub async fn begin_sample_world(&self, world: SampleWorld) -> Result<bool, StoreError> {
        let statement = Statement::new(
            "INSERT INTO sample_world (seed, start_time) SELECT $1, $2 \
             WHERE NOT EXISTS (SELECT 1 FROM job) AND NOT EXISTS (SELECT 1 FROM sample_world) ON CONFLICT DO NOTHING",
        );
        let statement = statement.bind(world.seed.cast_signed()).bind(world.start.timestamp_millis());
        Ok(self.execute(statement).await? == 1)
    }
}
