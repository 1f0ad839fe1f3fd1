//! Where the database is, as the command line says it.

use std::{fmt, path::PathBuf, str::FromStr};

/// A database's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:PATH`: a file, relative to the working directory unless it starts with `/`.
    Sqlite(PathBuf),
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
            Some(_) | None => Err("expected sqlite:PATH or memory:".to_owned()),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Memory => f.write_str("memory:"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_urls() {
        let sqlite = |path: &str| Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
        for (text, expected) in [
            ("memory:", Ok(DatabaseUrl::Memory)),
            ("sqlite:jobs.db", sqlite("jobs.db")),
            ("sqlite:/var/lib/jobs.db", sqlite("/var/lib/jobs.db")),
            ("sqlite:///var/lib/jobs.db", sqlite("/var/lib/jobs.db")),
            ("sqlite://jobs.db", sqlite("jobs.db")),
            ("sqlite:", Err(())),
            ("memory:x", Err(())),
            ("mysql://host/db", Err(())),
            ("jobs.db", Err(())),
            ("", Err(())),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().map_err(drop), expected, "{text}");
        }
    }
}
