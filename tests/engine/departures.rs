//! Departures: where this engine differs from a current oVirt engine (docs/departures.md).

use task_monitor::domain::Status;

use crate::{
    check, stored,
    support::{admin, ask, get, job_id, post, show, step_id},
    world,
};

#[tokio::test]
async fn status_decides_when_succeeded_is_missing_and_force_aborts() {
    let job = format!("/jobs/{}/end", job_id(1));
    let ended = format!("/jobs/{}/end", job_id(2));
    let step = format!("/jobs/{}/steps/{}/end", job_id(1), step_id(11));
    let rows = [
        (&job, r#"{"status":"finished"}"#, "finished end=now updated=now | finished now, finished now, finished old"),
        (&job, r#"{"status":"FAILED"}"#, "failed end=now updated=now | failed now, failed now, finished old"),
        (&job, r#"{"status":"aborted"}"#, "aborted end=now updated=now | aborted now, aborted now, finished old"),
        (
            &job,
            r#"{"status":"failed","succeeded":true}"#,
            "finished end=now updated=now | finished now, finished now, finished old",
        ),
        (
            &job,
            r#"{"status":"aborted","succeeded":"false"}"#,
            "failed end=now updated=now | failed now, failed now, finished old",
        ),
        (
            &job,
            r#"{"status":"junk","succeeded":true}"#,
            "finished end=now updated=now | finished now, finished now, finished old",
        ),
        (&step, r#"{"status":"finished"}"#, "started end=- updated=now | finished now, started -, finished old"),
        (&step, r#"{"status":"failed"}"#, "failed end=now updated=now | failed now, failed now, finished old"),
        (&step, r#"{"status":"aborted"}"#, "failed end=now updated=now | aborted now, failed now, finished old"),
        (
            &step,
            r#"{"status":"failed","succeeded":true}"#,
            "started end=- updated=now | finished now, started -, finished old",
        ),
        (&job, r#"{"force":true}"#, "finished end=now updated=now cleared | aborted now, aborted now, finished old"),
        (
            &job,
            r#"{"force":"true","succeeded":false}"#,
            "failed end=now updated=now cleared | aborted now, aborted now, finished old",
        ),
        (&ended, r#"{"force":true}"#, "finished end=old updated=old cleared | aborted old, aborted old, finished old"),
    ];
    for (path, body, expected) in rows {
        let engine = world();
        let answer = ask(&engine, &admin(), post(path, body)).await;
        assert_eq!(answer.status, 200, "{body}: {}", answer.body);
        let number = if *path == ended { 2 } else { 1 };
        assert_eq!(show(&stored(&engine, job_id(number)).await), expected, "{path} {body}");
    }
}

#[tokio::test]
async fn any_other_status_is_refused() {
    let body = r#"{"detail":"Parameter 'status' must be one of finished, failed and aborted.","reason":"Input validation failed."}"#;
    for status in ["started", "unknown", "complete", ""] {
        for path in [format!("/jobs/{}/end", job_id(1)), format!("/jobs/{}/steps/{}/end", job_id(1), step_id(11))] {
            let request = post(&path, &format!(r#"{{"status":"{status}"}}"#));
            check(status, &ask(&world(), &admin(), request).await, 400, body);
        }
    }
}

#[tokio::test]
async fn requests_that_ovirt_answers_with_500_get_a_fault_or_a_result() {
    let steps = format!("/jobs/{}/steps", job_id(1));
    let rows = [
        ("/v4/jobs?follow=steps".to_owned(), 200),
        (format!("/v4/jobs/{}?follow=steps", job_id(1)), 200),
        ("/jobs?follow=owner".to_owned(), 200),
        (format!("/jobs/{}?follow=owner", job_id(5)), 200),
        ("/jobs?follow=steps.parent_step".to_owned(), 400),
        ("/jobs?follow=junk".to_owned(), 400),
        ("?follow=junk".to_owned(), 400),
        (format!("{steps}?follow=steps"), 400),
        (format!("{steps}?max=-2"), 400),
        ("/jobs?search=backup".to_owned(), 400),
        ("/jobs?from=1".to_owned(), 400),
    ];
    for (path, status) in rows {
        let answer = ask(&world(), &admin(), get(&path)).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert_eq!(answer.json().get("reason").is_some(), status == 400, "{path}: {}", answer.body);
    }
    for action in ["end", "clear"] {
        let answer = ask(&world(), &admin(), post(&format!("/jobs/{}/{action}", job_id(1)), "")).await;
        assert_eq!((answer.status, answer.json()["reason"].as_str()), (400, Some("Input validation failed.")));
    }
}

/// Messages are in English whatever the client's language, and a grace period has no effect.
#[tokio::test]
async fn messages_are_english_and_a_grace_period_has_no_effect() {
    let (job, engine) = (format!("/jobs/{}", job_id(9)), world());
    let body = r#"{"grace_period":{"expiry":86400000}}"#;
    for language in ["de", "fr-FR", "ja,en;q=0.5"] {
        let request = post(&format!("{job}/end"), body).with_header("accept-language", language);
        let answer = ask(&engine, &admin(), request).await;
        assert_eq!(answer.json()["fault"]["detail"], "[Cannot Clear External Job. Job not found.]", "{language}");
    }
    let answer = ask(&engine, &admin(), post(&format!("/jobs/{}/end", job_id(1)), body)).await;
    assert_eq!((answer.status, answer.json()["grace_period"]["expiry"].as_str()), (200, Some("86400000")));
    assert_eq!(stored(&engine, job_id(1)).await.job.status, Status::Finished);
}
