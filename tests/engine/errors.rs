//! Section 3 of the contract: errors with their status and body.

use crate::{
    check,
    support::{admin, ask, creator, get, nobody, plain_user, post, post_xml, read_only, request},
    world,
    xml::to_json,
};
use task_monitor::{
    engine::Caller,
    wire::{Method, Request},
};

const JOB: &str = "/jobs/aaaa0000-0000-4000-8000-000000000001";
const INTERNAL: &str = "/jobs/aaaa0000-0000-4000-8000-000000000004";
const NO_JOB: &str = "/jobs/aaaa0000-0000-4000-8000-00000000dead";
const STEP: &str = "/jobs/aaaa0000-0000-4000-8000-000000000001/steps/bbbb0000-0000-4000-8000-00000000000b";
const NO_STEP: &str = "/jobs/aaaa0000-0000-4000-8000-000000000001/steps/bbbb0000-0000-4000-8000-00000000dead";
const INTERNAL_STEP: &str = "/jobs/aaaa0000-0000-4000-8000-000000000004/steps/bbbb0000-0000-4000-8000-000000000029";

const SYNTAX: &str = "Request syntactically incorrect.";
const INVALID: &str = "Input validation failed.";
const SUPER_USER: &str = "00000000-0000-0000-0000-000000000001";
const INCOMPLETE: &str = "Incomplete parameters";
const FAILED: &str = "Operation Failed";
const NOT_EXTERNAL: &str = "External steps can be added only to external jobs or steps.]";
const NO_PERMISSION: &str = "query execution failed due to insufficient permissions.";
const NOT_AUTHORIZED: &str = "[User is not authorized to perform this action.]";

