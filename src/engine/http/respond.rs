//! Responses in the format that the client wants.

use super::{Call, Environment, InventoryStore};
use crate::wire::{Body, Format, Response, document::Document};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// A response with a whole document.
    pub(super) fn send(&self, status: u16, document: &Document<'_>) -> Response {
        self::document(self.format(), status, document)
    }

    /// A response with a body that is already written in the [format](Call::format) of this call, perhaps in pieces.
    pub(super) fn stream(&self, status: u16, body: Body) -> Response {
        with_body(self.format(), status, body)
    }
}

/// A response with a whole document in that format.
pub(super) fn document(format: Format, status: u16, document: &Document<'_>) -> Response {
    with_body(format, status, Body::Bytes(document.to_bytes(format)))
}

fn with_body(format: Format, status: u16, body: Body) -> Response {
    Response { body, ..Response::empty(status).with_header("content-type", format.content_type()) }
}
