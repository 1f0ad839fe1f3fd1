//! What the engine asks of the server: the clock, ids, and who a user is.

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
    /// To the millisecond, so that what is answered and what is read back later are the same.
    fn now(&self) -> Time {
        Utc::now().trunc_subsecs(3)
    }

    fn new_uuid(&self) -> Uuid {
        Uuid::new_v4()
    }

    /// The owners of a sample world's jobs have names, although nobody can log in as one of them.
    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        if let Some(account) = self.database.account(id).await? {
            return Ok(Some(account.caller.user));
        }
        let invented = scenario::users().into_iter().find(|user| user.id == id);
        match self.database.sample_world().await? {
            Some(_) => Ok(invented),
            None => Ok(None),
        }
    }

    /// Each name once: an account of that name stands for the owner of the sample world's jobs.
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

    fn failed(&self, StoreError(text): &StoreError) {
        tracing::error!(%text, "a request failed in the database");
    }
}
