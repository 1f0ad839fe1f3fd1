//! Users, their roles and their passwords' hashes.

use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::{Database, failed};
use crate::{
    domain::UserId,
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
     (SELECT group_concat(role) FROM user_role WHERE user_id = user.id) AS roles FROM user";

impl Database {
    /// All users, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let query = sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY name")));
        let rows: Vec<AccountRow> = query.fetch_all(&self.reader).await.map_err(failed)?;
        rows.into_iter().map(Account::try_from).collect()
    }

    /// The user of that id.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>, StoreError> {
        let query = sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} WHERE id = ?"))).bind(id.uuid());
        let row: Option<AccountRow> = query.fetch_optional(&self.reader).await.map_err(failed)?;
        row.map(Account::try_from).transpose()
    }

    /// The user of that name, exactly.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let query = sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} WHERE name = ?"))).bind(name.to_owned());
        let row: Option<AccountRow> = query.fetch_optional(&self.reader).await.map_err(failed)?;
        row.map(Account::try_from).transpose()
    }

    /// Adds a user with their roles.
    pub async fn add_account(&self, caller: &Caller, password_hash: &str) -> Result<Result<(), NameTaken>, StoreError> {
        let mut transaction = self.write().await?;
        if !insert(&mut transaction, caller, password_hash).await.map_err(failed)? {
            return Ok(Err(NameTaken));
        }
        transaction.commit().await.map_err(failed)?;
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
        let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM user)");
        if query.fetch_one(&mut *transaction).await.map_err(failed)? {
            return Ok(());
        }
        insert(&mut transaction, caller, password_hash).await.map_err(failed)?;
        prepare()?;
        transaction.commit().await.map_err(failed)
    }

    /// Removes a user, and says whether there was one.
    pub async fn remove_account(&self, name: &str) -> Result<bool, StoreError> {
        let query = sqlx::query("DELETE FROM user WHERE name = ?").bind(name.to_owned());
        Ok(query.execute(&self.writer).await.map_err(failed)?.rows_affected() == 1)
    }

    /// Gives a user another password, and says whether there is such a user.
    pub async fn set_password(&self, name: &str, password_hash: &str) -> Result<bool, StoreError> {
        let query =
            sqlx::query("UPDATE user SET password_hash = ?, password_version = password_version + 1 WHERE name = ?");
        let query = query.bind(password_hash.to_owned()).bind(name.to_owned());
        Ok(query.execute(&self.writer).await.map_err(failed)?.rows_affected() == 1)
    }
}

/// Whether the name was free.
async fn insert(connection: &mut SqliteConnection, caller: &Caller, password_hash: &str) -> sqlx::Result<bool> {
    let query = sqlx::query(
        "INSERT INTO user (id, name, password_hash, password_version) VALUES (?, ?, ?, 1) ON CONFLICT (name) DO NOTHING",
    );
    let id = caller.user.id.uuid();
    let query = query.bind(id).bind(caller.user.user_name.clone()).bind(password_hash.to_owned());
    if query.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    for role in &caller.roles {
        let query = sqlx::query("INSERT OR IGNORE INTO user_role (user_id, role) VALUES (?, ?)");
        query.bind(id).bind(role.name()).execute(&mut *connection).await?;
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
