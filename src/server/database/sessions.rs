//! Log-in sessions. All processes share them, and they survive a restart.

use super::{Account, Database, statement::Statement};
use crate::{domain::Time, engine::StoreError};

impl Database {
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
