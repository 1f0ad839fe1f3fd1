//! The values that an engine reads.

use serde_json::{Map, Value};

use super::{
    Unreadable,
    model::{ListModel, MemberType, Model},
};
use crate::domain::{ExternalSystem, Status, StepType, Time, event::Severity};

/// Checks that the model has every member, and that every value is valid.
pub(super) fn check(members: &Map<String, Value>, model: Model) -> Result<(), Unreadable> {
    members.iter().try_for_each(|(name, value)| match model.member(name) {
        None => Err(Unreadable::unknown(name, model.class)),
        Some(_) if value.is_null() => Ok(()),
        Some(member_type) => check_type(value, member_type),
    })
}

/// Checks that a value is valid for that type.
pub(super) fn check_type(value: &Value, member_type: MemberType) -> Result<(), Unreadable> {
    let word = |known: fn(&str) -> bool| value.as_str().is_some_and(known);
    let fits = match member_type {
        MemberType::Boolean => boolean(value).is_some(),
        MemberType::Integer => integer(value).is_some(),
        MemberType::ShortInteger => integer(value).is_some_and(|number| i32::try_from(number).is_ok()),
        MemberType::Text => text(value).is_some(),
        MemberType::Date => date(value).is_some(),
        MemberType::Status => word(|word| word.parse::<Status>().is_ok()),
        MemberType::StepType => word(|word| word.parse::<StepType>().is_ok()),
        MemberType::Severity => word(|word| word.parse::<Severity>().is_ok()),
        MemberType::ExternalSystem => word(|word| word.parse::<ExternalSystem>().is_ok()),
        MemberType::Object(model) => return check(value.as_object().ok_or(Unreadable::Syntax)?, model),
        MemberType::List(list) => return check_list(value.as_object().ok_or(Unreadable::Syntax)?, list),
        MemberType::Other => value.is_object(),
        MemberType::Any => true,
        MemberType::Links => value.is_object() || value.is_array(),
    };
    if fits { Ok(()) } else { Err(Unreadable::Syntax) }
}

fn check_list(members: &Map<String, Value>, list: ListModel) -> Result<(), Unreadable> {
    members.iter().try_for_each(|(name, items)| {
        if name != list.member {
            return Err(Unreadable::unknown(name, list.class));
        }
        let items = items.as_array().ok_or(Unreadable::Syntax)?;
        items.iter().try_for_each(|item| check(item.as_object().ok_or(Unreadable::Syntax)?, list.item))
    })
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
pub(super) fn date(value: &Value) -> Option<Time> {
    match value {
        Value::Number(millis) => Time::from_timestamp_millis(millis.as_i64()?),
        Value::String(text) => {
            text.parse().ok().or_else(|| text.parse::<chrono::NaiveDateTime>().ok().map(|local| local.and_utc()))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
