//! Users, their domains, roles and what roles allow.
//!
//! Everybody may read roles and users. The roles of a user are for admins and for that user
//! (`GetPermissionsOnBehalfByAdElementId`).

use std::collections::BTreeSet;

use super::{
    EntityKind, Environment, InventoryStore, Refused,
    reading::{Content, Reading, Rows, Shows, found},
};
use crate::{
    domain::{RoleId, UserId},
    engine::{ActionGroup, Role, RoleType, User},
    wire::{DomainId, Href, ResourcePath, describe, document::Entity},
};

/// A path of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum DirectoryResource {
    /// `/users`
    Users,
    /// `/users/{id}`
    User(UserId),
    /// `/domains`
    Domains,
    /// `/domains/{id}`
    Domain(DomainId),
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

impl DirectoryResource {
    /// The resource of these segments of a path.
    pub(super) fn parse(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["users"] => Self::Users,
            ["users", user] => Self::User(user.parse().ok()?),
            ["users", user, "roles"] => Self::UserRoles(user.parse().ok()?),
            ["users", user, "roles", role] => Self::UserRole(user.parse().ok()?, role.parse().ok()?),
            ["domains"] => Self::Domains,
            ["domains", domain] => Self::Domain(domain.parse().ok()?),
            ["roles"] => Self::Roles,
            ["roles", role] => Self::Role(role.parse().ok()?),
            ["roles", role, "permits"] => Self::Permits(role.parse().ok()?),
            ["roles", role, "permits", number] => Self::Permit(role.parse().ok()?, number.parse().ok()?),
            _ => return None,
        })
    }

    /// What a GET shows.
    pub(super) const fn shows(self) -> Shows {
        match self {
            Self::Users => Shows::List(EntityKind::User),
            Self::User(_) => Shows::One(EntityKind::User),
            Self::Domains => Shows::List(EntityKind::Domain),
            Self::Domain(_) => Shows::One(EntityKind::Domain),
            Self::UserRoles(_) => Shows::List(EntityKind::UserRole),
            Self::Roles => Shows::List(EntityKind::Role),
            Self::UserRole(..) | Self::Role(_) => Shows::One(EntityKind::Role),
            Self::Permits(_) => Shows::List(EntityKind::Permit),
            Self::Permit(..) => Shows::One(EntityKind::Permit),
        }
    }
}

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// What a GET of it shows.
    pub(super) async fn directory(&self, wanted: DirectoryResource, rows: &Rows<'_>) -> Result<Content, Refused> {
        self.reader.may_read_own()?;
        let limit = rows.max()?.unwrap_or(usize::MAX);
        Ok(match wanted {
            DirectoryResource::Users => {
                let users = self.engine.environment.users().await?;
                let own = self.reader.caller().user.id;
                let shown = users.iter().filter(|user| !self.reader.is_filtered() || user.id == own);
                Content::list(EntityKind::User, shown.take(limit).map(|user| self.user(user)))
            }
            DirectoryResource::User(id) => {
                let user = found(self.engine.environment.user(id).await?)?;
                Content::one(EntityKind::User, self.user(&user))
            }
            DirectoryResource::Domains => {
                let names = self.domains().await?;
                let shown = names.iter().take(limit).map(|name| describe::domain(self.base, name));
                Content::list(EntityKind::Domain, shown)
            }
            DirectoryResource::Domain(id) => {
                let name = self.domains().await?.into_iter().find(|name| DomainId::of(name) == id);
                Content::one(EntityKind::Domain, describe::domain(self.base, &found(name)?))
            }
            DirectoryResource::UserRoles(user) => {
                let roles = self.roles_of(user).await?;
                Content::list(EntityKind::UserRole, roles.iter().take(limit).map(|role| self.role_of(user, role)))
            }
            DirectoryResource::UserRole(user, id) => {
                let role = one(self.roles_of(user).await?, id)?;
                Content::one(EntityKind::Role, self.role_of(user, &role))
            }
            DirectoryResource::Roles => {
                let roles = self.engine.environment.roles().await?;
                Content::list(EntityKind::Role, roles.iter().take(limit).map(|role| self.role(role)))
            }
            DirectoryResource::Role(id) => {
                let role = one(self.engine.environment.roles().await?, id)?;
                Content::one(EntityKind::Role, self.role(&role))
            }
            DirectoryResource::Permits(id) => {
                // As with the steps of an unknown job, an engine's query then finds none.
                let roles = self.engine.environment.roles().await?;
                let role = roles.iter().find(|role| role.id == id);
                let groups = role.map(|role| role.action_groups.as_slice()).unwrap_or_default();
                Content::list(EntityKind::Permit, groups.iter().take(limit).map(|group| self.permit(id, *group)))
            }
            DirectoryResource::Permit(id, number) => {
                let role = one(self.engine.environment.roles().await?, id)?;
                let group = ActionGroup::numbered(number).filter(|group| role.allows(*group));
                Content::one(EntityKind::Permit, self.permit(id, found(group)?))
            }
        })
    }

    /// A reader who filters sees only their own roles.
    async fn roles_of(&self, user: UserId) -> Result<Vec<Role>, Refused> {
        if self.reader.is_filtered() && user != self.reader.caller().user.id {
            return Ok(Vec::new());
        }
        Ok(self.engine.environment.roles_of(user).await?)
    }

    /// The names of the domains that have users.
    async fn domains(&self) -> Result<BTreeSet<String>, Refused> {
        let users = self.engine.environment.users().await?;
        Ok(users.iter().map(|user| user.domain().to_owned()).collect())
    }

    fn user<'a>(&self, user: &'a User) -> Entity<'a> {
        describe::user(self.base, user.id, &user.user_name, user.principal(), user.domain())
    }

    /// A role (`RoleMapper`).
    fn role<'a>(&self, role: &'a Role) -> Entity<'a> {
        self.role_at(role, Href(self.base, ResourcePath::Item("roles", role.id.uuid())))
    }

    /// A role of a user, with an href under that user (`BackendAssignedRolesResource.addParents`).
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

    /// An action group of a role, under its API name (`PermitMapper`).
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
    found(roles.into_iter().find(|role| role.id == id))
}
