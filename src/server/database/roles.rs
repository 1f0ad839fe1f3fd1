//! Roles, their action groups, and the users who have them.

use sqlx::FromRow;
use uuid::Uuid;

use super::{Database, connection::Connection, statement::Statement};
use crate::{
    domain::{RoleId, UserId},
    engine::{ActionGroup, Role, RoleType, StoreError},
};

/// There is a role with that name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleNameTaken;

/// The result of removing a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleRemoval {
    /// It was removed.
    Removed,
    /// There is no such role.
    Missing,
    /// It is predefined.
    Predefined,
    /// A user has it.
    InUse,
}

const SELECT: &str = "SELECT id, name, description, role_type, predefined, shows_what_is_below, \
     (SELECT string_agg(CAST(action_group AS TEXT), ',') FROM role_action_group WHERE role_id = role.id) AS action_groups \
     FROM role";

impl Database {
    /// All roles, by name.
    pub async fn roles(&self) -> Result<Vec<Role>, StoreError> {
        let rows: Vec<RoleRow> = self.all(Statement::new(SELECT).then(" ORDER BY name")).await?;
        rows.into_iter().map(Role::try_from).collect()
    }

    /// The role with exactly that name.
    pub async fn role_named(&self, name: &str) -> Result<Option<Role>, StoreError> {
        let row: Option<RoleRow> =
            self.optional(Statement::new(SELECT).then(" WHERE name = ").then_value(name)).await?;
        row.map(Role::try_from).transpose()
    }

    /// Adds a custom role.
    pub async fn add_role(&self, role: &Role) -> Result<Result<(), RoleNameTaken>, StoreError> {
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        let statement = Statement::new(
            "INSERT INTO role (id, name, description, role_type, predefined, shows_what_is_below) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        );
        let id = role.id.uuid();
        let statement = statement.bind(id).bind(role.name.as_str()).bind(role.description.as_str());
        let statement = statement.bind(role.role_type.as_str()).bind(role.predefined).bind(role.shows_what_is_below);
        if connection.execute(statement).await? == 0 {
            return Ok(Err(RoleNameTaken));
        }
        for group in &role.action_groups {
            let statement = Statement::new("INSERT INTO role_action_group (role_id, action_group) VALUES ($1, $2)");
            connection.execute(statement.bind(id).bind(i64::from(group.number()))).await?;
        }
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Removes a role that no user has.
    pub async fn remove_role(&self, name: &str) -> Result<RoleRemoval, StoreError> {
        let Some(role) = self.role_named(name).await? else { return Ok(RoleRemoval::Missing) };
        if role.predefined {
            return Ok(RoleRemoval::Predefined);
        }
        let statement = Statement::new(
            "DELETE FROM role WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM user_role WHERE role_id = role.id)",
        );
        let removed = self.execute(statement.bind(role.id.uuid())).await? == 1;
        Ok(if removed { RoleRemoval::Removed } else { RoleRemoval::InUse })
    }

    /// Grants a role, and returns whether the user did not have it yet.
    pub async fn grant(&self, user: UserId, role: RoleId) -> Result<bool, StoreError> {
        Ok(self.execute(grant_statement(user, role)).await? == 1)
    }

    /// Revokes a role, and returns whether the user had it.
    pub async fn revoke(&self, user: UserId, role: RoleId) -> Result<bool, StoreError> {
        let statement = Statement::new("DELETE FROM user_role WHERE user_id = $1 AND role_id = $2");
        Ok(self.execute(statement.bind(user.uuid()).bind(role.uuid())).await? == 1)
    }

    /// The roles of a user, by name.
    pub async fn roles_of(&self, user: UserId) -> Result<Vec<Role>, StoreError> {
        let statement = Statement::new(SELECT)
            .then(" JOIN user_role ON user_role.role_id = role.id WHERE user_id = ")
            .then_value(user.uuid())
            .then(" ORDER BY name");
        let rows: Vec<RoleRow> = self.all(statement).await?;
        rows.into_iter().map(Role::try_from).collect()
    }
}

/// Grants a role, in a transaction of the caller.
pub(super) async fn grant(connection: &mut Connection<'_>, user: UserId, role: RoleId) -> Result<(), StoreError> {
    connection.execute(grant_statement(user, role)).await.map(drop)
}

fn grant_statement(user: UserId, role: RoleId) -> Statement {
    let statement = Statement::new("INSERT INTO user_role (user_id, role_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    statement.bind(user.uuid()).bind(role.uuid())
}

#[derive(FromRow)]
struct RoleRow {
    id: Uuid,
    name: String,
    description: String,
    role_type: String,
    predefined: bool,
    shows_what_is_below: bool,
    action_groups: Option<String>,
}

impl TryFrom<RoleRow> for Role {
    type Error = StoreError;

    fn try_from(row: RoleRow) -> Result<Self, StoreError> {
        let invalid = |what: &str| StoreError::broken(format!("role {:?} has {what} in the database", row.name));
        let role_type = RoleType::of_word(&row.role_type).ok_or_else(|| invalid("an unknown type"))?;
        let numbers = row.action_groups.as_deref().unwrap_or_default().split(',').filter(|text| !text.is_empty());
        let group = |text: &str| {
            text.parse().ok().and_then(ActionGroup::numbered).ok_or_else(|| invalid("an unknown action group"))
        };
        let mut action_groups: Vec<ActionGroup> = numbers.map(group).collect::<Result<_, _>>()?;
        action_groups.sort_by_key(|group| group.number());
        Ok(Self {
            id: RoleId::new(row.id),
            name: row.name,
            description: row.description,
            role_type,
            predefined: row.predefined,
            shows_what_is_below: row.shows_what_is_below,
            action_groups,
        })
    }
}
