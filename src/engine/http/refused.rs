//! Refusals and their responses (section 3 of the contract).

use super::{respond, store_failure::StoreFailure};
use crate::{
    engine::{QueryError, StoreError},
    wire::{Body, Format, Response, describe, fault::Fault, input::Action},
};

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// A status with an empty body.
    Status(u16),
    /// 405, with the allowed methods.
    Method(&'static str),
    /// A status with HTML, as an engine's container or its JSON reader sends it.
    Html(u16, String),
    /// A body that cannot be parsed; the text names the operation in the API's manual (`UsageFinder.java`).
    Syntax(&'static str),
    /// A refused read or addition: the body is the fault.
    Fault(u16, Fault),
    /// A refused action: the body is the action with the fault in it.
    Action(u16, Box<Action>, Fault),
    /// The store failed, for an action if there is one. The text of the error is for the log, not for clients.
    Store(StoreError, Option<Box<Action>>),
}

/// Status and fault of a refused command, or the error of the store.
pub(super) type FaultResult = Result<(u16, Fault), StoreError>;

impl Refused {
    /// The response in that format, for a client that reached the engine at that origin.
    pub(super) fn response(&self, format: Format, origin: &str) -> Response {
        match self {
            Self::Status(status) => Response::empty(*status),
            Self::Method(allowed) => Response::empty(405).with_header("allow", *allowed),
            Self::Html(status, html) => Response {
                body: Body::Bytes(html.clone().into_bytes()),
                ..Response::empty(*status).with_header("content-type", "text/html;charset=UTF-8")
            },
            Self::Syntax(usage) => {
                let detail = format!("For correct usage, see: {origin}/ovirt-engine/apidoc#services/{usage}");
                let fault = Fault::new("Request syntactically incorrect.", detail);
                respond::document(format, 400, &describe::fault(&fault))
            }
            Self::Fault(status, fault) => respond::document(format, *status, &describe::fault(fault)),
            Self::Action(status, action, fault) => {
                respond::document(format, *status, &describe::action_failed(action, fault))
            }
            Self::Store(error, action) => {
                let StoreFailure { status, retry_after, detail } = StoreFailure::of(error.kind);
                let fault = Fault::new("Operation Failed", format!("[{detail}]"));
                let document = match action {
                    Some(action) => describe::action_failed(action, &fault),
                    None => describe::fault(&fault),
                };
                let response = respond::document(format, status, &document);
                match retry_after {
                    Some(seconds) => response.with_header("retry-after", seconds.to_string()),
                    None => response,
                }
            }
        }
    }

    /// A refused addition.
    pub(super) fn addition(result: FaultResult) -> Self {
        match result {
            Ok((status, fault)) => Self::Fault(status, fault),
            Err(error) => error.into(),
        }
    }

    /// A refused action.
    pub(super) fn action(action: Action, result: FaultResult) -> Self {
        match result {
            Ok((status, fault)) => Self::Action(status, Box::new(action), fault),
            Err(error) => Self::Store(error, Some(Box::new(action))),
        }
    }

    /// The store's error, if that is the reason.
    pub(super) const fn cause(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error, _) => Some(error),
            Self::Status(_)
            | Self::Method(_)
            | Self::Html(..)
            | Self::Syntax(_)
            | Self::Fault(..)
            | Self::Action(..) => None,
        }
    }

    /// A body without a mandatory member.
    pub(super) fn missing(parameter: &str) -> Self {
        Self::invalid(format!("Parameter '{parameter}' is mandatory but was not provided."))
    }

    /// A member or parameter with an invalid value.
    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::Fault(400, Fault::new("Input validation failed.", detail))
    }

    /// A query that the caller's roles do not allow.
    pub(super) fn not_allowed() -> Self {
        Self::failed("query execution failed due to insufficient permissions.")
    }

    /// A query that failed.
    pub(super) fn failed(detail: impl Into<String>) -> Self {
        Self::Fault(400, Fault::new("Operation Failed", detail))
    }
}

/// Unlike those of commands, the details of queries have no brackets.
impl From<QueryError> for Refused {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::NotAllowed => Self::not_allowed(),
            QueryError::FreeText => Self::failed("jobs can be searched by correlation_id only"),
            QueryError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error, None)
    }
}
