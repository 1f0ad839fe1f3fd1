//! Cuts what a client sends: it must not fill the log.

use std::borrow::Cow;

/// How many bytes of a client's text are logged.
const LIMIT: usize = 256;
/// The end of a text that was cut.
const CUT: &str = "…";

/// The text; of a longer one its beginning, and a mark.
pub(in crate::server) fn short(text: &str) -> Cow<'_, str> {
    if text.len() <= LIMIT {
        return Cow::Borrowed(text);
    }
    let (start, _) = text.split_at(text.floor_char_boundary(LIMIT - CUT.len()));
    Cow::Owned(format!("{start}{CUT}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_two_letters() {
        for (text, expected) in [
            (String::new(), String::new()),
            ("x".repeat(256), "x".repeat(256)),
            ("x".repeat(257), format!("{}…", "x".repeat(253))),
            ("ö".repeat(128), "ö".repeat(128)),
            ("ö".repeat(60_000), format!("{}…", "ö".repeat(126))),
        ] {
            let cut = short(&text);
            assert_eq!(cut, expected);
            assert!(cut.len() <= LIMIT, "{cut}");
        }
    }
}
