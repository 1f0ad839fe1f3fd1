//! Kept answers.

use chrono::TimeDelta;
use task_monitor::{
    domain::UserId,
    engine::{Along, AnswerStore, Earlier, Keep, KeptAnswer, KeyedRequest, SaveError, Saved, SavedOnce, Store},
    server::database::Database,
};
use uuid::Uuid;

use crate::{job_id, postgres_server, record, time};

pub(super) fn keyed(user: u128, key: &str, asked: &str) -> KeyedRequest {
    KeyedRequest { user: UserId::new(Uuid::from_u128(user)), key: key.to_owned(), asked: asked.as_bytes().to_vec() }
}

pub(super) fn keep(request: KeyedRequest, minute: i64) -> Keep {
    let answer = KeptAnswer {
        status: 201,
        content_type: "application/json".to_owned(),
        location: Some("/jobs/1".to_owned()),
        body: vec![0, 159, 146, 150],
    };
    Keep { request, answer, now: time(minute * 60_000).unwrap() }
}

pub(super) fn along(keep: Keep) -> Along {
    Along { keep: Some(keep), events: Vec::new() }
}

pub(super) async fn keeps_answers_with_jobs(store: impl Store + AnswerStore) {
    let first = keep(keyed(1, "key", "a"), 0);
    let earlier = async |request: &KeyedRequest, minute: i64| {
        store.earlier(request, time(minute * 60_000).unwrap()).await.unwrap()
    };
    assert_eq!(earlier(&first.request, 0).await, Earlier::Nothing);
    let saved = store.save_along(&record(1, 0), None, &along(first.clone())).await.unwrap();
    assert!(matches!(saved, SavedOnce::Saved(_)));
    let answered = Earlier::Answered(first.answer.clone());
    for (request, minute, expected) in [
        (&first.request, 0, &answered),
        (&first.request, 9, &answered),
        (&first.request, 10, &Earlier::Nothing),
        (&keyed(1, "key", "b"), 0, &Earlier::AnotherRequest),
        (&keyed(1, "Key", "a"), 0, &Earlier::Nothing),
        (&keyed(2, "key", "a"), 0, &Earlier::Nothing),
    ] {
        assert_eq!(earlier(request, minute).await, *expected, "{request:?} {minute}");
    }
    // The same key, asked for the same or for something else: the job is not saved.
    for asked in ["a", "b"] {
        let again = store.save_along(&record(2, 0), None, &along(keep(keyed(1, "key", asked), 9))).await;
        assert_eq!((again, store.load(job_id(2)).await.unwrap()), (Ok(SavedOnce::Repeated), None));
    }
    // A stale job: the answer is not kept.
    let stale = keep(keyed(1, "stale", "a"), 0);
    assert_eq!(store.save_along(&record(1, 0), None, &along(stale.clone())).await, Err(SaveError::Stale));
    assert_eq!(earlier(&stale.request, 0).await, Earlier::Nothing);
    // Another user, and the same one when the answer is no longer kept.
    for (number, user, minute) in [(3, 2, 0), (4, 1, 10)] {
        let saved = store.save_along(&record(number, 0), None, &along(keep(keyed(user, "key", "c"), minute))).await;
        assert_eq!(saved, Ok(SavedOnce::Saved(Saved { version: version_of(&store, number).await })));
    }
    assert!(matches!(earlier(&keyed(1, "key", "c"), 19).await, Earlier::Answered(_)));
}

async fn version_of(store: &impl Store, number: u128) -> u64 {
    store.load(job_id(number)).await.unwrap().unwrap().version
}

/// One of them is saved.
pub(super) async fn concurrent_requests_with_one_key_are_one(store: impl Store + AnswerStore) {
    let store = std::sync::Arc::new(store);
    let save = |number: u128| {
        let store = std::sync::Arc::clone(&store);
        tokio::spawn(
            async move { store.save_along(&record(number, 0), None, &along(keep(keyed(1, "key", "a"), 0))).await },
        )
    };
    let (mut saved, mut repeated) = (0, 0);
    for task in (1..=16).map(save).collect::<Vec<_>>() {
        match task.await.unwrap().unwrap() {
            SavedOnce::Saved(_) => saved += 1,
            SavedOnce::Repeated => repeated += 1,
        }
    }
    let jobs = store.list(&task_monitor::engine::List::default()).await.unwrap();
    assert_eq!((saved, repeated, jobs.len()), (1, 15, 1));
}

/// Rows that nobody can read any more are removed, and only those.
#[tokio::test]
async fn old_answers_are_forgotten() {
    let mut databases = vec![Database::open(&task_monitor::server::database::DatabaseUrl::Memory).await.unwrap()];
    if let Some(url) = postgres_server::database() {
        databases.push(Database::open(&url.parse().unwrap()).await.unwrap());
    }
    for database in databases {
        for (number, minute) in [(1, 0), (2, 5)] {
            let keep = keep(keyed(number, "key", "a"), minute);
            database.save_along(&record(number, 0), None, &along(keep)).await.unwrap();
        }
        let at = |minute: i64| time(0).unwrap() + TimeDelta::minutes(minute);
        for (minute, removed) in [(9, 0), (10, 1), (10, 0), (15, 1), (60, 0)] {
            assert_eq!(database.forget_answers(at(minute)).await, Ok(removed), "{minute}");
        }
        assert_eq!(version_of(&database, 1).await, 1, "the job stays");
    }
}
