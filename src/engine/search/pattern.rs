//! Values with `*`.

/// Whether a text fits a pattern in which `*` stands for any text.
pub(super) fn matches(pattern: &str, text: &str, case_sensitive: bool) -> bool {
    if case_sensitive { fits(pattern, text) } else { fits(&pattern.to_lowercase(), &text.to_lowercase()) }
}

fn fits(pattern: &str, text: &str) -> bool {
    // The first piece must begin the text and the last must end it; the pieces between follow each other.
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in between.split('*') {
        match text.split_once(piece) {
            Some((_, after)) => text = after,
            None => return false,
        }
    }
    text.ends_with(last)
}