fn fault(reason: &str, detail: &str) -> String {
    format!(r#"{{"detail":"{detail}","reason":"{reason}"}}"#)
}

fn usage(method: &str) -> String {
    fault(SYNTAX, &format!("For correct usage, see: /ovirt-engine/apidoc#services/{method}"))
}

fn no_action() -> String {
    fault(INVALID, "Action is mandatory but was not provided.")
}

fn unknown(member: &str, class: &str) -> String {
    let detail = format!(
        r#"Unrecognized field \"{member}\" (class org.ovirt.engine.api.model.{class}), not marked as ignorable"#
    );
    fault(SYNTAX, &detail)
}

fn no_method(method: &str) -> String {
    format!(
        "<html><head><title>Error</title></head><body>HTTP method {method} is not supported by this URL</body></html>"
    )
}

fn missing(parameter: &str) -> String {
    fault(INVALID, &format!("Parameter '{parameter}' is mandatory but was not provided."))
}

/// The action with the fault in it; `echo` is the rest of it.
fn action(detail: &str, echo: &str) -> String {
    format!(r#"{{"fault":{{"detail":"{detail}","reason":"{FAILED}"}},"status":"failed"{echo}}}"#)
}

type Row = (&'static str, Caller, Request, u16, String);

#[tokio::test]
async fn every_refusal_has_its_status_and_body() {
    let unknown_parent =
        r#"{"type":"executing","description":"a","parent_step":{"id":"bbbb0000-0000-4000-8000-00000000dead"}}"#;
    let step = r#"{"type":"executing","description":"a"}"#;
    let done = r#"{"succeeded":true}"#;
    let echo = r#","succeeded":"true""#;
    let rows: Vec<Row> = [not_found(), bad_input(), not_allowed()]
        .into_iter()
        .flatten()
        .chain(vec![
            (
                "end an unknown job",
                admin(),
                post(&format!("{NO_JOB}/end"), done),
                400,
                action("[Cannot Clear External Job. Job not found.]", echo),
            ),
            (
                "clear an unknown job",
                admin(),
                post(&format!("{NO_JOB}/clear"), "{}"),
                400,
                action("[Cannot Clear External Job. Job not found.]", ""),
            ),
            (
                "end an unknown step",
                admin(),
                post(&format!("{NO_STEP}/end"), done),
                400,
                action("[Cannot ${action} ${type}. Step not found.]", echo),
            ),
            (
                "end an internal job",
                admin(),
                post(&format!("{INTERNAL}/end"), done),
                400,
                action(&format!("[Cannot Clear External Job. {NOT_EXTERNAL}"), echo),
            ),
            (
                "clear an internal job",
                admin(),
                post(&format!("{INTERNAL}/clear"), "{}"),
                400,
                action(&format!("[Cannot Clear External Job. {NOT_EXTERNAL}"), ""),
            ),
            (
                "end an internal step",
                admin(),
                post(&format!("{INTERNAL_STEP}/end"), done),
                400,
                action(&format!("[Cannot ${{action}} ${{type}}. {NOT_EXTERNAL}"), echo),
            ),
            (
                "add a step to an unknown job",
                admin(),
                post(&format!("{NO_JOB}/steps"), step),
                400,
                fault(FAILED, "[Cannot add External Job. Step should be a child of the Job or other Step.]"),
            ),
            (
                "add a step to an internal job",
                admin(),
                post(&format!("{INTERNAL}/steps"), step),
                400,
                fault(FAILED, &format!("[Cannot add External Job. {NOT_EXTERNAL}")),
            ),
            (
                "add a step under an unknown step",
                admin(),
                post(&format!("{JOB}/steps"), unknown_parent),
                400,
                fault(FAILED, "[Cannot add External Job. Step should be a child of the Job or other Step.]"),
            ),
        ])
        .collect();
    for (name, caller, request, status, body) in rows {
        let in_xml = wanting_xml(request.clone());
        check(name, &ask(&world(), &caller, request).await, status, &body);
        // The same refusal in XML.
        let answer = ask(&world(), &caller, in_xml).await;
        if answer.header("content-type") == Some("application/xml;charset=UTF-8") && status != 200 {
            let expected: serde_json::Value = serde_json::from_str(&body).unwrap();
            assert_eq!((answer.status, to_json(&answer.body)), (status, expected), "{name} in XML");
        } else if status != 200 {
            check(name, &answer, status, &body);
            let html = answer.header("content-type") == Some("text/html;charset=UTF-8");
            assert_eq!(html, !body.is_empty(), "{name}");
        }
    }
}

fn wanting_xml(mut request: Request) -> Request {
    for (name, value) in &mut request.headers {
        if name == "accept" && value == "application/json" {
            "application/xml".clone_into(value);
        }
    }
    request
}

/// Invalid XML, and the faults.
#[tokio::test]
async fn xml_that_is_refused() {
    let steps = format!("{JOB}/steps");
    let end = format!("{STEP}/end");
    let value = "Invalid value";
    let incomplete = |detail: &str| ("Incomplete parameters", detail.to_owned());
    let usage = |method: &str| (SYNTAX, format!("For correct usage, see: /ovirt-engine/apidoc#services/{method}"));
    let rows = [
        (
            "/jobs",
            "<job><auto_cleared>yes</auto_cleared></job>",
            (value, "'yes' is no value of 'auto_cleared'.".to_owned()),
        ),
        ("/jobs", "<job><status>dancing</status></job>", (value, "'dancing' is no value of 'status'.".to_owned())),
        (&steps, "<step><type>dancing</type></step>", (value, "'dancing' is no value of 'type'.".to_owned())),
        (&end, "<action><succeeded/></action>", (value, "'' is no value of 'succeeded'.".to_owned())),
        ("/jobs", "<job><colour>red</colour></job>", usage("jobs/methods/add")),
        ("/jobs", "<job xmlns=\"http://ovirt.org\"/>", usage("jobs/methods/add")),
        ("/jobs", "<jobs><job/></jobs>", usage("jobs/methods/add")),
        ("/jobs", "<job>", usage("jobs/methods/add")),
        ("/jobs", "{}", usage("jobs/methods/add")),
        (&steps, "<job/>", usage("steps/methods/add")),
        (&end, "<step/>", usage("step/methods/end")),
        (&end, "", usage("step/methods/end")),
        ("/jobs", "<job><description/></job>", incomplete("Job [description] required for add")),
        (
            &steps,
            "<step><type>executing</type><description/></step>",
            incomplete("Step [description] required for add"),
        ),
        (
            &steps,
            "<step><type>executing</type><description>a</description><parent_step/></step>",
            incomplete("Step [parentStep.id] required for add"),
        ),
        (
            &steps,
            "<step><type>executing</type><description>a</description><parent_step id=\"zzz\"/></step>",
            ("Operation failed", "Invalid UUID string: zzz".to_owned()),
        ),
        (
            "/jobs",
            "<job><description> </description></job>",
            (FAILED, "[Cannot ${action} ${type}. Description can not be empty.]".to_owned()),
        ),
        ("/jobs", "<job><description>&#0;</description></job>", usage("jobs/methods/add")),
        ("/jobs", "<job/>", (INVALID, "Parameter 'job.description' is mandatory but was not provided.".to_owned())),
        (&end, "<action/>", (INVALID, "Parameter 'succeeded' is mandatory but was not provided.".to_owned())),
    ];
    for (path, body, (reason, detail)) in rows {
        let answer = ask(&world(), &admin(), post_xml(path, body)).await;
        let expected = format!("{DECLARATION}<fault><detail>{detail}</detail><reason>{reason}</reason></fault>");
        check(body, &answer, 400, &expected);
        assert_eq!(answer.header("content-type"), Some("application/xml;charset=UTF-8"));
    }
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

fn not_found() -> Vec<Row> {
    let nothing = String::new;
    vec![
        ("malformed job id", admin(), get("/jobs/junk"), 404, nothing()),
        ("an id without hyphens", admin(), get("/jobs/aaaa0000000040008000000000000001"), 404, nothing()),
        ("end with a malformed job id", admin(), post("/jobs/junk/end", "{}"), 404, nothing()),
        ("steps of a malformed job id", admin(), get("/jobs/junk/steps"), 404, nothing()),
        ("malformed step id", admin(), get(&format!("{JOB}/steps/junk")), 404, nothing()),
        ("unknown job", admin(), get(NO_JOB), 404, nothing()),
        ("unknown step", admin(), get(NO_STEP), 404, nothing()),
        ("statistics of an unknown step", admin(), get(&format!("{NO_STEP}/statistics")), 404, nothing()),
        ("steps of an unknown job", admin(), get(&format!("{NO_JOB}/steps")), 200, "{}".to_owned()),
        ("a user who is gone", admin(), get("/users/aaaa0000-0000-4000-8000-00000000dead"), 404, nothing()),
        ("the engine is no user", admin(), get("/users/00000000-0000-0000-0000-000000000000"), 404, nothing()),
        ("what the documentation calls clear", admin(), post("/jobs/clear", "{}"), 404, nothing()),
        ("a malformed id of a user", admin(), get("/users/junk/roles"), 404, nothing()),
        ("a malformed number of a permit", admin(), get(&format!("/roles/{SUPER_USER}/permits/x")), 404, nothing()),
        ("below a malformed id", admin(), get("/jobs/junk/nope"), 404, nothing()),
        ("another part of the API", admin(), get("/clusters"), 404, String::new()),
        ("in capitals", admin(), get("/JOBS"), 404, String::new()),
        ("no part of a job", admin(), get(&format!("{JOB}/nope")), 404, String::new()),
        ("below an action", admin(), get(&format!("{JOB}/end/x")), 404, String::new()),
        ("markup in a path", admin(), get("/<b>"), 404, String::new()),
        ("put", admin(), request(Method::Other, JOB), 405, nothing()),
        ("post to a job", admin(), post(JOB, "{}"), 405, nothing()),
        ("get an action", admin(), get(&format!("{JOB}/end")), 405, nothing()),
        ("a page wanted", admin(), request(Method::Get, "/jobs").with_header("accept", "text/html"), 406, nothing()),
        (
            "anything but JSON wanted",
            admin(),
            request(Method::Get, "/jobs").with_header("accept", "application/json;q=0"),
            406,
            nothing(),
        ),
        (
            "a form sent",
            admin(),
            request(Method::Post, "/jobs").with_header("content-type", "application/x-www-form-urlencoded"),
            415,
            nothing(),
        ),
        ("version 3", admin(), get("/jobs").with_header("version", "3"), 405, no_method("GET")),
        ("version 3, under /v4", admin(), get("/v4/jobs").with_header("version", "3"), 405, no_method("GET")),
        ("version 3, post", admin(), post("/jobs", "{}").with_header("version", "3"), 405, no_method("POST")),
        (
            "version 3, delete",
            admin(),
            request(Method::Delete, JOB).with_header("version", "3"),
            405,
            no_method("DELETE"),
        ),
        ("an end without a form", admin(), request(Method::Post, &format!("{JOB}/end")), 415, nothing()),
        ("a clear without a form", admin(), request(Method::Post, &format!("{JOB}/clear")), 415, nothing()),
        ("a step's end without a form", admin(), request(Method::Post, &format!("/v4{STEP}/end")), 415, nothing()),
        ("a job without a form", admin(), request(Method::Post, "/jobs"), 415, nothing()),
    ]
}

fn bad_input() -> Vec<Row> {
    let steps = format!("{JOB}/steps");
    let end = format!("{STEP}/end");
    vec![
        ("a job without description", admin(), post("/jobs", "{}"), 400, missing("job.description")),
        (
            "a job with description null",
            admin(),
            post("/jobs", r#"{"description":null}"#),
            400,
            missing("job.description"),
        ),
        (
            "a job with a blank description",
            admin(),
            post("/jobs", r#"{"description":"  "}"#),
            400,
            fault(FAILED, "[Cannot ${action} ${type}. Description can not be empty.]"),
        ),
        (
            "a step without description",
            admin(),
            post(&steps, r#"{"type":"executing"}"#),
            400,
            missing("step.description"),
        ),
        ("a step without type", admin(), post(&steps, r#"{"description":"a"}"#), 400, missing("step.type")),
        (
            "a step with an empty description",
            admin(),
            post(&steps, r#"{"type":"executing","description":""}"#),
            400,
            fault(INCOMPLETE, "Step [description] required for add"),
        ),
        (
            "a step with a blank description",
            admin(),
            post(&steps, r#"{"type":"executing","description":" "}"#),
            400,
            fault(FAILED, "[Cannot add External Job. Description can not be empty.]"),
        ),
        (
            "a job with an empty description",
            admin(),
            post("/jobs", r#"{"description":""}"#),
            400,
            fault(INCOMPLETE, "Job [description] required for add"),
        ),
        (
            "an empty description comes before permission",
            plain_user(),
            post("/v4/jobs", r#"{"description":""}"#),
            400,
            fault(INCOMPLETE, "Job [description] required for add"),
        ),
        (
            "a parent without id",
            admin(),
            post(&steps, r#"{"type":"executing","description":"a","parent_step":{}}"#),
            400,
            fault(INCOMPLETE, "Step [parentStep.id] required for add"),
        ),
        (
            "a parent with an empty id",
            admin(),
            post(&steps, r#"{"type":"executing","description":"a","parent_step":{"id":""}}"#),
            400,
            fault(INCOMPLETE, "Step [parentStep.id] required for add"),
        ),
        (
            "a parent with a malformed id",
            admin(),
            post(&steps, r#"{"type":"executing","description":"a","parent_step":{"id":"junk"}}"#),
            400,
            fault("Operation failed", "Invalid UUID string: junk"),
        ),
        (
            "a text that the database cannot store",
            admin(),
            post("/jobs", r#"{"description":"a\u0000"}"#),
            400,
            fault(FAILED, "[Internal Engine Error]"),
        ),
        (
            "the same in a step",
            admin(),
            post(&steps, r#"{"type":"executing","description":"\u0000a"}"#),
            400,
            fault(FAILED, "[Internal Engine Error]"),
        ),
        ("end a step without saying how", admin(), post(&end, "{}"), 400, missing("succeeded")),
        ("bad JSON", admin(), post("/jobs", "{"), 400, usage("jobs/methods/add")),
        ("no job", admin(), post("/jobs", ""), 400, missing("job")),
        ("no step", admin(), post(&steps, " "), 400, missing("step")),
        ("no end of a step", admin(), post(&end, ""), 400, no_action()),
        ("no end of a job", admin(), post(&format!("{JOB}/end"), ""), 400, no_action()),
        ("no clear", admin(), post(&format!("{JOB}/clear"), ""), 400, no_action()),
        ("null", admin(), post(&format!("{JOB}/clear"), "null"), 400, no_action()),
        (
            "an unknown member",
            admin(),
            post("/jobs", r#"{"description":"a","<colour>":"red"}"#),
            400,
            unknown("<colour>", "Job"),
        ),
        (
            "an unknown member of a parent",
            admin(),
            post(&steps, r#"{"parent_step":{"job_id":"a"}}"#),
            400,
            unknown("job_id", "Step"),
        ),
        ("a wrapper", admin(), post("/jobs", r#"{"job":{"description":"a"}}"#), 400, unknown("job", "Job")),
        ("an array", admin(), post("/jobs", r#"[{"description":"a"}]"#), 400, usage("jobs/methods/add")),
        (
            "a bad boolean",
            admin(),
            post("/jobs", r#"{"description":"a","auto_cleared":"yes"}"#),
            400,
            usage("jobs/methods/add"),
        ),
        (
            "a bad type",
            admin(),
            post(&steps, r#"{"type":"dancing","description":"a"}"#),
            400,
            usage("steps/methods/add"),
        ),
        ("a bad action", admin(), post(&end, r#"{"succeeded":""}"#), 400, usage("step/methods/end")),
        (
            "a job's bad action",
            admin(),
            post(&format!("{JOB}/end"), r#"{"autoCleared":true}"#),
            400,
            unknown("autoCleared", "Action"),
        ),
        ("a bad clear", admin(), post(&format!("{JOB}/clear"), "[]"), 400, usage("job/methods/clear")),
        ("a negative max", admin(), get("/jobs?max=-1"), 400, fault(FAILED, "illegal max count value for query : -1")),
        (
            "a negative max, with all else",
            admin(),
            get("/v4/jobs;max=-20?follow=steps&search=correlation_id%3Da"),
            400,
            fault(FAILED, "illegal max count value for query : -20"),
        ),
    ]
}

fn not_allowed() -> Vec<Row> {
    let own = "/jobs/aaaa0000-0000-4000-8000-000000000005";
    let refused = || fault(FAILED, NO_PERMISSION);
    let filtered = |path: &str, caller: Caller| ("a filtered admin", caller, get(path), 400, refused());
    vec![
        (
            "add without permission",
            plain_user(),
            post("/jobs", r#"{"description":"a"}"#),
            403,
            fault(FAILED, NOT_AUTHORIZED),
        ),
        (
            "reading is not adding",
            read_only(),
            post("/jobs", r#"{"description":"a"}"#),
            403,
            fault(FAILED, NOT_AUTHORIZED),
        ),
        (
            "permission comes before a blank description",
            plain_user(),
            post("/jobs", r#"{"description":" "}"#),
            403,
            fault(FAILED, NOT_AUTHORIZED),
        ),
        (
            "add a step without permission",
            read_only(),
            post(&format!("{JOB}/steps"), r#"{"type":"unknown","description":"a"}"#),
            403,
            fault(FAILED, NOT_AUTHORIZED),
        ),
        (
            "end without permission",
            read_only(),
            post(&format!("{JOB}/end"), r#"{"force":true}"#),
            403,
            format!(
                r#"{{"fault":{{"detail":"{NOT_AUTHORIZED}","reason":"{FAILED}"}},"force":"true","status":"failed"}}"#
            ),
        ),
        ("clear without permission", nobody(), post(&format!("{JOB}/clear"), "{}"), 403, action(NOT_AUTHORIZED, "")),
        (
            "end a step without permission",
            plain_user(),
            post(&format!("{STEP}/end"), r#"{"succeeded":false}"#),
            403,
            action(NOT_AUTHORIZED, r#","succeeded":"false""#),
        ),
        ("a creator may not list", creator(), get("/jobs"), 400, refused()),
        ("nor with filter off", creator(), get("/jobs?filter=false"), 400, refused()),
        ("nor list steps, even of its own", creator(), get(&format!("{own}/steps")), 400, refused()),
        ("nor read one", creator(), get(STEP), 400, refused()),
        ("another's job is not there", creator(), get(JOB), 404, String::new()),
        ("follow needs permission to list steps", creator(), get(&format!("{own}?follow=steps")), 400, refused()),
        filtered("/jobs?filter=true", admin()),
        filtered("/jobs?filter", read_only()),
        filtered(&format!("{JOB}/steps;filter=yes"), admin()),
        ("by header too", admin(), get("/jobs").with_header("Filter", "true"), 400, refused()),
    ]
}

#[tokio::test]
async fn an_unknown_version_is_refused_as_a_page() {
    let answer = ask(&world(), &admin(), get("/jobs").with_header("version", "5")).await;
    assert_eq!(answer.status, 400);
    assert!(answer.header("content-type").unwrap().starts_with("text/html"));
}
