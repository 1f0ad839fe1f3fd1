//! Splits the body of a list into its entries while the bytes arrive.
//!
//! Only the entries of the list are cut out, and they are not decoded. All other bytes are kept: they are the same document with
//! an empty list. A reader of whole documents judges whether that one is JSON, and whether it is a list at all.

mod place;
mod scan;

use std::fmt;

use self::{
    place::{Place, Step},
    scan::Scan,
};
use super::Undecodable;

/// How deep the brackets of one value may nest. serde_json decodes no deeper ones. Those of an engine nest seven deep.
pub const DEEPEST: usize = 128;

/// How many bytes one entry may have, and all that is not in the list. The JSON of a step has about 600.
pub const LARGEST: usize = 16 << 20;

/// Why a body cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// It is no JSON object.
    NotJson,
    /// It ended in the middle.
    BrokenOff,
    /// Its brackets nest deeper than [`DEEPEST`].
    TooDeep,
    /// One entry, or what is not in the list, has more bytes than [`LARGEST`].
    TooLarge,
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "not a JSON object",
            Self::BrokenOff => "the body broke off in the middle",
            Self::TooDeep => "the body nests too deep",
            Self::TooLarge => "an entry is too large",
        })
    }
}

impl From<SplitError> for Undecodable {
    fn from(error: SplitError) -> Self {
        Self(error.to_string())
    }
}

/// A body that is being split. It keeps what is not in the list, and the current entry if that came in several pieces.
#[derive(Debug)]
pub struct Splitter {
    /// The name of the list, such as `job`.
    name: &'static str,
    place: Place,
    /// What has come of the current entry, in earlier pieces.
    entry: Vec<u8>,
    /// The document without the entries.
    kept: Vec<u8>,
}

impl Splitter {
    /// For a body that may have a list of this name at its top, as in `{"job": […]}`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, place: Place::Mark(0), entry: Vec::new(), kept: Vec::new() }
    }

    /// Takes the next bytes, which may be cut anywhere. Calls `each` with the bytes of each entry that is complete now. After an
    /// error the splitter is of no more use.
    pub fn take<E: From<SplitError>>(
        &mut self,
        mut bytes: &[u8],
        each: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        while let Some(first) = bytes.first() {
            let taken = match self.place {
                Place::Name { begin, scan } => self.take_name(begin, scan, bytes)?,
                Place::Other(scan) => self.take_other(scan, bytes)?,
                Place::InEntry(scan) => self.take_entry(scan, bytes, each)?,
                place => self.take_step(place.step(*first, self.kept.len())?, *first)?,
            };
            bytes = &bytes[taken..];
        }
        Ok(())
    }

    /// The body has ended. Gives back the document without the entries that were cut out.
    pub fn finish(self) -> Result<Vec<u8>, SplitError> {
        if self.place == Place::After { Ok(self.kept) } else { Err(SplitError::BrokenOff) }
    }

    // Each of these gives back how many bytes it took.

    fn take_step(&mut self, step: Step, byte: u8) -> Result<usize, SplitError> {
        let (place, taken) = match step {
            Step::Keep(place) => {
                self.keep(&[byte])?;
                (place, 1)
            }
            Step::Drop(place) => (place, 1),
            Step::Again(place) => (place, 0),
        };
        self.place = place;
        Ok(taken)
    }

    fn take_name(&mut self, begin: usize, mut scan: Scan, bytes: &[u8]) -> Result<usize, SplitError> {
        let (part, ended) = scan.take(bytes)?;
        self.keep(part)?;
        self.place = if ended {
            // A name with escapes is not known here. Then the entries are not cut out, and come with the rest.
            let name = &self.kept[begin + 1..self.kept.len() - 1];
            Place::Value { of_list: name == self.name.as_bytes() }
        } else {
            Place::Name { begin, scan }
        };
        Ok(part.len())
    }

    fn take_other(&mut self, mut scan: Scan, bytes: &[u8]) -> Result<usize, SplitError> {
        let (part, ended) = scan.take(bytes)?;
        self.keep(part)?;
        self.place = if ended { Place::Members } else { Place::Other(scan) };
        Ok(part.len())
    }

    fn take_entry<E: From<SplitError>>(
        &mut self,
        mut scan: Scan,
        bytes: &[u8],
        each: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<usize, E> {
        let (part, ended) = scan.take(bytes)?;
        if self.entry.len() + part.len() > LARGEST {
            return Err(SplitError::TooLarge.into());
        }
        if ended && self.entry.is_empty() {
            each(part)?;
        } else {
            self.entry.extend_from_slice(part);
            if ended {
                each(&self.entry)?;
                self.entry.clear();
            }
        }
        self.place = if ended { Place::AfterEntry } else { Place::InEntry(scan) };
        Ok(part.len())
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), SplitError> {
        if self.kept.len() + bytes.len() > LARGEST {
            return Err(SplitError::TooLarge);
        }
        self.kept.extend_from_slice(bytes);
        Ok(())
    }
}
