//! Permissions.

use super::{Doors, add_job, add_step, get, post, request, send};
use task_monitor::{
    api::Transport,
    wire::{Method, fault},
};

const NOT_AUTHORIZED: &str = "[User is not authorized to perform this action.]";
const NOT_ALLOWED: &str = "query execution failed due to insufficient permissions.";

pub(super) async fn run<T: Transport>(doors: &Doors<T>) {
    only_some_may_write(doors).await;
    only_admins_may_list(doors).await;
    a_creator_works_blindly(doors).await;
}

async fn only_some_may_write<T: Transport>(Doors { admin, reader, user, .. }: &Doors<T>) {
    let job = add_job(admin, "Not theirs").await;
    let step = add_step(admin, &job, "Not theirs", None).await;
    let rows = [
        ("/jobs".to_owned(), r#"{"description":"a"}"#),
        (format!("{job}/steps"), r#"{"type":"executing","description":"a"}"#),
        (format!("{job}/end"), "{}"),
        (format!("{job}/clear"), "{}"),
        (format!("{job}/steps/{step}/end"), r#"{"succeeded":true}"#),
    ];
    for (path, body) in rows {
        for door in [reader, user] {
            let answer = post(door, &path, body).await;
            let fault = fault::read(answer.body.as_bytes()).unwrap_or_default();
            assert_eq!((answer.status, fault.detail.as_deref()), (403, Some(NOT_AUTHORIZED)), "{path}: {answer:?}");
        }
    }
    assert_eq!(get(admin, &job).await.text("status"), "started");
}

async fn only_admins_may_list<T: Transport>(Doors { admin, creator, reader, user }: &Doors<T>) {
    let job = add_job(admin, "For admins").await;
    let step = add_step(admin, &job, "For admins", None).await;
    for path in ["/jobs".to_owned(), format!("{job}/steps"), format!("{job}/steps/{step}")] {
        assert_eq!(get(reader, &path).await.status, 200, "{path}");
        for door in [creator, user] {
            let answer = get(door, &path).await;
            let fault = fault::read(answer.body.as_bytes()).unwrap_or_default();
            assert_eq!((answer.status, fault.detail.as_deref()), (400, Some(NOT_ALLOWED)), "{path}: {answer:?}");
        }
    }
    for door in [creator, user] {
        assert_eq!(get(door, &job).await.status, 404);
    }
    let filtered = send(admin, request(Method::Get, "/jobs").with_header("filter", "true")).await;
    assert_eq!(filtered.status, 400);
}

/// A creator may add and change jobs, and sees its own. A new step is added although the answer is a refusal.
async fn a_creator_works_blindly<T: Transport>(Doors { admin, creator, .. }: &Doors<T>) {
    let job = add_job(creator, "A creator's").await;
    assert_eq!(get(creator, &job).await.text("status"), "started");
    let answer = post(creator, &format!("{job}/steps"), r#"{"type":"executing","description":"blind"}"#).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(get(admin, &format!("{job}/steps")).await.column("step", "description"), ["blind"]);
    let others = add_job(admin, "An admin's").await;
    for job in [job, others] {
        assert_eq!(post(creator, &format!("{job}/end"), r#"{"succeeded":true}"#).await.status, 200);
        assert_eq!(get(admin, &job).await.text("status"), "finished");
    }
}
