//! Input: words that the API knows, in valid and invalid combinations, and random bytes.

use proptest::{collection::vec, option, prelude::*, sample::select};
use task_monitor::wire::{Method, Request};

/// Known, unknown and malformed ids.
const IDS: &[&str] = &[
    "aaaa0000-0000-4000-8000-000000000001",
    "aaaa0000-0000-4000-8000-000000000004",
    "aaaa0000-0000-4000-8000-00000000dead",
    "bbbb0000-0000-4000-8000-00000000000b",
    "bbbb0000-0000-4000-8000-000000000029",
    // A machine that is up, one that is down, a host, and a role.
    "3f1d77aa-0000-4000-8000-000000000100",
    "3f1d77aa-0000-4000-8000-00000000010c",
    "2f3e4d5c-0000-4000-8000-aabbccddee01",
    "def0000d-0000-0000-0000-def000000000",
    "00000000-0000-4000-8000-000000000001",
    "00000000-0000-0000-0000-000000000000",
    "AAAA0000-0000-4000-8000-000000000001",
    "aaaa0000000040008000000000000001",
];
const SEGMENTS: &[&str] = &[
    "",
    "jobs",
    "steps",
    "end",
    "clear",
    "statistics",
    "users",
    "roles",
    "capabilities",
    "vms",
    "hosts",
    "start",
    "stop",
    "migrate",
    "freeze",
    "permits",
    "1500",
    "v4",
    "v3",
    "..",
    ".",
    "%2e%2e",
    "%00",
    "%ff",
    "ä",
];
const PARAMETERS: &[&str] = &[
    "search",
    "max",
    "follow",
    "filter",
    "accept",
    "from",
    "correlation_id",
    "case_sensitive",
    "all_content",
    "JobId",
    "StepId",
    "job_id",
    "step_id",
    "",
    "MAX",
];
const VALUES: &[&str] = &[
    "",
    "1",
    "0",
    "-1",
    "-2",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "true",
    "no",
    "steps",
    "steps,steps",
    "steps.statistics",
    "owner",
    "application/json",
    "application/xml",
    "text/html",
    "*/*",
    "application/json;q=0",
    "correlation_id=a",
    "correlation_id!=a and correlation_id=\"b c\"",
    "sortby correlation_id desc",
    "page 2",
    "page 99999999999999999999",
    "page 0",
    "name=web*",
    "status!=up or name=* sortby name desc page 2",
    "*a**b*",
    "a'b",
    "a;b",
    "aaaa0000-0000-4000-8000-000000000001",
    "%",
    "%zz",
];
const HEADERS: &[&str] = &[
    "accept",
    "content-type",
    "idempotency-key",
    "version",
    "filter",
    "all-content",
    "correlation-id",
    "accept-language",
    "prefer",
    "session-ttl",
    "cookie",
    "x-request-id",
    "expect",
];
/// Valid and invalid bodies, from which broken ones are made.
pub(crate) const BODIES: &[&str] = &[
    "",
    "{}",
    "null",
    r#"{"description":"a","auto_cleared":"true"}"#,
    r#"{"type":"executing","description":"a","parent_step":{"id":"bbbb0000-0000-4000-8000-00000000000b"}}"#,
    r#"{"succeeded":true,"force":"1","status":"failed","grace_period":{"expiry":"5"}}"#,
    r#"{"host":{"name":"hv05"}}"#,
    "<job><description>a</description><auto_cleared>true</auto_cleared></job>",
    "<?xml version=\"1.0\"?><step><type>executing</type><description>a &amp; b</description><parent_step id=\"x\"/></step>",
    "<action><succeeded>true</succeeded><force>false</force><host id=\"x\"><name>y</name></host></action>",
    "<action/>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]><job><description>&b;</description></job>",
];

fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![8 => select(words).prop_map(str::to_owned), 1 => ".{0,20}"]
}

/// A path of the API, or a similar one.
fn path() -> impl Strategy<Value = String> {
    let segment = prop_oneof![6 => word(SEGMENTS), 4 => select(IDS).prop_map(str::to_owned)];
    let matrix = option::weighted(0.2, (word(PARAMETERS), word(VALUES)).prop_map(|(k, v)| format!(";{k}={v}")));
    let segment = (segment, matrix).prop_map(|(segment, matrix)| segment + &matrix.unwrap_or_default());
    let below = vec(segment, 0..6).prop_map(|segments| format!("/ovirt-engine/api/{}", segments.join("/")));
    let real = (select(IDS), select(IDS), select(&["", "/steps", "/end", "/clear"][..]))
        .prop_map(|(job, _, part)| format!("/ovirt-engine/api/jobs/{job}{part}"));
    let thing = (select(&["vms", "hosts"][..]), select(IDS), select(&["", "/start", "/stop", "/migrate"][..]));
    let thing = (thing, option::weighted(0.3, select(IDS)));
    let thing = thing.prop_map(|((list, id, part), job)| {
        let job = job.map(|job| format!(";JobId={job}")).unwrap_or_default();
        format!("/ovirt-engine/api/{list}/{id}{part}{job}")
    });
    let step = (select(IDS), select(IDS), select(&["", "/end", "/statistics"][..]))
        .prop_map(|(job, step, part)| format!("/ovirt-engine/api/v4/jobs/{job}/steps/{step}{part}"));
    prop_oneof![3 => below, 3 => real, 3 => step, 3 => thing, 2 => Just("/ovirt-engine/api/jobs".to_owned()),
        1 => ".{0,40}"]
}

/// A valid body, or one with a piece removed, doubled or replaced.
pub(crate) fn body() -> impl Strategy<Value = Vec<u8>> {
    let broken = (select(BODIES), any::<prop::sample::Index>(), any::<prop::sample::Index>(), vec(any::<u8>(), 0..4));
    let broken = broken.prop_map(|(body, one, other, noise)| {
        let (one, other) = (one.index(body.len() + 1), other.index(body.len() + 1));
        let bytes = body.as_bytes();
        [&bytes[..one.max(other)], &noise, &bytes[one.min(other)..]].concat()
    });
    prop_oneof![
        4 => select(BODIES).prop_map(|body| body.as_bytes().to_vec()),
        4 => broken,
        1 => vec(any::<u8>(), 0..200),
        1 => ".{0,100}".prop_map(String::into_bytes),
    ]
}

/// Any request.
pub(crate) fn request() -> impl Strategy<Value = Request> {
    let method = prop_oneof![
        Just(Method::Get),
        Just(Method::Post),
        Just(Method::Post),
        Just(Method::Put),
        Just(Method::Options)
    ];
    let query = vec((word(PARAMETERS), word(VALUES)), 0..3);
    let header = (select(HEADERS).prop_map(str::to_owned), word(VALUES));
    let content = option::weighted(0.8, select(&["application/json", "application/xml"][..]));
    (method, path(), query, vec(header, 0..3), content, body()).prop_map(
        |(method, path, query, mut headers, content, body)| {
            headers.extend(content.map(|form| ("content-type".to_owned(), form.to_owned())));
            Request { method, path, query, headers, body }
        },
    )
}
