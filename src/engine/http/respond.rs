//! Responses in the form that the client wants.

use super::{Call, Environment, InventoryStore};
use crate::wire::{Body, Form, Response, document::Document};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// A response with a whole document.
    pub(super) fn send(&self, status: u16, document: &Document<'_>) -> Response {
        self::document(self.form(), status, document)
    }

    /// A response with a body that is already written in the [form](Call::form) of this call, perhaps in pieces.
    pub(super) fn stream(&self, status: u16, body: Body) -> Response {
        with_body(self.form(), status, body)
    }
}

/// A response with a whole document in that form.
pub(super) fn document(form: Form, status: u16, document: &Document<'_>) -> Response {
    with_body(form, status, Body::Bytes(document.to_bytes(form)))
}

fn with_body(form: Form, status: u16, body: Body) -> Response {
    Response { body, ..Response::empty(status).with_header("content-type", form.media_type()) }
}
