//! JSON: what an engine reads, and what a client writes and reads.

use crate::{
    COPY, ZERO, backup, id, sample,
    samples::compact_json,
    support::{admin, time},
    text,
};
use task_monitor::{
    domain::{Job, Status, StepId, StepType},
    engine::{Retention, scenario},
    wire::{
        Base, Format, action, describe,
        document::Document,
        fault::{self, Fault},
        input::{self, Unreadable},
        json,
    },
};

fn job(job: &Job) -> Vec<u8> {
    Document::entity("job", describe::job(Base::Plain, job, None)).to_bytes(Format::Json)
}

#[test]
fn text_is_escaped() {
    let noisy = Job { description: "a \"b\" \\ \n ✓".to_owned(), ..backup() };
    let read: serde_json::Value = serde_json::from_slice(&job(&noisy)).unwrap();
    assert_eq!(read["description"], noisy.description);
}

#[test]
fn a_client_writes_what_every_engine_reads() {
    let parent: StepId = id(COPY);
    let rows = [
        (json::write_add_job("Nightly backup", true), compact_json(&sample("s03-add-job.json"))),
        (
            json::write_add_step(StepType::Executing, "Volume 2", Some(parent)),
            compact_json(&sample("s08-add-step.json")),
        ),
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
    let read =
        input::read_action(Format::Json, &action::write_request(Some(false), Some(Status::Failed), true)).unwrap();
    assert_eq!((read.succeeded, read.status.as_deref(), read.force), (Some(false), Some("failed"), Some(true)));
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
        ("comment", &["\"\"", "null", "\"\\u0001\"", "\"\\u0000\""], &["[]"]),
        ("creation_status", &["\"complete\"", "null"], &["{}"]),
    ];
    for (member, good, bad) in rows {
        for (values, expected) in [(good, true), (bad, false)] {
            for value in *values {
                let body = format!(r#"{{"description":"a","{member}":{value}}}"#);
                assert_eq!(input::read_add_job(Format::Json, body.as_bytes()).is_ok(), expected, "{body}");
            }
        }
    }
    for (value, expected) in [("true", Some(true)), ("\"TRUE\"", Some(true)), ("\"0\"", Some(false)), ("null", None)] {
        let read = input::read_add_job(Format::Json, format!(r#"{{"auto_cleared":{value}}}"#).as_bytes()).unwrap();
        assert_eq!(read.auto_cleared, expected, "{value}");
    }
}

#[test]
fn known_members_are_read_and_unknown_ones_refused() {
    let good = [
        r#"{"number":"3","progress":7,"external":"true","external_type":"VDSM","execution_host":{"id":"x"},"job":{"id":"x"}}"#,
        r#"{"type":"EXECUTING","parent_step":{"id":"x","parent_step":{"id":"y"}},"statistics":{}}"#,
        r#"{"type":null,"description":null,"parent_step":null}"#,
    ];
    for body in good {
        assert!(input::read_add_step(Format::Json, body.as_bytes()).is_ok(), "{body}");
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
        assert!(input::read_add_step(Format::Json, body.as_bytes()).is_err(), "{body}");
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
        assert_eq!(input::read_action(Format::Json, body.as_bytes()).is_ok(), expected, "{body}");
    }
}

/// What the encoding of a body is, its first bytes say.
#[test]
fn encodings_of_bodies() {
    let body = r#"{"description":"\u00e4 ä"}"#;
    let units = |mark: &str| format!("{mark}{body}").encode_utf16().collect::<Vec<_>>();
    let marked = |mark: &str| [mark.as_bytes(), body.as_bytes()].concat();
    let latin: Vec<u8> = body.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let mut half = units("").into_iter().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    half.pop();
    let rows = [
        ("UTF-8", marked(""), true),
        ("UTF-8 with a mark", marked("\u{feff}"), true),
        ("UTF-16 BE", units("").into_iter().flat_map(u16::to_be_bytes).collect(), true),
        ("UTF-16 LE", units("").into_iter().flat_map(u16::to_le_bytes).collect(), true),
        ("UTF-16 BE with a mark", units("\u{feff}").into_iter().flat_map(u16::to_be_bytes).collect(), true),
        ("UTF-16 LE with a mark", units("\u{feff}").into_iter().flat_map(u16::to_le_bytes).collect(), true),
        ("half a unit", half, false),
        ("Latin-1", latin, false),
    ];
    for (name, bytes, expected) in rows {
        let read = input::read_add_job(Format::Json, &bytes).ok().and_then(|job| job.description);
        assert_eq!(read.as_deref(), expected.then_some("ä ä"), "{name}");
    }
}

/// No body is something else than a bad one, and an unknown member is named with the type that lacks it.
#[test]
fn what_is_wrong_with_a_body() {
    let unknown = |member: &str, class| Unreadable::Unknown { member: member.to_owned(), class };
    for (body, expected) in [
        ("", Unreadable::Empty),
        (" \n", Unreadable::Empty),
        ("null", Unreadable::Empty),
        ("7", Unreadable::Syntax),
        (r#"{"step":{}}"#, unknown("step", "Step")),
        (r#"{"parentStep":{}}"#, unknown("parentStep", "Step")),
        (r#"{"parent_step":{"parent_step":{"colour":1}}}"#, unknown("colour", "Step")),
        (r#"{"job":{"colour":1}}"#, unknown("colour", "Job")),
        (r#"{"job":{"steps":{"job":[]}}}"#, unknown("job", "Steps")),
        (r#"{"job":{"steps":[]}}"#, Unreadable::Syntax),
    ] {
        assert_eq!(input::read_add_step(Format::Json, body.as_bytes()), Err(expected), "{body}");
    }
    let unknown_expiry = br#"{"grace_period":{"expires":5}}"#;
    assert_eq!(input::read_action(Format::Json, unknown_expiry), Err(unknown("expires", "GracePeriod")));
}

/// As Java reads UUIDs, with Java's messages.
#[test]
fn ids_in_bodies() {
    let good = [
        ("aaaa0000-0000-4000-8000-000000000001", 0xaaaa_0000_0000_4000_8000_0000_0000_0001),
        ("AAAA0000-0000-4000-8000-000000000001", 0xaaaa_0000_0000_4000_8000_0000_0000_0001),
        ("1-2-3-4-5", 0x0000_0001_0002_0003_0004_0000_0000_0005),
        ("fffffffff-0-0-0-0", 0xffff_ffff_0000_0000_0000_0000_0000_0000),
    ];
    for (text, id) in good {
        assert_eq!(input::read_guid(text), Ok(uuid::Uuid::from_u128(id)), "{text}");
    }
    for (text, message) in [
        ("zzz", "Invalid UUID string: zzz"),
        ("", "Invalid UUID string: "),
        ("1-2-3-4-5-6", "Invalid UUID string: 1-2-3-4-5-6"),
        ("aaaa0000000040008000000000000001", "Invalid UUID string: aaaa0000000040008000000000000001"),
        ("aaaa0000-0000-4000-8000-0000000000012", "UUID string too large"),
        ("aaaa0000-0000-4000-8000-00000000000g", "Error at index 11 in: \"00000000000g\""),
        ("-0-0-0-0", ""),
    ] {
        assert_eq!(input::read_guid(text), Err(message.to_owned()), "{text}");
    }
}

/// Faults in actions, bare faults, captures G1 to G5 of the contract (the last has no body), and bodies without a fault.
#[test]
fn a_fault_is_found_in_every_body_that_has_one() {
    let both = |reason: &str, detail: &str| Some(Fault::new(reason, detail));
    let detail = |detail: &str| Some(Fault { detail: Some(detail.to_owned()), reason: None });
    let rows = [
        (sample("s12-action-refused.json"), both("Operation Failed", "[Cannot Clear External Job. Job not found.]")),
        (
            sample("s13-not-authorized.json"),
            both("Operation Failed", "[User is not authorized to perform this action.]"),
        ),
        (
            sample("g1-action-refused.json"),
            both("Operation Failed", "[Cannot hibernate VM. This VM is not managed by the engine.]"),
        ),
        (sample("g2-incomplete.json"), both("Incomplete parameters", "Vm [name] required for add")),
        (
            sample("g3-conflict.json"),
            both("Operation Failed", "[Cannot ${action} Storage. Storage Domain OVF data is currently being updated.]"),
        ),
        (sample("g3-no-detail.json"), both("Operation Failed", "[]")),
        (sample("g4-unauthorized.html"), None),
        (r#"{"detail":"outer","fault":{"detail":"inner"}}"#.to_owned(), detail("inner")),
        (r#"{"detail":"outer","fault":{}}"#.to_owned(), detail("outer")),
        (r#"{"detail":"[]","reason":null,"fault":null}"#.to_owned(), detail("[]")),
        (r#"{"fault":"x","detail":7}"#.to_owned(), None),
        (String::new(), None),
        ("[]".to_owned(), None),
        ("null".to_owned(), None),
    ];
    for (body, expected) in rows {
        assert_eq!(fault::read(body.as_bytes()), expected, "{body}");
    }
    assert_eq!(fault::read(&[0xff, 0xfe]), None);
}

/// The client reads back exactly what the engine writes, for the whole sample world.
#[test]
fn the_client_reads_what_the_engine_writes() {
    let world =
        || scenario::world(7, time(ZERO), time(ZERO), &Retention::OVIRT).into_iter().map(|record| record.content);
    let written = describe::jobs(Format::Json, Base::V4, true, world()).into_bytes();
    let read = json::read_jobs(&written).unwrap();
    let expected: Vec<_> = world().map(|content| (content.job, Some(content.steps))).collect();
    assert!(expected.len() > 50);
    assert_eq!((read.items, read.unreadable), (expected, 0));
    for content in world() {
        let id = content.job.id;
        let steps = describe::steps(Format::Json, Base::Plain, id, content.steps.clone().into_iter()).into_bytes();
        assert_eq!(json::read_job(&job(&content.job)), Ok(content.job));
        assert_eq!(json::read_steps(&steps, id).unwrap().items, content.steps);
    }
    let root = json::read_api_root(
        &Document::entity("api", describe::root(Base::Plain, admin().user.id, time(ZERO))).to_bytes(Format::Json),
    )
    .unwrap();
    assert_eq!((root.product.as_deref(), root.user), (Some("jobs-engine"), Some(admin().user.id)));
    let user = admin().user;
    let written = describe::user(Base::Plain, user.id, &user.user_name, user.principal(), user.domain());
    let written = Document::entity("user", written);
    assert_eq!(json::read_user(&written.to_bytes(Format::Json)).unwrap().0, "admin@internal");
}
