//! Posted JSON.

use std::borrow::Cow;

use serde_json::Value;

use super::{Members, Unreadable, model::Model, value};

/// Reads an object whose members the model has.
///
/// A body of white space only, and `null`, are as no body: Jackson reads nothing from them.
pub(super) fn members(body: &[u8], model: Model) -> Result<Members, Unreadable> {
    let text = text(body).ok_or(Unreadable::Syntax)?;
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    match serde_json::from_str(&text) {
        Ok(Value::Object(members)) => value::check(&members, model).map(|()| members),
        Ok(Value::Null) => Err(Unreadable::Empty),
        Ok(_) | Err(_) => Err(Unreadable::Syntax),
    }
}

/// The text of a body in UTF-8 or UTF-16, with or without a byte order mark. As in Jackson, the first bytes tell which
/// (`ByteSourceJsonBootstrapper`); what the content type says has no effect.
fn text(body: &[u8]) -> Option<Cow<'_, str>> {
    let in_units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty()).map(Cow::Owned)
    };
    match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        [0xfe, 0xff, rest @ ..] => in_units(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => in_units(rest, u16::from_le_bytes),
        [0, _, ..] => in_units(body, u16::from_be_bytes),
        [_, 0, ..] => in_units(body, u16::from_le_bytes),
        _ => std::str::from_utf8(body).ok().map(Cow::Borrowed),
    }
}
