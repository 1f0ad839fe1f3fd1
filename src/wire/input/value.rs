//! The values that an engine reads.

use serde_json::{Map, Value};

use super::model::{MemberType, Model};
use crate::domain::{ExternalSystem, Status, StepType, Time};

/// Whether the model has every member, and every value is valid.
pub(super) fn fits(members: &Map<String, Value>, model: Model) -> bool {
    members
        .iter()
        .all(|(name, value)| model(name).is_some_and(|member_type| value.is_null() || fits_type(value, member_type)))
}

/// Whether a value is valid for that type.
pub(super) fn fits_type(value: &Value, member_type: MemberType) -> bool {
    match member_type {
        MemberType::Boolean => boolean(value).is_some(),
        MemberType::Integer => integer(value).is_some(),
        // PostgreSQL cannot store this character.
        MemberType::Text => text(value).is_some_and(|text| !text.contains('\0')),
        MemberType::Date => date(value).is_some(),
        MemberType::Status => value.as_str().is_some_and(|word| word.parse::<Status>().is_ok()),
        MemberType::StepType => value.as_str().is_some_and(|word| word.parse::<StepType>().is_ok()),
        MemberType::ExternalSystem => value.as_str().is_some_and(|word| word.parse::<ExternalSystem>().is_ok()),
        MemberType::Object(model) => value.as_object().is_some_and(|members| fits(members, model)),
        MemberType::List(name, model) => value.as_object().is_some_and(|list| fits_list(list, name, model)),
        MemberType::Other => value.is_object(),
        MemberType::Any => true,
        MemberType::Links => value.is_object() || value.is_array(),
    }
}

fn fits_list(list: &Map<String, Value>, name: &str, model: Model) -> bool {
    let item = |item: &Value| item.as_object().is_some_and(|members| fits(members, model));
    list.iter().all(|(key, items)| key == name && items.as_array().is_some_and(|items| items.iter().all(item)))
}

/// `true`, `"TRUE"`, `1`, `"1"` and their opposites; not `"yes"`, not `""`.
pub(super) fn boolean(value: &Value) -> Option<bool> {
    let word = text(value)?;
    match word.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A number, or one as text; `""` is 0.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match text(value)?.as_str() {
        "" => Some(0),
        digits => digits.parse().ok(),
    }
}

/// Text; numbers and booleans are taken as written, as Jackson does for text members.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(boolean) => Some(boolean.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Milliseconds, or an ISO date, with or without a zone.
fn date(value: &Value) -> Option<Time> {
    match value {
        Value::Number(millis) => Time::from_timestamp_millis(millis.as_i64()?),
        Value::String(text) => {
            text.parse().ok().or_else(|| text.parse::<chrono::NaiveDateTime>().ok().map(|local| local.and_utc()))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
