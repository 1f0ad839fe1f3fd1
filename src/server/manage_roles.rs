//! `jobs-engine role …` and the roles of users: works on the database, with or without a running server.

use uuid::Uuid;

use super::{
    Failure,
    command_line::{self, RoleKind},
    database::{Database, RoleNameTaken, RoleRemoval},
    manage_users::{account, closed, full_name, open, open_or_create},
};
use crate::{
    domain::RoleId,
    engine::{ActionGroup, Role, RoleError, RoleType},
};

/// Runs the command, and prints the result.
pub async fn run(command: command_line::Role) -> Result<(), Failure> {
    match command {
        command_line::Role::Add { name, role_type, action_groups, database } => {
            let role = custom_role(&name, role_type, &action_groups)?;
            let database = open_or_create(&database.url).await?;
            let done = add(&database, &role).await;
            closed(&database, done).await
        }
        command_line::Role::List { database } => {
            let database = open(&database.url).await?;
            let done = list(&database).await;
            closed(&database, done).await
        }
        command_line::Role::Remove { name, database } => {
            let database = open(&database.url).await?;
            let done = remove(&database, &name).await;
            closed(&database, done).await
        }
    }
}

/// Grants a role to a user.
pub(super) async fn grant(database: &Database, name: &str, role: &str) -> Result<String, Failure> {
    let name = full_name(name)?;
    let (user, known) = (account(database, &name).await?, known_role(database, role).await?);
    if database.grant(user.caller.user.id, known.id).await? {
        Ok(format!("{name} now has the role {role}."))
    } else {
        Ok(format!("{name} already has the role {role}."))
    }
}

/// Revokes a role of a user.
pub(super) async fn revoke(database: &Database, name: &str, role: &str) -> Result<String, Failure> {
    let name = full_name(name)?;
    let (user, known) = (account(database, &name).await?, known_role(database, role).await?);
    if database.revoke(user.caller.user.id, known.id).await? {
        Ok(format!("{name} no longer has the role {role}."))
    } else {
        Err(Failure(format!("{name} does not have the role {role}.")))
    }
}

/// The role with that name; the error lists the existing ones.
pub(super) async fn known_role(database: &Database, name: &str) -> Result<Role, Failure> {
    let roles = database.roles().await?;
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    let missing = Failure(format!("There is no role {name:?}: expected one of {}.", names.join(", ")));
    roles.iter().find(|role| role.name == name).cloned().ok_or(missing)
}

fn custom_role(name: &str, kind: RoleKind, groups: &[String]) -> Result<Role, Failure> {
    let role_type = match kind {
        RoleKind::Admin => RoleType::Admin,
        RoleKind::User => RoleType::User,
    };
    let group = |name: &String| {
        let known = ActionGroup::named(name);
        known.ok_or_else(|| {
            Failure(format!("There is no action group {name:?}: expected a name of oVirt's, such as RUN_VM."))
        })
    };
    let groups: Vec<ActionGroup> = groups.iter().map(group).collect::<Result<_, _>>()?;
    Role::new(RoleId::new(Uuid::new_v4()), name, role_type, &groups).map_err(|error| match error {
        RoleError::Name => Failure(format!(
            "{name:?} is not a valid name of a role: expected 1 to {} characters, no commas, no spaces around it.",
            Role::NAME_LENGTH
        )),
        RoleError::NoActionGroup => Failure::new("A role needs an action group: give one with --action-group."),
        RoleError::AdminGroup(group) => {
            Failure(format!("Cannot add administrator's action group to a User Role: {}.", group.name()))
        }
    })
}

async fn add(database: &Database, role: &Role) -> Result<String, Failure> {
    match database.add_role(role).await? {
        Ok(()) => Ok(format!("Added role {}.", role.name)),
        Err(RoleNameTaken) => Err(Failure(format!("There is a role {} already.", role.name))),
    }
}

async fn list(database: &Database) -> Result<String, Failure> {
    let lines: Vec<String> = database.roles().await?.iter().map(line).collect();
    Ok(lines.join("\n"))
}

fn line(role: &Role) -> String {
    let groups: Vec<&str> = role.action_groups.iter().map(|group| group.name()).collect();
    format!("{}\t{}\t{}\t{}", role.name, role.role_type.as_str(), groups.join(","), role.id)
}

async fn remove(database: &Database, name: &str) -> Result<String, Failure> {
    match database.remove_role(name).await? {
        RoleRemoval::Removed => Ok(format!("Removed role {name}.")),
        RoleRemoval::Missing => Err(Failure(format!("There is no role {name}."))),
        RoleRemoval::Predefined => Err(Failure(format!("The role {name} is predefined and cannot be removed."))),
        RoleRemoval::InUse => {
            Err(Failure(format!("A user has the role {name}: revoke it first, with jobs-engine user revoke.")))
        }
    }
}
