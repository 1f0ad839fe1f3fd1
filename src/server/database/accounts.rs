//! Users, their roles and their passwords' hashes.

use sqlx::FromRow;
use uuid::Uuid;

use super::{Database, connection::Connection, statement::Statement};
use crate::{
    domain::{Time, UserId},
    engine::{Caller, Role, StoreError, User},
};

/// A user, and what is needed to let them in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The user with their roles.
    pub caller: Caller,
    /// Argon2id, in the PHC string format.
    pub password_hash: String,
    /// Goes up with each change of the password.
    pub password_version: i64,
}

/// There is a user of that name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameTaken;

const SELECT: &str = "SELECT id, name, password_hash, password_version, \
     (SELECT string_agg(role, ',' ORDER BY role) FROM user_role WHERE user_id = \"user\".id) AS roles FROM \"user\"";

impl Database {
    /// All users, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = self.all(Statement::new(SELECT).then(" ORDER BY name")).await?;
        rows.into_iter().map(Account::try_from).collect()
    }

    /// The user of that id.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>, StoreError> {
        let row: Option<AccountRow> =
            self.optional(Statement::new(SELECT).then(" WHERE id = ").then_value(id.uuid())).await?;
        row.map(Account::try_from).transpose()
    }

    /// The user of that name, exactly.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, StoreError> {
        // PostgreSQL's texts have no NUL, and would fail instead of not finding any.
        if name.contains('\0') {
            return Ok(None);
        }
        let row: Option<AccountRow> =
            self.optional(Statement::new(SELECT).then(" WHERE name = ").then_value(name)).await?;
        row.map(Account::try_from).transpose()
    }

    /// The user whose token that is, while the log-in lasts and the password is still the one that opened it.
    pub async fn account_of_session(&self, token_hash: &[u8], now: Time) -> Result<Option<Account>, StoreError> {
        let statement = Statement::new(SELECT)
            .then(" WHERE (id, password_version) = (SELECT user_id, password_version FROM session WHERE token_hash = ")
            .then_value(token_hash)
            .then(" AND expires > ")
            .then_value(now.timestamp_millis())
            .then(")");
        let row: Option<AccountRow> = self.optional(statement).await?;
        row.map(Account::try_from).transpose()
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

    /// Adds a user if there is none at all. `prepare` runs when that is sure, and before anyone else can see the user.
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
        // Another process may do the same at this moment; then it is their password that counts.
        if !insert(&mut connection, caller, password_hash).await? {
            return Ok(());
        }
        prepare()?;
        transaction.commit().await
    }

    /// Removes a user, and says whether there was one.
    pub async fn remove_account(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.execute(Statement::new("DELETE FROM \"user\" WHERE name = $1").bind(name)).await? == 1)
    }

    /// Gives a user another password, and says whether there is such a user.
    pub async fn set_password(&self, name: &str, password_hash: &str) -> Result<bool, StoreError> {
        let statement = Statement::new(
            "UPDATE \"user\" SET password_hash = $1, password_version = password_version + 1 WHERE name = $2",
        );
        Ok(self.execute(statement.bind(password_hash).bind(name)).await? == 1)
    }
}

/// Whether name and id were free.
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
        let statement = Statement::new("INSERT INTO user_role (user_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        connection.execute(statement.bind(id).bind(role.name())).await?;
    }
    Ok(true)
}

#[derive(FromRow)]
struct AccountRow {
    id: Uuid,
    name: String,
    password_hash: String,
    password_version: i64,
    roles: Option<String>,
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let names = row.roles.as_deref().unwrap_or_default().split(',').filter(|name| !name.is_empty());
        let roles = names.map(role).collect::<Result<_, _>>()?;
        let user = User { id: UserId::new(row.id), user_name: row.name };
        Ok(Self {
            caller: Caller { user, roles },
            password_hash: row.password_hash,
            password_version: row.password_version,
        })
    }
}

fn role(name: &str) -> Result<Role, StoreError> {
    let known = Role::ALL.into_iter().find(|role| role.name() == name);
    known.ok_or_else(|| StoreError(format!("{name:?} is no role")))
}
