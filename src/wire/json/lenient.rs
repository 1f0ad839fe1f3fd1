//! Members in every form that engines have sent, for `#[serde(deserialize_with = "…")]`.
//!
//! A member of a wrong type or with an unknown word reads as absent: one odd member must not cost the whole record.

use std::{borrow::Cow, fmt, marker::PhantomData, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;

use crate::domain::Time;

/// `true`, `"true"`, `"TRUE"`, `1` and `"1"` are true; everything else is false.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(match Scalar::deserialize(deserializer)? {
        AnyValue::Bool(flag) => flag,
        AnyValue::Integer(number) => number != 0,
        AnyValue::Text(text) => text == "1" || text.eq_ignore_ascii_case("true"),
        AnyValue::Null | AnyValue::List(_) | AnyValue::Object(_) => false,
    })
}

/// `42`, `42.0` or `"42"`.
pub(super) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(match Scalar::deserialize(deserializer)? {
        AnyValue::Integer(number) => Some(number),
        AnyValue::Text(text) => text.trim().parse().ok(),
        AnyValue::Null | AnyValue::Bool(_) | AnyValue::List(_) | AnyValue::Object(_) => None,
    })
}

/// Epoch milliseconds. A number that no calendar holds counts as absent.
pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Time>, D::Error> {
    Ok(integer(deserializer)?.and_then(Time::from_timestamp_millis))
}

/// A text; not a number or a boolean.
pub(in crate::wire) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.into_text().map(Cow::into_owned))
}

/// An id, or a word of an enum.
pub(super) fn word<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.into_text().and_then(|text| text.parse().ok()))
}

/// An object; anything else counts as absent.
pub(in crate::wire) fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(match AnyValue::deserialize(deserializer)? {
        AnyValue::Object(object) => Some(object),
        AnyValue::Null | AnyValue::Bool(_) | AnyValue::Integer(_) | AnyValue::Text(_) | AnyValue::List(_) => None,
    })
}

/// The id in an object that points at something: `{"href": …, "id": …}`.
pub(super) fn reference<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<Option<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(bound = "T: FromStr")]
    struct Reference<T> {
        #[serde(default, deserialize_with = "word")]
        id: Option<T>,
    }
    Ok(object::<D, Reference<T>>(deserializer)?.and_then(|reference| reference.id))
}

/// A value of any type. An object is read as a `T`; the entries of a list are not read yet, so that each can fail by itself.
#[derive(Default)]
pub(super) enum AnyValue<'a, T> {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Text(Cow<'a, str>),
    List(Vec<&'a RawValue>),
    Object(T),
}

/// A value whose objects are of no interest.
type Scalar<'a> = AnyValue<'a, IgnoredAny>;

impl<'a, T> AnyValue<'a, T> {
    /// Whether it is `null`, or absent.
    pub(super) const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::List(_) | Self::Object(_) => None,
        }
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for AnyValue<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor(PhantomData))
    }
}

struct AnyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyVisitor<T> {
    type Value = AnyValue<'de, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(AnyValue::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(AnyValue::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(AnyValue::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(AnyValue::Null, AnyValue::Integer))
    }

    #[expect(clippy::cast_possible_truncation, reason = "fractions of a millisecond are of no use, and casts saturate")]
    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(AnyValue::Integer(number as i64))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(AnyValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(AnyValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element()? {
            entries.push(entry);
        }
        Ok(AnyValue::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(AnyValue::Object)
    }
}
