//! What the engine gets from its host: clock, ids, users and roles.

use std::{future::Future, sync::Arc};

use uuid::Uuid;

use super::{Role, StoreError, User};
use crate::domain::{Time, UserId};

/// The clock, new ids, and the directory of users and roles.
pub trait Environment: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Time;

    /// A new id.
    fn new_uuid(&self) -> Uuid;

    /// The user with that id, or `None`.
    fn user(&self, id: UserId) -> impl Future<Output = Result<Option<User>, StoreError>> + Send;

    /// All users, by name.
    fn users(&self) -> impl Future<Output = Result<Vec<User>, StoreError>> + Send;

    /// All roles, by name.
    fn roles(&self) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send;

    /// The roles of a user, by name; none for an unknown user.
    fn roles_of(&self, id: UserId) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send;

    /// Logs a warning, if there is a log.
    fn warn(&self, text: &str) {
        let _ = text;
    }

    /// Logs why a request failed, if there is a log; the response does not tell.
    fn failed(&self, error: &StoreError) {
        let _ = error;
    }
}

/// A shared environment.
impl<T: Environment> Environment for Arc<T> {
    fn now(&self) -> Time {
        T::now(self)
    }

    fn new_uuid(&self) -> Uuid {
        T::new_uuid(self)
    }

    fn user(&self, id: UserId) -> impl Future<Output = Result<Option<User>, StoreError>> + Send {
        T::user(self, id)
    }

    fn users(&self) -> impl Future<Output = Result<Vec<User>, StoreError>> + Send {
        T::users(self)
    }

    fn roles(&self) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send {
        T::roles(self)
    }

    fn roles_of(&self, id: UserId) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send {
        T::roles_of(self, id)
    }

    fn warn(&self, text: &str) {
        T::warn(self, text);
    }

    fn failed(&self, error: &StoreError) {
        T::failed(self, error);
    }
}
