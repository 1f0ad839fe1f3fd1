//! Bodies: what the engine writes equals the contract's samples (section 9) byte for byte, white space aside; what clients
//! send is read as strictly as section 2 says.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use support::{admin, time};
use task_monitor::{
    domain::{ExternalSystem, HostId, Job, JobId, JobWithSteps, Percent, Status, Step, StepId, StepType, UserId},
    engine::scenario,
    wire::{
        Base, Body, Form, action, describe,
        document::Document,
        fault::{self, Fault},
        input::{self, Action},
        json,
    },
};

const BACKUP: &str = "5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11";
const LAUNCH: &str = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";
const COPY: &str = "0d0c9f0e-8d5e-4a8e-8a57-1b0f2d3c4e51";
const VOLUME: &str = "a3b7c6d5-1122-4f33-9b44-556677889900";
const ZERO: i64 = 1_767_225_600_000;

macro_rules! sample {
    ($name:literal) => {
        compact(include_str!(concat!("samples/", $name, ".json")))
    };
}

/// The text without white space between its tokens.
fn compact(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = |c: &char| {
        quoted ^= *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        quoted || !c.is_whitespace()
    };
    text.chars().filter(kept).collect()
}

fn text(bytes: impl Into<Vec<u8>>) -> String {
    String::from_utf8(bytes.into()).unwrap()
}

fn id<I: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> I {
    text.parse().unwrap()
}

fn backup() -> Job {
    Job {
        id: id(BACKUP),
        description: "Nightly backup".to_owned(),
        status: Status::Started,
        external: true,
        auto_cleared: false,
        owner: Some(id("58101876-0383-0239-02a3-00000000014d")),
        start_time: Some(time(ZERO)),
        end_time: None,
        last_updated: Some(time(ZERO + 1_200)),
    }
}

fn launch() -> Job {
    Job {
        id: id(LAUNCH),
        description: "Launching VM web01".to_owned(),
        status: Status::Finished,
        external: false,
        auto_cleared: true,
        owner: Some(UserId::ENGINE),
        start_time: Some(time(ZERO)),
        end_time: Some(time(ZERO + 9_000)),
        last_updated: Some(time(ZERO + 9_000)),
    }
}

fn copy() -> Step {
    Step {
        id: id(COPY),
        job: id(BACKUP),
        parent: None,
        step_type: StepType::Executing,
        description: "Copy data".to_owned(),
        number: Some(0),
        status: Status::Started,
        progress: None,
        start_time: Some(time(ZERO + 300)),
        end_time: None,
        external: true,
        external_system: None,
        execution_host: None,
    }
}

fn volume() -> Step {
    Step {
        id: id(VOLUME),
        parent: Some(id(COPY)),
        step_type: StepType::Unknown,
        description: "Volume 1".to_owned(),
        status: Status::Finished,
        start_time: Some(time(ZERO + 600)),
        end_time: Some(time(ZERO + 1_200)),
        ..copy()
    }
}

fn internal() -> Step {
    Step {
        id: id("c1c2c3c4-0000-4000-8000-010203040506"),
        job: id(LAUNCH),
        parent: None,
        step_type: StepType::Unknown,
        description: "Copying Volume".to_owned(),
        number: Some(1),
        status: Status::Started,
        progress: Some(Percent::clamped(42)),
        start_time: Some(time(ZERO + 600)),
        end_time: None,
        external: false,
        external_system: Some(ExternalSystem::Vdsm),
        execution_host: Some(id::<HostId>("2f3e4d5c-0000-4000-8000-aabbccddeeff")),
    }
}

fn jobs(followed: bool, jobs: Vec<JobWithSteps>) -> Vec<u8> {
    describe::jobs(Form::Json, Base::Plain, followed, jobs.into_iter()).into_bytes()
}

fn steps(base: Base, job: JobId, steps: Vec<Step>) -> Vec<u8> {
    describe::steps(Form::Json, base, job, steps.into_iter()).into_bytes()
}

