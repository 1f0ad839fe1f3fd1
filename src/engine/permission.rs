//! Who may do what: users, their predefined roles, and the one action group that this API asks for.

use serde::{Deserialize, Serialize};

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

/// The predefined roles (`00500_insert_roles.sql`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// May do everything.
    SuperUser,
    /// May add, end and clear external jobs; a USER-type role, so it does not let anyone list them.
    ExternalTasksCreator,
    /// Sees everything, changes nothing.
    ReadOnlyAdmin,
    /// Sees its own.
    UserRole,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SuperUser, Self::ExternalTasksCreator, Self::ReadOnlyAdmin, Self::UserRole];

    /// The role's name in oVirt.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SuperUser => "SuperUser",
            Self::ExternalTasksCreator => "ExternalTasksCreator",
            Self::ReadOnlyAdmin => "ReadOnlyAdmin",
            Self::UserRole => "UserRole",
        }
    }

    /// Whether it is of ADMIN type: only such users may list jobs and steps.
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::SuperUser | Self::ReadOnlyAdmin)
    }

    /// Whether it holds the action group `INJECT_EXTERNAL_TASKS` (`00700_insert_roles_groups.sql`).
    pub const fn injects_external_tasks(self) -> bool {
        matches!(self, Self::SuperUser | Self::ExternalTasksCreator)
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
    /// Whether the caller may list and read everything.
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(|role| role.is_admin())
    }

    /// Whether the caller may add, end and clear external jobs and steps: anybody's, for engines test no ownership.
    pub fn injects_external_tasks(&self) -> bool {
        self.roles.iter().any(|role| role.injects_external_tasks())
    }
}
