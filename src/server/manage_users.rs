//! `jobs-engine user …`: works on the database, with or without a running server.

use std::io::{self, BufRead, IsTerminal, Write};

use super::{
    Failure,
    authentication::Passwords,
    command_line,
    database::{Account, Database, DatabaseUrl, NameTaken},
    first_user, manage_roles,
};
use crate::engine::{Caller, User};

/// Runs the command, and prints the result.
pub async fn run(command: command_line::User) -> Result<(), Failure> {
    match command {
        command_line::User::Add { name, roles, database } => {
            let name = full_name(&name)?;
            let database = open_or_create(&database.url).await?;
            let done = add(&database, &name, &roles).await;
            closed(&database, done).await
        }
        command_line::User::List { database } => {
            let database = open(&database.url).await?;
            let done = list(&database).await;
            closed(&database, done).await
        }
        command_line::User::Remove { name, database: option } => {
            let name = full_name(&name)?;
            let database = open(&option.url).await?;
            let done = remove(&database, &option.url, &name).await;
            closed(&database, done).await
        }
        command_line::User::Password { name, database: option } => {
            let name = full_name(&name)?;
            let database = open(&option.url).await?;
            let done = set_password(&database, &option.url, &name).await;
            closed(&database, done).await
        }
        command_line::User::Grant { name, role, database } => {
            let database = open(&database.url).await?;
            let done = manage_roles::grant(&database, &name, &role).await;
            closed(&database, done).await
        }
        command_line::User::Revoke { name, role, database } => {
            let database = open(&database.url).await?;
            let done = manage_roles::revoke(&database, &name, &role).await;
            closed(&database, done).await
        }
    }
}

/// `login@profile`; without a profile `@internal` is added.
///
/// A name has no colon, which ends the name in Basic credentials, and no invisible characters.
pub(super) fn full_name(given: &str) -> Result<String, Failure> {
    let name = if given.contains('@') { given.to_owned() } else { format!("{given}@internal") };
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || letter == ':' || is_invisible(letter);
    match name.rsplit_once('@') {
        _ if name.chars().count() > LONGEST_NAME => {
            Err(Failure(format!("A user name has at most {LONGEST_NAME} characters.")))
        }
        Some((login, profile)) if !login.is_empty() && !profile.is_empty() && !name.contains(odd) => Ok(name),
        Some(_) | None => {
            Err(Failure(format!("{given:?} is not a valid user name: expected one such as backup@internal.")))
        }
    }
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 255;

/// Characters without width, such as joiners and direction marks (the common ones of Unicode's default ignorable code points).
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Opens the database of a command that adds something. It creates the file if there is none.
pub(super) async fn open_or_create(url: &DatabaseUrl) -> Result<Database, Failure> {
    match url {
        DatabaseUrl::Memory => {
            Err(Failure::new("A database in memory stores no users: name a file, as in sqlite:PATH."))
        }
        DatabaseUrl::Sqlite(_) | DatabaseUrl::Postgres(_) => Database::open(url).await,
    }
}

/// Opens an existing database: a mistyped name must not create an empty one.
pub(super) async fn open(url: &DatabaseUrl) -> Result<Database, Failure> {
    match url {
        DatabaseUrl::Sqlite(path) if !path.exists() => {
            Err(Failure(format!("There is no database {}.", path.display())))
        }
        DatabaseUrl::Sqlite(_) | DatabaseUrl::Memory | DatabaseUrl::Postgres(_) => open_or_create(url).await,
    }
}

/// Closes the database, and prints the result.
pub(super) async fn closed(database: &Database, done: Result<String, Failure>) -> Result<(), Failure> {
    database.close().await;
    print(&done?)
}

/// The user with that name.
pub(super) async fn account(database: &Database, name: &str) -> Result<Account, Failure> {
    database.account_named(name).await?.ok_or_else(|| missing(name))
}

async fn add(database: &Database, name: &str, roles: &[String]) -> Result<String, Failure> {
    let mut known = Vec::with_capacity(roles.len());
    for role in roles {
        known.push(manage_roles::known_role(database, role).await?);
    }
    if database.account_named(name).await?.is_some() {
        return Err(taken(name));
    }
    let hash = Passwords::hash(&read_password()?).await?;
    let user = User { id: first_user::id_of(name), user_name: name.to_owned() };
    match database.add_account(&Caller { user, roles: known }, &hash).await? {
        Ok(()) => Ok(format!("Added {name}.")),
        Err(NameTaken) => Err(taken(name)),
    }
}

async fn list(database: &Database) -> Result<String, Failure> {
    let lines: Vec<String> = database.accounts().await?.iter().map(line).collect();
    Ok(lines.join("\n"))
}

fn line(account: &Account) -> String {
    let Caller { user, roles } = &account.caller;
    let roles: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    format!("{}\t{}\t{}", user.user_name, roles.join(","), user.id)
}

async fn remove(database: &Database, url: &DatabaseUrl, name: &str) -> Result<String, Failure> {
    if !database.remove_account(name).await? {
        return Err(missing(name));
    }
    first_user::forget_password(url, name);
    Ok(format!("Removed {name}."))
}

async fn set_password(database: &Database, url: &DatabaseUrl, name: &str) -> Result<String, Failure> {
    if database.account_named(name).await?.is_none() {
        return Err(missing(name));
    }
    let hash = Passwords::hash(&read_password()?).await?;
    if !database.set_password(name, &hash).await? {
        return Err(missing(name));
    }
    first_user::forget_password(url, name);
    Ok(format!("Changed the password of {name}."))
}

/// Reads one line, on a terminal without echo.
fn read_password() -> Result<String, Failure> {
    let unread = |error: io::Error| Failure(format!("Cannot read the password from standard input: {error}."));
    let input = io::stdin();
    if input.is_terminal() {
        return rpassword::prompt_password("Password: ").map_err(unread);
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    match read.map_err(unread)? {
        0 => Err(Failure::new("No password on standard input: give it as one line.")),
        _ => {
            Ok(line.strip_suffix('\n').map_or(line.as_str(), |text| text.strip_suffix('\r').unwrap_or(text)).to_owned())
        }
    }
}

fn print(text: &str) -> Result<(), Failure> {
    if text.is_empty() {
        return Ok(());
    }
    writeln!(io::stdout(), "{text}").map_err(|error| Failure(format!("Cannot write to standard output: {error}.")))
}

fn taken(name: &str) -> Failure {
    Failure(format!("There is a user {name} already."))
}

fn missing(name: &str) -> Failure {
    Failure(format!("There is no user {name}."))
}
