//! Users with their roles and password hashes.

use sqlx::FromRow;
use uuid::Uuid;

use super::{Database, connection::Connection, roles, statement::Statement};
use crate::{
    domain::UserId,
    engine::{Caller, StoreError, User},
};

/// A user with what is needed for log-in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The user with their roles.
    pub caller: Caller,
    /// Argon2id, in the PHC string format.
    pub password_hash: String,
    /// Goes up with each change of the password.
    pub password_version: i64,
}

/// There is a user with that name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameTaken;

pub(super) const SELECT: &str = "SELECT id, name, password_hash, password_version FROM \"user\"";

impl Database {
    /// All users, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = self.all(Statement::new(SELECT).then(" ORDER BY name")).await?;
        let mut accounts = Vec::with_capacity(rows.len());
        for row in rows {
            accounts.push(self.with_roles(row).await?);
        }
        Ok(accounts)
    }

    /// The user with that id.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> =
            self.optional(Statement::new(SELECT).then(" WHERE id = ").then_value(id.uuid())).await?;
        self.with_roles_if_there(row).await
    }

    /// The user with exactly that name.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, StoreError> {
        // PostgreSQL fails for text with NUL, instead of finding nothing.
        if name.contains('\0') {
            return Ok(None);
        }
        let row: Option<AccountRow> =
            self.optional(Statement::new(SELECT).then(" WHERE name = ").then_value(name)).await?;
        self.with_roles_if_there(row).await
    }

    pub(super) async fn with_roles_if_there(&self, row: Option<AccountRow>) -> Result<Option<Account>, StoreError> {
        match row {
            Some(row) => self.with_roles(row).await.map(Some),
            None => Ok(None),
        }
    }

    /// A user who is removed between the two statements has no roles, and so no permissions.
    async fn with_roles(&self, row: AccountRow) -> Result<Account, StoreError> {
        let user = User { id: UserId::new(row.id), user_name: row.name };
        let roles = self.roles_of(user.id).await?;
        let (password_hash, password_version) = (row.password_hash, row.password_version);
        Ok(Account { caller: Caller { user, roles }, password_hash, password_version })
    }

    /// Adds a user with their roles.
    pub async fn add_account(&self, caller: &Caller, password_hash: &str) -> Result<Result<(), NameTaken>, StoreError> {
        let mut transaction = self.write().await?;
        if !insert(&mut transaction.connection(), caller, password_hash).await? {
            return Ok(Err(NameTaken));
        }
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Adds a user if there is none. `prepare` runs only in that case, before the user can be seen.
    pub async fn add_first_account(
        &self,
        caller: &Caller,
        password_hash: &str,
        prepare: impl FnOnce() -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        let anyone = Statement::new("SELECT id FROM \"user\" LIMIT 1");
        if connection.optional::<(Uuid,)>(anyone).await?.is_some() {
            return Ok(());
        }
        // If another process adds the same user now, its password is used.
        if !insert(&mut connection, caller, password_hash).await? {
            return Ok(());
        }
        prepare()?;
        transaction.commit().await
    }

    /// Removes a user, and returns whether there was one.
    pub async fn remove_account(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.execute(Statement::new("DELETE FROM \"user\" WHERE name = $1").bind(name)).await? == 1)
    }

    /// Changes a password, and returns whether there is such a user.
    pub async fn set_password(&self, name: &str, password_hash: &str) -> Result<bool, StoreError> {
        let statement = Statement::new(
            "UPDATE \"user\" SET password_hash = $1, password_version = password_version + 1 WHERE name = $2",
        );
        Ok(self.execute(statement.bind(password_hash).bind(name)).await? == 1)
    }
}

/// Adds a user, and returns whether name and id were free.
async fn insert(connection: &mut Connection<'_>, caller: &Caller, password_hash: &str) -> Result<bool, StoreError> {
    let id = caller.user.id.uuid();
    let statement = Statement::new(
        "INSERT INTO \"user\" (id, name, password_hash, password_version) VALUES ($1, $2, $3, 1) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(id).bind(caller.user.user_name.as_str()).bind(password_hash);
    if connection.execute(statement).await? == 0 {
        return Ok(false);
    }
    for role in &caller.roles {
        roles::grant(connection, caller.user.id, role.id).await?;
    }
    Ok(true)
}

#[derive(FromRow)]
pub(super) struct AccountRow {
    id: Uuid,
    name: String,
    password_hash: String,
    password_version: i64,
}
