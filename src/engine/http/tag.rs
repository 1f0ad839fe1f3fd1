//! `ETag` and `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1.2): a client that has a list does not read it again.

use std::fmt::Debug;

use xxhash_rust::xxh3::xxh3_128;

use crate::{engine::ListVersion, wire::Response};

/// The tag of a body. Equal tags mean equal bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Tag {
    /// The tag of a body that shows `shown` in that version. `shown` is everything else that the body depends on, and the caller
    /// with all roles, so that no tag outlives a change of them. Its debug form tells every part, with texts in quotes.
    ///
    /// A newer program may write other bodies, so its version is part of the tag. The tag is weak, since the server compresses
    /// bodies.
    pub(super) fn of(ListVersion(version): ListVersion, shown: impl Debug) -> Self {
        let depends_on = format!("{} {version:x} {shown:?}", env!("CARGO_PKG_VERSION"));
        Self(format!("\"{:032x}\"", xxh3_128(depends_on.as_bytes())))
    }

    /// Whether an `If-None-Match` header contains this tag, weak or strong, or `*`.
    pub(super) fn is_in(&self, header: &str) -> bool {
        // No tag of ours contains a comma, and no tag at all contains a quote.
        header.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.0)
    }

    /// The response with this tag.
    pub(super) fn mark(&self, response: Response) -> Response {
        response.with_header("etag", format!("W/{}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_header() {
        let tag = Tag::of(ListVersion(1), "shown");
        let Tag(strong) = &tag;
        for (header, expected) in [
            (strong.clone(), true),
            (format!("W/{strong}"), true),
            (format!("\"other\", W/{strong}"), true),
            (format!("\"with, comma\",{strong} ,"), true),
            ("*".to_owned(), true),
            (String::new(), false),
            ("\"other\"".to_owned(), false),
            (strong.trim_matches('"').to_owned(), false),
            (format!("w/{strong}"), false),
            (strong.replace('"', "\"\""), false),
            ("\"\",,W/".to_owned(), false),
        ] {
            assert_eq!(tag.is_in(&header), expected, "{header}");
        }
    }
}
