//! Long lists, written piece by piece as they are sent.

use super::{Entity, Value, json};
use crate::wire::{Body, Format};

/// The size of a piece in bytes, roughly.
const PIECE: usize = 32 * 1024;

/// A body that lists `items`, each written by `describe`. Only one piece of it is in memory at a time.
///
/// `names` are those of the list and of an item: `("jobs", "job")`. An engine writes an empty list as `{}` in JSON, but as
/// `{"job":[]}` if links were `followed`; XML shows no difference.
pub fn stream<T: Send + 'static>(
    format: Format,
    names: (&'static str, &'static str),
    followed: bool,
    items: impl Iterator<Item = T> + Send + 'static,
    describe: impl for<'a> Fn(&'a T) -> Entity<'a> + Send + 'static,
) -> Body {
    let mut items = items.peekable();
    let mut listing = Some(Listing::new(format, names, followed, describe));
    if items.peek().is_none() {
        return Body::Bytes(listing.take().map(Listing::close).unwrap_or_default());
    }
    Body::Pieces(Box::new(std::iter::from_fn(move || {
        let mut piece = Vec::with_capacity(PIECE + PIECE / 4);
        while piece.len() < PIECE
            && let Some(item) = items.next()
        {
            listing.as_mut()?.write(&mut piece, &item);
        }
        if items.peek().is_none() {
            piece.extend(listing.take()?.close());
        }
        Some(piece)
    })))
}

/// A list that is written item by item.
pub struct Listing<D> {
    format: Format,
    /// The name of an item in XML.
    #[cfg(feature = "server")]
    item: &'static str,
    frame: Frame,
    describe: D,
    opened: bool,
}

impl<D> Listing<D> {
    /// A list without items so far; see [`stream`].
    pub fn new(format: Format, names: (&'static str, &'static str), followed: bool, describe: D) -> Self {
        Self {
            format,
            #[cfg(feature = "server")]
            item: names.1,
            frame: Frame::new(format, names, followed),
            describe,
            opened: false,
        }
    }

    /// Appends an item.
    pub fn write<T>(&mut self, written: &mut Vec<u8>, item: &T)
    where
        D: for<'a> Fn(&'a T) -> Entity<'a>,
    {
        let entity = (self.describe)(item);
        self.write_entity(written, entity);
    }

    /// Appends an item that is an entity already.
    pub fn write_entity(&mut self, written: &mut Vec<u8>, entity: Entity<'_>) {
        written.extend_from_slice(if self.opened { self.frame.between } else { &self.frame.opening });
        self.opened = true;
        let entity = Value::from(entity);
        match self.format {
            #[cfg(feature = "server")]
            Format::Xml => written.extend(super::xml::fragment(self.item, &entity)),
            Format::Json => json::append(written, &entity),
        }
    }

    /// The text after the last item; the whole list if there was none.
    pub fn close(self) -> Vec<u8> {
        if self.opened { self.frame.closing } else { self.frame.empty }
    }
}

/// The text around the items.
struct Frame {
    opening: Vec<u8>,
    between: &'static [u8],
    closing: Vec<u8>,
    empty: Vec<u8>,
}

impl Frame {
    fn new(format: Format, names: (&'static str, &'static str), followed: bool) -> Self {
        match format {
            #[cfg(feature = "server")]
            Format::Xml => Self {
                opening: [super::xml::declaration(), format!("<{}>", names.0).into_bytes()].concat(),
                between: b"",
                closing: format!("</{}>", names.0).into_bytes(),
                empty: [super::xml::declaration(), format!("<{}/>", names.0).into_bytes()].concat(),
            },
            Format::Json => {
                let (opening, closing) = (format!(r#"{{"{}":["#, names.1).into_bytes(), b"]}".to_vec());
                let empty = if followed { [opening.as_slice(), &closing].concat() } else { b"{}".to_vec() };
                Self { opening, between: b",", closing, empty }
            }
        }
    }
}
