//! What the engine writes, in JSON and XML, against the contract's samples and similar ones.

use crate::{BACKUP, COPY, LAUNCH, ZERO, backup, copy, id, sample, support::admin, text, time, volume};
use task_monitor::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepType},
    wire::{
        Base, Body, Format, describe,
        document::{Document, Entity, List},
        fault::Fault,
        input::{self, Action},
        json,
    },
};

/// The name of a sample, and the text in each format.
type Row = (&'static str, Box<dyn Fn(Format) -> Vec<u8>>);

fn whole(name: &'static str, document: Document<'static>) -> Row {
    (name, Box::new(move |format| document.to_bytes(format)))
}

fn jobs(name: &'static str, followed: bool, jobs: Vec<JobWithSteps>) -> Row {
    (name, Box::new(move |format| describe::jobs(format, Base::Plain, followed, jobs.clone().into_iter()).into_bytes()))
}

fn job(name: &'static str, job: Job) -> Row {
    let write = move |format| Document::entity("job", describe::job(Base::Plain, &job, None)).to_bytes(format);
    (name, Box::new(write))
}

fn step(name: &'static str, step: Step) -> Row {
    let write = move |format| Document::entity("step", describe::step(Base::Plain, step.job, &step)).to_bytes(format);
    (name, Box::new(write))
}

fn fault(name: &'static str, reason: &'static str, detail: &'static str) -> Row {
    (name, Box::new(move |format| describe::fault(&Fault::new(reason, detail)).to_bytes(format)))
}

fn complete(name: &'static str, action: Action, job: Option<JobId>) -> Row {
    (name, Box::new(move |format| describe::action_complete(&action, Base::Plain, job).to_bytes(format)))
}

fn refused(name: &'static str) -> Row {
    let action = Action { succeeded: Some(true), ..Action::default() };
    let fault = Fault::new("Operation Failed", "[Cannot Clear External Job. Job not found.]");
    (name, Box::new(move |format| describe::action_failed(&action, &fault).to_bytes(format)))
}

fn with(job: Job, steps: Vec<Step>) -> JobWithSteps {
    JobWithSteps { job, steps }
}

fn ended() -> Job {
    let end = Some(time(ZERO + 300_000));
    Job { status: Status::Failed, auto_cleared: true, end_time: end, last_updated: end, ..backup() }
}

fn added_step() -> Step {
    Step {
        step_type: StepType::Executing,
        description: "Volume 2".to_owned(),
        status: Status::Started,
        end_time: None,
        ..volume()
    }
}

/// The samples that exist in both forms.
fn answers() -> Vec<Row> {
    let forced = Action { force: Some(true), succeeded: Some(true), ..Action::default() };
    let failed = Action { succeeded: Some(false), ..Action::default() };
    let user = describe::user(Base::Plain, admin().user.id, "admin@internal", "admin", "internal");
    let user = Document::entity("user", user);
    vec![
        jobs("s02-no-jobs", false, vec![]),
        job("s03-added-job", Job { auto_cleared: true, last_updated: Some(time(ZERO)), ..backup() }),
        job("s04-job-ended", ended()),
        step("s08-added-step", added_step()),
        complete("s09-job-end", forced, Some(id(BACKUP))),
        complete("s10-job-cleared", Action::default(), Some(id(BACKUP))),
        complete("s11-step-ended", failed, None),
        refused("s12-action-refused"),
        fault("s13-not-authorized", "Operation Failed", "[User is not authorized to perform this action.]"),
        fault("s14-invalid", "Input validation failed.", "Parameter 'succeeded' is mandatory but was not provided."),
        fault(
            "s15-syntax",
            "Request syntactically incorrect.",
            "For correct usage, see: https://engine.example.com/ovirt-engine/apidoc#services/job/methods/end",
        ),
        fault("s16-not-allowed", "Operation Failed", "query execution failed due to insufficient permissions."),
        whole("no-statistics", Document::list("statistics", List::of("statistic", Vec::<Entity<'_>>::new()))),
        whole("user", user),
    ]
}

#[test]
fn the_engine_writes_the_samples() {
    for (name, write) in answers() {
        for (format, end) in [(Format::Json, "json"), (Format::Xml, "xml")] {
            assert_eq!(text(write(format)), compact(format, &sample(&format!("{name}.{end}"))), "{name}.{end}");
        }
    }
    // Samples in one format only.
    let json =
        |(name, write): Row| assert_eq!(text(write(Format::Json)), compact(Format::Json, &sample(name)), "{name}");
    json(jobs("s02-no-jobs-followed.json", true, vec![]));
    let xml = |(name, write): Row| assert_eq!(text(write(Format::Xml)), compact(Format::Xml, &sample(name)), "{name}");
    xml(jobs("s02-no-jobs.xml", true, vec![]));
    xml(refused("s20-action-refused.xml"));
}

/// The text without white space between elements or members.
pub(crate) fn compact(format: Format, text: &str) -> String {
    match format {
        // No text in the samples begins or ends with a space.
        Format::Xml => text.lines().map(str::trim).collect(),
        Format::Json => compact_json(text),
    }
}

pub(crate) fn compact_json(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = |c: &char| {
        quoted ^= *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        quoted || !c.is_whitespace()
    };
    text.chars().filter(kept).collect()
}

#[test]
fn the_samples_of_requests_are_read() {
    for (format, end) in [(Format::Json, "json"), (Format::Xml, "xml")] {
        let request = |name: &str| sample(&format!("{name}.{end}")).into_bytes();
        let job = input::read_add_job(format, &request("s03-add-job")).unwrap();
        assert_eq!((job.description.as_deref(), job.auto_cleared), (Some("Nightly backup"), Some(true)));
        let step = input::read_add_step(format, &request("s08-add-step")).unwrap();
        assert_eq!((step.step_type, step.description.as_deref()), (Some(StepType::Executing), Some("Volume 2")));
        assert_eq!(step.parent.unwrap().id.as_deref(), Some(COPY));
        let end = input::read_action(format, &request("s09-end-job")).unwrap();
        assert_eq!(end, Action { force: Some(true), succeeded: Some(true), ..Action::default() });
        assert_eq!(input::read_action(format, &request("s10-clear-job")), Ok(Action::default()));
        let end = input::read_action(format, &request("s11-end-step")).unwrap();
        assert_eq!(end, Action { succeeded: Some(false), ..Action::default() });
    }
}

/// An engine can read everything that it writes.
#[test]
fn the_samples_of_answers_can_be_sent_back() {
    for (format, end) in [(Format::Json, "json"), (Format::Xml, "xml")] {
        let answer = |name: &&str| sample(&format!("{name}.{end}")).into_bytes();
        for name in ["s03-added-job", "s04-job-ended"] {
            assert!(input::read_add_job(format, &answer(&name)).is_ok(), "{name}.{end}");
        }
        assert!(input::read_add_step(format, &answer(&"s08-added-step")).is_ok());
        for name in ["s09-job-end", "s10-job-cleared", "s11-step-ended", "s12-action-refused"] {
            assert!(input::read_action(format, &answer(&name)).is_ok(), "{name}.{end}");
        }
    }
}

#[test]
fn hrefs_begin_as_the_path_of_the_request() {
    for format in [Format::Json, Format::Xml] {
        let written = |base| {
            let steps = describe::steps(format, base, id(BACKUP), [copy(), volume()].into_iter()).into_bytes();
            let root = Document::entity("api", describe::root(base, admin().user.id, time(ZERO))).to_bytes(format);
            text([steps, root].concat())
        };
        let (plain, v4) = (written(Base::Plain), written(Base::V4));
        assert!(plain.contains("\"/ovirt-engine/api/jobs\""), "{plain}");
        assert_eq!(plain.replace("/ovirt-engine/api/", "/ovirt-engine/api/v4/"), v4);
    }
}

/// Links name the job of the URL, even if the step belongs to another job.
#[test]
fn the_links_of_a_step_contain_the_job_of_the_path() {
    for format in [Format::Json, Format::Xml] {
        let written =
            text(Document::entity("step", describe::step(Base::Plain, id(LAUNCH), &volume())).to_bytes(format));
        assert!(!written.contains(BACKUP) && written.contains(LAUNCH), "{written}");
    }
}

#[test]
fn the_pieces_of_a_long_list_fit_together() {
    for format in [Format::Json, Format::Xml] {
        let many = || (0..1_000).map(|_| with(backup(), vec![]));
        let Body::Pieces(pieces) = describe::jobs(format, Base::Plain, false, many()) else { panic!("not in pieces") };
        let pieces: Vec<_> = pieces.collect();
        assert!(pieces.len() > 10 && pieces.iter().all(|piece| piece.len() < 40_000));
        let steps = describe::steps(format, Base::Plain, id(BACKUP), (0..1_000).map(|_| copy()));
        assert!(matches!(steps, Body::Pieces(_)));
        let (jobs, steps) = (text(pieces.concat()), text(steps.into_bytes()));
        match format {
            Format::Json => {
                assert_eq!(json::read_jobs(jobs.as_bytes()).unwrap().items.len(), 1_000);
                assert_eq!(json::read_steps(steps.as_bytes(), id(BACKUP)).unwrap().items.len(), 1_000);
            }
            Format::Xml => {
                assert_eq!(jobs.matches("<job href").count(), 1_000);
                assert!(jobs.starts_with("<?xml ") && jobs.ends_with("</job></jobs>"));
                assert_eq!((steps.matches("<step href").count(), steps.matches("<steps>").count()), (1_000, 1));
            }
        }
    }
}
