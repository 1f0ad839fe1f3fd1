//! The engine's environment in a browser: the clock, random ids, and the users of the sample world.

use uuid::Uuid;
use web_sys::js_sys::Date;

use crate::{
    domain::{Time, UserId},
    engine::{Environment, PredefinedRole, Role, StoreError, User, scenario},
};

/// The browser's clock and its random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DemoEnvironment;

impl Environment for DemoEnvironment {
    fn now(&self) -> Time {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
        Time::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
    }

    fn new_uuid(&self) -> Uuid {
        Uuid::new_v4()
    }

    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        Ok(scenario::users().into_iter().find(|user| user.id == id))
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        Ok(scenario::users())
    }

    async fn roles(&self) -> Result<Vec<Role>, StoreError> {
        let mut roles = PredefinedRole::ALL.map(PredefinedRole::role).to_vec();
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(roles)
    }

    /// Only the admin can log in here.
    async fn roles_of(&self, id: UserId) -> Result<Vec<Role>, StoreError> {
        let caller = super::session::caller(super::Fault::None);
        Ok(if caller.user.id == id { caller.roles } else { Vec::new() })
    }
}
