//! What the engine cannot know by itself, handed in by whoever runs it.

use std::{future::Future, sync::Arc};

use uuid::Uuid;

use super::{StoreError, User};
use crate::domain::{Time, UserId};

/// Clock, ids and the directory of users.
pub trait Environment: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Time;

    /// An id that nothing has yet.
    fn new_uuid(&self) -> Uuid;

    /// The user of that id, or `None`.
    fn user(&self, id: UserId) -> impl Future<Output = Result<Option<User>, StoreError>> + Send;
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
}
