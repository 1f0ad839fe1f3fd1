//! What is refused, and how that is told: section 3 of the contract.

use super::respond;
use crate::{
    engine::{QueryError, StoreError},
    wire::{Body, Form, Response, describe, fault::Fault, input::Action},
};

/// A refusal. It becomes a response in one place, in the form that the client wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// With nothing to read.
    Status(u16),
    /// 405, with the methods that there are.
    Method(&'static str),
    /// An API version that there is not: a page for people (`VersionFilter.java`).
    Version,
    /// A body that cannot be understood, sent to that operation of the API's manual (`UsageFinder.java`).
    Syntax(&'static str),
    /// A refused read or addition: the fault is the whole body.
    Fault(u16, Fault),
    /// A refused action: it comes back with the fault in it.
    Action(u16, Box<Action>, Fault),
    /// 500: the store failed, at an action or at something else. Why is for the log, not for a client.
    Broken(StoreError, Option<Box<Action>>),
}

/// The status code and fault of a command that changed nothing, or why the store failed.
pub(super) type Told = Result<(u16, Fault), StoreError>;

const UNSUPPORTED_VERSION: &[u8] =
    b"<html><head><title>Error</title></head><body>The version is not supported; use 4.</body></html>";

impl Refused {
    /// The response to a client who wants that form, and found the engine at that origin.
    pub(super) fn response(&self, form: Form, origin: &str) -> Response {
        match self {
            Self::Status(status) => Response::empty(*status),
            Self::Method(allowed) => Response::empty(405).with_header("allow", *allowed),
            Self::Version => Response {
                body: Body::Bytes(UNSUPPORTED_VERSION.to_vec()),
                ..Response::empty(400).with_header("content-type", "text/html;charset=UTF-8")
            },
            Self::Syntax(usage) => {
                let detail = format!("For correct usage, see: {origin}/ovirt-engine/apidoc#services/{usage}");
                let fault = Fault::new("Request syntactically incorrect.", detail);
                respond::document(form, 400, &describe::fault(&fault))
            }
            Self::Fault(status, fault) => respond::document(form, *status, &describe::fault(fault)),
            Self::Action(status, action, fault) => {
                respond::document(form, *status, &describe::action_failed(action, fault))
            }
            Self::Broken(_, action) => {
                let fault = Fault::new("Operation Failed", "[Internal Engine Error]");
                let document = match action {
                    Some(action) => describe::action_failed(action, &fault),
                    None => describe::fault(&fault),
                };
                respond::document(form, 500, &document)
            }
        }
    }

    /// A refused addition.
    pub(super) fn addition(told: Told) -> Self {
        match told {
            Ok((status, fault)) => Self::Fault(status, fault),
            Err(error) => error.into(),
        }
    }

    /// A refused action.
    pub(super) fn action(action: Action, told: Told) -> Self {
        match told {
            Ok((status, fault)) => Self::Action(status, Box::new(action), fault),
            Err(error) => Self::Broken(error, Some(Box::new(action))),
        }
    }

    /// Why the store failed, if it did.
    pub(super) const fn cause(&self) -> Option<&StoreError> {
        match self {
            Self::Broken(error, _) => Some(error),
            Self::Status(_)
            | Self::Method(_)
            | Self::Version
            | Self::Syntax(_)
            | Self::Fault(..)
            | Self::Action(..) => None,
        }
    }

    /// A body that lacks a member that it must have.
    pub(super) fn missing(parameter: &str) -> Self {
        Self::invalid(format!("Parameter '{parameter}' is mandatory but was not provided."))
    }

    /// A member or parameter with a value that cannot be used.
    pub(super) fn invalid(detail: impl Into<String>) -> Self {
        Self::Fault(400, Fault::new("Input validation failed.", detail))
    }

    /// A caller whose roles do not let them run a query.
    pub(super) fn not_allowed() -> Self {
        Self::Fault(400, Fault::new("Operation Failed", "query execution failed due to insufficient permissions."))
    }
}

/// Details of queries have no brackets.
impl From<QueryError> for Refused {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::NotAllowed => Self::not_allowed(),
            QueryError::FreeText => {
                Self::Fault(400, Fault::new("Operation Failed", "jobs can be searched by correlation_id only"))
            }
            QueryError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Broken(error, None)
    }
}
