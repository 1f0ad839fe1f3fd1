//! Jobs of a real engine (`tests/samples/engine-4.5.7`), as the client reads them.

use task_monitor::{
    domain::{Event, JobWithSteps},
    wire::json,
};

/// A file of the record.
pub fn file(name: &str) -> String {
    let path = format!("{}/tests/samples/engine-4.5.7/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// 45 jobs, most of them external, of all statuses that one can bring about.
pub fn jobs_with_steps() -> Vec<JobWithSteps> {
    read(&file("jobs-with-steps.json"))
}

/// 103 jobs of the engine's own in their last state, 31 of them failed.
pub fn jobs_of_hosts() -> Vec<JobWithSteps> {
    read(&file("hosts-jobs.json"))
}

/// States of jobs, in the order in which polls saw them.
pub fn jobs_over_time() -> Vec<JobWithSteps> {
    let text = file("hosts-over-time.jsonl");
    let states = text.lines().map(|line| {
        let state: serde_json::Value = serde_json::from_str(line).unwrap();
        read(&serde_json::json!({ "job": [state["job"]] }).to_string()).remove(0)
    });
    states.collect()
}

/// Reads a list of jobs with followed steps, of which none is left out.
pub fn read(list: &str) -> Vec<JobWithSteps> {
    let read = json::read_jobs(list.as_bytes()).unwrap();
    assert_eq!(read.unreadable, 0);
    read.items.into_iter().map(|(job, steps)| JobWithSteps { job, steps: steps.unwrap() }).collect()
}

/// The events of a file, the newest first; none is left out.
pub fn events(name: &str) -> Vec<Event> {
    let read = json::read_events(file(name).as_bytes()).unwrap();
    assert_eq!(read.unreadable, 0, "{name}");
    read.items
}