fn job(job: &Job) -> Vec<u8> {
    Document::entity("job", describe::job(Base::Plain, job, None)).to_bytes(Form::Json)
}

fn step(base: Base, job: JobId, step: &Step) -> Vec<u8> {
    Document::entity("step", describe::step(base, job, step)).to_bytes(Form::Json)
}

fn fault(reason: &str, detail: &str) -> Vec<u8> {
    describe::fault(&Fault::new(reason, detail)).to_bytes(Form::Json)
}

fn with(job: Job, steps: Vec<Step>) -> JobWithSteps {
    JobWithSteps { job, steps }
}

#[test]
fn the_engine_writes_the_samples() {
    let base = Base::Plain;
    let job_id: JobId = id(BACKUP);
    let ended = Job {
        status: Status::Failed,
        end_time: Some(time(ZERO + 300_000)),
        last_updated: Some(time(ZERO + 300_000)),
        ..backup()
    };
    let adding = Job {
        status: Status::Started,
        end_time: None,
        last_updated: Some(time(ZERO)),
        owner: None,
        description: "Adding Disk d1".to_owned(),
        ..launch()
    };
    let followed = vec![with(Job { auto_cleared: true, ..backup() }, vec![copy()]), with(adding, vec![])];
    let forced = Action { force: Some(true), succeeded: Some(true), ..Action::default() };
    let failed = Action { succeeded: Some(false), ..Action::default() };
    let refused = Action { succeeded: Some(true), ..Action::default() };
    let not_found = Fault::new("Operation Failed", "[Cannot Clear External Job. Job not found.]");
    let complete = |action: &Action, job| describe::action_complete(action, base, job).to_bytes(Form::Json);
    let rows = [
        ("S1", sample!("s01-jobs"), jobs(false, vec![with(backup(), vec![copy()]), with(launch(), vec![])])),
        ("S2", sample!("s02-no-jobs"), jobs(false, vec![])),
        ("S2 followed", sample!("s02-no-jobs-followed"), jobs(true, vec![])),
        ("S3", sample!("s03-added-job"), job(&Job { auto_cleared: true, last_updated: Some(time(ZERO)), ..backup() })),
        ("S4", sample!("s04-job-ended"), job(&Job { auto_cleared: true, ..ended })),
        ("S5", sample!("s05-steps"), steps(base, job_id, vec![copy(), volume()])),
        ("S6", sample!("s06-internal-step"), step(base, id(LAUNCH), &internal())),
        ("S7", sample!("s07-jobs-followed"), jobs(true, followed)),
        (
            "S8",
            sample!("s08-added-step"),
            step(
                base,
                job_id,
                &Step {
                    step_type: StepType::Executing,
                    description: "Volume 2".to_owned(),
                    status: Status::Started,
                    end_time: None,
                    ..volume()
                },
            ),
        ),
        ("S9", sample!("s09-job-end"), complete(&forced, Some(job_id))),
        ("S10", sample!("s10-job-cleared"), complete(&Action::default(), Some(job_id))),
        ("S11", sample!("s11-step-ended"), complete(&failed, None)),
        ("S12", sample!("s12-action-refused"), describe::action_failed(&refused, &not_found).to_bytes(Form::Json)),
        (
            "S13",
            sample!("s13-not-authorized"),
            fault("Operation Failed", "[User is not authorized to perform this action.]"),
        ),
        (
            "S14",
            sample!("s14-invalid"),
            fault("Input validation failed.", "Parameter 'succeeded' is mandatory but was not provided."),
        ),
        (
            "S15",
            sample!("s15-syntax"),
            fault(
                "Request syntactically incorrect.",
                "For correct usage, see: https://engine.example.com/ovirt-engine/apidoc#services/job/methods/end",
            ),
        ),
        (
            "S16",
            sample!("s16-not-allowed"),
            fault("Operation Failed", "query execution failed due to insufficient permissions."),
        ),
    ];
    for (name, expected, written) in rows {
        assert_eq!(text(written), expected, "{name}");
    }
}

