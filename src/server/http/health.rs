//! `/healthz`: whether the server is well, for load balancers and monitoring.
//!
//! It needs no log-in and answers for any host: those who ask often know only an address, or send no name at all. It says
//! nothing that a stranger must not know. It is not in the log of requests.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Extension, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};
use tracing::{info, warn};

use super::{Turns, headers};
use crate::server::{database::Database, listener::Seat};

/// How long the database may take to answer.
const TIME_LIMIT: Duration = Duration::from_secs(2);
/// How long its answer counts, so that many who ask cost no more than one.
const FRESH: Duration = Duration::from_secs(1);

/// What the answer is made from.
#[derive(Debug, Clone)]
pub(in crate::server) struct Health {
    turns: Turns,
    /// `None` for a server without one.
    database: Option<Arc<Watched>>,
}

/// A database, and whether it was well when it was asked last.
#[derive(Debug)]
struct Watched {
    database: Database,
    last: Mutex<Option<(Instant, Word)>>,
}

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Ok,
    Down,
    Full,
}

/// The body of the answer.
#[derive(Debug, Serialize)]
struct Report {
    /// That there is an answer says so.
    process: Word,
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<Word>,
    /// Full if a request would have to wait.
    places: Word,
    /// How many requests could begin now.
    free_requests: usize,
    /// How many connections could be opened now without closing idle ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    free_connections: Option<usize>,
}

impl Health {
    pub(in crate::server) fn new(turns: Turns, database: Option<Database>) -> Self {
        let watched = |database| Arc::new(Watched { database, last: Mutex::default() });
        Self { turns, database: database.map(watched) }
    }

    /// The route.
    pub(in crate::server) fn route(self) -> Router {
        let layers = (headers::never_sniffed(), headers::not_stored());
        // `GET` also answers `HEAD`.
        Router::new().route("/healthz", get(answer).options(answer)).layer(layers).with_state(self)
    }
}

async fn answer(State(health): State<Health>, seat: Option<Extension<Seat>>) -> Response {
    let database = match &health.database {
        Some(database) => Some(database.ask().await),
        None => None,
    };
    let free_requests = health.turns.free();
    let places = if free_requests == 0 { Word::Full } else { Word::Ok };
    let free_connections = seat.map(|Extension(seat)| seat.free());
    let report = Report { process: Word::Ok, database, places, free_requests, free_connections };
    let well = places == Word::Ok && database.is_none_or(|database| database == Word::Ok);
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    match serde_json::to_string(&report) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Watched {
    async fn ask(&self) -> Word {
        let mut last = self.last.lock().await;
        if let Some((at, word)) = *last
            && at.elapsed() < FRESH
        {
            return word;
        }
        let failure = match timeout(TIME_LIMIT, self.database.probe()).await {
            Ok(Ok(())) => None,
            Ok(Err(failure)) => Some(failure.text),
            Err(_) => Some("no answer in time".to_owned()),
        };
        let before = last.map_or(Word::Ok, |(_, word)| word);
        let word = match (failure, before) {
            (Some(text), Word::Ok) => {
                warn!(text, "the database is down");
                Word::Down
            }
            (Some(_), _) => Word::Down,
            (None, Word::Ok) => Word::Ok,
            (None, _) => {
                info!("the database is up again");
                Word::Ok
            }
        };
        *last = Some((Instant::now(), word));
        word
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;

    async fn ask(health: &Health) -> (u16, serde_json::Value) {
        let request = Request::get("/healthz").body(Body::empty()).unwrap();
        let response = health.clone().route().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn says_which_part_is_not_well() {
        let database = Database::open(&"memory:".parse().unwrap()).await.unwrap();
        let turns = Turns::new();
        let health = Health::new(turns.clone(), Some(database.clone()));
        let (status, report) = ask(&health).await;
        assert_eq!((status, &report["database"], &report["places"]), (200, &"ok".into(), &"ok".into()), "{report}");
        let mut held = Vec::new();
        while turns.free() > 0 {
            held.push(turns.wait().await);
        }
        let (status, report) = ask(&health).await;
        assert_eq!((status, &report["places"], &report["free_requests"]), (503, &"full".into(), &0.into()), "{report}");
        drop(held);
        assert_eq!(ask(&health).await.0, 200);
        database.close().await;
        // Nobody has asked yet, so the answer is a new one.
        let (status, report) = ask(&Health::new(turns, Some(database))).await;
        assert_eq!((status, &report["database"], &report["places"]), (503, &"down".into(), &"ok".into()), "{report}");
    }
}
