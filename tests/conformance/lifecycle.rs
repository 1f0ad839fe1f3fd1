//! Jobs and steps from begin to end.

use super::{act, add_job, add_step, get, post, statuses};
use task_monitor::api::Transport;

pub(super) async fn run<T: Transport>(door: &T) {
    a_job_is_added_and_read_back(door).await;
    steps_nest_and_are_counted(door).await;
    outcomes(door).await;
    ended_jobs_keep_their_status(door).await;
    clearing_only_marks(door).await;
    any_text_survives(door).await;
    writers_of_one_job_lose_nothing(door).await;
}

async fn a_job_is_added_and_read_back<T: Transport>(door: &T) {
    let added = post(door, "/jobs", r#"{"description":"Nightly backup","auto_cleared":true}"#).await;
    let (job, href) = (added.json(), added.text("href"));
    assert_eq!((added.status, added.header("content-type")), (201, Some("application/json")));
    assert!(added.header("location").is_some_and(|location| location.ends_with(&href)), "{added:?}");
    assert_eq!((added.text("status").as_str(), added.text("external").as_str()), ("started", "true"));
    assert_eq!(added.text("auto_cleared"), "true");
    assert!(job["start_time"].is_u64() && job["start_time"] == job["last_updated"] && job.get("end_time").is_none());
    let path = format!("/jobs/{}", added.text("id"));
    assert_eq!(get(door, &path).await.body, added.body);
    assert!(get(door, "/jobs").await.json()["job"].as_array().is_some_and(|jobs| jobs.contains(&job)));
    assert_eq!(get(door, &format!("{path}/steps")).await.body, "{}");
    let owner = format!("/users/{}", job["owner"]["id"].as_str().unwrap_or_default());
    assert_eq!(get(door, &owner).await.status, 200);
    let root = get(door, "").await.json();
    assert_eq!(root["authenticated_user"], job["owner"]);
    assert_eq!(root["product_info"]["name"], "jobs-engine");
}

async fn steps_nest_and_are_counted<T: Transport>(door: &T) {
    let job = add_job(door, "Nested").await;
    let first = add_step(door, &job, "first", None).await;
    let second = add_step(door, &job, "second", None).await;
    let below = add_step(door, &job, "below", Some(&first)).await;
    let deeper = add_step(door, &job, "deeper", Some(&below)).await;
    let list = get(door, &format!("{job}/steps")).await;
    assert_eq!(list.column("step", "id")[..2], [first.clone(), second]);
    assert_eq!(list.column("step", "number"), ["0", "1", "0", "0"]);
    let step = get(door, &format!("{job}/steps/{deeper}")).await;
    assert_eq!(step.json()["parent_step"]["id"], below);
    assert_eq!(get(door, &format!("{job}/steps/{deeper}/statistics")).await.body, "{}");
    // The job in a step's path is not checked, but links contain it.
    let elsewhere = add_job(door, "Elsewhere").await;
    let step = get(door, &format!("{elsewhere}/steps/{first}")).await;
    assert_eq!(
        (step.status, format!("/jobs/{}", step.json()["job"]["id"].as_str().unwrap_or_default())),
        (200, elsewhere.clone())
    );
    add_step(door, &elsewhere, "joins its parent's job", Some(&first)).await;
    assert_eq!(get(door, &format!("{elsewhere}/steps")).await.body, "{}");
    assert_eq!(get(door, &format!("{job}/steps")).await.column("step", "id").len(), 5);
}

/// Each job has a running step with one under it, and a step that has finished.
async fn outcomes<T: Transport>(door: &T) {
    let rows = [
        ("end", r#"{"succeeded":true}"#, "finished", ["finished", "finished", "finished"]),
        ("end", "{}", "finished", ["finished", "finished", "finished"]),
        ("end", r#"{"succeeded":"false"}"#, "failed", ["failed", "finished", "failed"]),
        ("end", r#"{"status":"failed"}"#, "failed", ["failed", "finished", "failed"]),
        ("end", r#"{"status":"aborted"}"#, "aborted", ["aborted", "finished", "aborted"]),
        ("end", r#"{"succeeded":true,"status":"failed"}"#, "finished", ["finished", "finished", "finished"]),
        ("end", r#"{"succeeded":true,"force":true}"#, "finished", ["aborted", "finished", "aborted"]),
        ("step", r#"{"succeeded":true}"#, "started", ["finished", "finished", "started"]),
        ("step", r#"{"succeeded":false}"#, "failed", ["failed", "finished", "failed"]),
        ("step", r#"{"status":"finished"}"#, "started", ["finished", "finished", "started"]),
        ("step", r#"{"status":"aborted"}"#, "failed", ["aborted", "finished", "failed"]),
    ];
    for (target, body, job_status, step_statuses) in rows {
        let job = add_job(door, body).await;
        let first = add_step(door, &job, "first", None).await;
        let done = add_step(door, &job, "done", None).await;
        add_step(door, &job, "below", Some(&first)).await;
        act(door, &format!("{job}/steps/{done}/end"), r#"{"succeeded":true}"#).await;
        let path = if target == "end" { format!("{job}/end") } else { format!("{job}/steps/{first}/end") };
        act(door, &path, body).await;
        let (status, steps) = statuses(door, &job).await;
        assert_eq!(
            (status.as_str(), steps),
            (job_status, step_statuses.map(str::to_owned).to_vec()),
            "{target} {body}"
        );
    }
}

async fn ended_jobs_keep_their_status<T: Transport>(door: &T) {
    let job = add_job(door, "Ended twice").await;
    act(door, &format!("{job}/end"), r#"{"succeeded":true}"#).await;
    let before = get(door, &job).await.body;
    act(door, &format!("{job}/end"), r#"{"succeeded":false}"#).await;
    assert_eq!(get(door, &job).await.body, before);
    let late = add_step(door, &job, "late", None).await;
    assert_eq!(statuses(door, &job).await, ("finished".to_owned(), vec!["started".to_owned()]));
    act(door, &format!("{job}/steps/{late}/end"), r#"{"succeeded":false}"#).await;
    act(door, &format!("{job}/steps/{late}/end"), r#"{"succeeded":true}"#).await;
    assert_eq!(statuses(door, &job).await, ("finished".to_owned(), vec!["finished".to_owned()]));
}

async fn clearing_only_marks<T: Transport>(door: &T) {
    let job = add_job(door, "Cleared").await;
    act(door, &format!("{job}/clear"), "{}").await;
    let cleared = get(door, &job).await;
    assert_eq!((cleared.text("auto_cleared").as_str(), cleared.text("status").as_str()), ("true", "started"));
}

async fn any_text_survives<T: Transport>(door: &T) {
    for description in
        ["  spaces around  ", "\"quotes\" \\ and\nlines\t", "<b>ünïcode</b> ✓ 任务 \u{1F4BE}", &"long ".repeat(2_000)]
    {
        let job = add_job(door, description).await;
        add_step(door, &job, description, None).await;
        assert_eq!(get(door, &job).await.text("description"), description);
        assert_eq!(get(door, &format!("{job}/steps")).await.column("step", "description"), [description]);
    }
}

async fn writers_of_one_job_lose_nothing<T: Transport>(door: &T) {
    let job = &add_job(door, "Busy").await;
    let add = |name: &'static str| async move { add_step(door, job, name, None).await };
    let (a, b, c, d) = tokio::join!(add("a"), add("b"), add("c"), add("d"));
    let mut added = [a, b, c, d];
    let list = get(door, &format!("{job}/steps")).await;
    let mut listed = list.column("step", "id");
    added.sort();
    listed.sort();
    assert_eq!(listed, added);
    assert_eq!(list.column("step", "number"), ["0", "1", "2", "3"]);
}
