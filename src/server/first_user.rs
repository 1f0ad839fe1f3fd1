//! The first user of a new database, and the file with its password.

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
/// The same in every database, so that links to this user stay valid.
const ID: Uuid = uuid!("58101876-0383-0239-02a3-00000000014d");

/// The id of a new user with that name. The first user's name always gets the same id.
pub(super) fn id_of(name: &str) -> UserId {
    UserId::new(if name == NAME { ID } else { Uuid::new_v4() })
}

/// Adds the first user if there is no user, and returns how to log in.
pub(super) async fn ensure(database: &Database, url: &DatabaseUrl, port: u16) -> Result<String, Failure> {
    let file = password_file(url, port);
    if database.accounts().await?.is_empty() {
        create(database, &file).await?;
    }
    // The file may belong to an earlier database at the same path.
    if file.exists() && database.account_named(NAME).await?.is_some() {
        Ok(format!("log in as {NAME}, password in {}", file.display()))
    } else {
        Ok(format!("log in as one of its users (the first password is no longer in {})", file.display()))
    }
}

/// Removes the file when its password is no longer valid.
pub(super) fn forget_password(url: &DatabaseUrl, name: &str) {
    match url {
        // If it cannot be removed, it is only out of date.
        DatabaseUrl::Sqlite(path) if name == NAME => drop(fs::remove_file(beside(path))),
        DatabaseUrl::Postgres(url) if name == NAME => drop(fs::remove_file(here(url))),
        DatabaseUrl::Sqlite(_) | DatabaseUrl::Postgres(_) | DatabaseUrl::Memory => (),
    }
}

/// The absolute path.
pub(super) fn absolute(path: &Path) -> PathBuf {
    env::current_dir().map_or_else(|_| path.to_owned(), |here| here.join(path))
}

/// The file with the first user's password: beside an SQLite file; otherwise in the working directory, with the database in
/// its name.
fn password_file(url: &DatabaseUrl, port: u16) -> PathBuf {
    match url {
        DatabaseUrl::Sqlite(path) => beside(path),
        DatabaseUrl::Postgres(url) => here(url),
        DatabaseUrl::Memory => absolute(Path::new(&format!("jobs-engine-memory-{port}.admin-password"))),
    }
}

fn here(url: &PostgresUrl) -> PathBuf {
    // A database's name may contain any character.
    let plain = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '_' };
    let name: String = url.database().chars().map(plain).collect();
    absolute(Path::new(&format!("jobs-engine-postgres-{name}.admin-password")))
}

fn beside(database: &Path) -> PathBuf {
    let mut path = database.to_owned().into_os_string();
    path.push(".admin-password");
    absolute(Path::new(&path))
}

/// Writes the file before the user is added: a user with an unknown password would be worse than a password without a user.
async fn create(database: &Database, file: &Path) -> Result<(), Failure> {
    let password = random_secret()?;
    let hash = Passwords::hash(&password).await?;
    let user = User { id: id_of(NAME), user_name: NAME.to_owned() };
    let caller = Caller { user, roles: vec![PredefinedRole::SuperUser.role()] };
    let unwritable =
        |error| StoreError::broken(format!("cannot write the first password to {}: {error}", file.display()));
    let prepare = || write_private(file, &password).map_err(unwritable);
    Ok(database.add_first_account(&caller, &hash, prepare).await?)
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    // Always a new file: an existing one may be readable by others, or be a link.
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
