//! What an engine sent, as a tree of values that borrow from the body.
//!
//! Every body is read by this one visitor and then looked through: a derived reader for each kind of body cost the page
//! several times as much code. Engines have sent strings for booleans and integers, numbers for dates, and the native types
//! too; a value that makes no sense reads as absent, for one odd member must not cost the admin the whole list.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::domain::Time;

/// The body was not what was asked for: an HTML page, half a document, something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable(pub String);

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One value with all that is in it.
#[derive(Debug, PartialEq)]
pub(in crate::wire) enum Value<'de> {
    Null,
    Flag(bool),
    Integer(i64),
    Text(Cow<'de, str>),
    List(Vec<Self>),
    Object(Members<'de>),
}

/// An object's members, as far as anybody here asks for them.
#[derive(Debug, PartialEq)]
pub(in crate::wire) struct Members<'de>(Vec<(Member, Value<'de>)>);

macro_rules! names {
    ($($name:ident = $text:literal,)*) => {
        /// The members that are ever asked for. All others are skipped without being kept: `link` and `actions` alone are half of
        /// a list of jobs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::wire) enum Member {
            $($name,)*
        }

        impl Member {
            /// All of them, short ones first, for they are searched by halves: lengths are compared sooner than texts.
            const ALL: &[(&str, Self)] = &[$(($text, Self::$name),)*];
        }
    };
}

names! {
    Id = "id",
    Job = "job",
    Name = "name",
    Step = "step",
    Type = "type",
    Error = "error",
    Fault = "fault",
    Owner = "owner",
    Steps = "steps",
    Detail = "detail",
    Number = "number",
    Reason = "reason",
    Status = "status",
    Version = "version",
    EndTime = "end_time",
    External = "external",
    Progress = "progress",
    Principal = "principal",
    UserName = "user_name",
    StartTime = "start_time",
    Description = "description",
    ParentStep = "parent_step",
    AccessToken = "access_token",
    AutoCleared = "auto_cleared",
    FullVersion = "full_version",
    LastUpdated = "last_updated",
    ProductInfo = "product_info",
    ExternalType = "external_type",
    ExecutionHost = "execution_host",
    ErrorDescription = "error_description",
    AuthenticatedUser = "authenticated_user",
    // In the page, serde_json gives a number as an object with its digits (feature `arbitrary_precision`).
    Digits = "$serde_json::private::Number",
}

impl Member {
    fn of(text: &str) -> Option<Self> {
        let order = |&(known, _): &(&str, Self)| known.len().cmp(&text.len()).then_with(|| known.cmp(text));
        Self::ALL.binary_search_by(order).ok().map(|at| Self::ALL[at].1)
    }
}

const NOTHING: Value<'static> = Value::Null;

impl<'de> Members<'de> {
    /// Whether there is nothing that anybody asks for.
    pub(in crate::wire) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The member of that name, or null.
    pub(in crate::wire) fn get(&self, name: Member) -> &Value<'de> {
        self.find(name).unwrap_or(&NOTHING)
    }

    /// The member of that name, if it was there at all; of several the first.
    pub(in crate::wire) fn find(&self, name: Member) -> Option<&Value<'de>> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

impl<'de> Value<'de> {
    /// Reads a body.
    pub(in crate::wire) fn read(body: &'de [u8]) -> Result<Self, Undecodable> {
        // Once for the whole body, for the reader would look at every text by itself.
        let text = std::str::from_utf8(body).map_err(|_| Undecodable("this is no text".to_owned()))?;
        // What the reader has to say of it would be another 2 KB of the page.
        let broken =
            |at: serde_json::Error| format!("this is no JSON from line {}, column {} on", at.line(), at.column());
        serde_json::from_str(text).map_err(|error| Undecodable(broken(error)))
    }