#[test]
fn hrefs_start_as_the_request_did() {
    let plain = text(steps(Base::Plain, id(BACKUP), vec![copy(), volume()]));
    let v4 = text(steps(Base::V4, id(BACKUP), vec![copy(), volume()]));
    assert_eq!(plain.replace("/ovirt-engine/api/", "/ovirt-engine/api/v4/"), v4);
    assert!(
        text(describe::root(Base::V4, admin().user.id, time(ZERO)).to_bytes(Form::Json))
            .contains(r#""/ovirt-engine/api/v4/jobs""#)
    );
}

/// The URL's job stands in every link, even when the step belongs to another one.
#[test]
fn a_steps_links_name_the_job_that_was_asked_for() {
    let written = text(step(Base::Plain, id(LAUNCH), &volume()));
    assert!(!written.contains(BACKUP) && written.contains(LAUNCH), "{written}");
}

#[test]
fn text_is_escaped() {
    let noisy = Job { description: "a \"b\" \\ \n ✓".to_owned(), ..backup() };
    let read: serde_json::Value = serde_json::from_slice(&job(&noisy)).unwrap();
    assert_eq!(read["description"], noisy.description);
}

#[test]
fn a_long_list_is_made_in_pieces_that_fit_together() {
    let many = (0..1_000).map(|_| with(backup(), vec![]));
    let Body::Pieces(pieces) = describe::jobs(Form::Json, Base::Plain, false, many) else { panic!("not in pieces") };
    let pieces: Vec<_> = pieces.collect();
    assert!(pieces.len() > 10 && pieces.iter().all(|piece| piece.len() < 40_000));
    let whole: serde_json::Value = serde_json::from_slice(&pieces.concat()).unwrap();
    assert_eq!(whole["job"].as_array().unwrap().len(), 1_000);
}

#[test]
fn a_client_asks_in_forms_that_every_engine_reads() {
    let parent: StepId = id(COPY);
    let rows = [
        (json::write_add_job("Nightly backup", true), sample!("s03-add-job")),
        (json::write_add_step(StepType::Executing, "Volume 2", Some(parent)), sample!("s08-add-step")),
        (json::write_add_step(StepType::Unknown, "a", None), r#"{"type":"unknown","description":"a"}"#.to_owned()),
        (
            action::write_request(Some(true), Some(Status::Finished), false),
            r#"{"status":"finished","succeeded":true}"#.to_owned(),
        ),
        (action::write_request(Some(false), None, true), r#"{"force":true,"succeeded":false}"#.to_owned()),
        (action::write_request(None, None, false), "{}".to_owned()),
    ];
    for (written, expected) in rows {
        assert_eq!(text(written), expected);
    }
    let read = input::read_action(Form::Json, &action::write_request(Some(false), Some(Status::Failed), true)).unwrap();
    assert_eq!((read.succeeded, read.status.as_deref(), read.force), (Some(false), Some("failed"), Some(true)));
}

#[test]
fn the_samples_of_requests_are_read() {
    let job = input::read_add_job(Form::Json, sample!("s03-add-job").as_bytes()).unwrap();
    assert_eq!((job.description.as_deref(), job.auto_cleared), (Some("Nightly backup"), Some(true)));
    let step = input::read_add_step(Form::Json, sample!("s08-add-step").as_bytes()).unwrap();
    assert_eq!((step.step_type, step.description.as_deref()), (Some(StepType::Executing), Some("Volume 2")));
    assert_eq!(step.parent.unwrap().id.as_deref(), Some(COPY));
    let end = input::read_action(Form::Json, sample!("s09-end-job").as_bytes()).unwrap();
    assert_eq!(end, Action { force: Some(true), succeeded: Some(true), ..Action::default() });
    assert_eq!(input::read_action(Form::Json, sample!("s10-clear-job").as_bytes()), Ok(Action::default()));
    let end = input::read_action(Form::Json, sample!("s11-end-step").as_bytes()).unwrap();
    assert_eq!(end, Action { succeeded: Some(false), ..Action::default() });
}

/// An engine reads back whatever it wrote itself.
#[test]
fn the_samples_of_answers_can_be_sent_back() {
    for sample in [sample!("s03-added-job"), sample!("s04-job-ended")] {
        assert!(input::read_add_job(Form::Json, sample.as_bytes()).is_ok(), "{sample}");
    }
    for sample in [sample!("s06-internal-step"), sample!("s08-added-step")] {
        assert!(input::read_add_step(Form::Json, sample.as_bytes()).is_ok(), "{sample}");
    }
    for sample in
        [sample!("s09-job-end"), sample!("s10-job-cleared"), sample!("s11-step-ended"), sample!("s12-action-refused")]
    {
        assert!(input::read_action(Form::Json, sample.as_bytes()).is_ok(), "{sample}");
    }
}

#[test]
fn forms_of_values_that_an_engine_reads() {
    let rows: &[(&str, &[&str], &[&str])] = &[
        (
            "auto_cleared",
            &["true", "\"true\"", "\"TRUE\"", "1", "\"1\"", "false", "\"False\"", "0", "\"0\"", "null"],
            &["\"yes\"", "\"\"", "2", "[]", "{}"],
        ),
        ("status", &["\"started\"", "\"FAILED\"", "null"], &["\"junk\"", "\"\"", "1", "{}"]),
        (
            "start_time",
            &["5", "\"2026-01-01T01:00:00.000+01:00\"", "\"2026-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00\"", "null"],
            &["\"yesterday\"", "{}", "true"],
        ),
        ("owner", &["{}", "{\"id\":\"x\",\"user_name\":\"y\"}", "null"], &["\"x\"", "[]"]),
        (
            "steps",
            &["{}", "{\"step\":[]}", "{\"step\":[{\"number\":\"\"}]}", "null"],
            &["[]", "{\"job\":[]}", "{\"step\":[{\"colour\":1}]}", "{\"step\":[{\"number\":\"one\"}]}"],
        ),
        ("link", &["[]", "[{\"rel\":\"steps\"}]"], &["\"x\""]),
        ("id", &["\"anything\"", "7", "null"], &["{}"]),
        ("comment", &["\"\"", "null"], &["[]"]),
        ("creation_status", &["{}", "null"], &["7"]),
    ];
    for (member, good, bad) in rows {
        for (values, expected) in [(good, true), (bad, false)] {
            for value in *values {
                let body = format!(r#"{{"description":"a","{member}":{value}}}"#);
                assert_eq!(input::read_add_job(Form::Json, body.as_bytes()).is_ok(), expected, "{body}");
            }
        }
    }
    for (value, expected) in [("true", Some(true)), ("\"TRUE\"", Some(true)), ("\"0\"", Some(false)), ("null", None)] {
        let read = input::read_add_job(Form::Json, format!(r#"{{"auto_cleared":{value}}}"#).as_bytes()).unwrap();
        assert_eq!(read.auto_cleared, expected, "{value}");
    }
}

#[test]
fn members_that_the_model_has_and_that_it_has_not() {
    let good = [
        r#"{"number":"3","progress":7,"external":"true","external_type":"VDSM","execution_host":{"id":"x"},"job":{"id":"x"}}"#,
        r#"{"type":"EXECUTING","parent_step":{"id":"x","parent_step":{"id":"y"}},"statistics":{}}"#,
        r#"{"type":null,"description":null,"parent_step":null}"#,
    ];
    for body in good {
        assert!(input::read_add_step(Form::Json, body.as_bytes()).is_ok(), "{body}");
    }
    let bad = [
        r#"{"step":{}}"#,
        r#"{"parentStep":{}}"#,
        r#"{"parent_step":{"colour":1}}"#,
        r#"{"job":{"steps":[]}}"#,
        r#"{"auto_cleared":true}"#,
        r#"{"external_type":"nfs"}"#,
        r#"{"type":7}"#,
        "[]",
        "null",
        "7",
        "\"\"",
        "",
        "{",
        "{}{}",
    ];
    for body in bad {
        assert!(input::read_add_step(Form::Json, body.as_bytes()).is_err(), "{body}");
    }
    let actions = [
        (
            r#"{"async":"true","grace_period":{"expiry":"100"},"vm":{},"reason":"","fault":{"detail":"x"},"job":{"id":"x"}}"#,
            true,
        ),
        (r#"{"grace_period":{"expiry":null},"disks":{"disk":[]},"timeout":""}"#, true),
        (r#"{"step":{}}"#, false),
        (r#"{"grace_period":5}"#, false),
        (r#"{"grace_period":{"expires":5}}"#, false),
        (r#"{"fault":{"text":"x"}}"#, false),
        (r#"{"action":{}}"#, false),
    ];
    for (body, expected) in actions {
        assert_eq!(input::read_action(Form::Json, body.as_bytes()).is_ok(), expected, "{body}");
    }
}

/// Fault in an action, bare fault, what proxies and old engines send (G1 to G5), and nothing at all.
#[test]
fn a_fault_is_found_wherever_it_stands() {
    let both = |reason: &str, detail: &str| Some(Fault::new(reason, detail));
    let detail = |detail: &str| Some(Fault { detail: Some(detail.to_owned()), reason: None });
    let rows = [
        (sample!("s12-action-refused"), both("Operation Failed", "[Cannot Clear External Job. Job not found.]")),
        (sample!("s13-not-authorized"), both("Operation Failed", "[User is not authorized to perform this action.]")),
        (
            r#"{"detail":"Vm [name] required for add","reason":"Incomplete parameters"}"#.to_owned(),
            both("Incomplete parameters", "Vm [name] required for add"),
        ),
        (r#"{"detail":"outer","fault":{"detail":"inner"}}"#.to_owned(), detail("inner")),
        (r#"{"detail":"outer","fault":{}}"#.to_owned(), detail("outer")),
        (r#"{"detail":"[]","reason":null,"fault":null}"#.to_owned(), detail("[]")),
        (r#"{"fault":"x","detail":7}"#.to_owned(), None),
        ("<html><head><title>Error</title></head><body>Unauthorized</body></html>".to_owned(), None),
        (String::new(), None),
        ("[]".to_owned(), None),
        ("null".to_owned(), None),
    ];
    for (body, expected) in rows {
        assert_eq!(fault::read(body.as_bytes()), expected, "{body}");
    }
    assert_eq!(fault::read(&[0xff, 0xfe]), None);
}

/// What the engine writes, the client reads as it was: over the whole sample world.
#[test]
fn the_client_reads_what_the_engine_writes() {
    let world = || scenario::world(7, time(ZERO), time(ZERO)).into_iter().map(|record| record.content);
    let written = describe::jobs(Form::Json, Base::V4, true, world()).into_bytes();
    let read = json::read_jobs(&written).unwrap();
    let expected: Vec<_> = world().map(|content| (content.job, Some(content.steps))).collect();
    assert!(expected.len() > 50);
    assert_eq!((read.items, read.unreadable), (expected, 0));
    for content in world() {
        let id = content.job.id;
        assert_eq!(json::read_job(&job(&content.job)), Ok(content.job));
        assert_eq!(json::read_steps(&steps(Base::Plain, id, content.steps.clone()), id).unwrap().items, content.steps);
    }
    let root =
        json::read_api_root(&describe::root(Base::Plain, admin().user.id, time(ZERO)).to_bytes(Form::Json)).unwrap();
    assert_eq!((root.product.as_deref(), root.user), (Some("jobs-engine"), Some(admin().user.id)));
    let user = admin().user;
    let written = describe::user(Base::Plain, user.id, &user.user_name, user.principal(), user.domain());
    assert_eq!(json::read_user(&written.to_bytes(Form::Json)).unwrap().0, "admin@internal");
}
