//! The engine's environment: clock, ids, users and roles.

use std::collections::HashSet;

use chrono::{SubsecRound, Utc};
use uuid::Uuid;

use super::database::Database;
use crate::{
    domain::{Time, UserId},
    engine::{Environment, Role, StoreError, User, scenario},
};

/// The real clock, random ids, and the users in the database.
#[derive(Debug, Clone)]
pub struct ServerEnvironment {
    database: Database,
}

impl ServerEnvironment {
    /// The environment of a server over that database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

impl Environment for ServerEnvironment {
    /// In whole milliseconds, as the database stores it.
    fn now(&self) -> Time {
        Utc::now().trunc_subsecs(3)
    }

    fn new_uuid(&self) -> Uuid {
        Uuid::new_v4()
    }

    /// The owners of sample jobs exist too, although nobody can log in as one of them.
    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        if let Some(account) = self.database.account(id).await? {
            return Ok(Some(account.caller.user));
        }
        let sample = scenario::users().into_iter().find(|user| user.id == id);
        match self.database.sample_world().await? {
            Some(_) => Ok(sample),
            None => Ok(None),
        }
    }

    /// Each name once: an account replaces the sample user with the same name.
    async fn users(&self) -> Result<Vec<User>, StoreError> {
        let mut users: Vec<User> =
            self.database.accounts().await?.into_iter().map(|account| account.caller.user).collect();
        if self.database.sample_world().await?.is_some() {
            let known: HashSet<String> = users.iter().map(|user| user.user_name.clone()).collect();
            users.extend(scenario::users().into_iter().filter(|user| !known.contains(&user.user_name)));
            users.sort_by(|a, b| a.user_name.cmp(&b.user_name));
        }
        Ok(users)
    }

    async fn roles(&self) -> Result<Vec<Role>, StoreError> {
        self.database.roles().await
    }

    async fn roles_of(&self, id: UserId) -> Result<Vec<Role>, StoreError> {
        self.database.roles_of(id).await
    }

    fn warn(&self, text: &str) {
        tracing::warn!("{text}");
    }

    fn failed(&self, StoreError { kind, text }: &StoreError) {
        tracing::error!(?kind, %text, "a request failed");
    }
}
