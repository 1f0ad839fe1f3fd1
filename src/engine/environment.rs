//! What the engine cannot know by itself, handed in by whoever runs it.

use std::{future::Future, sync::Arc};

use uuid::Uuid;

use super::{Role, StoreError, User};
use crate::domain::{Time, UserId};

/// Clock, ids and the directory of users and roles.
pub trait Environment: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Time;

    /// An id that nothing has yet.
    fn new_uuid(&self) -> Uuid;

    /// The user of that id, or `None`.
    fn user(&self, id: UserId) -> impl Future<Output = Result<Option<User>, StoreError>> + Send;

    /// All users, by name.
    fn users(&self) -> impl Future<Output = Result<Vec<User>, StoreError>> + Send;

    /// All roles, by name.
    fn roles(&self) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send;

    /// The roles of a user, by name; none for a user who is not there.
    fn roles_of(&self, id: UserId) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send;

    /// Tells the log, where there is one, of something odd that is no failure.
    fn warn(&self, text: &str) {
        let _ = text;
    }

    /// Tells the log, where there is one, why a request failed: its answer does not.
    fn failed(&self, error: &StoreError) {
        let _ = error;
    }
}

/// Surroundings that several hold.
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
