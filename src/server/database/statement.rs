//! A statement with its values, for either kind of database.

use std::borrow::Cow;

use sqlx::{Arguments, AssertSqlSafe, Database, Encode, SqlSafeStr, SqlStr, Type};
use uuid::Uuid;

/// A value of a statement. `None` is NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// An id.
    Id(Option<Uuid>),
    /// Text.
    Text(Option<String>),
    /// A count, or a time in milliseconds since 1970.
    Integer(Option<i64>),
    /// A flag.
    Flag(bool),
    /// A hash.
    Bytes(Option<Vec<u8>>),
}

/// SQL that both kinds of database support, with the values of `$1`, `$2` and so on.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    sql: Cow<'static, str>,
    values: Vec<Value>,
}

impl Statement {
    /// A statement without values.
    pub(super) const fn new(sql: &'static str) -> Self {
        Self { sql: Cow::Borrowed(sql), values: Vec::new() }
    }

    /// Adds the value of the next of `$1`, `$2` and so on.
    #[must_use]
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends SQL. Input is never SQL, always a value.
    #[must_use]
    pub(super) fn then(mut self, sql: &'static str) -> Self {
        self.sql.to_mut().push_str(sql);
        self
    }

    /// Appends a placeholder with its value.
    #[must_use]
    pub(super) fn then_value(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        let placeholder = format!("${}", self.values.len());
        self.sql.to_mut().push_str(&placeholder);
        self
    }

    /// SQL and arguments for a driver.
    pub(super) fn into_parts<DB>(self) -> sqlx::Result<(SqlStr, DB::Arguments)>
    where
        DB: Database,
        Option<Uuid>: for<'v> Encode<'v, DB> + Type<DB>,
        Option<String>: for<'v> Encode<'v, DB> + Type<DB>,
        Option<i64>: for<'v> Encode<'v, DB> + Type<DB>,
        bool: for<'v> Encode<'v, DB> + Type<DB>,
        Option<Vec<u8>>: for<'v> Encode<'v, DB> + Type<DB>,
    {
        let mut arguments = DB::Arguments::default();
        for value in self.values {
            let added = match value {
                Value::Id(id) => arguments.add(id),
                Value::Text(text) => arguments.add(text),
                Value::Integer(number) => arguments.add(number),
                Value::Flag(flag) => arguments.add(flag),
                Value::Bytes(bytes) => arguments.add(bytes),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        let sql = match self.sql {
            Cow::Borrowed(sql) => SqlStr::from_static(sql),
            Cow::Owned(sql) => AssertSqlSafe(sql).into_sql_str(),
        };
        Ok((sql, arguments))
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(Some(id))
    }
}

impl From<Option<Uuid>> for Value {
    fn from(id: Option<Uuid>) -> Self {
        Self::Id(id)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Some(bytes.to_vec()))
    }
}

impl From<Option<&[u8]>> for Value {
    fn from(bytes: Option<&[u8]>) -> Self {
        Self::Bytes(bytes.map(<[u8]>::to_vec))
    }
}
