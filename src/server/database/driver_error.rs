//! What the errors of the drivers mean: one table for each kind of database.

use std::io;

use sqlx::{Error, error::DatabaseError, postgres::PgDatabaseError, sqlite::SqliteError};

use crate::engine::{
    StoreError,
    StoreErrorKind::{self, Broken, Full, Unavailable},
};

/// The error of a driver as one of the store.
pub(super) fn failed(error: Error) -> StoreError {
    StoreError { kind: kind(&error), text: error.to_string() }
}

fn kind(error: &Error) -> StoreErrorKind {
    match error {
        Error::Io(error) => of_io(error),
        Error::Database(error) => of_database(&**error),
        Error::Tls(_)
        | Error::Protocol(_)
        | Error::PoolTimedOut
        | Error::PoolClosed
        | Error::WorkerCrashed
        | Error::BeginFailed => Unavailable,
        _ => Broken,
    }
}

fn of_io(error: &io::Error) -> StoreErrorKind {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Full,
        _ => Unavailable,
    }
}

fn of_database(error: &(dyn DatabaseError + 'static)) -> StoreErrorKind {
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() {
        code.parse().map_or(Broken, of_sqlite)
    } else if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        of_postgres(&code)
    } else {
        Broken
    }
}

/// SQLite's result codes (<https://www.sqlite.org/rescode.html>). The last eight bits of an extended code are the code that it
/// extends; a row for an extended code comes before the row for that.
const SQLITE: [(i32, StoreErrorKind); 12] = [
    (5, Unavailable),  // SQLITE_BUSY
    (6, Unavailable),  // SQLITE_LOCKED
    (7, Unavailable),  // SQLITE_NOMEM
    (8, Unavailable),  // SQLITE_READONLY
    (9, Unavailable),  // SQLITE_INTERRUPT
    (13, Full),        // SQLITE_FULL
    (778, Full),       // SQLITE_IOERR_WRITE: a quota, or the largest size of a file (RLIMIT_FSIZE)
    (4874, Full),      // SQLITE_IOERR_SHMSIZE: the index of the journal cannot grow
    (10, Unavailable), // SQLITE_IOERR
    (14, Unavailable), // SQLITE_CANTOPEN
    (15, Unavailable), // SQLITE_PROTOCOL: the locks of the journal are busy
    (22, Full),        // SQLITE_NOLFS: the file is too large for the system
];

fn of_sqlite(code: i32) -> StoreErrorKind {
    let meant = |(row, _): &&(i32, StoreErrorKind)| *row == code || *row == code & 0xff;
    SQLITE.iter().find(meant).map_or(Broken, |(_, kind)| *kind)
}

/// PostgreSQL's error codes, or how they begin (<https://www.postgresql.org/docs/current/errcodes-appendix.html>); the first row
/// that fits counts.
const POSTGRES: [(&str, StoreErrorKind); 15] = [
    ("08", Unavailable),    // the connection
    ("25006", Unavailable), // read-only, as after a failover
    ("25P0", Unavailable),  // a transaction was idle, or took too long
    ("28", Unavailable),    // the password has been changed, or pg_hba.conf
    ("3D000", Unavailable), // there is no such database: it is being restored
    ("40", Unavailable),    // a deadlock, or the transaction must be tried again
    ("53100", Full),        // the disk
    ("53", Unavailable),    // memory, connections
    ("55", Unavailable),    // a lock, or not in the right state
    ("57", Unavailable),    // stopped by an administrator or a time limit, or starting
    ("58030", Unavailable), // an I/O error
    ("58P01", Unavailable), // a file is missing
    ("72000", Unavailable), // an old snapshot
    ("XX001", Broken),      // corrupted data
    ("XX002", Broken),      // a corrupted index
];

fn of_postgres(code: &str) -> StoreErrorKind {
    POSTGRES.iter().find(|(start, _)| code.starts_with(start)).map_or(Broken, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_sqlite() {
        for (code, expected) in [
            (5, Unavailable),
            (5 | 2 << 8, Unavailable),
            (10, Unavailable),
            (10 | 3 << 8, Full),
            (10 | 4 << 8, Unavailable),
            (10 | 19 << 8, Full),
            (13, Full),
            (14, Unavailable),
            (1, Broken),
            (11, Broken),
            (11 | 3 << 8, Broken),
            (19 | 8 << 8, Broken),
            (26, Broken),
        ] {
            assert_eq!(of_sqlite(code), expected, "{code}");
        }
    }

    #[test]
    fn codes_of_postgres() {
        for (code, expected) in [
            ("08006", Unavailable),
            ("25006", Unavailable),
            ("40P01", Unavailable),
            ("53100", Full),
            ("53200", Unavailable),
            ("53300", Unavailable),
            ("55P03", Unavailable),
            ("57014", Unavailable),
            ("57P01", Unavailable),
            ("57P03", Unavailable),
            ("23505", Broken),
            ("42P01", Broken),
            ("XX000", Broken),
            ("XX001", Broken),
        ] {
            assert_eq!(of_postgres(code), expected, "{code}");
        }
    }

    #[test]
    fn errors_of_the_system() {
        for (kind, expected) in [
            (io::ErrorKind::StorageFull, Full),
            (io::ErrorKind::FileTooLarge, Full),
            (io::ErrorKind::ConnectionRefused, Unavailable),
            (io::ErrorKind::TimedOut, Unavailable),
        ] {
            assert_eq!(failed(Error::Io(kind.into())).kind, expected, "{kind:?}");
        }
        assert_eq!(failed(Error::PoolTimedOut).kind, Unavailable);
        assert_eq!(failed(Error::RowNotFound).kind, Broken);
    }
}
