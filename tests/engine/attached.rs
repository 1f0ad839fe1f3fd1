//! Commands under an external job or step: where their steps go, and that they never end the job.

use crate::{
    machines::{DOWN, UP, machines, pass, tree, vm_id, vm_state},
    stored,
    support::{NOW, TestEngine, admin, ask, get, job_id, job_with_steps, post, step_id},
};
use task_monitor::{
    domain::Status,
    engine::{EndsAhead, Retention},
};

const LONG: i64 = 120;

/// Jobs 1 started, 2 finished, both external; 3 is internal. Each with three steps.
async fn world() -> TestEngine {
    machines([
        job_with_steps(1, Status::Started, true),
        job_with_steps(2, Status::Finished, true),
        job_with_steps(3, Status::Started, false),
    ])
    .await
}

#[tokio::test]
async fn steps_join_the_job_or_step_that_is_named() {
    let (job, ended, step, child) = (job_id(1), job_id(2), step_id(11), step_id(12));
    let under_job = [
        "0 Step 11 started external",
        "  0 Step 12 started external",
        "0 Step 13 finished external",
        "2 Executing finished",
        "  0 Stopping VM up on Host hv1 finished",
    ];
    let under_step = [
        "0 Step 11 started external",
        "  0 Step 12 started external",
        "  1 Executing finished",
        "    0 Stopping VM up on Host hv1 finished",
        "0 Step 13 finished external",
    ];
    let under_child = [
        "0 Step 11 started external",
        "  0 Step 12 started external",
        "    0 Executing finished",
        "      0 Stopping VM up on Host hv1 finished",
        "0 Step 13 finished external",
    ];
    let rows = [
        (format!("stop?JobId={job}"), 1, &under_job[..]),
        (format!("stop?job_id={job}"), 1, &under_job),
        (format!("stop;JobId={job}"), 1, &under_job),
        (format!("stop;job_id={job}"), 1, &under_job),
        (format!("stop?StepId={step}"), 1, &under_step),
        (format!("stop?step_id={step}"), 1, &under_step),
        (format!("stop;StepId={step}"), 1, &under_step),
        (format!("stop?JobId={job}&StepId={child}"), 1, &under_child),
        (format!("stop?job_id={job}&step_id={child}"), 1, &under_child),
        // If both are given, the step decides.
        (format!("stop?JobId={ended}&StepId={child}"), 1, &under_child),
        (format!("stop?JobId={ended}"), 2, &under_job),
    ];
    for (call, number, expected) in rows {
        let engine = world().await;
        let before = stored(&engine, job_id(number)).await;
        let answer = ask(&engine, &admin(), post(&format!("/vms/{}/{call}", vm_id(UP)), "{}")).await;
        assert_eq!(answer.status, 200, "{call}: {}", answer.body);
        assert_eq!(answer.json()["job"]["id"], job_id(number).to_string(), "{call}");
        let begun = stored(&engine, job_id(number)).await;
        assert_eq!(begun.job.last_updated.unwrap().timestamp_millis(), NOW, "{call}: at once");
        assert_eq!(begun.steps.len(), 5, "{call}");
        pass(&engine, LONG).await;
        let after = stored(&engine, job_id(number)).await;
        let numbers = expected.iter().map(|line| line.replace("Step 1", &format!("Step {number}")));
        assert_eq!(tree(&after), numbers.collect::<Vec<_>>(), "{call}");
        assert_eq!((after.job.status, after.job.end_time), (before.job.status, before.job.end_time), "{call}");
        assert_eq!(vm_state(&engine, UP).await, "down", "{call}");
        let jobs = ask(&engine, &admin(), get("/jobs")).await;
        assert_eq!(jobs.ids("job").len(), 3, "{call}: no job of its own");
    }
}

/// The parameters' names are exact. Other names are ignored, and the command gets a job of its own.
#[tokio::test]
async fn other_parameters_are_ignored() {
    let job = job_id(1);
    for call in [
        format!("stop?jobid={job}"),
        format!("stop?JOBID={job}"),
        format!("stop?Job_Id={job}"),
        format!("stop?jobId={job}"),
        "stop".to_owned(),
    ] {
        let engine = world().await;
        let answer = ask(&engine, &admin(), post(&format!("/vms/{}/{call}", vm_id(UP)), "{}")).await;
        assert_eq!(answer.status, 200, "{call}");
        assert_ne!(answer.json()["job"]["id"], job.to_string(), "{call}");
        assert_eq!(ask(&engine, &admin(), get("/jobs")).await.ids("job").len(), 4, "{call}");
    }
    // Only the last segment's matrix counts.
    let engine = world().await;
    let answer = ask(&engine, &admin(), post(&format!("/vms;JobId={job}/{}/stop", vm_id(UP)), "{}")).await;
    assert_ne!(answer.json()["job"]["id"], job.to_string());
}

#[tokio::test]
async fn an_unknown_job_or_step_leaves_the_command_unmonitored() {
    for call in [format!("stop?JobId={}", job_id(9)), format!("stop?StepId={}", step_id(99))] {
        let engine = world().await;
        let answer = ask(&engine, &admin(), post(&format!("/vms/{}/{call}", vm_id(UP)), "{}")).await;
        assert_eq!((answer.status, answer.json().get("job")), (200, None), "{call}");
        pass(&engine, LONG).await;
        assert_eq!(vm_state(&engine, UP).await, "down", "{call}");
        assert_eq!(ask(&engine, &admin(), get("/jobs")).await.ids("job").len(), 3, "{call}");
    }
}

