//! Forwards a request to the engine, and the engine's answer to the client. Both bodies pass piece by piece.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        Response, StatusCode, Version,
        header::{AUTHORIZATION, CONNECTION, LOCATION},
        request::Parts,
        uri::PathAndQuery,
    },
    response::IntoResponse,
};
use hyper::body::Incoming;
use tokio::time::timeout;
use tower_http::timeout::TimeoutBody;
use tracing::warn;

use super::{client::EngineClient, headers, own_origin, path, problem::Problem, routes::Connected, upload};
use crate::{
    server::{http::refuse, listener::Seat, log::short},
    wire::fault::Fault,
};

/// Answers a request with what the engine answers to it.
pub(super) async fn handle(State(connected): State<Arc<Connected>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    if path::climbs(head.uri.path()) {
        return (StatusCode::NOT_FOUND, "Not found\n").into_response();
    }
    if !own_origin::is_own(&head.headers, connected.scheme) {
        let detail = "The request comes from a page of another origin.";
        return refuse(&head, StatusCode::FORBIDDEN.as_u16(), &Fault::new("Foreign origin.", detail), None);
    }
    let client = &connected.client;
    match exchange(client, &head, body).await {
        Ok(answer) => {
            note_known(&head, &answer);
            answer
        }
        Err(problem) => {
            let fault = problem.fault(&client.engine);
            let text = fault.detail.as_deref().map(short);
            warn!(engine = %client.engine, text = text.as_deref(), "no answer from the engine");
            let mut response = refuse(&head, problem.status().as_u16(), &fault, None);
            if matches!(problem, Problem::SlowRequest(_)) {
                response.headers_mut().insert(CONNECTION, axum::http::HeaderValue::from_static("close"));
            }
            response
        }
    }
}

/// Whoever sent credentials that the engine took is known here too.
fn note_known(head: &Parts, answer: &Response<Body>) {
    if let Some(seat) = head.extensions.get::<Seat>()
        && head.headers.contains_key(AUTHORIZATION)
        && answer.status().is_success()
    {
        seat.become_known();
    }
}

async fn exchange(client: &EngineClient, head: &Parts, body: Body) -> Result<Response<Body>, Problem> {
    let (body, complete) = upload::watch(body);
    let path = head.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    let mut request = Request::new(body);
    *request.uri_mut() = client.engine.at(path).map_err(|_| Problem::Request)?;
    *request.method_mut() = head.method.clone();
    *request.version_mut() = Version::HTTP_11;
    *request.headers_mut() = head.headers.clone();
    headers::clean_request(request.headers_mut());
    match timeout(client.time_limit, client.send(request)).await {
        Ok(Ok(answer)) => check(client, answer),
        Ok(Err(error)) => Err(Problem::of_request(&error)),
        Err(_) if complete.get() => Err(Problem::TooLate(client.time_limit)),
        Err(_) => Err(Problem::SlowRequest(client.time_limit)),
    }
}

/// A redirect would take the page, and its token, to another origin.
fn check(client: &EngineClient, answer: Response<Incoming>) -> Result<Response<Body>, Problem> {
    let status = answer.status();
    if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
        let target = answer.headers().get(LOCATION).map(|target| String::from_utf8_lossy(target.as_bytes()));
        return Err(Problem::Redirect(without_secrets(target.as_deref().unwrap_or("no address"))));
    }
    if status.is_informational() {
        return Err(Problem::NotHttp(format!("{status} is no answer to a request")));
    }
    let (head, body) = answer.into_parts();
    // Without the answer's extensions and version, which are about the engine's connection.
    let mut response = Response::new(Body::new(TimeoutBody::new(client.time_limit, body)));
    *response.status_mut() = status;
    *response.headers_mut() = head.headers;
    headers::clean_response(response.headers_mut());
    Ok(response)
}

/// A URL without query, fragment and user.
fn without_secrets(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("//") {
        None => url.to_owned(),
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit('@').next().unwrap_or_default();
            format!("{scheme}//{host}{path}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn targets_have_no_secrets() {
        for (url, expected) in [
            ("https://sso.example.com/auth?state=secret#token", "https://sso.example.com/auth"),
            ("https://me:secret@sso.example.com:8443/a@b", "https://sso.example.com:8443/a@b"),
            ("//sso.example.com", "//sso.example.com"),
            ("/ovirt-engine/login?token=secret", "/ovirt-engine/login"),
            ("no address", "no address"),
        ] {
            assert_eq!(without_secrets(url), expected, "{url}");
        }
    }
}
