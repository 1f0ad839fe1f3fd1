//! Long lists, made piece by piece as they are sent.

use super::{Entity, Value, json};
use crate::wire::{Body, Form};

/// A piece is sent when it has grown to this many bytes.
const PIECE: usize = 32 * 1024;

/// A body that lists `items` as `describe` says, without ever holding more than a piece of it.
///
/// `names` are those of the list and of each item: `("jobs", "job")`. When a list was followed, an engine has touched it, and
/// writes an empty one as `{"job":[]}` instead of `{}`; XML shows no difference.
pub fn stream<T: Send + 'static>(
    form: Form,
    names: (&'static str, &'static str),
    followed: bool,
    items: impl Iterator<Item = T> + Send + 'static,
    describe: impl for<'a> Fn(&'a T) -> Entity<'a> + Send + 'static,
) -> Body {
    let mut items = items.peekable();
    let frame = Frame::new(form, names, followed);
    if items.peek().is_none() {
        return Body::Bytes(frame.empty);
    }
    let mut opening = Some(frame.opening);
    Body::Pieces(Box::new(std::iter::from_fn(move || {
        items.peek()?;
        let mut piece = Vec::with_capacity(PIECE + PIECE / 4);
        while piece.len() < PIECE
            && let Some(item) = items.next()
        {
            piece.extend(opening.take().unwrap_or_else(|| frame.between.to_vec()));
            let entity = Value::from(describe(&item));
            piece.extend(match form {
                #[cfg(feature = "server")]
                Form::Xml => super::xml::fragment(names.1, &entity),
                Form::Json => json::to_bytes(&entity),
            });
        }
        if items.peek().is_none() {
            piece.extend_from_slice(&frame.closing);
        }
        Some(piece)
    })))
}

/// What stands around the items.
struct Frame {
    opening: Vec<u8>,
    between: &'static [u8],
    closing: Vec<u8>,
    empty: Vec<u8>,
}

impl Frame {
    fn new(form: Form, names: (&'static str, &'static str), followed: bool) -> Self {
        match form {
            #[cfg(feature = "server")]
            Form::Xml => Self {
                opening: [super::xml::declaration(), format!("<{}>", names.0).into_bytes()].concat(),
                between: b"",
                closing: format!("</{}>", names.0).into_bytes(),
                empty: [super::xml::declaration(), format!("<{}/>", names.0).into_bytes()].concat(),
            },
            Form::Json => {
                let (opening, closing) = (format!(r#"{{"{}":["#, names.1).into_bytes(), b"]}".to_vec());
                let empty = if followed { [opening.as_slice(), &closing].concat() } else { b"{}".to_vec() };
                Self { opening, between: b",", closing, empty }
            }
        }
    }
}
