//! The caller is always the admin. A log-in is needed only after the simulated end of the session.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Fault;
use crate::{
    engine::{Caller, PredefinedRole, User, scenario},
    wire::{Body, Method, Request, Response},
};

const TOKEN: &str = "/ovirt-engine/sso/oauth/token";
const LOG_OUT: &str = "/ovirt-engine/services/sso-logout";

/// The answer to a request about the session.
pub(super) enum Answer {
    /// Somebody is logged in.
    LoggedIn(Response),
    /// Refused, or logged out.
    Other(Response),
}

/// The admin of the sample world. If the simulated fault is [`Fault::NotAllowed`], the admin has no rights.
pub(super) fn caller(fault: Fault) -> Caller {
    let role = if fault == Fault::NotAllowed { PredefinedRole::UserRole } else { PredefinedRole::SuperUser };
    Caller { user: admin(), roles: vec![role.role()] }
}

fn admin() -> User {
    let nobody = || User { id: crate::domain::UserId::ENGINE, user_name: String::new() };
    scenario::users().into_iter().next().unwrap_or_else(nobody)
}

/// Whether a request is a log-in or a log-out.
pub(super) fn concerns(request: &Request) -> bool {
    request.method == Method::Post && matches!(request.path.as_str(), TOKEN | LOG_OUT)
}

/// Answers log-ins and log-outs as an engine's single sign-on does. It accepts any password that is not empty.
pub(super) fn answer(request: &Request) -> Option<Answer> {
    if !concerns(request) {
        return None;
    }
    if request.path == LOG_OUT {
        return Some(Answer::Other(send(200, &json!({}))));
    }
    let form: HashMap<String, String> = form_urlencoded::parse(&request.body).into_owned().collect();
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let (name, password) = (field("username"), field("password"));
    Some(if name == admin().user_name && !password.is_empty() {
        let granted = json!({ "access_token": "demo", "scope": field("scope"), "token_type": "bearer" });
        Answer::LoggedIn(send(200, &granted))
    } else {
        let text = format!("Cannot authenticate user '{name}': The user name or password is incorrect.");
        Answer::Other(send(400, &json!({ "error_code": "access_denied", "error": text })))
    })
}

/// An engine's answer to a caller without a session.
pub(super) fn unauthenticated() -> Response {
    Response::empty(401).with_header("www-authenticate", r#"Basic realm="RESTAPI""#)
}

fn send(status: u16, body: &Value) -> Response {
    let body = Body::Bytes(body.to_string().into_bytes());
    Response { body, ..Response::empty(status) }.with_header("content-type", "application/json")
}