#[tokio::test]
async fn some_attachments_are_refused() {
    let internal = "[Cannot stop VM. External steps can be added only to external jobs or steps.]";
    let non_monitored = "[Cannot ${action} ${type}. Non monitored command.]";
    let rows = [
        (format!("stop?JobId={}", job_id(3)), internal),
        (format!("stop?StepId={}", step_id(31)), internal),
        ("stop?JobId=7".to_owned(), "Invalid UUID string: 7"),
        ("stop?StepId=".to_owned(), "Invalid UUID string: "),
        (format!("freeze?JobId={}", job_id(1)), non_monitored),
        (format!("freeze?job_id={}", job_id(1)), non_monitored),
        (format!("freeze;StepId={}", step_id(11)), non_monitored),
        (format!("freeze?step_id={}", step_id(99)), non_monitored),
        (format!("freezefilesystems?JobId={}", job_id(9)), non_monitored),
    ];
    for (call, expected) in rows {
        let engine = world().await;
        let answer = ask(&engine, &admin(), post(&format!("/vms/{}/{call}", vm_id(UP)), "{}")).await;
        assert_eq!(answer.status, 400, "{call}: {}", answer.body);
        assert_eq!(answer.json()["fault"]["detail"], expected, "{call}");
        pass(&engine, LONG).await;
        assert_eq!(vm_state(&engine, UP).await, "up on 1", "{call}");
    }
}

/// Adding a job or step is not monitored. Ending and clearing use the job in the path, whatever the parameters name.
#[tokio::test]
async fn commands_of_external_jobs_cannot_be_attached() {
    let (jobs, steps) = ("/jobs".to_owned(), format!("/jobs/{}/steps", job_id(1)));
    let [job, step] = [r#"{"description":"x"}"#, r#"{"type":"executing","description":"x"}"#];
    let non_monitored = "[Cannot ${action} ${type}. Non monitored command.]";
    let named = format!("JobId={}", job_id(1));
    for (path, body, query, expected) in [
        (&jobs, job, named.as_str(), non_monitored),
        (&jobs, job, "step_id=7", "Invalid UUID string: 7"),
        (&steps, step, &named, non_monitored),
        (&steps, step, &format!("StepId={}", step_id(99)), non_monitored),
    ] {
        let engine = world().await;
        let there =
            async || (ask(&engine, &admin(), get("/jobs")).await.body, ask(&engine, &admin(), get(&steps)).await.body);
        let before = there().await;
        let answer = ask(&engine, &admin(), post(&format!("{path}?{query}"), body)).await;
        assert_eq!((answer.status, answer.json()["detail"].as_str()), (400, Some(expected)), "{path}?{query}");
        assert_eq!(there().await, before, "{path}?{query}");
    }
    let engine = world().await;
    let end = format!("/jobs/{}/end?JobId={}", job_id(1), job_id(2));
    assert_eq!(ask(&engine, &admin(), post(&end, r#"{"succeeded":true}"#)).await.status, 200);
    assert!(!stored(&engine, job_id(1)).await.job.status.is_running());
}

#[tokio::test]
async fn every_monitored_command_can_be_attached() {
    let rows = [
        (format!("/vms/{}/start", vm_id(DOWN)), "{}"),
        (format!("/vms/{}/stop", vm_id(UP)), "{}"),
        (format!("/vms/{}/migrate", vm_id(UP)), "{}"),
        (format!("/vms/{}/migrate", vm_id(UP)), r#"{"host":{"name":"hv2"}}"#),
    ];
    for (path, body) in rows {
        let engine = world().await;
        let answer = ask(&engine, &admin(), post(&format!("{path}?JobId={}", job_id(1)), body)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        pass(&engine, LONG).await;
        let after = stored(&engine, job_id(1)).await;
        assert!(after.job.status.is_running(), "{path}");
        let own: Vec<_> = after.steps.iter().filter(|step| !step.external).collect();
        assert!(own.len() >= 2 && own.iter().all(|step| step.status == Status::Finished), "{path}: {own:?}");
        assert_eq!(own[0].description, "Executing", "{path}");
        let ended = ask(&engine, &admin(), post(&format!("/jobs/{}/end", job_id(1)), "{}")).await;
        assert_eq!(ended.status, 200, "{path}");
    }
}

/// Steps that end with their job stay ended; the command continues without showing.
#[tokio::test]
async fn ending_the_job_early_ends_the_steps_but_not_the_command() {
    let engine = world().await;
    ask(&engine, &admin(), post(&format!("/vms/{}/migrate?JobId={}", vm_id(UP), job_id(1)), "{}")).await;
    pass(&engine, 5).await;
    ask(&engine, &admin(), post(&format!("/jobs/{}/end", job_id(1)), r#"{"succeeded":false}"#)).await;
    let ended = stored(&engine, job_id(1)).await;
    pass(&engine, LONG).await;
    assert_eq!(stored(&engine, job_id(1)).await, ended);
    assert_eq!(vm_state(&engine, UP).await, "up on 2");
}

#[tokio::test]
async fn a_command_continues_when_its_job_is_removed() {
    let engine = world().await;
    ask(&engine, &admin(), post(&format!("/vms/{}/migrate?JobId={}", vm_id(UP), job_id(1)), "{}")).await;
    pass(&engine, 5).await;
    ask(&engine, &admin(), post(&format!("/jobs/{}/end", job_id(1)), r#"{"force":true}"#)).await;
    engine.environment.pass(24 * 3_600_000);
    engine.sweep(&Retention::OVIRT, &EndsAhead::default()).await.unwrap();
    assert_eq!(ask(&engine, &admin(), get(&format!("/jobs/{}", job_id(1)))).await.status, 404);
    pass(&engine, 1).await;
    assert_eq!(vm_state(&engine, UP).await, "up on 2");
}
