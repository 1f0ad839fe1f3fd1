//! The words and status codes of refusals (`AppErrors.properties`, `Messages.properties`, `ErrorMessageHelper.java`).

use crate::{
    domain::rules::Refusal,
    engine::{CommandError, QueryError, StoreError},
    wire::{Body, Response, fault::Fault},
};

/// What an engine could not do, as its messages name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Adding a job.
    AddJob,
    /// Adding a step.
    AddStep,
    /// Ending or clearing a job: engines say *Clear* for both (`EndExternalJobCommand`).
    ChangeJob,
    /// Ending a step.
    EndStep,
}

impl Doing {
    /// What stands for `${action} ${type}`; where engines forget to fill it in, so do we.
    const fn words(self) -> &'static str {
        match self {
            Self::AddJob | Self::EndStep => "${action} ${type}",
            Self::AddStep => "add External Job",
            Self::ChangeJob => "Clear External Job",
        }
    }
}

/// The status code and fault of a refused command.
pub(super) fn command_fault(doing: Doing, error: &CommandError) -> (u16, Fault) {
    let sentence = match error {
        CommandError::NotAuthorized => {
            return (403, Fault::new("Operation Failed", "[User is not authorized to perform this action.]"));
        }
        CommandError::Store(error) => return (500, store_fault(error)),
        CommandError::Busy => return (409, Fault::new("Operation Failed", "[Related operation is in progress.]")),
        CommandError::BlankDescription => "Description can not be empty.",
        CommandError::NotFound | CommandError::Refused(Refusal::NoStep) => match doing {
            Doing::AddStep => "Step should be a child of the Job or other Step.",
            Doing::EndStep => "Step not found.",
            Doing::AddJob | Doing::ChangeJob => "Job not found.",
        },
        CommandError::Refused(Refusal::InternalJob | Refusal::InternalStep) => {
            "External steps can be added only to external jobs or steps."
        }
    };
    (400, Fault::new("Operation Failed", format!("[Cannot {}. {sentence}]", doing.words())))
}

/// The response to a refused query. Details of queries have no brackets.
pub(super) fn query_refusal(error: &QueryError) -> Response {
    match error {
        QueryError::NotAllowed => not_allowed(),
        QueryError::FreeText => {
            refusal(400, &Fault::new("Operation Failed", "jobs can be searched by correlation_id only"))
        }
        QueryError::Store(error) => refusal(500, &store_fault(error)),
    }
}

/// The response to a caller whose roles do not let them run the query.
pub(super) fn not_allowed() -> Response {
    refusal(400, &Fault::new("Operation Failed", "query execution failed due to insufficient permissions."))
}

/// The response to a body that cannot be understood. `usage` is the operation in the API's manual (`UsageFinder.java`).
pub(super) fn syntax(usage: &str) -> Response {
    let detail = format!("For correct usage, see: /ovirt-engine/apidoc#services/{usage}");
    refusal(400, &Fault::new("Request syntactically incorrect.", detail))
}

/// The response to a body that lacks a member that it must have.
pub(super) fn missing(parameter: &str) -> Response {
    invalid(format!("Parameter '{parameter}' is mandatory but was not provided."))
}

/// The response to a member or parameter with a value that cannot be used.
pub(super) fn invalid(detail: impl Into<String>) -> Response {
    refusal(400, &Fault::new("Input validation failed.", detail))
}

/// A fault as the whole body.
pub(super) fn refusal(status: u16, fault: &Fault) -> Response {
    json(status, fault.write())
}

/// A JSON response.
pub(super) fn json(status: u16, body: Vec<u8>) -> Response {
    streamed(status, Body::Bytes(body))
}

/// A JSON response, perhaps in pieces.
pub(super) fn streamed(status: u16, body: Body) -> Response {
    Response { body, ..Response::empty(status).with_header("content-type", "application/json") }
}

/// What went wrong inside is for the log, not for a client.
fn store_fault(StoreError(_): &StoreError) -> Fault {
    Fault::new("Operation Failed", "[Internal Engine Error]")
}
