//! Roles: named sets of action groups. Four are predefined.

use uuid::{Uuid, uuid};

use super::ActionGroup;
use crate::domain::RoleId;

/// The type of a role. Admins see everything; users see their own things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleType {
    /// ADMIN, 1 in oVirt's tables.
    Admin,
    /// USER, 2 in oVirt's tables.
    User,
}

impl RoleType {
    /// Its name on the command line and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }

    /// The type with that name.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Admin, Self::User].into_iter().find(|role_type| role_type.as_str() == word)
    }
}

/// A role (`Role` of the API model). It holds for the whole system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The role's id.
    pub id: RoleId,
    /// Its name, which is unique.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
    /// Whether its holders are admins.
    pub role_type: RoleType,
    /// Whether it is predefined; such a role is never changed or removed.
    pub predefined: bool,
    /// Whether its holders see hosts and machines without being admins.
    pub shows_what_is_below: bool,
    /// Its action groups, by number.
    pub action_groups: Vec<ActionGroup>,
}

/// Why a role cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleError {
    /// The name is empty, too long, or contains characters that are not allowed.
    Name,
    /// It has no action group.
    NoActionGroup,
    /// A USER-type role cannot have an action group for admins (`CANNOT_ADD_ACTION_GROUPS_TO_ROLE_TYPE`).
    AdminGroup(ActionGroup),
}

impl Role {
    /// The longest name, in characters (`BusinessEntitiesDefinitions.ROLE_NAME_SIZE`).
    pub const NAME_LENGTH: usize = 126;

    /// A new role, as `AddRoleWithActionGroupsCommand` makes it.
    pub fn new(id: RoleId, name: &str, role_type: RoleType, groups: &[ActionGroup]) -> Result<Self, RoleError> {
        let odd = |letter: char| letter.is_control() || letter == ',' || letter == '\t';
        if name.trim() != name || name.is_empty() || name.chars().count() > Self::NAME_LENGTH || name.contains(odd) {
            return Err(RoleError::Name);
        }
        if let Some(group) =
            groups.iter().find(|group| role_type == RoleType::User && group.role_type() == RoleType::Admin)
        {
            return Err(RoleError::AdminGroup(*group));
        }
        if groups.is_empty() {
            return Err(RoleError::NoActionGroup);
        }
        let action_groups: Vec<_> = ActionGroup::ALL.iter().copied().filter(|group| groups.contains(group)).collect();
        Ok(Self {
            id,
            name: name.to_owned(),
            description: String::new(),
            role_type,
            predefined: false,
            shows_what_is_below: action_groups.iter().any(|group| group.shows_what_is_below()),
            action_groups,
        })
    }

    /// Whether it has that action group.
    pub fn allows(&self, group: ActionGroup) -> bool {
        self.action_groups.contains(&group)
    }
}

/// The predefined roles that are needed here (`00500_insert_roles.sql`, `00700_insert_roles_groups.sql` and their upgrade
/// scripts).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PredefinedRole {
    /// May do everything.
    SuperUser,
    /// May add, end and clear external jobs. A USER-type role, so its holders cannot list jobs.
    ExternalTasksCreator,
    /// Sees everything, changes nothing.
    ReadOnlyAdmin,
    /// Sees virtual machines and runs them.
    UserRole,
}

impl PredefinedRole {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SuperUser, Self::ExternalTasksCreator, Self::ReadOnlyAdmin, Self::UserRole];

    /// The role itself.
    pub fn role(self) -> Role {
        let row = self.row();
        Role {
            id: RoleId::new(row.id),
            name: row.name.to_owned(),
            description: row.description.to_owned(),
            role_type: row.role_type,
            predefined: true,
            shows_what_is_below: row.shows_what_is_below,
            action_groups: row.action_groups.to_vec(),
        }
    }

    const fn row(self) -> RoleRow {
        match self {
            Self::SuperUser => RoleRow {
                id: uuid!("00000000-0000-0000-0000-000000000001"),
                name: "SuperUser",
                description: "Roles management administrator",
                role_type: RoleType::Admin,
                shows_what_is_below: true,
                action_groups: ActionGroup::ALL,
            },
            Self::ExternalTasksCreator => RoleRow {
                id: uuid!("def0000d-0000-0000-0000-def000000000"),
                name: "ExternalTasksCreator",
                description: "External Tasks Creator",
                role_type: RoleType::User,
                shows_what_is_below: false,
                action_groups: &[ActionGroup::INJECT_EXTERNAL_TASKS],
            },
            Self::ReadOnlyAdmin => RoleRow {
                id: uuid!("def0000c-0000-0000-0000-def00000000c"),
                name: "ReadOnlyAdmin",
                description: "Read Only Administrator Role",
                role_type: RoleType::Admin,
                shows_what_is_below: true,
                action_groups: &[ActionGroup::LOGIN],
            },
            Self::UserRole => RoleRow {
                id: uuid!("00000000-0000-0000-0001-000000000001"),
                name: "UserRole",
                description: "Standard User Role",
                role_type: RoleType::User,
                shows_what_is_below: true,
                action_groups: USER_GROUPS,
            },
        }
    }
}

struct RoleRow {
    id: Uuid,
    name: &'static str,
    description: &'static str,
    role_type: RoleType,
    shows_what_is_below: bool,
    action_groups: &'static [ActionGroup],
}

const USER_GROUPS: &[ActionGroup] = &[
    ActionGroup::CHANGE_VM_CD,
    ActionGroup::CONNECT_TO_VM,
    ActionGroup::REBOOT_VM,
    ActionGroup::STOP_VM,
    ActionGroup::SHUT_DOWN_VM,
    ActionGroup::HIBERNATE_VM,
    ActionGroup::RUN_VM,
    ActionGroup::RESET_VM,
    ActionGroup::VM_POOL_BASIC_OPERATIONS,
    ActionGroup::ACCESS_IMAGE_STORAGE,
    ActionGroup::LOGIN,
];
