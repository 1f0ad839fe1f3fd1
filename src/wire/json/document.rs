//! One document, or one entry of a list.

use std::fmt;

use serde::Deserialize;

/// The body is not what was asked for: an HTML page, half a document, or another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable(pub String);

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<serde_json::Error> for Undecodable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Reads the body of a response.
pub(in crate::wire) fn read_document<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Undecodable> {
    // Checked once for the whole body: from bytes, serde_json would check each text by itself.
    let text = std::str::from_utf8(body).map_err(|_| Undecodable("the body is not UTF-8".to_owned()))?;
    // Some programs write a mark at the beginning of UTF-8. It is no part of the document (RFC 8259, section 8.1).
    read_object(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads a JSON object. All documents of the API and all entries of its lists are objects.
pub(super) fn read_object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Undecodable> {
    // A derived reader would also accept a list of the members' values.
    if !text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('{') {
        return Err(Undecodable("not a JSON object".to_owned()));
    }
    Ok(serde_json::from_str(text)?)
}
