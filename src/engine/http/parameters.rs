//! The parameters of a request.

use crate::wire::Request;

/// Finds parameters in the query, then in the matrix of the last path segment (`ParametersHelper.java`).
pub(super) struct Parameters<'a> {
    request: &'a Request,
    matrix: Vec<(String, String)>,
}

/// How many rows a list may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Max {
    /// All rows.
    Unlimited,
    /// At most that many.
    Rows(usize),
    /// A negative number.
    Negative(i64),
}

impl<'a> Parameters<'a> {
    pub(super) fn new(request: &'a Request, matrix: &'a str) -> Self {
        let pairs = matrix.split(';').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let matrix = pairs.map(|(name, value)| (decode(name), decode(value))).collect();
        Self { request, matrix }
    }

    /// All headers with that name (lower case), as the one list that they mean.
    pub(super) fn headers(&self, name: &str) -> String {
        let all = self.request.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        all.collect::<Vec<_>>().join(",")
    }

    /// The parameter's text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let matrix = || self.matrix.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        self.request.query(name).or_else(matrix)
    }

    /// Whether to show the caller only their own things. The only parameter here that may also be a header.
    pub(super) fn filter(&self) -> Option<bool> {
        boolean(self.text("filter").or_else(|| self.request.header("filter"))?)
    }

    /// Whether case matters in a search. An engine says yes in its manual, but does so only if it is asked.
    pub(super) fn case_sensitive(&self) -> bool {
        self.text("case_sensitive").and_then(boolean).unwrap_or(false)
    }

    /// An invalid integer counts as no limit.
    pub(super) fn max(&self) -> Max {
        match self.integer("max") {
            None => Max::Unlimited,
            Some(rows) => usize::try_from(rows).map_or(Max::Negative(rows), Max::Rows),
        }
    }

    /// The parameter as a number.
    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    /// Reduced to letters, digits, `_` and `-`, and shortened to 36 (`CurrentFilter.java`); `None` if nothing is left.
    pub(super) fn correlation_id(&self) -> Option<String> {
        let text = self.request.header("correlation-id").or_else(|| self.text("correlation_id"))?;
        let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let id: String = text.chars().filter(kept).take(36).collect();
        (!id.is_empty()).then_some(id)
    }
}

/// The words that an engine knows; an empty value means yes.
fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" | "t" | "true" | "y" | "yes" | "1" => Some(true),
        "f" | "false" | "n" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// Decodes percent-encoding; invalid sequences stay as they are.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let (byte, taken) = match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (byte, 3),
            None => (*first, 1),
        };
        bytes.push(byte);
        rest = rest.get(taken..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
