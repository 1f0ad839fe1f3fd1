//! The first user of a new database, and where their password is.

use std::{
    env, fs,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use uuid::{Uuid, uuid};

use super::{
    Failure,
    authentication::{Passwords, random_secret},
    database::{Database, DatabaseUrl, PostgresUrl},
};
use crate::{
    domain::UserId,
    engine::{Caller, PredefinedRole, StoreError, User},
};

const NAME: &str = "admin@internal";
/// The same everywhere, so that links to this user outlive a database.
const ID: Uuid = uuid!("58101876-0383-0239-02a3-00000000014d");

/// The id of a new user of that name: the first user's is theirs, even when somebody else made them.
pub(super) fn id_of(name: &str) -> UserId {
    UserId::new(if name == NAME { ID } else { Uuid::new_v4() })
}

/// Makes the first user if there is no user at all, and says how to log in.
pub(super) async fn ensure(database: &Database, url: &DatabaseUrl, port: u16) -> Result<String, Failure> {
    let file = password_file(url, port);
    if database.accounts().await?.is_empty() {
        create(database, &file).await?;
    }
    // The file may be left over from another database in the same place.
    if file.exists() && database.account_named(NAME).await?.is_some() {
        Ok(format!("log in as {NAME}, password in {}", file.display()))
    } else {
        Ok(format!("log in as one of its users (the first password is no longer in {})", file.display()))
    }
}

/// Removes the file once its password opens nothing any more: it would only mislead.
pub(super) fn forget_password(url: &DatabaseUrl, name: &str) {
    match url {
        // If it cannot be removed it is merely out of date.
        DatabaseUrl::Sqlite(path) if name == NAME => drop(fs::remove_file(beside(path))),
        DatabaseUrl::Postgres(url) if name == NAME => drop(fs::remove_file(here(url))),
        DatabaseUrl::Sqlite(_) | DatabaseUrl::Postgres(_) | DatabaseUrl::Memory => (),
    }
}

/// The path from the root, for people who stand elsewhere.
pub(super) fn absolute(path: &Path) -> PathBuf {
    env::current_dir().map_or_else(|_| path.to_owned(), |here| here.join(path))
}

/// Where the first user's password stands: beside a file; for another database in the working directory, with what tells
/// it from others in its name.
fn password_file(url: &DatabaseUrl, port: u16) -> PathBuf {
    match url {
        DatabaseUrl::Sqlite(path) => beside(path),
        DatabaseUrl::Postgres(url) => here(url),
        DatabaseUrl::Memory => absolute(Path::new(&format!("jobs-engine-memory-{port}.admin-password"))),
    }
}

fn here(url: &PostgresUrl) -> PathBuf {
    // A database's name may hold anything.
    let plain = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '_' };
    let name: String = url.database().chars().map(plain).collect();
    absolute(Path::new(&format!("jobs-engine-postgres-{name}.admin-password")))
}

fn beside(database: &Path) -> PathBuf {
    let mut path = database.to_owned().into_os_string();
    path.push(".admin-password");
    absolute(Path::new(&path))
}

/// The file is written before the user can be seen: a user whose password nobody knows would be worse than a password
/// without a user.
async fn create(database: &Database, file: &Path) -> Result<(), Failure> {
    let password = random_secret()?;
    let hash = Passwords::hash(&password).await?;
    let user = User { id: id_of(NAME), user_name: NAME.to_owned() };
    let caller = Caller { user, roles: vec![PredefinedRole::SuperUser.role()] };
    let unwritable = |error| StoreError(format!("cannot write the first password to {}: {error}", file.display()));
    let prepare = || write_private(file, &password).map_err(unwritable);
    Ok(database.add_first_account(&caller, &hash, prepare).await?)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    // Always a new file: one that is there may be open to others, or lead elsewhere.
    let new = path.with_extension("admin-password.new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => (),
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    fs::rename(&new, path)
}
