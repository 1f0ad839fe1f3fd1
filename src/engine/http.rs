//! The API's door: a request in, a response out.

mod act;
mod negotiation;
mod parameters;
mod path;
mod read;
mod respond;

use super::{Caller, Engine, Environment, Reader, Store};
use crate::wire::{Method, Request, Response, json::Base};
use parameters::Parameters;
use path::Resource;

/// Answers one request of a caller who is known already.
///
/// Paths are those of the contract, `/ovirt-engine/api…`, also under `/ovirt-engine/api/v4…`. Never fails: whatever goes
/// wrong is a response. Every response carries the request's correlation id, or a new one.
pub async fn handle<S: Store, E: Environment>(engine: &Engine<S, E>, caller: &Caller, request: Request) -> Response {
    let (path, matrix) = path::split_matrix(&request.path);
    let parameters = Parameters::new(&request, matrix);
    let correlation_id = parameters.correlation_id().unwrap_or_else(|| engine.environment.new_uuid().to_string());
    let response = match path::parse(&path) {
        Some((base, resource)) => {
            let call =
                Call { engine, caller, request: &request, parameters, base, correlation_id: correlation_id.clone() };
            call.answer(resource).await
        }
        None => Response::empty(404),
    };
    response.with_header("correlation-id", correlation_id)
}

/// One request, with everything that its answer depends on.
struct Call<'a, S, E> {
    engine: &'a Engine<S, E>,
    caller: &'a Caller,
    request: &'a Request,
    parameters: Parameters<'a>,
    base: Base,
    correlation_id: String,
}

impl<S: Store, E: Environment> Call<'_, S, E> {
    /// Method, then forms of body, then the work itself: the order in which JAX-RS looks.
    async fn answer(&self, resource: Resource) -> Response {
        if let Some(refusal) = self.refused_version() {
            return refusal;
        }
        let method = self.request.method;
        if !resource.allows(method) {
            return Response::empty(405).with_header("allow", resource.allowed());
        }
        if let Some(refusal) = self.refused_form() {
            return refusal;
        }
        match method {
            Method::Get => self.read(resource).await,
            Method::Post | Method::Other => self.act(resource).await,
        }
    }

    /// The reader that this request's filter makes of its caller.
    fn reader(&self) -> Reader<'_> {
        Reader::new(self.caller, self.parameters.filter())
    }
}
