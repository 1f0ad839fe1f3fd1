//! Users, roles and what roles allow.
//!
//! Everybody may read roles and users; whose roles are whose is for admins, and for each about themselves
//! (`GetPermissionsOnBehalfByAdElementId`).

use super::{
    Environment, InventoryStore, Kind, Refused,
    reading::{Choice, Content, Reading, Shows},
};
use crate::{
    domain::{RoleId, UserId},
    engine::{ActionGroup, Role, RoleType, User},
    wire::{Href, ResourcePath, describe, document::Entity},
};

/// Something about people that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Directory {
    /// `/users`
    Users,
    /// `/users/{id}`
    User(UserId),
    /// `/users/{id}/roles`
    UserRoles(UserId),
    /// `/users/{id}/roles/{rid}`
    UserRole(UserId, RoleId),
    /// `/roles`
    Roles,
    /// `/roles/{id}`
    Role(RoleId),
    /// `/roles/{id}/permits`
    Permits(RoleId),
    /// `/roles/{id}/permits/{number}`
    Permit(RoleId, u16),
}

impl Directory {
    /// Finds what the segments of a path name.
    pub(super) fn parse(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["users"] => Self::Users,
            ["users", user] => Self::User(user.parse().ok()?),
            ["users", user, "roles"] => Self::UserRoles(user.parse().ok()?),
            ["users", user, "roles", role] => Self::UserRole(user.parse().ok()?, role.parse().ok()?),
            ["roles"] => Self::Roles,
            ["roles", role] => Self::Role(role.parse().ok()?),
            ["roles", role, "permits"] => Self::Permits(role.parse().ok()?),
            ["roles", role, "permits", number] => Self::Permit(role.parse().ok()?, number.parse().ok()?),
            _ => return None,
        })
    }
}

impl Directory {
    /// What is shown there.
    pub(super) const fn shows(self) -> Shows {
        match self {
            Self::Users => Shows::Several(Kind::User),
            Self::User(_) => Shows::One(Kind::User),
            Self::UserRoles(_) | Self::Roles => Shows::Several(Kind::Role),
            Self::UserRole(..) | Self::Role(_) => Shows::One(Kind::Role),
            Self::Permits(_) => Shows::Several(Kind::Permit),
            Self::Permit(..) => Shows::One(Kind::Permit),
        }
    }
}

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// What a GET of it shows.
    pub(super) async fn directory(&self, wanted: Directory, choice: &Choice<'_>) -> Result<Content, Refused> {
        self.reader.may_read_own()?;
        let limit = choice.rows()?.unwrap_or(usize::MAX);
        Ok(match wanted {
            Directory::Users => {
                let users = self.engine.environment.users().await?;
                let own = self.reader.caller().user.id;
                let shown = users.iter().filter(|user| !self.reader.is_filtered() || user.id == own);
                Content::several(Kind::User, shown.take(limit).map(|user| self.user(user)))
            }
            Directory::User(id) => {
                let user = self.engine.environment.user(id).await?.ok_or(Refused::Status(404))?;
                Content::one(Kind::User, self.user(&user))
            }
            Directory::UserRoles(user) => {
                let roles = self.roles_of(user).await?;
                Content::several(Kind::Role, roles.iter().take(limit).map(|role| self.role_of(user, role)))
            }
            Directory::UserRole(user, id) => {
                let role = one(self.roles_of(user).await?, id)?;
                Content::one(Kind::Role, self.role_of(user, &role))
            }
            Directory::Roles => {
                let roles = self.engine.environment.roles().await?;
                Content::several(Kind::Role, roles.iter().take(limit).map(|role| self.role(role)))
            }
            Directory::Role(id) => {
                let role = one(self.engine.environment.roles().await?, id)?;
                Content::one(Kind::Role, self.role(&role))
            }
            Directory::Permits(id) => {
                // As for the steps of a job that is not there: an engine's query then finds none.
                let roles = self.engine.environment.roles().await?;
                let role = roles.iter().find(|role| role.id == id);
                let groups = role.map(|role| role.action_groups.as_slice()).unwrap_or_default();
                Content::several(Kind::Permit, groups.iter().take(limit).map(|group| self.permit(id, *group)))
            }
            Directory::Permit(id, number) => {
                let role = one(self.engine.environment.roles().await?, id)?;
                let group = ActionGroup::numbered(number).filter(|group| role.allows(*group));
                Content::one(Kind::Permit, self.permit(id, group.ok_or(Refused::Status(404))?))
            }
        })
    }

    /// Who filters sees no roles but their own.
    async fn roles_of(&self, user: UserId) -> Result<Vec<Role>, Refused> {
        if self.reader.is_filtered() && user != self.reader.caller().user.id {
            return Ok(Vec::new());
        }
        Ok(self.engine.environment.roles_of(user).await?)
    }

    fn user<'a>(&self, user: &'a User) -> Entity<'a> {
        describe::user(self.base, user.id, &user.user_name, user.principal(), user.domain())
    }

    /// A role by itself (`RoleMapper`).
    fn role<'a>(&self, role: &'a Role) -> Entity<'a> {
        self.role_at(role, Href(self.base, ResourcePath::Item("roles", role.id.uuid())))
    }

    /// A role of a user: the same, under the user (`BackendAssignedRolesResource.addParents`).
    fn role_of<'a>(&self, user: UserId, role: &'a Role) -> Entity<'a> {
        let place = ResourcePath::PartItem("users", user.uuid(), "roles", role.id.uuid());
        let owner = Entity::at(Href(self.base, ResourcePath::User(user)), user);
        self.role_at(role, Href(self.base, place)).related("user", owner)
    }

    fn role_at<'a>(&self, role: &'a Role, href: Href) -> Entity<'a> {
        let entity = Entity::at(href, role.id.uuid())
            .named(&role.name)
            .with("administrative", role.role_type == RoleType::Admin)
            .with("mutable", !role.predefined)
            .link("permits", Href(self.base, ResourcePath::ItemPart("roles", role.id.uuid(), "permits")));
        if role.description.is_empty() { entity } else { entity.described(&role.description) }
    }

    /// What a role allows, by its API name (`PermitMapper`).
    fn permit(&self, role: RoleId, group: ActionGroup) -> Entity<'static> {
        let number = group.number();
        let place = ResourcePath::Permit(role.uuid(), number);
        let holder = Entity::at(Href(self.base, ResourcePath::Item("roles", role.uuid())), role.uuid());
        Entity::at(Href(self.base, place), i64::from(number))
            .named(group.name().to_ascii_lowercase())
            .with("administrative", group.role_type() == RoleType::Admin)
            .related("role", holder)
    }
}

fn one(roles: Vec<Role>, id: RoleId) -> Result<Role, Refused> {
    roles.into_iter().find(|role| role.id == id).ok_or(Refused::Status(404))
}
