//! The API's door: a request in, a response out.

mod act;
mod directory;
mod doing;
mod follow;
mod following;
mod inventory;
mod kind;
mod negotiation;
mod parameters;
mod path;
mod read;
mod reading;
mod refused;
mod respond;
mod rest;

use std::sync::{Arc, Mutex, PoisonError};

use super::{Caller, Engine, Environment, Reader, inventory::InventoryStore};
use crate::wire::{Base, Form, Method, Request, Response, fault::Fault};
pub use follow::{CannotFollow, DEPTH, Follow};
pub use kind::{Kind, LINKS, Link};
use parameters::Parameters;
use path::Resource;
use refused::Refused;
pub use rest::Rest;

/// Answers one request of a caller who is known already.
///
/// Paths are those of the contract, `/ovirt-engine/api…`, also under `/ovirt-engine/api/v4…`. Never fails: whatever goes
/// wrong is a response. Every response carries the request's correlation id, or a new one.
pub async fn handle<S: InventoryStore, E: Environment>(
    engine: &Engine<S, E>,
    caller: &Caller,
    request: Request,
) -> Response {
    answer(engine, caller, request, None).await.0
}

/// As [`handle`], but of a long list the body may be only the beginning: the rest is read from the store as it is sent.
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

/// A refusal that comes from before the engine (a body too long, too many requests), in the form that the client wants.
pub fn refuse(request: &Request, status: u16, fault: &Fault) -> Response {
    let (_, matrix) = path::split_matrix(&request.path);
    let parameters = Parameters::new(request, matrix);
    let form = negotiation::wanted(&parameters).unwrap_or(Form::PREFERRED);
    let response = respond::document(form, status, &crate::wire::describe::fault(fault));
    match parameters.correlation_id() {
        Some(correlation_id) => response.with_header("correlation-id", correlation_id),
        None => response,
    }
}

/// One request, with everything that its answer depends on.
struct Call<'a, S, E> {
    engine: &'a Engine<S, E>,
    caller: &'a Caller,
    request: &'a Request,
    parameters: Parameters<'a>,
    base: Base,
    /// The form that the client wants of those that there are.
    wanted: Option<Form>,
    correlation_id: String,
    /// The engine, to read on, when whoever asks can wait for the rest of a body.
    in_pages: Option<&'a Arc<Engine<S, E>>>,
    /// What comes after the response's body.
    rest: &'a Mutex<Option<Rest>>,
}

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Every answer comes through here: what is refused gets the client's form too.
    async fn answer(&self, resource: Resource) -> Response {
        match self.attempt(resource).await {
            Ok(response) => response,
            Err(refused) => {
                if let Some(error) = refused.cause() {
                    self.engine.environment.failed(error);
                }
                refused.response(self.form(), &self.request.origin())
            }
        }
    }

    /// Version, method, then forms of body, then the work itself: the order in which JAX-RS looks.
    async fn attempt(&self, resource: Resource) -> Result<Response, Refused> {
        self.check_version()?;
        let method = self.request.method;
        if !resource.allows(method) {
            return Err(Refused::Method(resource.allowed()));
        }
        self.check_forms()?;
        match method {
            Method::Get => self.read(resource).await,
            Method::Post | Method::Other => self.act(resource).await,
        }
    }

    /// The form of all answers to this request.
    fn form(&self) -> Form {
        self.wanted.unwrap_or(Form::PREFERRED)
    }

    /// The reader that this request's filter makes of its caller.
    fn reader(&self) -> Reader<'_> {
        Reader::new(self.caller, self.parameters.filter())
    }
}
