//! Answers that are kept for requests with an `Idempotency-Key`. All processes share them, and they survive a restart.

use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::{Database, connection::Connection, events, saving, statement::Statement};
use crate::{
    domain::Time,
    engine::{
        Along, AnswerStore, Earlier, JobRecord, Keep, KeptAnswer, KeyedRequest, SaveError, SavedOnce, StoreError,
    },
};

impl AnswerStore for Database {
    async fn earlier(&self, request: &KeyedRequest, now: Time) -> Result<Earlier, StoreError> {
        let statement = Statement::new(
            "SELECT asked, status, content_type, location, body FROM answer \
             WHERE user_id = $1 AND idempotency_key = $2 AND expires > $3",
        );
        let statement = statement.bind(request.user.uuid()).bind(request.key.as_str()).bind(now.timestamp_millis());
        let row: Option<AnswerRow> = self.optional(statement).await?;
        Ok(match row {
            None => Earlier::Nothing,
            Some(row) if row.asked == hash(request) => Earlier::Answered(row.answer()?),
            Some(_) => Earlier::AnotherRequest,
        })
    }

    async fn save_along(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        along: &Along,
    ) -> Result<SavedOnce, SaveError> {
        let mut transaction = self.write().await.map_err(SaveError::Store)?;
        let mut connection = transaction.connection();
        let saved = saving::save(&mut connection, record, replaces).await?;
        if let Some(keep) = &along.keep
            && !insert(&mut connection, keep).await.map_err(SaveError::Store)?
        {
            // The job is rolled back.
            return Ok(SavedOnce::Repeated);
        }
        events::log(&mut connection, &along.events).await.map_err(SaveError::Store)?;
        transaction.commit().await.map_err(SaveError::Store)?;
        Ok(SavedOnce::Saved(saved))
    }
}

impl Database {
    /// Removes answers that are no longer kept, and returns how many.
    pub async fn forget_answers(&self, now: Time) -> Result<u64, StoreError> {
        self.execute(Statement::new("DELETE FROM answer WHERE expires <= $1").bind(now.timestamp_millis())).await
    }
}

/// Adds an answer, and returns whether the key was free. PostgreSQL waits for a transaction that adds the same key.
async fn insert(connection: &mut Connection<'_>, keep: &Keep) -> Result<bool, StoreError> {
    let Keep { request, answer, now } = keep;
    let (user, key) = (request.user.uuid(), request.key.as_str());
    let expired = Statement::new("DELETE FROM answer WHERE user_id = $1 AND idempotency_key = $2 AND expires <= $3");
    connection.execute(expired.bind(user).bind(key).bind(now.timestamp_millis())).await?;
    let statement = Statement::new(
        "INSERT INTO answer (user_id, idempotency_key, asked, status, content_type, location, body, expires) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(user).bind(key).bind(hash(request).as_slice()).bind(i64::from(answer.status));
    let statement = statement.bind(answer.content_type.as_str()).bind(answer.location.as_deref());
    let statement = statement.bind(answer.body.as_slice()).bind(keep.until().timestamp_millis());
    Ok(connection.execute(statement).await? == 1)
}

/// Only a hash of what was asked is stored: it is compared, never read.
fn hash(request: &KeyedRequest) -> [u8; 32] {
    Sha256::digest(&request.asked).into()
}

#[derive(FromRow)]
struct AnswerRow {
    asked: Vec<u8>,
    status: i64,
    content_type: String,
    location: Option<String>,
    body: Vec<u8>,
}

impl AnswerRow {
    fn answer(self) -> Result<KeptAnswer, StoreError> {
        let Self { status, content_type, location, body, .. } = self;
        let status = u16::try_from(status).map_err(|_| StoreError::broken(format!("{status} is not a status code")))?;
        Ok(KeptAnswer { status, content_type, location, body })
    }
}
