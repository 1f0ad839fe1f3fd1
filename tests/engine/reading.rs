//! Sections 1, 5 and 6 of the contract: lists, their order and their parameters.

use crate::{
    support::{
        Answer, START, admin, ask, creator, engine, get, job, job_id, post, read_only, request, step, step_id, user_id,
    },
    world,
};
use task_monitor::{
    domain::{JobWithSteps, Status},
    engine::{JobRecord, Store},
    wire::{DomainId, Method},
};

fn numbers(answer: &Answer, key: &str) -> Vec<u128> {
    let number = |id: &String| u128::from_str_radix(&id[24..], 16).unwrap();
    answer.ids(key).iter().map(number).collect()
}

#[tokio::test]
async fn parameters_of_the_job_list() {
    let engine = engine([]);
    for (number, correlation_id) in [(3, "b"), (1, "a"), (2, "b"), (4, "run 1")] {
        let record = JobRecord {
            content: job(number, Status::Started, true),
            correlation_id: correlation_id.to_owned(),
            scenario: false,
        };
        engine.store.save(&record, None).await.unwrap();
    }
    let rows: &[(&str, u16, &[u128])] = &[
        ("/jobs", 200, &[1, 2, 3, 4]),
        ("/v4/jobs/", 200, &[1, 2, 3, 4]),
        ("/jobs?max=2", 200, &[1, 2]),
        ("/jobs;max=2", 200, &[1, 2]),
        ("/jobs?max=0", 200, &[]),
        ("/jobs?max=junk", 200, &[1, 2, 3, 4]),
        ("/jobs?max=-1", 400, &[]),
        ("/jobs?case_sensitive=true&all_content=true", 200, &[1, 2, 3, 4]),
        ("/jobs?follow=", 200, &[1, 2, 3, 4]),
        ("/jobs?follow=STEPS&max=1", 200, &[1]),
        ("/jobs?search=correlation_id%3Db", 200, &[2, 3]),
        ("/jobs;search=correlation_id%3Db", 200, &[2, 3]),
        ("/jobs?search=correlation_id%3Db&max=1", 200, &[2]),
        ("/jobs?search=Correlation_Id = b", 200, &[2, 3]),
        ("/jobs?search=correlation_id%3DB", 200, &[]),
        ("/jobs?search=correlation_id!%3Db", 200, &[1, 4]),
        ("/jobs?search=correlation_id%3D\"run 1\"", 200, &[4]),
        ("/jobs?search=correlation_id%3D*", 200, &[]),
        ("/jobs?search=correlation_id%3Da or correlation_id%3D\"run 1\"", 200, &[1, 4]),
        ("/jobs?search=correlation_id%3Da or correlation_id!%3Da and correlation_id!%3Db", 200, &[1, 4]),
        ("/jobs?search=correlation_id%3Da and correlation_id%3Db", 200, &[]),
        ("/jobs?search=sortby correlation_id desc", 200, &[4, 2, 3, 1]),
        ("/jobs?search=page 2&max=3", 200, &[4]),
        ("/jobs?search=page 2", 200, &[1, 2, 3, 4]),
        ("/jobs?search=", 200, &[1, 2, 3, 4]),
        ("/jobs?search=correlation_id", 200, &[]),
        ("/jobs?search=correlation_id%3D", 200, &[]),
        ("/jobs?search=correlation_id%3Da and", 200, &[]),
        ("/jobs?search=correlation_id%3D'a'", 200, &[]),
        ("/jobs?search=correlation_id%3Da\0", 200, &[]),
        ("/jobs?search=status%3Dfailed", 400, &[]),
        ("/v4/jobs?search=correlation_id%3Da and status!%3Dfailed", 400, &[]),
        ("/jobs?search=backup", 400, &[]),
    ];
    for (path, status, expected) in rows {
        let answer = ask(&engine, &admin(), get(path)).await;
        assert_eq!(
            (answer.status, numbers(&answer, "job").as_slice()),
            (*status, *expected),
            "{path}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn steps_come_by_parent_and_number() {
    let mut content = job(1, Status::Started, true);
    for (number, parent, place) in
        [(15, Some(13), 0), (11, None, 2), (14, Some(12), 1), (12, None, 1), (16, Some(12), 0), (13, None, 0)]
    {
        content
            .steps
            .push(task_monitor::domain::Step { number: Some(place), ..step(1, number, parent, Status::Started, true) });
    }
    let engine = engine([content]);
    let path = format!("/jobs/{}/steps", job_id(1));
    let rows: &[(&str, &[u128])] = &[
        ("", &[13, 12, 11, 16, 14, 15]),
        ("?max=2", &[13, 12]),
        ("?max=0", &[]),
        ("?max=-1", &[13, 12, 11, 16, 14, 15]),
    ];
    for (parameters, expected) in rows {
        let answer = ask(&engine, &admin(), get(&format!("{path}{parameters}"))).await;
        assert_eq!((answer.status, numbers(&answer, "step").as_slice()), (200, *expected), "{parameters}");
    }
    let followed = ask(&engine, &admin(), get(&format!("/jobs/{}?follow=steps", job_id(1)))).await.json();
    assert_eq!(followed["steps"], ask(&engine, &admin(), get(&path)).await.json());
}

#[tokio::test]
async fn empty_lists() {
    let engine = engine([]);
    for (path, body) in [("/jobs", "{}"), ("/jobs?follow=steps", r#"{"job":[]}"#)] {
        assert_eq!(ask(&engine, &admin(), get(path)).await.body, body);
    }
    let engine = crate::engine([job(1, Status::Started, true)]);
    let followed = ask(&engine, &admin(), get("/jobs?follow=steps")).await.json();
    assert_eq!(followed["job"][0]["steps"], serde_json::json!({}));
}

#[tokio::test]
async fn a_long_list_is_sent_in_pieces() {
    let jobs = (0..2_000_u128).map(|number| JobWithSteps { steps: Vec::new(), ..job(number, Status::Finished, false) });
    let engine = engine(jobs);
    let response = task_monitor::engine::http::handle(&engine, &admin(), get("/jobs")).await;
    assert!(matches!(response.body, task_monitor::wire::Body::Pieces(_)));
    assert_eq!(numbers(&Answer::of(response), "job"), (0..2_000).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_reads_what() {
    let own = format!("/jobs/{}", job_id(5));
    for (caller, path, status) in [
        (admin(), "/jobs", 200),
        (read_only(), "/jobs", 200),
        (read_only(), "/jobs?filter=false", 200),
        (admin(), "/jobs?filter=junk", 200),
        (creator(), &*own, 200),
        (creator(), &format!("{own}?filter=false"), 400),
        (admin(), &format!("{own}?filter=true"), 404),
        (creator(), "", 200),
    ] {
        assert_eq!(ask(&world(), &caller, get(path)).await.status, status, "{} {path}", caller.user.user_name);
    }
}

/// Section 1, "Query / matrix parameters": the words of booleans, and the places of parameters.
#[tokio::test]
async fn words_and_places_of_parameters() {
    let yes = ["", "t", "true", "TRUE", "y", "Yes", "1", " true "];
    let no = ["f", "false", "N", "no", "0"];
    let junk = ["on", "2", "null", "wahr"];
    // An admin who filters may not list; one who does not, may.
    for (words, status) in [(&yes[..], 400), (&no[..], 200), (&junk[..], 200)] {
        for word in words {
            let places = [
                get("/jobs").with_query("filter", *word),
                get(&format!("/jobs;filter={}", word.replace(' ', "%20"))),
                get("/jobs").with_header("Filter", *word),
            ];
            for request in places {
                let shown = format!("{request:?} {:?}", request.headers);
                assert_eq!(ask(&world(), &admin(), request).await.status, status, "{shown}");
            }
        }
    }
    let rows: &[(&str, usize)] = &[
        ("/jobs?max=1", 1),
        ("/jobs;max=1", 1),
        ("/jobs;max=2?max=1", 1),
        ("/jobs;x=y;max=1", 1),
        ("/jobs;max=%31", 1),
        ("/jobs;MAX=1", 5),
        ("/jobs?max=", 5),
        ("/jobs?max=1.5", 5),
        ("/jobs?max=99999999999999999999", 5),
        ("/v4;max=1/jobs", 5),
    ];
    for (path, expected) in rows {
        assert_eq!(numbers(&ask(&world(), &admin(), get(path)).await, "job").len(), *expected, "{path}");
    }
    // Only `Filter` may be a header.
    let answer = ask(&world(), &admin(), get("/jobs").with_header("max", "1")).await;
    assert_eq!(numbers(&answer, "job").len(), 5);
    // Only the last segment's matrix counts.
    let steps = ask(&world(), &admin(), get(&format!("/jobs;max=1/{};max=1/steps", job_id(1)))).await;
    assert_eq!(numbers(&steps, "step").len(), 3);
}

#[tokio::test]
async fn statistics_users_and_the_root() {
    let engine = world();
    let statistics = format!("/jobs/{}/steps/{}/statistics", job_id(1), step_id(11));
    assert_eq!(ask(&engine, &admin(), get(&statistics)).await.body, "{}");
    let user = ask(&engine, &admin(), get(&format!("/v4/users/{}", user_id(2)))).await;
    let expected = format!(
        r#"{{"department":"","domain_entry_id":"{1}","last_name":"","namespace":"*","principal":"backup","user_name":"backup@internal","domain":{{"name":"internal","href":"/ovirt-engine/api/v4/domains/{2}","id":"{2}"}},"name":"backup","link":[{{"href":"/ovirt-engine/api/v4/users/{0}/roles","rel":"roles"}}],"href":"/ovirt-engine/api/v4/users/{0}","id":"{0}"}}"#,
        user_id(2),
        user_id(2).to_string().bytes().map(|byte| format!("{byte:02X}")).collect::<String>(),
        DomainId::of("internal"),
    );
    assert_eq!((user.status, user.body), (200, expected));
    let domain =
        format!(r#"{{"name":"internal","href":"/ovirt-engine/api/domains/{0}","id":"{0}"}}"#, DomainId::of("internal"));
    assert_eq!(ask(&engine, &admin(), get("/domains")).await.body, format!(r#"{{"domain":[{domain}]}}"#));
    let one = get(&format!("/domains/{}", DomainId::of("internal")));
    assert_eq!(ask(&engine, &admin(), one).await.body, domain);
    assert_eq!(ask(&engine, &admin(), get(&format!("/domains/{}", DomainId::of("other")))).await.status, 404);
    let root = ask(&engine, &creator(), get("")).await.json();
    assert_eq!(root["product_info"]["name"], "jobs-engine");
    assert_eq!(
        (root["product_info"]["version"]["major"].as_str(), root["time"].as_i64()),
        (Some("4"), Some(START + 3_600_000))
    );
    assert_eq!(root["authenticated_user"]["id"], creator().user.id.to_string());
}

#[tokio::test]
async fn the_correlation_id_is_always_echoed() {
    let engine = world();
    let long = "x".repeat(50);
    let rows = [
        (get("/jobs").with_header("Correlation-Id", "my-run_1"), Some("my-run_1")),
        (get("/jobs?correlation_id=a b;c"), Some("abc")),
        (get("/jobs/junk").with_header("Correlation-Id", &*long), Some(&long[..36])),
        (request(Method::Other, "/jobs").with_header("Correlation-Id", "a"), Some("a")),
        (post("/jobs", "{").with_header("Correlation-Id", "a"), Some("a")),
        (get("/jobs").with_header("Correlation-Id", "!!"), None),
        (get("/jobs"), None),
    ];
    for (request, expected) in rows {
        let answer = ask(&engine, &admin(), request).await;
        let echoed = answer.header("correlation-id").unwrap();
        assert!(expected.is_none_or(|expected| expected == echoed) && !echoed.is_empty(), "{echoed}");
    }
    let request = post("/jobs?correlation_id=run-7", r#"{"description":"a"}"#);
    let added = ask(&engine, &admin(), request).await.json();
    let found = ask(&engine, &admin(), get("/jobs?search=correlation_id%3Drun-7")).await;
    assert_eq!(found.ids("job"), [added["id"].as_str().unwrap()]);
}
