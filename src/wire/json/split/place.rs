//! Where in a body the next byte is, and what each byte does there.

use super::{
    SplitError,
    scan::{Scan, is_blank},
};

/// The mark that some programs write at the beginning of UTF-8. It is no part of the document (RFC 8259, section 8.1).
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Where in the body the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At its very beginning: so many bytes of [`MARK`] have come.
    Mark(usize),
    /// Before the document.
    Before,
    /// In the object, between its members.
    Members,
    /// In the name of a member.
    Name {
        /// Where it begins in what is kept of the document.
        begin: usize,
        /// How far it came.
        scan: Scan,
    },
    /// Between the name of a member and its value.
    Value {
        /// Whether it is the name of the list.
        of_list: bool,
    },
    /// In the value of a member that is not the list.
    Other(Scan),
    /// In the list, before an entry.
    Entry {
        /// Whether it is the first one: then the list may also end here.
        first: bool,
    },
    /// In an entry of the list.
    InEntry(Scan),
    /// In the list, after an entry.
    AfterEntry,
    /// After the document.
    After,
}

/// What a byte between values does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is part of the document without its entries.
    Keep(Place),
    /// It is not.
    Drop(Place),
    /// It is looked at again at that place.
    Again(Place),
}

impl Place {
    /// What a byte does here. `kept` is how many bytes of the document are kept. Inside of names and values nothing comes of it.
    ///
    /// This accepts more than JSON, such as commas without a value between them: what is kept of the document shows those.
    pub(super) const fn step(self, byte: u8, kept: usize) -> Result<Step, SplitError> {
        Ok(match (self, byte) {
            (Self::Mark(seen), _) if seen < MARK.len() && byte == MARK[seen] => Step::Drop(Self::Mark(seen + 1)),
            (Self::Mark(seen), _) if seen == 0 || seen == MARK.len() => Step::Again(Self::Before),
            (Self::Mark(_), _) => return Err(SplitError::NotJson),
            // A real engine writes blanks and line breaks between all tokens.
            (Self::Entry { .. } | Self::AfterEntry, _) if is_blank(byte) => Step::Drop(self),
            (place, _) if is_blank(byte) => Step::Keep(place),

            (Self::Before, b'{') | (Self::Members, b',') => Step::Keep(Self::Members),
            (Self::Members, b'"') => Step::Again(Self::Name { begin: kept, scan: Scan::of(byte) }),
            (Self::Members, b'}') => Step::Keep(Self::After),

            (Self::Value { .. }, b':') => Step::Keep(self),
            (Self::Value { of_list: true }, b'[') => Step::Keep(Self::Entry { first: true }),
            (Self::Entry { first: true } | Self::AfterEntry, b']') => Step::Keep(Self::Members),
            (Self::AfterEntry, b',') => Step::Drop(Self::Entry { first: false }),

            // No value begins so.
            (Self::Value { .. } | Self::Entry { .. }, b']' | b'}' | b',') => return Err(SplitError::NotJson),
            (Self::Value { .. }, _) => Step::Again(Self::Other(Scan::of(byte))),
            (Self::Entry { .. }, _) => Step::Again(Self::InEntry(Scan::of(byte))),
            _ => return Err(SplitError::NotJson),
        })
    }
}
