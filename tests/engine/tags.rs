//! `ETag` of the job list. What changes it is in `tests/conformance/tags.rs`.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use task_monitor::{
    domain::Status,
    engine::{Caller, Engine, PredefinedRole, http},
};

use crate::{
    counting::Counting,
    support::{TestEnvironment, admin, ask, engine, get, job_with_steps, read_only},
};

#[tokio::test]
async fn a_list_that_the_client_has_is_not_read() {
    let plain = engine((0..600).map(|number| job_with_steps(number, Status::Started, true)));
    let queries = Arc::new(AtomicUsize::new(0));
    let store = Counting { store: Arc::new(plain.store), queries: Arc::clone(&queries) };
    let engine = Arc::new(Engine { store, environment: TestEnvironment::default() });
    for path in [
        "/jobs",
        "/jobs?follow=steps",
        "/jobs?max=300",
        "/jobs?search=correlation_id%3Dfixture%20or%20correlation_id%3Dx",
    ] {
        let (response, _) = http::handle_in_pages(&engine, &admin(), get(path)).await;
        let tag = response.header("etag").unwrap().to_owned();
        queries.store(0, Relaxed);
        let (response, rest) =
            http::handle_in_pages(&engine, &admin(), get(path).with_header("if-none-match", tag)).await;
        assert_eq!((response.status, queries.load(Relaxed)), (304, 1), "{path}: only the version is read");
        assert!(rest.is_none() && response.body.into_bytes().is_empty(), "{path}");
    }
}

/// Whoever has other roles has another tag, though an admin sees the same jobs.
#[tokio::test]
async fn a_tag_is_of_one_user_with_these_roles() {
    let engine = engine([job_with_steps(1, Status::Started, true)]);
    let with = |mut caller: Caller, role: PredefinedRole| {
        caller.roles.push(role.role());
        caller
    };
    let callers = [
        admin(),
        with(admin(), PredefinedRole::UserRole),
        with(admin(), PredefinedRole::ExternalTasksCreator),
        read_only(),
        with(read_only(), PredefinedRole::UserRole),
    ];
    let mut tags = Vec::new();
    for caller in callers {
        let tag = ask(&engine, &caller, get("/jobs")).await.header("etag").unwrap().to_owned();
        assert!(!tags.contains(&tag), "{caller:?}");
        tags.push(tag);
    }
}
