//! Reading what engines send: the forms of the contract's section 2 and the traps of its section 10.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::sync::Arc;

use proptest::prelude::*;
use support::{
    recorded::{file, jobs_of_hosts, jobs_over_time, jobs_with_steps},
    time,
};
use task_monitor::{
    domain::{ExternalSystem, Job, JobId, JobWithSteps, Status, Step, StepType, UserId},
    wire::json::{self, JobsReader, Listed, ReadJobs},
};

const BACKUP: &str = "5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11";
const COPY: &str = "0d0c9f0e-8d5e-4a8e-8a57-1b0f2d3c4e51";
const VOLUME: &str = "a3b7c6d5-1122-4f33-9b44-556677889900";
const ZERO: i64 = 1_767_225_600_000;

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("samples/", $name, ".json")).as_slice()
    };
}

fn backup() -> JobId {
    BACKUP.parse().unwrap()
}

/// A job with one more member.
fn job_with(member: &str) -> Job {
    let body = format!(r#"{{"id":"{BACKUP}"{}{member}}}"#, if member.is_empty() { "" } else { "," });
    json::read_job(body.as_bytes()).unwrap_or_else(|error| panic!("{error} in {body}"))
}

/// A step with one more member.
fn step_with(member: &str) -> Step {
    let body = format!(r#"{{"id":"{COPY}",{member}}}"#);
    json::read_step(body.as_bytes(), backup()).unwrap_or_else(|error| panic!("{error} in {body}"))
}

#[test]
fn the_samples() {
    for empty in [sample!("s02-no-jobs"), sample!("s02-no-jobs-followed")] {
        assert_eq!(json::read_jobs(empty), Ok(Listed { items: vec![], unreadable: 0 }));
    }
    assert_eq!(json::read_job(sample!("s03-added-job")).unwrap().status, Status::Started);
    let ended = json::read_job(sample!("s04-job-ended")).unwrap();
    assert_eq!((ended.status, ended.end_time), (Status::Failed, Some(time(ZERO + 300_000))));
    assert_eq!(json::read_step(sample!("s08-added-step"), backup()).unwrap().description, "Volume 2");
}

/// One of a kind, from the record of a real engine.
#[test]
fn members_of_real_jobs() {
    let jobs: Vec<_> = [jobs_with_steps(), jobs_of_hosts(), jobs_over_time()].concat();
    let job = |name: &str| jobs.iter().find(|content| content.job.description == name).unwrap();
    let JobWithSteps { job: first, steps } = job("by status");
    assert_eq!((first.external, first.auto_cleared, first.status), (true, false, Status::Finished));
    let times = (first.start_time, first.end_time, first.last_updated);
    let end = time(1_795_996_316_474);
    assert_eq!((times, steps.len()), ((Some(time(1_795_996_316_406)), Some(end), Some(end)), 0));
    let JobWithSteps { job: own, steps } = job("Handling non responsive Host host1");
    assert_eq!((own.owner, own.external, own.auto_cleared), (Some(UserId::ENGINE), false, true));
    assert!(steps.iter().all(|step| step.job == own.id && !step.external));
    let steps = || jobs.iter().flat_map(|content| &content.steps);
    let copying = steps().find(|step| step.progress.is_some()).unwrap();
    assert_eq!((copying.description.as_str(), copying.step_type), ("Copying Volume", StepType::Unknown));
    let on_host = steps().find(|step| step.execution_host.is_some()).unwrap();
    assert!(on_host.description.starts_with("Merging snapshots"));
    assert!(steps().any(|step| step.external_system == Some(ExternalSystem::Vdsm)));
    assert!(steps().any(|step| step.parent.is_some() && step.number == Some(1)));
    let before_start = steps().filter(|step| step.end_time.is_some() && step.end_time < step.start_time);
    assert!(before_start.count() > 0, "some ended before they started");
}

#[test]
fn booleans_in_every_form() {
    let rows = [
        ("true", true),
        ("\"true\"", true),
        ("\"TRUE\"", true),
        ("1", true),
        ("\"1\"", true),
        ("false", false),
        ("\"false\"", false),
        ("\"False\"", false),
        ("0", false),
        ("\"0\"", false),
        ("null", false),
        ("\"\"", false),
        ("\"yes\"", false),
        ("{}", false),
        ("[true]", false),
    ];
    for (value, expected) in rows {
        let job = job_with(&format!(r#""external":{value},"auto_cleared":{value}"#));
        assert_eq!((job.external, job.auto_cleared), (expected, expected), "{value}");
    }
    let job = job_with("");
    assert_eq!((job.external, job.auto_cleared), (false, false), "missing");
}

#[test]
fn integers_in_every_form() {
    let rows = [
        ("0", Some(0), Some(0)),
        ("\"42\"", Some(42), Some(42)),
        ("42", Some(42), Some(42)),
        ("\" 7 \"", Some(7), Some(7)),
        ("42.0", Some(42), Some(42)),
        ("\"120\"", Some(120), Some(100)),
        ("-1", None, Some(0)),
        ("99999999999", None, Some(100)),
        ("18446744073709551615", None, None),
        ("1e400", None, None),
        ("\"\"", None, None),
        ("\"one\"", None, None),
        ("null", None, None),
        ("true", None, None),
        ("{\"value\":1}", None, None),
    ];
    for (value, number, progress) in rows {
        let body = format!(r#"{{"id":"{COPY}","number":{value},"progress":{value}}}"#);
        match json::read_step(body.as_bytes(), backup()) {
            Ok(step) => assert_eq!((step.number, step.progress.map(|p| p.get())), (number, progress), "{value}"),
            // No double holds it: serde_json refuses the document.
            Err(_) => assert_eq!(value, "1e400"),
        }
    }
}

#[test]
fn dates_that_can_be_read_and_that_cannot() {
    let rows = [
        ("1767225600000", Some(ZERO)),
        ("\"1767225600000\"", Some(ZERO)),
        ("1767225600000.7", Some(ZERO)),
        ("0", Some(0)),
        ("-1", Some(-1)),
        ("9223372036854775807", None),
        ("\"9223372036854775807\"", None),
        ("-9223372036854775808", None),
        ("1e300", None),
        ("null", None),
        ("\"\"", None),
        ("\"yesterday\"", None),
        ("[]", None),
    ];
    for (value, expected) in rows {
        let job = job_with(&format!(r#""start_time":{value},"end_time":{value},"last_updated":{value}"#));
        let expected = expected.map(time);
        assert_eq!([job.start_time, job.end_time, job.last_updated], [expected; 3], "{value}");
    }
    // Engines store ends before starts. A duration is never negative.
    let job = job_with(r#""start_time":2000,"end_time":1000"#);
    assert_eq!(job.duration(time(ZERO)), Some(chrono::TimeDelta::zero()));
}

#[test]
fn known_and_unknown_words() {
    let rows = [
        ("\"started\"", Status::Started),
        ("\"FINISHED\"", Status::Finished),
        ("\"Aborted\"", Status::Aborted),
        ("\"failed\"", Status::Failed),
        ("\"unknown\"", Status::Unknown),
        ("\"paused\"", Status::Unknown),
        ("\"\"", Status::Unknown),
        ("null", Status::Unknown),
        ("7", Status::Unknown),
        ("{\"state\":\"STARTED\"}", Status::Unknown),
    ];
    for (value, expected) in rows {
        assert_eq!(job_with(&format!(r#""status":{value}"#)).status, expected, "{value}");
        assert_eq!(step_with(&format!(r#""status":{value}"#)).status, expected, "{value}");
    }
    for step_type in StepType::ALL {
        assert_eq!(step_with(&format!(r#""type":"{}""#, step_type.as_str().to_uppercase())).step_type, step_type);
    }
    for value in ["\"migrate_vm\"", "null", "1", "[]"] {
        assert_eq!(step_with(&format!(r#""type":{value}"#)).step_type, StepType::Unknown, "{value}");
    }
    for (value, expected) in [("\"gluster\"", Some(ExternalSystem::Gluster)), ("\"nfs\"", None), ("null", None)] {
        assert_eq!(step_with(&format!(r#""external_type":{value}"#)).external_system, expected, "{value}");
    }
}

/// One odd member must not cost the whole list.
#[test]
fn members_of_wrong_types() {
    let odd = ["null", "true", "7", "-7", "0.5", "\"x\"", "[]", "[1,{}]", "{}", "{\"id\":7}", "{\"id\":{\"a\":[]}}"];
    for value in odd {
        let job = job_with(&format!(
            r#""owner":{value},"description":{value},"link":{value},"actions":{value},"news":{value}"#
        ));
        assert_eq!((job.owner, job.start_time), (None, None), "{value}");
        let references = format!(r#""parent_step":{value},"execution_host":{value},"job":{value}"#);
        let step = step_with(&references);
        assert_eq!((step.parent, step.execution_host, step.job), (None, None, backup()), "{value}");
        let followed = format!(r#"{{"job":[{{"id":"{BACKUP}","steps":{value}}},{{"id":"{VOLUME}"}}]}}"#);
        let list = json::read_jobs(followed.as_bytes()).unwrap_or_else(|error| panic!("{error} in {followed}"));
        assert_eq!((list.items.len(), list.unreadable), (2, 0), "{value}");
        let list = json::read_jobs(format!(r#"{{"job":[{value},{{"id":"{BACKUP}"}}]}}"#).as_bytes()).unwrap();
        assert_eq!((list.items.len(), list.unreadable), (1, usize::from(value != "null")), "{value}");
    }
    assert_eq!(job_with(r#""description":"a \"b\" \u00e9\n""#).description, "a \"b\" é\n");
    let other = format!(r#""job":{{"id":"{VOLUME}"}},"parent_step":{{"id":"{VOLUME}"}}"#);
    assert_eq!((step_with(&other).job, step_with(&other).parent), (backup(), VOLUME.parse().ok()));
}

/// How many jobs and unreadable entries there are, for the reader that takes a body while it arrives.
fn read_in_pieces(body: &str) -> Option<(usize, usize)> {
    let mut reader = JobsReader::new(Arc::new(ReadJobs::none(7)), Arc::new);
    body.as_bytes().chunks(3).try_for_each(|piece| reader.take(piece)).ok()?;
    let read = reader.finish().ok().filter(|read| read.is_whole)?;
    Some((read.items.len(), read.unreadable))
}

#[test]
fn lists_in_every_form() {
    let one = format!(r#"{{"id":"{BACKUP}"}}"#);
    let rows = [
        ("{}".to_owned(), Some((0, 0))),
        (" { \n } ".to_owned(), Some((0, 0))),
        (r#"{"job":[]}"#.to_owned(), Some((0, 0))),
        (r#"{"job":null}"#.to_owned(), Some((0, 0))),
        (r#"{"link":[{"href":"/ovirt-engine/api/jobs?max=9","rel":"next"}],"actions":{}}"#.to_owned(), Some((0, 0))),
        (format!("\u{feff}{{\"job\":[{one}]}}"), Some((1, 0))),
        (format!(r#"{{"job":{one}}}"#), Some((1, 0))),
        (format!(r#"{{"job":[{one}]}}"#), Some((1, 0))),
        (format!(r#"{{"size":1,"job":[{one}],"link":[]}}"#), Some((1, 0))),
        (format!(r#"{{"job":[{one},null]}}"#), Some((1, 0))),
        (format!(r#"{{"job":[{one},{{"id":"x"}},{{}},{{"id":null}}]}}"#), Some((1, 3))),
        (format!(r#"{{"job":[{one},{one}]}}"#), Some((2, 0))),
        (String::new(), None),
        (" ".to_owned(), None),
        ("null".to_owned(), None),
        ("7".to_owned(), None),
        ("\"job\"".to_owned(), None),
        ("[]".to_owned(), None),
        ("[null]".to_owned(), None),
        ("[[]]".to_owned(), None),
        (format!("[{one}]"), None),
        (format!(r#"{{"job":[{one}]"#), None),
        (format!(r#"{{"job":[{one}]}}{{}}"#), None),
        (r#"{"job":"none"}"#.to_owned(), None),
        (r#"{"job":7}"#.to_owned(), None),
        (r#"{"step":[]}"#.to_owned(), None),
        (r#"{"detail":"x","reason":"y"}"#.to_owned(), None),
        (r#"{"link":[],"fault":{}}"#.to_owned(), None),
        (r#"{"error":null}"#.to_owned(), None),
        (one.clone(), None),
        ("<html><body>Unauthorized</body></html>".to_owned(), None),
        ("<jobs/>".to_owned(), None),
    ];
    for (body, expected) in rows {
        let count = |list: &Listed<_>| (list.items.len(), list.unreadable);
        let read = json::read_jobs(body.as_bytes());
        assert_eq!(read.as_ref().ok().map(count), expected, "{body}");
        assert_eq!(read_in_pieces(&body), expected, "{body}, in pieces");
        let steps =
            body.replace("\"job\":", "\"STEP\":").replace("\"step\":", "\"job\":").replace("\"STEP\":", "\"step\":");
        let read = json::read_steps(steps.as_bytes(), backup());
        assert_eq!(read.as_ref().ok().map(|list| (list.items.len(), list.unreadable)), expected, "{steps}");
    }
    assert!(json::read_jobs(b"\xff\xfe{}").is_err());
}

/// An entry that serde cannot read at all, or that is not an object, costs only itself.
#[test]
fn unreadable_entries_are_counted_and_cost_no_others() {
    let one = format!(r#"{{"id":"{BACKUP}"}}"#);
    let odd = [
        format!(r#"{{"id":"{BACKUP}","id":"{BACKUP}"}}"#),
        format!(r#"{{"id":"{BACKUP}","external":true,"description":"a","external":true}}"#),
        format!(r#"{{"id":"{BACKUP}","start_time":1e400}}"#),
        format!(r#"["{BACKUP}"]"#),
        format!(r#""{BACKUP}""#),
        "7".to_owned(),
        "{}".to_owned(),
    ];
    for entry in odd {
        let jobs = json::read_jobs(format!(r#"{{"job":[{one},{entry},{one}]}}"#).as_bytes()).unwrap();
        assert_eq!((jobs.items.len(), jobs.unreadable), (2, 1), "{entry}");
        let steps = json::read_steps(format!(r#"{{"step":[{one},{entry}]}}"#).as_bytes(), backup()).unwrap();
        assert_eq!((steps.items.len(), steps.unreadable), (1, 1), "{entry}");
        let followed = format!(r#"{{"job":[{{"id":"{BACKUP}","steps":{{"step":[{one},{entry}]}}}}]}}"#);
        let jobs = json::read_jobs(followed.as_bytes()).unwrap();
        assert_eq!((jobs.items[0].1.as_ref().map(Vec::len), jobs.unreadable), (Some(1), 1), "{entry}");
        assert!(json::read_listed_job(entry.as_bytes()).is_err(), "{entry}");
    }
}

/// A reader that splits the list itself gets the same jobs.
#[test]
fn one_entry_of_a_list_is_read_by_itself() {
    for sample in ["jobs-with-steps.json", "hosts-jobs.json"].map(file) {
        let list: serde_json::Value = serde_json::from_str(&sample).unwrap();
        let entries = list["job"].as_array().unwrap().iter().map(ToString::to_string);
        let read = entries.map(|entry| json::read_listed_job(entry.as_bytes()).unwrap());
        let expected = json::read_jobs(sample.as_bytes()).unwrap().items.into_iter().map(|job| (job, 0));
        assert!(read.eq(expected));
    }
    let odd_step = format!(r#" {{"id":"{BACKUP}","steps":{{"step":[{{"id":"x"}},{{"id":"{COPY}"}}]}}}} "#);
    let ((job, steps), unreadable) = json::read_listed_job(odd_step.as_bytes()).unwrap();
    assert_eq!((job.id, steps.map(|steps| steps.len()), unreadable), (backup(), Some(1), 1));
}

#[test]
fn followed_steps() {
    let rows = [
        ("", None, 0),
        (r#","steps":null"#, None, 0),
        (r#","steps":{}"#, Some(0), 0),
        (r#","steps":{"step":[]}"#, Some(0), 0),
        (r#","steps":{"step":null}"#, Some(0), 0),
        (r#","steps":{"step":7}"#, Some(0), 0),
        (r#","steps":{"step":{"id":"0d0c9f0e-8d5e-4a8e-8a57-1b0f2d3c4e51"}}"#, Some(1), 0),
        (r#","steps":{"step":[{"id":"0d0c9f0e-8d5e-4a8e-8a57-1b0f2d3c4e51"},null,{"id":"x"},{}]}"#, Some(1), 2),
    ];
    for (member, expected, unreadable) in rows {
        let list = json::read_jobs(format!(r#"{{"job":[{{"id":"{BACKUP}"{member}}}]}}"#).as_bytes()).unwrap();
        assert_eq!((list.items[0].1.as_ref().map(Vec::len), list.unreadable), (expected, unreadable), "{member}");
        let jobs = list.items[0].1.iter().flatten().map(|step| step.job);
        assert!(jobs.eq(list.items[0].1.iter().flatten().map(|_| backup())), "each belongs to the job that lists it");
    }
}

#[test]
fn single_objects_need_a_usable_id() {
    let rows = [
        (format!(r#"{{"id":"{BACKUP}"}}"#), true),
        (format!(r#"{{"id":"{}"}}"#, BACKUP.to_uppercase()), true),
        (format!(r#"{{"id":"{}"}}"#, BACKUP.replace('-', "")), false),
        (format!(r#"{{"job":{{"id":"{BACKUP}"}}}}"#), false),
        (format!(r#"["{BACKUP}"]"#), false),
        ("{}".to_owned(), false),
        (r#"{"id":"7"}"#.to_owned(), false),
        (r#"{"id":7}"#.to_owned(), false),
        (String::new(), false),
        ("<html/>".to_owned(), false),
    ];
    for (body, expected) in rows {
        assert_eq!(json::read_job(body.as_bytes()).is_ok(), expected, "{body}");
        assert_eq!(json::read_step(body.as_bytes(), backup()).is_ok(), expected, "{body}");
    }
}

#[test]
fn the_root_users_and_hosts() {
    let rows = [
        (
            r#"{"product_info":{"name":"oVirt Engine","version":{"full_version":"4.5.5"}}}"#,
            Some((Some("oVirt Engine"), Some("4.5.5"), false)),
        ),
        (r#"{"authenticated_user":{"id":"5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11"}}"#, Some((None, None, true))),
        (r#"{"product_info":{"name":"x","version":"4.5"},"authenticated_user":"me"}"#, Some((Some("x"), None, false))),
        (r#"{"product_info":7}"#, Some((None, None, false))),
        ("{}", Some((None, None, false))),
        ("[]", None),
        ("null", None),
        ("<html/>", None),
        ("", None),
    ];
    for (body, expected) in rows {
        let root = json::read_api_root(body.as_bytes());
        let shown =
            root.as_ref().ok().map(|root| (root.product.as_deref(), root.version.as_deref(), root.user.is_some()));
        assert_eq!(shown, expected, "{body}");
    }
    let rows = [
        (r#"{"user_name":"admin@internal-authz","principal":"admin","name":"Ada"}"#, Some("admin@internal-authz")),
        (r#"{"user_name":null,"principal":"admin","name":"Ada"}"#, Some("admin")),
        (r#"{"name":"Ada"}"#, Some("Ada")),
        (r#"{"user_name":7}"#, None),
        ("{}", None),
        (r#"["Ada"]"#, None),
    ];
    for (body, expected) in rows {
        assert_eq!(json::read_user(body.as_bytes()).ok().map(|user| user.0).as_deref(), expected, "{body}");
    }
    let rows = [
        (r#"{"name":"host-07","address":"10.0.0.7","id":"5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11"}"#, Some("host-07")),
        (r#"{"name":null}"#, None),
        ("{}", None),
        ("<html/>", None),
    ];
    for (body, expected) in rows {
        assert_eq!(json::read_host(body.as_bytes()).ok().as_deref(), expected, "{body}");
    }
}

/// A sample with some bytes changed, or with its end cut off.
fn nearly_a_list() -> impl Strategy<Value = Vec<u8>> {
    let list: serde_json::Value = serde_json::from_str(&file("hosts-jobs.json")).unwrap();
    let short: Vec<_> = list["job"].as_array().unwrap().iter().take(3).collect();
    let steps = &short[0]["steps"];
    let samples = vec![
        serde_json::json!({ "job": short }).to_string(),
        short[0].to_string(),
        steps.to_string(),
        steps["step"][0].to_string(),
    ];
    let change = (any::<prop::sample::Index>(), any::<u8>());
    (prop::sample::select(samples), prop::collection::vec(change, 0..8), any::<prop::sample::Index>(), any::<bool>())
        .prop_map(|(sample, changes, end, cut)| {
            let mut bytes = sample.into_bytes();
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes.truncate(if cut { end.index(bytes.len()) } else { bytes.len() });
            bytes
        })
}

fn read_as_anything(bytes: &[u8]) {
    let _ = json::read_jobs(bytes);
    let _ = json::read_job(bytes);
    let _ = json::read_listed_job(bytes);
    let _ = json::read_steps(bytes, backup());
    let _ = json::read_step(bytes, backup());
    let _ = json::read_api_root(bytes);
    let _ = json::read_user(bytes);
    let _ = task_monitor::wire::fault::read(bytes);
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_as_anything(&bytes);
    }

    #[test]
    fn no_damaged_list_makes_a_reader_panic(bytes in nearly_a_list()) {
        read_as_anything(&bytes);
    }
}

/// Deeper than any stack.
#[test]
fn no_depth_makes_a_reader_panic() {
    for (open, close) in [("[", "]"), (r#"{"steps":"#, "}"), (r#"{"job":"#, "}")] {
        read_as_anything(format!("{}null{}", open.repeat(200_000), close.repeat(200_000)).as_bytes());
    }
}
