//! What a real engine wrote is read without a loss, and written as it was.

use serde_json::Value;
use task_monitor::{
    domain::JobWithSteps,
    wire::{Base, Format, describe, input, json},
};

use crate::{
    samples::{compact, compact_json},
    support::recorded::{file, jobs_of_hosts, jobs_over_time, jobs_with_steps},
    text,
};

fn written(format: Format, jobs: Vec<JobWithSteps>) -> String {
    text(describe::jobs(format, Base::Plain, true, jobs.into_iter()).into_bytes())
}

/// Nothing is lost: what was read is written as it was, member by member, in the same order.
#[test]
fn all_jobs_are_read_without_a_loss() {
    for (name, jobs, count) in
        [("jobs-with-steps.json", jobs_with_steps(), 45), ("hosts-jobs.json", jobs_of_hosts(), 103)]
    {
        assert_eq!(jobs.len(), count, "{name}");
        let recorded: Value = serde_json::from_str(&file(name)).unwrap();
        let back: Value = serde_json::from_str(&written(Format::Json, jobs.clone())).unwrap();
        let pairs = recorded["job"].as_array().unwrap().iter().zip(back["job"].as_array().unwrap());
        pairs.for_each(|(recorded, back)| assert_eq!(recorded, back, "{name}"));
    }
    for (line, state) in file("hosts-over-time.jsonl").lines().zip(jobs_over_time()) {
        let recorded: Value = serde_json::from_str(line).unwrap();
        let back: Value = serde_json::from_str(&written(Format::Json, vec![state])).unwrap();
        assert_eq!(recorded["job"], back["job"][0]);
    }
}

/// Text by text: the members in the order of each format. The record in JSON has escapes where there are letters that are not
/// ASCII, so there the other file is compared.
#[test]
fn the_engine_writes_json_and_xml_as_a_real_engine() {
    same(&written(Format::Xml, jobs_with_steps()), &compact(Format::Xml, &file("jobs-with-steps.xml")));
    same(&written(Format::Json, jobs_of_hosts()), &compact_json(&file("hosts-jobs.json")));
}

/// Shows where long texts differ.
fn same(written: &str, recorded: &str) {
    let differs = written.bytes().zip(recorded.bytes()).position(|(a, b)| a != b);
    let around = |text: &str| {
        let at = differs.unwrap_or_default();
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 80)]).into_owned()
    };
    assert_eq!((differs, written.len()), (None, recorded.len()), "{} / {}", around(written), around(recorded));
}

/// Without `follow` it is the same without the steps.
#[test]
fn a_list_without_steps() {
    let plain = text(describe::jobs(Format::Json, Base::Plain, false, jobs_of_hosts().into_iter()).into_bytes());
    let mut expected: Value = serde_json::from_str(&file("hosts-jobs.json")).unwrap();
    for job in expected["job"].as_array_mut().unwrap() {
        job.as_object_mut().unwrap().remove("steps");
    }
    assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), expected);
    let read = json::read_jobs(plain.as_bytes()).unwrap();
    assert!(read.items.iter().all(|(_, steps)| steps.is_none()) && read.items.len() == 103);
}

/// One job or step by itself is as in the list.
#[test]
fn one_of_a_list_is_as_in_the_list() {
    let list: Value = serde_json::from_str(&file("hosts-jobs.json")).unwrap();
    for (value, content) in list["job"].as_array().unwrap().iter().zip(jobs_of_hosts()) {
        assert_eq!(json::read_job(value.to_string().as_bytes()).as_ref(), Ok(&content.job));
        let steps = json::read_steps(value["steps"].to_string().as_bytes(), content.job.id).unwrap();
        assert_eq!((&steps.items, steps.unreadable), (&content.steps, 0));
        assert!(input::read_add_job(Format::Json, value.to_string().as_bytes()).is_ok(), "it can be sent back");
        for (value, step) in value["steps"]["step"].as_array().unwrap().iter().zip(&content.steps) {
            assert_eq!(json::read_step(value.to_string().as_bytes(), content.job.id).as_ref(), Ok(step));
            assert!(input::read_add_step(Format::Json, value.to_string().as_bytes()).is_ok());
        }
    }
}
