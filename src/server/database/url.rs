//! The URL of a database, as on the command line.

use std::{fmt, path::PathBuf, str::FromStr};

use sqlx::postgres::PgConnectOptions;

/// A database's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:PATH`: a file, relative to the working directory unless it starts with `/`.
    Sqlite(PathBuf),
    /// `postgres://…`: a database of a server.
    Postgres(PostgresUrl),
    /// `memory:`: gone when the program ends.
    Memory,
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("memory", "")) => Ok(Self::Memory),
            Some(("sqlite", path)) => match path.strip_prefix("//").unwrap_or(path) {
                "" => Err("sqlite: needs the path of a file, as in sqlite:jobs-engine.db".to_owned()),
                path => Ok(Self::Sqlite(PathBuf::from(path))),
            },
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                PostgresUrl::read(text).map(Self::Postgres)
            }
            Some(_) | None => Err("expected sqlite:PATH, postgres://USER@HOST/DATABASE or memory:".to_owned()),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => url.fmt(f),
            Self::Memory => f.write_str("memory:"),
        }
    }
}

/// A `postgres://` URL in libpq's format: `postgres://user@host:5432/database?sslmode=verify-full`, or with
/// `?host=/run/postgresql` for a socket. It may contain a password, which is never shown. `~/.pgpass` or `PGPASSWORD` is a
/// better place for it, since other users of the machine can see the command line.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(String);

impl PostgresUrl {
    fn read(text: &str) -> Result<Self, String> {
        let url = Self(text.to_owned());
        match url.options() {
            // The error does not contain the text, which may contain a password.
            Err(error) => Err(format!("not a URL of a PostgreSQL database: {error}")),
            Ok(options) if options.get_database().is_none() => {
                Err("postgres:// needs the name of a database, as in postgres://user@host/jobs".to_owned())
            }
            Ok(_) => Ok(url),
        }
    }

    /// The driver's options.
    pub(super) fn options(&self) -> sqlx::Result<PgConnectOptions> {
        self.0.parse()
    }

    /// The database's name on its server.
    pub fn database(&self) -> String {
        self.options().ok().and_then(|options| options.get_database().map(str::to_owned)).unwrap_or_default()
    }
}

/// Without a password.
impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(options) = self.options() else { return f.write_str("postgres://") };
        let (user, database) = (options.get_username(), self.database());
        match options.get_socket() {
            Some(socket) => write!(f, "postgres:///{database}?host={}&user={user}", socket.display()),
            None => write!(f, "postgres://{user}@{}:{}/{database}", options.get_host(), options.get_port()),
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_urls() {
        let sqlite = |path: &str| Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
        let postgres = |text: &str| Ok(DatabaseUrl::Postgres(PostgresUrl(text.to_owned())));
        for (text, expected) in [
            ("memory:", Ok(DatabaseUrl::Memory)),
            ("sqlite:jobs.db", sqlite("jobs.db")),
            ("sqlite:/var/lib/jobs.db", sqlite("/var/lib/jobs.db")),
            ("sqlite:///var/lib/jobs.db", sqlite("/var/lib/jobs.db")),
            ("sqlite://jobs.db", sqlite("jobs.db")),
            ("postgres://me@host/jobs", postgres("postgres://me@host/jobs")),
            ("postgresql:///jobs?host=/run", postgres("postgresql:///jobs?host=/run")),
            ("postgres://me@host", Err(())),
            ("postgres://me@host/", Err(())),
            ("postgres://me@host:port/jobs", Err(())),
            ("postgres:jobs", Err(())),
            ("sqlite:", Err(())),
            ("memory:x", Err(())),
            ("mysql://host/db", Err(())),
            ("jobs.db", Err(())),
            ("", Err(())),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().map_err(drop), expected, "{text}");
        }
    }

    #[test]
    fn never_shows_a_password() {
        for (text, shown) in [
            ("postgres://me:secret@host/jobs", "postgres://me@host:5432/jobs"),
            ("postgres://me:secret@host:99/jobs?sslmode=require", "postgres://me@host:99/jobs"),
            ("postgres://me:secret@%2Frun%2Fpg/jobs", "postgres:///jobs?host=/run/pg&user=me"),
            ("postgres:///jobs?host=/run/pg&user=me&password=secret", "postgres:///jobs?host=/run/pg&user=me"),
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!(url.to_string(), shown);
            assert!(!format!("{url:?}").contains("secret"), "{url:?}");
        }
        let refused = "postgres://me:secret@host:port/jobs".parse::<DatabaseUrl>().unwrap_err();
        assert!(!refused.contains("secret"), "{refused}");
    }
}
