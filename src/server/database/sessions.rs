//! Log-in sessions. All processes share them, and they survive a restart.

use std::time::Duration;

use super::{Account, Database, accounts::SELECT, cookies::milliseconds, statement::Statement};
use crate::{domain::Time, engine::StoreError};

/// A session that expires later than a new one would, by more than this, was opened before the clock was set back. It would last
/// until the clock has caught up, perhaps for years, so it is not valid. A smaller change of the clock ends no session.
pub(super) const CLOCK_CHANGE: Duration = Duration::from_secs(24 * 60 * 60);

impl Database {
    /// The user of a token, if it has not expired and the password has not changed since. `lifetime` is that of a new token.
    pub async fn account_of_session(
        &self,
        token_hash: &[u8],
        now: Time,
        lifetime: Duration,
    ) -> Result<Option<Account>, StoreError> {
        let now = now.timestamp_millis();
        let statement = Statement::new(SELECT)
            .then(" WHERE (id, password_version) = (SELECT user_id, password_version FROM session WHERE token_hash = ")
            .then_value(token_hash)
            .then(" AND expires > ")
            .then_value(now)
            .then(" AND expires <= ")
            .then_value(now.saturating_add(milliseconds(lifetime.saturating_add(CLOCK_CHANGE))))
            .then(")");
        let row = self.optional(statement).await?;
        self.with_roles_if_there(row).await
    }

    /// Stores a session. It ends when it expires or when the password changes.
    pub async fn open_session(
        &self,
        token_hash: &[u8],
        account: &Account,
        now: Time,
        expires: Time,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        let expired = Statement::new("DELETE FROM session WHERE expires <= $1").bind(now.timestamp_millis());
        connection.execute(expired).await?;
        let statement = Statement::new(
            "INSERT INTO session (token_hash, user_id, password_version, expires) \
             SELECT $1, id, $2, $3 FROM \"user\" WHERE id = $4",
        );
        let statement = statement.bind(token_hash).bind(account.password_version).bind(expires.timestamp_millis());
        connection.execute(statement.bind(account.caller.user.id.uuid())).await?;
        transaction.commit().await
    }

    /// Ends a session.
    pub async fn end_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        self.execute(Statement::new("DELETE FROM session WHERE token_hash = $1").bind(token_hash)).await.map(drop)
    }
}
