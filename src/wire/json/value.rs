//! Single values as engines have sent them: strings for booleans and integers, numbers for dates, and the native types too.
//!
//! A value that makes no sense reads as absent: one odd member must not cost the admin the whole list.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::domain::Time;

/// Whatever stands there, as text or number; anything deeper is skipped.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Scalar<'de> {
    #[default]
    Absent,
    Flag(bool),
    Integer(i64),
    Text(Cow<'de, str>),
}

impl Scalar<'_> {
    /// `true`, `"true"`, `"TRUE"`, `1`, `"1"` and their opposites.
    pub(super) fn flag(&self) -> Option<bool> {
        match self {
            Self::Absent => None,
            Self::Flag(flag) => Some(*flag),
            Self::Integer(number) => Some(*number != 0),
            Self::Text(text) if text == "1" || text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text == "0" || text.eq_ignore_ascii_case("false") => Some(false),
            Self::Text(_) => None,
        }
    }

    /// `42` or `"42"`.
    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Absent | Self::Flag(_) => None,
        }
    }

    /// Epoch milliseconds. Beyond what a calendar holds counts as absent.
    pub(super) fn time(&self) -> Option<Time> {
        self.integer().and_then(Time::from_timestamp_millis)
    }

    /// A word or an id, if it is one that we know.
    pub(super) fn parse<T: FromStr>(&self) -> Option<T> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Absent | Self::Flag(_) | Self::Integer(_) => None,
        }
    }

    /// The text; numbers and booleans have none.
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            Self::Absent | Self::Flag(_) | Self::Integer(_) => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(i64::try_from(number).map_or(Scalar::Absent, Scalar::Integer))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a millisecond is of no use, and casts saturate")]
    fn visit_f64<E>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Integer(number as i64))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Absent)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Absent)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Absent)
    }
}
