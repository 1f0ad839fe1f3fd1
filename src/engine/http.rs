//! The API: a request in, a response out.

mod act;
mod directory;
mod doing;
mod event;
mod follow;
mod following;
pub mod html;
mod inventory;
mod kind;
mod negotiation;
mod once;
mod parameters;
mod path;
mod read;
mod reading;
mod refused;
mod respond;
mod rest;
mod store_failure;
mod tag;

use std::sync::{Arc, Mutex, PoisonError};

use super::{Caller, Engine, Environment, Reader, inventory::InventoryStore};
use crate::wire::{Base, Body, Format, Method, Request, Response, fault::Fault};
pub use follow::{Follow, LINKS, NoSuchLink};
pub use kind::EntityKind;
use parameters::Parameters;
use path::Resource;
use refused::Refused;
pub use rest::Rest;
pub use store_failure::StoreFailure;

/// Answers one request of an authenticated caller.
///
/// Paths begin with `/ovirt-engine/api` or `/ovirt-engine/api/v4`. Every error is a response too. Every response carries the
/// request's correlation id, or a new one.
pub async fn handle<S: InventoryStore, E: Environment>(
    engine: &Engine<S, E>,
    caller: &Caller,
    request: Request,
) -> Response {
    answer(engine, caller, request, None).await.0
}

/// As [`handle`], but the body of a long list may be only its first page. The rest is read from the store as it is sent.
pub async fn handle_in_pages<S: InventoryStore, E: Environment>(
    engine: &Arc<Engine<S, E>>,
    caller: &Caller,
    request: Request,
) -> (Response, Option<Rest>) {
    answer(engine, caller, request, Some(engine)).await
}

async fn answer<S: InventoryStore, E: Environment>(
    engine: &Engine<S, E>,
    caller: &Caller,
    request: Request,
    in_pages: Option<&Arc<Engine<S, E>>>,
) -> (Response, Option<Rest>) {
    let rest = Mutex::new(None);
    let (path, matrix) = path::split_matrix(&request.path);
    let parameters = Parameters::new(&request, matrix);
    let correlation_id = parameters.correlation_id().unwrap_or_else(|| engine.environment.new_uuid().to_string());
    let mut response = match path::parse(&path) {
        Some((base, resource)) => {
            let wanted = negotiation::wanted(&parameters);
            let correlation_id = correlation_id.clone();
            let request = &request;
            let call =
                Call { engine, caller, request, parameters, base, wanted, correlation_id, in_pages, rest: &rest };
            call.answer(resource).await
        }
        None => Response::empty(404),
    };
    for (_, location) in response.headers.iter_mut().filter(|(name, _)| name == "location") {
        location.insert_str(0, &request.origin());
    }
    let rest = rest.into_inner().unwrap_or_else(PoisonError::into_inner);
    (response.with_header("correlation-id", correlation_id), rest)
}

/// A refusal by the server in front of the engine (body too long, too many requests), in the format that the client wants.
pub fn refuse(request: &Request, status: u16, fault: &Fault) -> Response {
    let (_, matrix) = path::split_matrix(&request.path);
    let parameters = Parameters::new(request, matrix);
    let format = negotiation::wanted(&parameters).unwrap_or(Format::PREFERRED);
    let response = respond::document(format, status, &crate::wire::describe::fault(fault));
    match parameters.correlation_id() {
        Some(correlation_id) => response.with_header("correlation-id", correlation_id),
        None => response,
    }
}

/// One request, with everything that its response depends on.
struct Call<'a, S, E> {
    engine: &'a Engine<S, E>,
    caller: &'a Caller,
    request: &'a Request,
    parameters: Parameters<'a>,
    base: Base,
    /// The format that the client wants; `None` if it accepts none of ours.
    wanted: Option<Format>,
    correlation_id: String,
    /// The engine to read more pages from, if the caller of the handler can send a body in pages.
    in_pages: Option<&'a Arc<Engine<S, E>>>,
    /// The part of the body that is still to be read.
    rest: &'a Mutex<Option<Rest>>,
}

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Turns refusals into responses.
    async fn answer(&self, resource: Resource) -> Response {
        match self.attempt(resource).await {
            Ok(response) => response,
            Err(refused) => {
                if let Some(error) = refused.cause() {
                    self.engine.environment.failed(error);
                }
                refused.response(self.format(), &self.request.origin())
            }
        }
    }

    /// Checks version, method and forms, in the order of JAX-RS, then does the work.
    async fn attempt(&self, resource: Resource) -> Result<Response, Refused> {
        self.check_version()?;
        let method = self.request.method;
        if !resource.allows(method) {
            return Err(Refused::Method(resource.allowed()));
        }
        if method == Method::Options {
            // What RESTEasy answers if a resource has no method of its own for it (`DefaultOptionsMethodException`).
            let response = Response::empty(200).with_header("allow", resource.allowed());
            let body = Body::Bytes(resource.allowed().as_bytes().to_vec());
            return Ok(Response { body, ..response.with_header("content-type", "text/plain;charset=UTF-8") });
        }
        self.check_forms()?;
        match method {
            Method::Get => self.read(resource).await,
            Method::Post | Method::Put | Method::Delete | Method::Options | Method::Other => self.act(resource).await,
        }
    }

    /// The format of the response.
    fn format(&self) -> Format {
        self.wanted.unwrap_or(Format::PREFERRED)
    }

    /// The caller, with this request's filter.
    fn reader(&self) -> Reader<'_> {
        Reader::new(self.caller, self.parameters.filter())
    }
}
