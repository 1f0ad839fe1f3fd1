//! The version of the list of jobs. Triggers of the database change it with each change of a job or step, in the same
//! transaction, whoever makes the change; see migration 9.

use uuid::Uuid;
use xxhash_rust::xxh3::xxh3_128;

use super::{Database, statement::Statement};
use crate::engine::{ListVersion, StoreError};

/// All parts of the version together, as one statement and so one state of the database shows them.
pub(super) async fn read(database: &Database) -> Result<ListVersion, StoreError> {
    let parts: Vec<(Uuid,)> = database.all(Statement::new("SELECT token FROM list_version ORDER BY slot")).await?;
    if parts.is_empty() {
        // No trigger could change it any more.
        return Err(StoreError::broken("the table list_version is empty"));
    }
    let parts: Vec<u8> = parts.into_iter().flat_map(|(token,)| token.into_bytes()).collect();
    Ok(ListVersion(xxh3_128(&parts)))
}
