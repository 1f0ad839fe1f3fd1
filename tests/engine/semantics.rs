//! Section 5 of the contract: what commands do to a job and its steps.

use crate::{
    stored,
    support::{NOW, admin, ask, creator, engine, get, job_id, job_with_steps, post, show, step_id, time},
    world,
};
use task_monitor::{domain::Status, engine::Store};

/// Each job has a running step, a running one under it, and a finished one; 1 runs, 2 has finished, 3 is unknown.
#[tokio::test]
async fn the_semantics_table() {
    let (well, badly) = (r#"{"succeeded":true}"#, r#"{"succeeded":false}"#);
    let rows = [
        (1, "end", well, "finished end=now updated=now | finished now, finished now, finished old"),
        (1, "end", badly, "failed end=now updated=now | failed now, failed now, finished old"),
        (1, "end", "{}", "finished end=now updated=now | finished now, finished now, finished old"),
        (2, "end", badly, "finished end=old updated=old | finished old, finished old, finished old"),
        (2, "end", well, "finished end=old updated=old | finished old, finished old, finished old"),
        (3, "end", well, "unknown end=old updated=old | unknown old, unknown old, finished old"),
        (1, "clear", "{}", "started end=- updated=start cleared | started -, started -, finished old"),
        (2, "clear", "{}", "finished end=old updated=old cleared | started -, started -, finished old"),
        (3, "clear", "{}", "unknown end=old updated=old cleared | started -, started -, finished old"),
        (1, "first", well, "started end=- updated=now | finished now, started -, finished old"),
        (1, "second", well, "started end=- updated=now | started -, finished now, finished old"),
        (1, "first", badly, "failed end=now updated=now | failed now, failed now, finished old"),
        (1, "second", badly, "failed end=now updated=now | failed now, failed now, finished old"),
        (1, "third", badly, "failed end=now updated=now | failed now, failed now, failed now"),
        (1, "third", well, "started end=- updated=now | started -, started -, finished now"),
        (2, "first", well, "finished end=old updated=now | finished now, started -, finished old"),
        (2, "first", badly, "finished end=old updated=now | failed now, finished old, finished old"),
        (3, "first", well, "unknown end=old updated=now | finished now, started -, finished old"),
        (3, "first", badly, "unknown end=old updated=now | failed now, unknown old, finished old"),
        (
            1,
            "first",
            r#"{"succeeded":true,"force":true}"#,
            "started end=- updated=now | finished now, started -, finished old",
        ),
    ];
    for (number, target, body, expected) in rows {
        let engine = world();
        let answer = ask(&engine, &admin(), post(&path(number, target), body)).await;
        assert_eq!(answer.status, 200, "{number} {target} {body}: {}", answer.body);
        assert_eq!(answer.json()["status"], "complete");
        assert_eq!(show(&stored(&engine, job_id(number)).await), expected, "{number} {target} {body}");
    }
}

/// For every status of an ended job.
#[tokio::test]
async fn ended_jobs_keep_their_status() {
    let (well, badly) = (r#"{"succeeded":true}"#, r#"{"succeeded":false}"#);
    for status in [Status::Finished, Status::Failed, Status::Aborted, Status::Unknown] {
        let is = status.as_str();
        let ended = format!("{is} end=old updated=old | {is} old, {is} old, finished old");
        let rows = [
            ("end", well, ended.clone()),
            ("end", badly, ended.clone()),
            ("end", "{}", ended),
            // As with a running one, force aborts what still runs.
            (
                "end",
                r#"{"succeeded":true,"force":true}"#,
                format!("{is} end=old updated=old cleared | aborted old, aborted old, finished old"),
            ),
            ("clear", "{}", format!("{is} end=old updated=old cleared | started -, started -, finished old")),
            ("first", well, format!("{is} end=old updated=now | finished now, started -, finished old")),
            ("first", badly, format!("{is} end=old updated=now | failed now, {is} old, finished old")),
        ];
        for (target, body, expected) in rows {
            let engine = engine([job_with_steps(1, status, true)]);
            let answer = ask(&engine, &admin(), post(&path(1, target), body)).await;
            assert_eq!(answer.status, 200, "{is} {target} {body}: {}", answer.body);
            assert_eq!(show(&stored(&engine, job_id(1)).await), expected, "{is} {target} {body}");
        }
    }
}

fn path(number: u128, target: &str) -> String {
    let job = job_id(number);
    match target {
        "first" => format!("/jobs/{job}/steps/{}/end", step_id(number * 10 + 1)),
        "second" => format!("/jobs/{job}/steps/{}/end", step_id(number * 10 + 2)),
        "third" => format!("/jobs/{job}/steps/{}/end", step_id(number * 10 + 3)),
        action => format!("/jobs/{job}/{action}"),
    }
}

#[tokio::test]
async fn a_step_joins_any_external_job_and_any_step() {
    let parent = |number: u128| format!(r#","parent_step":{{"id":"{}"}}"#, step_id(number));
    // The job of the URL, the parent, whose job it joins, its number, and that job's status afterwards.
    let rows = [
        (1, String::new(), 1, 2, Status::Started),
        (2, String::new(), 2, 2, Status::Finished),
        (3, String::new(), 3, 2, Status::Unknown),
        (1, parent(11), 1, 1, Status::Started),
        (1, parent(12), 1, 0, Status::Started),
        (2, parent(23), 2, 0, Status::Finished),
        (4, parent(41), 4, 1, Status::Started),
        (1, parent(41), 4, 1, Status::Started),
        (0xdead, parent(11), 1, 1, Status::Started),
    ];
    for (url, parent, joined, number, status) in rows {
        let engine = world();
        let body = format!(r#"{{"type":"validating","description":" Check "{parent}}}"#);
        let answer = ask(&engine, &admin(), post(&format!("/jobs/{}/steps", job_id(url)), &body)).await;
        assert_eq!(answer.status, 201, "{url} {parent}: {}", answer.body);
        let content = stored(&engine, job_id(joined)).await;
        let step = content.steps.last().unwrap();
        assert_eq!((content.job.status, content.job.last_updated), (status, Some(time(NOW))));
        assert_eq!((step.number, step.status, step.external), (Some(number), Status::Started, true));
        assert_eq!(
            (step.job, step.description.as_str(), step.start_time),
            (job_id(joined), " Check ", Some(time(NOW)))
        );
        let href = format!("/ovirt-engine/api/jobs/{}/steps/{}", job_id(url), step.id);
        assert_eq!((answer.json()["href"].as_str(), answer.header("location")), (Some(&*href), Some(&*href)));
        assert_eq!(answer.json()["job"]["id"], job_id(url).to_string());
    }
}

#[tokio::test]
async fn a_new_job_runs_from_now_and_is_the_callers() {
    for caller in [admin(), creator()] {
        let engine = world();
        let request = post("/jobs", r#"{"description":"Nightly","status":"failed","start_time":5,"external":false}"#);
        let answer = ask(&engine, &caller, request.with_header("Correlation-Id", "my run/1")).await;
        let job = answer.json();
        assert_eq!(
            (answer.status, job["status"].as_str(), job["start_time"].as_i64()),
            (201, Some("started"), Some(NOW))
        );
        assert_eq!((job["external"].as_str(), job["auto_cleared"].as_str()), (Some("true"), Some("false")));
        assert_eq!(job["owner"]["id"], caller.user.id.to_string());
        assert_eq!(answer.header("location"), job["href"].as_str());
        let record = engine.store.load(job["id"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap().record;
        assert_eq!((record.correlation_id.as_str(), record.scenario), ("myrun1", false));
        let again = ask(&engine, &caller, get(&format!("/jobs/{}", record.content.job.id))).await;
        assert_eq!((again.status, again.body), (200, answer.body));
    }
}

/// The read-back of the new step is an admin's query (section 5, "Who reads").
#[tokio::test]
async fn a_creators_step_is_added_and_then_refused() {
    let engine = world();
    let request = post(&format!("/jobs/{}/steps", job_id(5)), r#"{"type":"unknown","description":"a"}"#);
    let answer = ask(&engine, &creator(), request).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("query execution failed due to insufficient permissions."));
    assert_eq!(stored(&engine, job_id(5)).await.steps.len(), 1);
}

#[tokio::test]
async fn a_creator_ends_and_clears_anybodys_job() {
    for action in ["end", "clear"] {
        let answer = ask(&world(), &creator(), post(&format!("/jobs/{}/{action}", job_id(1)), "{}")).await;
        assert_eq!(answer.status, 200, "{action}");
    }
}

/// Percent-encoded segments are decoded; an encoded slash does not separate segments.
#[tokio::test]
async fn paths_may_be_percent_encoded() {
    let job = job_id(1).to_string();
    let encoded: String = job.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for (path, expected) in [
        (format!("/jobs/{encoded}"), 200),
        (format!("/j%6fbs/{}", job.replace('-', "%2d")), 200),
        (format!("/jobs%2F{job}"), 404),
        (format!("/jobs/{job}%zz"), 404),
    ] {
        assert_eq!(ask(&world(), &admin(), get(&path)).await.status, expected, "{path}");
    }
}

#[tokio::test]
async fn the_job_of_a_steps_url_is_not_checked() {
    let engine = world();
    let path = format!("/jobs/{}/steps/{}", job_id(0xdead), step_id(11));
    let answer = ask(&engine, &admin(), get(&path)).await;
    assert_eq!(answer.json()["job"]["id"], job_id(0xdead).to_string());
    let answer = ask(&engine, &admin(), post(&format!("{path}/end"), r#"{"succeeded":true}"#)).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"status":"complete","succeeded":"true"}"#));
    assert_eq!(stored(&engine, job_id(1)).await.steps[0].status, Status::Finished);
}

/// The sample world no longer changes such a job.
#[tokio::test]
async fn a_command_takes_a_job_out_of_the_sample_world() {
    let engine = world();
    ask(&engine, &admin(), post(&format!("/jobs/{}/clear", job_id(1)), "{}")).await;
    let taken = async |number| !engine.store.load(job_id(number)).await.unwrap().unwrap().record.scenario;
    assert_eq!((taken(1).await, taken(2).await), (true, false));
}
