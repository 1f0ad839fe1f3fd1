//! `Idempotency-Key`: what is sent again is done once.

use super::{Answer, Doors, add_job, get, request, send};
use task_monitor::{
    api::Transport,
    wire::{Method, fault},
};

const STEP: &str = r#"{"type":"executing","description":"a step"}"#;

pub(super) async fn run<T: Transport>(doors: &Doors<T>) {
    repeated_requests(&doors.admin).await;
    requests_at_once(&doors.admin).await;
    keys_that_are_refused(&doors.admin).await;
    every_user_has_keys_of_their_own(doors).await;
    requests_that_made_nothing(&doors.admin).await;
}

async fn post_with_key<T: Transport>(door: &T, path: &str, body: &str, key: &str) -> Answer {
    send(door, request(Method::Post, path).with_json(body).with_header("Idempotency-Key", key)).await
}

/// Every new job has an unique id, and so has a key that contains it.
async fn unique<T: Transport>(door: &T) -> String {
    add_job(door, "Gives a key").await.replace("/jobs/", "")
}

/// What matters of an answer. The correlation id is the one of each request.
fn essence(answer: &Answer) -> (u16, Option<&str>, Option<&str>, &str) {
    (answer.status, answer.header("content-type"), answer.header("location"), &answer.body)
}

async fn steps<T: Transport>(door: &T, job: &str) -> usize {
    get(door, &format!("{job}/steps")).await.column("step", "id").len()
}

async fn repeated_requests<T: Transport>(door: &T) {
    let key = unique(door).await;
    let body = format!(r#"{{"description":"once {key}"}}"#);
    let count = async || get(door, "/jobs").await.body.matches(&format!("once {key}")).count();
    let first = post_with_key(door, "/jobs", &body, &key).await;
    assert_eq!(first.status, 201, "{first:?}");
    let job = format!("/jobs/{}", first.text("id"));
    assert_eq!(send(door, request(Method::Post, &format!("{job}/end")).with_json("{}")).await.status, 200);
    for key in [key.clone(), format!("\"{key}\"")] {
        let again = post_with_key(door, "/jobs", &body, &key).await;
        assert_eq!(essence(&again), essence(&first), "also when the job has changed");
    }
    assert_eq!(count().await, 1);
    let path = format!("{job}/steps");
    let first = post_with_key(door, &path, STEP, &format!("{key}-step")).await;
    let again = post_with_key(door, &path, STEP, &format!("{key}-step")).await;
    assert_eq!((first.status, essence(&again)), (201, essence(&first)));
    assert_eq!(steps(door, &job).await, 1);
    let other = post_with_key(door, &path, STEP, &format!("{key}-other")).await;
    assert_eq!((other.status, steps(door, &job).await), (201, 2), "another key is another request");
    for _ in 0..2 {
        assert_eq!(send(door, request(Method::Post, "/jobs").with_json(&*body)).await.status, 201);
    }
    assert_eq!(count().await, 3, "without a key, each request adds a job");
}

async fn requests_at_once<T: Transport>(door: &T) {
    let key = unique(door).await;
    let body = format!(r#"{{"description":"at once {key}"}}"#);
    let add = || post_with_key(door, "/jobs", &body, &key);
    let (a, b, c, d) = tokio::join!(add(), add(), add(), add());
    for other in [&b, &c, &d] {
        assert_eq!((a.status, essence(&a)), (201, essence(other)));
    }
    assert_eq!(get(door, "/jobs").await.body.matches(&format!("at once {key}")).count(), 1);
    let job = format!("/jobs/{}", a.text("id"));
    let (path, key) = (format!("{job}/steps"), format!("{key}-step"));
    let add = || post_with_key(door, &path, STEP, &key);
    let (a, b, c, d) = tokio::join!(add(), add(), add(), add());
    for other in [&b, &c, &d] {
        assert_eq!((a.status, essence(&a)), (201, essence(other)));
    }
    assert_eq!(steps(door, &job).await, 1);
}

async fn keys_that_are_refused<T: Transport>(door: &T) {
    let job = add_job(door, "Refuses keys").await;
    let (path, key) = (format!("{job}/steps"), job.replace("/jobs/", ""));
    let other = format!("{}/steps", add_job(door, "Elsewhere").await);
    assert_eq!(post_with_key(door, &path, STEP, &key).await.status, 201);
    let another = STEP.replace("a step", "another");
    let long = "k".repeat(256);
    for (path, body, key, status) in [
        (path.as_str(), another.as_str(), key.as_str(), 422),
        (&other, STEP, &key, 422),
        (&path, r#"{"description":""}"#, &key, 422),
        ("/jobs", r#"{"description":"a"}"#, &key, 422),
        (&path, STEP, &long, 400),
        (&path, STEP, "two words", 400),
        (&path, STEP, "\"open", 400),
        ("/jobs", r#"{"description":"a"}"#, "\"\"", 400),
    ] {
        let refused = post_with_key(door, path, body, key).await;
        assert_eq!(refused.status, status, "{path} {body} {key}: {refused:?}");
        let fault = fault::read(refused.body.as_bytes()).unwrap_or_default();
        assert!(fault.reason.is_some_and(|reason| reason.contains("Idempotency-Key")), "{refused:?}");
    }
    assert_eq!((steps(door, &job).await, get(door, &other).await.column("step", "id").len()), (1, 0));
}

/// A creator's step is added, and the answer is a refusal, since reading it needs more rights. It is kept all the same.
async fn every_user_has_keys_of_their_own<T: Transport>(doors: &Doors<T>) {
    let job = add_job(&doors.admin, "Of two users").await;
    let (path, key) = (format!("{job}/steps"), job.replace("/jobs/", ""));
    for _ in 0..2 {
        assert_eq!(post_with_key(&doors.admin, &path, STEP, &key).await.status, 201);
        let refused = post_with_key(&doors.creator, &path, STEP, &key).await;
        assert_eq!((refused.status, refused.text("reason").as_str()), (400, "Operation Failed"));
        assert_eq!(steps(&doors.admin, &job).await, 2);
    }
}

/// What was refused may be sent again, with the same key and in another way.
async fn requests_that_made_nothing<T: Transport>(door: &T) {
    let key = unique(door).await;
    for (body, status) in [(r#"{"description":" "}"#, 400), ("{", 400), (r#"{"description":"a"}"#, 201)] {
        assert_eq!(post_with_key(door, "/jobs", body, &key).await.status, status, "{body}");
    }
}
