//! The whole handler, from request to response.

use proptest::prelude::*;
use task_monitor::{
    domain::Status,
    engine::{inventory::InventoryStore, scenario},
    wire::{Method, Request},
};

use crate::{
    cases, input,
    support::{Answer, TestEngine, admin, ask, callers, engine, get, job_with_steps},
    xml::to_json,
};

async fn world() -> TestEngine {
    let engine = engine([job_with_steps(1, Status::Started, true), job_with_steps(4, Status::Started, false)]);
    assert_eq!(engine.store.seed(&scenario::sample_inventory()).await, Ok(true));
    engine
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// Checks that status, headers and body fit together.
fn is_an_answer(answer: &Answer) {
    assert!([200, 201, 400, 403, 404, 405, 406, 409, 415, 422].contains(&answer.status), "{answer:?}");
    let id = answer.header("correlation-id").unwrap();
    assert!(!id.is_empty() && id.len() <= 36, "{id}");
    assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte)), "{id}");
    match answer.header("content-type") {
        Some("application/json") => assert!(answer.json().is_object()),
        Some("application/xml;charset=UTF-8") => assert!(to_json(&answer.body).is_object()),
        Some("text/html;charset=UTF-8") => assert!([400, 404, 405].contains(&answer.status), "{answer:?}"),
        Some("text/plain;charset=UTF-8") => assert_eq!(answer.header("allow"), Some(&*answer.body)),
        None => assert_eq!(answer.body, "", "{answer:?}"),
        Some(other) => panic!("{other}"),
    }
    assert_eq!(answer.status == 201, answer.header("location").is_some());
}

proptest! {
    #![proptest_config(cases(1_500))]

    /// Bad input causes neither a panic nor a 5xx, and afterwards everything still works.
    #[test]
    fn whatever_is_asked_there_is_an_answer(requests in prop::collection::vec(input::request(), 1..4), who in 0..5_usize) {
        runtime().block_on(async {
            let engine = world().await;
            let caller = callers().into_iter().nth(who).unwrap();
            for request in requests {
                let read_only = request.method != Method::Post;
                let before = if read_only { Some(ask(&engine, &admin(), get("/jobs?follow=steps")).await.body) } else { None };
                is_an_answer(&ask(&engine, &caller, request).await);
                let after = ask(&engine, &admin(), get("/jobs?follow=steps")).await;
                assert_eq!(after.status, 200);
                assert!(before.is_none_or(|before| before == after.body), "reading changed something");
            }
        });
    }

    /// A refused request changes nothing.
    #[test]
    fn what_is_refused_changes_nothing(request in input::request()) {
        runtime().block_on(async {
            let engine = world().await;
            let before = ask(&engine, &admin(), get("/jobs?follow=steps")).await.body;
            let answer = ask(&engine, &admin(), request).await;
            // Except a new step that the caller may not read back, as the contract says.
            if answer.status >= 400 && !answer.body.contains("insufficient permissions") {
                assert_eq!(ask(&engine, &admin(), get("/jobs?follow=steps")).await.body, before, "{answer:?}");
            }
        });
    }

    /// Parameters in the query and in the matrix have the same effect.
    #[test]
    fn query_and_matrix_say_the_same(
        name in prop::sample::select(&["search", "max", "follow", "filter", "accept", "from", "case_sensitive"][..]),
        value in "[ -~]{0,12}",
    ) {
        runtime().block_on(async {
            let engine = world().await;
            let plain = || Request::new(Method::Get, "/ovirt-engine/api/jobs").with_header("correlation-id", "same");
            let by_query = ask(&engine, &admin(), plain().with_query(name, &*value)).await;
            let mut by_matrix = plain();
            let encoded: String = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
            by_matrix.path.push_str(&format!(";{name}={encoded}"));
            let by_matrix = ask(&engine, &admin(), by_matrix).await;
            assert_eq!((by_query.status, by_query.body), (by_matrix.status, by_matrix.body));
        });
    }
}
