//! Answers to requests with an `Idempotency-Key` are in the database.

use chrono::{TimeDelta, Utc};
use reqwest::Method;
use task_monitor::{
    domain::UserId,
    engine::{Along, AnswerStore, Keep, KeptAnswer, KeyedRequest, Store},
};
use uuid::Uuid;

use super::process::{Caller, Installation, header};

async fn add(caller: &Caller<'_>, key: &str) -> (u16, String, String) {
    let request = caller.request(Method::POST, "/jobs").header("content-type", "application/json");
    let response = request.header("idempotency-key", key).body(r#"{"description":"once"}"#).send().await.unwrap();
    let location = header(&response, "location").rsplit_once("/ovirt-engine").unwrap().1.to_owned();
    (response.status().as_u16(), location, response.text().await.unwrap())
}

#[tokio::test]
async fn an_answer_survives_a_kill() {
    let installation = Installation::new();
    let first = installation.serve(&[]).await;
    let admin = first.admin().await;
    let (token, answer) = (admin.token.clone(), add(&admin, "key").await);
    assert_eq!(answer.0, 201);
    first.kill_now();
    first.wait_for_end().await;
    let second = installation.serve(&[]).await;
    let admin = Caller { server: &second, token };
    assert_eq!(add(&admin, "key").await, answer);
    assert_eq!(admin.get("/jobs").await["job"].as_array().unwrap().len(), 1);
    assert_ne!(add(&admin, "another-key").await.1, answer.1);
}

#[tokio::test]
async fn old_answers_are_removed() {
    let installation = Installation::new();
    installation.serve(&[]).await.stop("-TERM").await;
    let id = installation.fill_one(0).await;
    let database = installation.open().await;
    let stored = database.load(id.parse().unwrap()).await.unwrap().unwrap();
    for (key, minutes) in [("old", 11), ("new", 1)] {
        let user = UserId::new(Uuid::from_u128(1));
        let request = KeyedRequest { user, key: key.to_owned(), asked: Vec::new() };
        let answer =
            KeptAnswer { status: 201, content_type: "text/plain".to_owned(), location: None, body: Vec::new() };
        let keep = Keep { request, answer, now: Utc::now() - TimeDelta::minutes(minutes) };
        let along = Along { keep: Some(keep), events: Vec::new() };
        let version = database.load(id.parse().unwrap()).await.unwrap().unwrap().version;
        database.save_along(&stored.record, Some(version), &along).await.unwrap();
    }
    database.close().await;
    assert_eq!(installation.count("SELECT count(*) FROM answer").await, 2);
    let _server = installation.serve(&[]).await;
    while installation.count("SELECT count(*) FROM answer").await != 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(installation.count("SELECT count(*) FROM answer WHERE idempotency_key = 'new'").await, 1);
}
