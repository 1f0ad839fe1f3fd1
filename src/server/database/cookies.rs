//! Cookie sessions. All processes share them, and they survive a restart.

use std::time::Duration;

use sqlx::FromRow;
use tracing::warn;
use uuid::Uuid;

use super::{Account, Database, sessions::CLOCK_CHANGE, statement::Statement};
use crate::{
    domain::{Time, UserId},
    engine::StoreError,
};

/// Sessions last this much longer than they must, so that not every request has to write the new expiry.
const GRACE: Duration = Duration::from_secs(60);

impl Database {
    /// Stores a session. It ends when it is unused for `idle`, when the password changes, or when the log-in that opened it
    /// ends. A user has a thousand sessions at most; those that expire first are removed.
    pub async fn open_cookie(
        &self,
        secret_hash: &[u8],
        account: &Account,
        token_hash: Option<&[u8]>,
        now: Time,
        idle: Duration,
    ) -> Result<(), StoreError> {
        let user = account.caller.user.id.uuid();
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        let expired = Statement::new("DELETE FROM cookie WHERE expires <= $1").bind(now.timestamp_millis());
        connection.execute(expired).await?;
        let statement = Statement::new(
            "INSERT INTO cookie (secret_hash, user_id, password_version, token_hash, idle, expires) \
             SELECT $1, id, $2, $3, $4, $5 FROM \"user\" WHERE id = $6",
        );
        let statement = statement.bind(secret_hash).bind(account.password_version).bind(token_hash);
        let statement = statement.bind(milliseconds(idle)).bind(expiry(now, idle)).bind(user);
        connection.execute(statement).await?;
        let too_many = Statement::new(
            "DELETE FROM cookie WHERE secret_hash IN \
             (SELECT secret_hash FROM cookie WHERE user_id = $1 ORDER BY expires DESC LIMIT 1000 OFFSET 1000)",
        );
        connection.execute(too_many.bind(user)).await?;
        transaction.commit().await
    }

    /// The user of a session. This counts as a use of the session. `lifetime` is that of a new token.
    pub async fn account_of_cookie(
        &self,
        secret_hash: &[u8],
        now: Time,
        lifetime: Duration,
    ) -> Result<Option<Account>, StoreError> {
        let statement = Statement::new(
            "SELECT user_id, password_version, token_hash, idle, expires FROM cookie \
             WHERE secret_hash = $1 AND expires > $2 AND expires - idle <= $3",
        );
        let statement = statement.bind(secret_hash).bind(now.timestamp_millis()).bind(expiry(now, CLOCK_CHANGE));
        let row: Option<CookieRow> = self.optional(statement).await?;
        let Some(row) = row else { return Ok(None) };
        if row.expires < now.timestamp_millis().saturating_add(row.idle) {
            self.extend_cookie(secret_hash, now, &row).await;
        }
        if let Some(token_hash) = row.token_hash {
            return self.account_of_session(&token_hash, now, lifetime).await;
        }
        let account = self.account(UserId::new(row.user_id)).await?;
        Ok(account.filter(|account| account.password_version == row.password_version))
    }

    /// Stores the new expiry. If that fails, the request goes on: reading must work while nothing can be written, and the next
    /// request tries again.
    async fn extend_cookie(&self, secret_hash: &[u8], now: Time, row: &CookieRow) {
        let idle = Duration::from_millis(row.idle.try_into().unwrap_or(0));
        let again = Statement::new("UPDATE cookie SET expires = $1 WHERE secret_hash = $2");
        if let Err(StoreError { kind, text }) = self.execute(again.bind(expiry(now, idle)).bind(secret_hash)).await {
            warn!(?kind, %text, "cannot extend a session");
        }
    }

    /// Ends a session.
    pub async fn end_cookie(&self, secret_hash: &[u8]) -> Result<(), StoreError> {
        self.execute(Statement::new("DELETE FROM cookie WHERE secret_hash = $1").bind(secret_hash)).await.map(drop)
    }
}

fn expiry(now: Time, idle: Duration) -> i64 {
    now.timestamp_millis().saturating_add(milliseconds(idle + GRACE))
}

pub(super) fn milliseconds(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX)
}

#[derive(FromRow)]
struct CookieRow {
    user_id: Uuid,
    password_version: i64,
    token_hash: Option<Vec<u8>>,
    idle: i64,
    expires: i64,
}
