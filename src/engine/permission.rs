//! Who may do what: users, their roles, and the action groups of roles.
//!
//! Roles are data: four are predefined ([`PredefinedRole`]), others are made from action groups. A role is granted for the
//! whole system; an oVirt engine can also grant it for single objects.

mod action_group;
mod role;

use serde::{Deserialize, Serialize};

pub use action_group::ActionGroup;
pub use role::{PredefinedRole, Role, RoleError, RoleType};

use crate::domain::UserId;

/// A user (`User` of the API model).
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

/// The authenticated user of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub user: User,
    /// The user's roles.
    pub roles: Vec<Role>,
}

impl Caller {
    /// Whether the caller may list and read everything: any ADMIN-type role allows it.
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(|role| role.role_type == RoleType::Admin)
    }

    /// Whether one of the caller's roles allows that.
    pub fn may(&self, group: ActionGroup) -> bool {
        self.roles.iter().any(|role| role.allows(group))
    }

    /// Whether the caller, admin or not, sees hosts and virtual machines.
    pub fn sees_inventory(&self) -> bool {
        self.roles.iter().any(|role| role.shows_what_is_below)
    }
}
