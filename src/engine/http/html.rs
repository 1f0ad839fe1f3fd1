//! Pages and lines of HTML that an engine's container sends instead of faults.

/// A text as it must be written in HTML.
pub(in crate::engine) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The container's page for an error. The message is plain text.
pub fn error_page(message: &str) -> String {
    format!("<html><head><title>Error</title></head><body>{}</body></html>", escape(message))
}
