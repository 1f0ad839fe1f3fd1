//! Who may do what: users, their roles, and the action groups that roles are made of.
//!
//! Roles are data: four come with the engine ([`PredefinedRole`]), others are made from action groups. A role is given to a
//! user for the whole system; that an oVirt engine can also give it for single objects plays no part here.

mod action_group;
mod role;

use serde::{Deserialize, Serialize};

pub use action_group::ActionGroup;
pub use role::{PredefinedRole, Role, RoleError, RoleType};

use crate::domain::UserId;

/// A user as the directory knows it (`User` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// `login@profile`, as in `admin@internal`.
    pub user_name: String,
}

impl User {
    /// The part before the last `@`.
    pub fn principal(&self) -> &str {
        self.user_name.rsplit_once('@').map_or(self.user_name.as_str(), |(login, _)| login)
    }

    /// The part after the last `@`.
    pub fn domain(&self) -> &str {
        self.user_name.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Who asks. The door (server or demo) has made sure of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub user: User,
    /// The user's roles.
    pub roles: Vec<Role>,
}

impl Caller {
    /// Whether the caller may list and read everything: any role of ADMIN type will do.
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(|role| role.role_type == RoleType::Admin)
    }

    /// Whether one of the caller's roles allows that. For `INJECT_EXTERNAL_TASKS` that means anybody's external jobs:
    /// engines test no ownership.
    pub fn may(&self, group: ActionGroup) -> bool {
        self.roles.iter().any(|role| role.allows(group))
    }

    /// Whether the caller, admin or not, sees the virtual machines, hosts and disks.
    pub fn sees_inventory(&self) -> bool {
        self.roles.iter().any(|role| role.shows_what_is_below)
    }
}