    /// The members of an object; of anything else, none.
    pub(in crate::wire) const fn object(&self) -> Option<&Members<'de>> {
        match self {
            Self::Object(members) => Some(members),
            Self::Null | Self::Flag(_) | Self::Integer(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The entries of a list, if it is one: an engine may send `null` for an empty one, or a single entry without brackets.
    pub(in crate::wire) const fn entries(&self) -> Option<&[Self]> {
        match self {
            Self::List(entries) => Some(entries.as_slice()),
            Self::Object(_) => Some(std::slice::from_ref(self)),
            Self::Null => Some(&[]),
            Self::Flag(_) | Self::Integer(_) | Self::Text(_) => None,
        }
    }

    /// A member of an object; null if this is none, or has no such member.
    pub(in crate::wire) fn get(&self, name: Member) -> &Self {
        self.object().map_or(&NOTHING, |members| members.get(name))
    }

    /// `true`, `"true"`, `"TRUE"`, `1`, `"1"` and their opposites.
    pub(in crate::wire) fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Integer(number) => Some(*number != 0),
            Self::Text(text) if text == "1" || text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text == "0" || text.eq_ignore_ascii_case("false") => Some(false),
            Self::Null | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// `42` or `"42"`.
    pub(in crate::wire) fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Null | Self::Flag(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Epoch milliseconds. Beyond what a calendar holds counts as absent.
    pub(in crate::wire) fn time(&self) -> Option<Time> {
        self.integer().and_then(Time::from_timestamp_millis)
    }

    /// A word or an id, if it is one that we know.
    pub(in crate::wire) fn parse<T: FromStr>(&self) -> Option<T> {
        self.text().and_then(|text| text.parse().ok())
    }

    /// The text; numbers and booleans have none.
    pub(in crate::wire) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Flag(_) | Self::Integer(_) | Self::List(_) | Self::Object(_) => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value<'de>, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(i64::try_from(number).map_or(Value::Null, Value::Integer))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a millisecond is of no use, and casts saturate")]
    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Integer(number as i64))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = seq.next_element()? {
            entries.push(entry);
        }
        Ok(Value::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(MemberVisitor)? {
            match name {
                Some(Member::Digits) => {
                    let digits: Value<'de> = map.next_value()?;
                    return Ok(digits.text().and_then(whole).map_or(Value::Null, Value::Integer));
                }
                Some(name) => members.push((name, map.next_value()?)),
                None => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(Value::Object(Members(members)))
    }
}

/// What stands before the point. No engine writes an exponent in what is asked for: that would be another 400 bytes of the page.
fn whole(digits: &str) -> Option<i64> {
    if digits.bytes().any(|byte| byte.eq_ignore_ascii_case(&b'e')) {
        return None;
    }
    digits.split('.').next()?.parse().ok()
}

/// A member's name: one of those that are asked for, or nothing.
struct MemberVisitor;

impl<'de> DeserializeSeed<'de> for MemberVisitor {
    type Value = Option<Member>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberVisitor {
    type Value = Option<Member>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Member::of(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_found() {
        for (text, name) in Member::ALL {
            assert_eq!(Member::of(text), Some(*name), "{text} is not where it is looked for");
        }
        assert_eq!((Member::of("link"), Member::of("")), (None, None));
    }

    #[test]
    fn what_nobody_asks_for_is_not_kept() {
        let value: Value<'_> = serde_json::from_str(r#"{"link":[{"rel":"steps"}],"id":"1","actions":{}}"#).unwrap();
        let members = value.object().unwrap();
        assert_eq!(members.0.len(), 1);
        assert_eq!(members.get(Member::Id).text(), Some("1"));
    }

    #[test]
    fn numbers_read_the_same_however_they_come() {
        for (number, read) in [
            ("42", Value::Integer(42)),
            ("-1", Value::Integer(-1)),
            ("9223372036854775807", Value::Integer(i64::MAX)),
            ("9223372036854775808", Value::Null),
            ("42.0", Value::Integer(42)),
            ("1767225600000.7", Value::Integer(1_767_225_600_000)),
            ("-0.5", Value::Integer(0)),
        ] {
            assert_eq!(Value::read(number.as_bytes()).unwrap(), read, "{number}");
            assert_eq!(as_digits(number), read, "{number}");
        }
        for unusual in ["1e3", "1.5E3", "1e400", ""] {
            assert_eq!(as_digits(unusual), Value::Null, "{unusual}");
        }
    }

    /// As the page gets it.
    fn as_digits(number: &str) -> Value<'static> {
        let body = format!(r#"{{"$serde_json::private::Number":"{number}"}}"#);
        match Value::read(body.as_bytes()).unwrap() {
            Value::Integer(number) => Value::Integer(number),
            other => {
                assert_eq!(other, Value::Null);
                Value::Null
            }
        }
    }

    #[test]
    fn of_members_with_one_name_the_first_counts() {
        let value: Value<'_> = serde_json::from_str(r#"{"id":"1","id":"2","link":1,"link":2}"#).unwrap();
        assert_eq!(value.get(Member::Id).text(), Some("1"));
    }
}
