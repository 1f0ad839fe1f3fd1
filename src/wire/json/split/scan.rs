//! Finds the end of one JSON value, however its bytes are cut.

use memchr::memchr2;

use super::{DEEPEST, SplitError};

/// The bytes that matter outside of texts: `"`, `{`, `}`, `[`, `]`.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let bytes = b"\"{}[]";
    let mut index = 0;
    while index < bytes.len() {
        marks[bytes[index] as usize] = true;
        index += 1;
    }
    marks
};

/// The blanks and line breaks that may be between the tokens of JSON (RFC 8259, section 2).
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// How far a value came.
///
/// It counts brackets and does not compare them: for it, `[}` is a value. Whoever decodes the value refuses that one. A value
/// that can be decoded ends here where it ends for a reader of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scan {
    /// In a number, `true`, `false` or `null`. It ends before a comma, a closing bracket or a blank.
    Plain,
    /// In an object or list, outside of texts. So many brackets are open.
    Brackets(usize),
    /// In a text. So many brackets are open around it.
    Text(usize),
    /// In a text, after a backslash.
    Escape(usize),
}

impl Scan {
    /// A value that begins with this byte, which is not taken yet.
    pub(super) const fn of(first: u8) -> Self {
        if MARKS[first as usize] { Self::Brackets(0) } else { Self::Plain }
    }

    /// Takes the next bytes of the value. Gives back those that belong to it, and whether it ends with them.
    pub(super) fn take<'a>(&mut self, bytes: &'a [u8]) -> Result<(&'a [u8], bool), SplitError> {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let (taken, next) = match *self {
                Self::Plain => {
                    let end = rest.iter().position(|byte| is_blank(*byte) || matches!(byte, b',' | b']' | b'}'));
                    return Ok((&rest[..end.unwrap_or(rest.len())], end.is_some()));
                }
                Self::Brackets(depth) => match rest.iter().position(|byte| MARKS[usize::from(*byte)]) {
                    None => break,
                    Some(length) => (length + 1, bracket(rest[length], depth)?),
                },
                Self::Text(depth) => match memchr2(b'"', b'\\', rest) {
                    None => break,
                    Some(length) if rest[length] == b'"' => (length + 1, Self::Brackets(depth)),
                    Some(length) => (length + 1, Self::Escape(depth)),
                },
                Self::Escape(depth) => (1, Self::Text(depth)),
            };
            at += taken;
            *self = next;
            if next == Self::Brackets(0) {
                return Ok((&bytes[..at], true));
            }
        }
        Ok((bytes, false))
    }
}

/// What follows a quotation mark or bracket outside of texts. No value begins with a closing bracket.
const fn bracket(byte: u8, depth: usize) -> Result<Scan, SplitError> {
    match byte {
        b'"' => Ok(Scan::Text(depth)),
        b'{' | b'[' if depth == DEEPEST => Err(SplitError::TooDeep),
        b'{' | b'[' => Ok(Scan::Brackets(depth + 1)),
        _ => Ok(Scan::Brackets(depth.saturating_sub(1))),
    }
}
