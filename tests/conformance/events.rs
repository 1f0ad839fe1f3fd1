//! Events: what is written, what can be asked, and who may.

use super::{Answer, Doors, add_job, get, post, request, send};
use serde_json::{Value, json};
use task_monitor::{
    api::Transport,
    wire::{Method, fault},
};

pub(super) async fn run<T: Transport>(doors: &Doors<T>) {
    an_event_is_added_and_read_back(&doors.admin).await;
    an_addition_leaves_a_job(&doors.admin).await;
    additions_that_are_refused(&doors.admin).await;
    jobs_of_programs_are_logged(&doors.admin).await;
    searches(&doors.admin).await;
    who_may_add_and_read(doors).await;
}

/// A word that no other event has.
async fn unique<T: Transport>(door: &T) -> String {
    add_job(door, "Gives a word").await.replace("/jobs/", "")
}

/// The events of a correlation id, newest first.
async fn events_of<T: Transport>(door: &T, correlation_id: &str) -> Answer {
    let search = format!("correlation_id={correlation_id}");
    send(door, request(Method::Get, "/events").with_query("search", &search).with_query("case_sensitive", "true")).await
}

fn event(origin: &str, custom_id: i64) -> Value {
    json!({ "origin": origin, "custom_id": custom_id, "severity": "error", "description": "It broke.\n- here" })
}

async fn an_event_is_added_and_read_back<T: Transport>(door: &T) {
    let word = unique(door).await;
    for (number, severity, code) in
        [(1, "normal", "9801"), (2, "warning", "9802"), (3, "error", "9803"), (4, "alert", "9804")]
    {
        let mut body = event(&word, number);
        body["severity"] = severity.into();
        let added = post(door, "/events", &body.to_string()).await;
        assert_eq!((added.status, added.header("content-type")), (201, Some("application/json")), "{added:?}");
        let members = ["code", "severity", "origin", "custom_id", "flood_rate", "description"];
        let custom_id = number.to_string();
        assert_eq!(
            members.map(|name| added.text(name)),
            [code, severity, &word, &custom_id, "30", "It broke.\n- here"],
            "{added:?}"
        );
        let (id, json) = (added.text("id"), added.json());
        assert_eq!((added.text("index"), json["time"].is_u64()), (id.clone(), true));
        assert!(
            json.get("correlation_id").is_none() && json.get("user").is_none(),
            "those of the request do not count"
        );
        let href = format!("/events/{id}");
        assert!(added.text("href").ends_with(&href) && added.header("location").is_some_and(|at| at.ends_with(&href)));
        assert_eq!(get(door, &href).await.body, added.body);
        let newest = get(door, "/events;max=1").await.json();
        assert_eq!(newest["event"], json!([json]));
    }
    let mut body = event(&word, 5);
    let user = get(door, "").await.json()["authenticated_user"]["id"].clone();
    let nobody = "00000000-0000-0000-0000-00000000dead";
    body["correlation_id"] = "Mine: 1/2".into();
    body["custom_data"] = "<data/>".into();
    body["flood_rate"] = 7.into();
    body["time"] = "2026-01-02T03:04:05.006Z".into();
    body["user"] = json!({ "id": user });
    body["vm"] = json!({ "id": nobody });
    let added = post(door, "/events", &body.to_string()).await.json();
    assert_eq!(added["correlation_id"], "Mine: 1/2");
    assert_eq!((&added["custom_data"], &added["flood_rate"]), (&json!("<data/>"), &json!("7")));
    assert_eq!(added["time"], 1_767_323_045_006_u64);
    assert_eq!(added["user"]["id"], user);
    assert!(added["user"]["name"].as_str().is_some_and(|name| name.contains('@')), "{added}");
    assert_eq!(added["vm"], json!({ "href": format!("/ovirt-engine/api/vms/{nobody}"), "id": nobody }));
    assert_eq!(get(door, "/events/999999999999").await.status, 404);
    assert_eq!(get(door, "/events/one").await.status, 404);
}

/// One that finished, or one that failed in its first step.
async fn an_addition_leaves_a_job<T: Transport>(door: &T) {
    let word = unique(door).await;
    for (turn, status, steps) in [
        (1, "finished", &[("Validating", "finished"), ("Executing", "finished")][..]),
        (2, "failed", &[("Validating", "failed")]),
    ] {
        let correlation_id = format!("add-{turn}-{}", &word[24..]);
        let request = request(Method::Post, "/events").with_json(event(&word, 1).to_string());
        let answer = send(door, request.with_header("correlation-id", &correlation_id)).await;
        assert_eq!(answer.status, if turn == 1 { 201 } else { 400 }, "{answer:?}");
        let search = format!("correlation_id={correlation_id}");
        let found = send(door, super::request(Method::Get, "/jobs").with_query("search", &search)).await.json();
        let job = &found["job"][0];
        assert_eq!(found["job"].as_array().map(Vec::len), Some(1), "{found}");
        assert_eq!(
            [&job["description"], &job["status"], &job["external"], &job["auto_cleared"]],
            ["Adding an External Event", status, "false", "true"]
        );
        assert!(job["end_time"].is_u64() && job["owner"]["id"].is_string());
        let list = get(door, &format!("/jobs/{}/steps", job["id"].as_str().unwrap())).await;
        let found = list.column("step", "description").into_iter().zip(list.column("step", "status"));
        let steps: Vec<_> = steps.iter().map(|(name, status)| ((*name).to_owned(), (*status).to_owned())).collect();
        assert_eq!(found.collect::<Vec<_>>(), steps);
    }
}

async fn additions_that_are_refused<T: Transport>(door: &T) {
    let word = unique(door).await;
    let long = "l".repeat(65_537);
    let (missing, taken) = ("Input validation failed.", "Operation Failed");
    let incomplete = "Incomplete parameters";
    let rows: [(&str, Value, &str); 14] = [
        ("origin", Value::Null, missing),
        ("severity", Value::Null, missing),
        ("custom_id", Value::Null, missing),
        ("description", Value::Null, missing),
        ("origin", "".into(), incomplete),
        ("description", "".into(), incomplete),
        ("origin", "oVirt".into(), taken),
        ("origin", "OVIRT".into(), taken),
        ("custom_id", 1.into(), taken),
        ("origin", long.get(..256).unwrap().into(), taken),
        ("correlation_id", long.get(..256).unwrap().into(), taken),
        ("description", long.clone().into(), taken),
        ("custom_data", long.clone().into(), taken),
        ("vm", json!({ "id": "web01" }), "Operation failed"),
    ];
    assert_eq!(post(door, "/events", &event(&word, 1).to_string()).await.status, 201);
    let newest = get(door, "/events;max=1").await.body;
    for (name, value, reason) in rows {
        let mut body = event(&word, 2);
        body[name] = value.clone();
        let answer = post(door, "/events", &body.to_string()).await;
        let fault = fault::read(answer.body.as_bytes()).unwrap_or_default();
        let shown = value.to_string().chars().take(40).collect::<String>();
        assert_eq!((answer.status, fault.reason.as_deref()), (400, Some(reason)), "{name} {shown}: {answer:?}");
    }
    for (name, value) in
        [("severity", "bad".into()), ("custom_id", json!(5_000_000_000_i64)), ("job", json!({ "id": "1" }))]
    {
        let mut body = event(&word, 2);
        body[name] = value;
        let answer = post(door, "/events", &body.to_string()).await;
        assert_eq!(answer.status, 400, "{name}: {answer:?}");
    }
    assert_eq!(get(door, "/events;max=1").await.body, newest, "nothing was added");
    let methods = [(Method::Delete, "/events/1"), (Method::Put, "/events/1"), (Method::Post, "/events/1")];
    for (method, path) in methods.into_iter().chain([(Method::Delete, "/events"), (Method::Put, "/events")]) {
        let answer = send(door, request(method, path).with_json("{}")).await;
        assert_eq!(answer.status, 405, "{method:?} {path}");
    }
}

/// With the request's correlation id, the user and the job's name.
async fn jobs_of_programs_are_logged<T: Transport>(door: &T) {
    let word = unique(door).await;
    let root = get(door, "").await.json();
    for (turn, body, code, severity, text) in [
        (
            1,
            json!({ "description": "Back up db01" }),
            "11000",
            "normal",
            "New external Job Back up db01 was added by user ",
        ),
        (2, json!({ "description": " \t" }), "11001", "error", "Failed to add new external Job  \t"),
    ] {
        let id = format!("log-{turn}-{}", &word[24..]);
        let request = request(Method::Post, "/jobs").with_json(body.to_string());
        let job = send(door, request.with_header("correlation-id", &id)).await;
        assert_eq!(job.status, if turn == 1 { 201 } else { 400 });
        let events = events_of(door, &id).await.json();
        let event = &events["event"][0];
        assert_eq!(events["event"].as_array().map(Vec::len), Some(1), "{events}");
        assert_eq!([&event["code"], &event["severity"], &event["correlation_id"]], [code, severity, &id]);
        assert_eq!([&event["origin"], &event["custom_id"], &event["flood_rate"]], ["oVirt", "-1", "0"]);
        assert_eq!(event["user"]["id"], root["authenticated_user"]["id"]);
        assert!(event["description"].as_str().is_some_and(|found| found.starts_with(text)), "{event}");
        if turn == 1 {
            let apart = event["time"].as_i64().unwrap() - job.json()["start_time"].as_i64().unwrap();
            assert!(apart.abs() < 1_000, "{apart} ms apart");
            let user = event["user"]["name"].as_str().unwrap();
            assert!(event["description"].as_str().unwrap().ends_with(user), "{event}");
        }
    }
    // The end is not logged.
    let id = format!("log-3-{}", &word[24..]);
    let job = add_job(door, "Ends").await;
    let end = request(Method::Post, &format!("{job}/end")).with_json("{}").with_header("correlation-id", &id);
    assert_eq!(send(door, end).await.status, 200);
    assert_eq!(events_of(door, &id).await.body, "{}");
}

async fn searches<T: Transport>(door: &T) {
    let word = unique(door).await;
    let severities = ["normal", "warning", "error", "alert"];
    let mut ids = Vec::new();
    for (number, severity) in (1..).zip(severities) {
        let mut body = event(&word, number);
        body["severity"] = severity.into();
        body["correlation_id"] = format!("Run-{number}-{word}").into();
        body["description"] = format!("{word} number {number}").into();
        body["time"] = format!("2025-12-{}T00:00:00.000Z", 32 - number).into();
        ids.push(post(door, "/events", &body.to_string()).await.text("id"));
    }
    let before = ids[0].parse::<i64>().unwrap() - 1;
    /// A search, other parameters, and the events that are found.
    type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [i64]);
    let rows: &[Row] = &[
        ("", &[], &[4, 3, 2, 1]),
        ("", &[("max", "2")], &[4, 3]),
        ("", &[("max", "0")], &[]),
        ("page 2", &[("max", "3")], &[1]),
        ("origin=WORD", &[], &[4, 3, 2, 1]),
        ("severity>normal", &[], &[4, 3, 2]),
        ("severity >= error", &[], &[4, 3]),
        ("severity < warning", &[], &[1]),
        ("severity<=warning", &[], &[2, 1]),
        ("Severity = ERROR", &[], &[3]),
        ("severity!=error and severity!=alert", &[], &[2, 1]),
        ("type=9803", &[], &[3]),
        ("type!=9803", &[], &[4, 2, 1]),
        ("custom_event_id=2 or custom_event_id=3", &[], &[3, 2]),
        ("custom_event_id=2 or custom_event_id=3 and severity=alert", &[], &[2]),
        ("message=\"WORD number 2\"", &[], &[2]),
        ("message=*NUMBER*2", &[], &[2]),
        ("message=*NUMBER*2", &[("case_sensitive", "true")], &[]),
        ("message=*n_mber*", &[], &[]),
        ("message=%number%", &[], &[]),
        ("correlation_id=run-2-WORD", &[], &[2]),
        ("correlation_id=run-2-WORD", &[("case_sensitive", "true")], &[]),
        ("correlation_id=Run-2-WORD", &[("case_sensitive", "true")], &[2]),
        ("correlation_id=Run-*", &[("case_sensitive", "true")], &[4, 3, 2, 1]),
        ("sortby time asc", &[], &[4, 3, 2, 1]),
        ("sortby time desc", &[("max", "1")], &[1]),
        ("sortby severity", &[("max", "2")], &[1, 2]),
        ("sortby time asc page 2", &[("max", "3")], &[1]),
        ("severity>normal sortby custom_event_id desc page 1", &[("max", "2")], &[4, 3]),
        ("time=\"12/30/2025\"", &[], &[2]),
        ("time>\"12/29/2025\"", &[], &[2, 1]),
        ("time<\"12/29/2025\"", &[], &[4]),
        ("time=today", &[], &[]),
        ("time<\"01/01/2026\"", &[], &[4, 3, 2, 1]),
        ("event_volume=*", &[], &[]),
        ("event_host!=hv01", &[], &[]),
        // All these find nothing; none is an error.
        ("time=2025-12-30", &[], &[]),
        ("time>=today", &[], &[]),
        ("severity>high", &[], &[]),
        ("type>9803", &[], &[]),
        ("type=many", &[], &[]),
        ("message<a", &[], &[]),
        ("job_id=1", &[], &[]),
        ("number", &[], &[]),
        ("severity", &[], &[]),
        ("(severity=error)", &[], &[]),
        ("message='x'", &[], &[]),
        ("severity=error;", &[], &[]),
        ("severity=error and", &[], &[]),
        ("sortby nothing", &[], &[]),
        ("page 0", &[], &[]),
        ("_event_vm_id=web01", &[], &[]),
    ];
    for (search, parameters, expected) in rows {
        let mut asked = request(Method::Get, "/events").with_query("from", before.to_string());
        if !search.is_empty() {
            asked = asked.with_query("search", search.replace("WORD", &word));
        }
        for (name, value) in *parameters {
            asked = asked.with_query(name, *value);
        }
        let answer = send(door, asked).await;
        assert_eq!(answer.status, 200, "{search}: {answer:?}");
        let expected: Vec<&String> = expected.iter().map(|number| &ids[usize::try_from(number - 1).unwrap()]).collect();
        let found = answer.column("event", "id");
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{search} {parameters:?}");
        if expected.is_empty() {
            assert_eq!(answer.body, "{}", "{search}");
        }
    }
    let last = ids.last().unwrap();
    for (parameters, expected) in [(("from", last.as_str()), 200), (("from", "abc"), 200), (("max", "-1"), 400)] {
        let answer = send(door, request(Method::Get, "/events").with_query(parameters.0, parameters.1)).await;
        assert_eq!(answer.status, expected, "{parameters:?}");
    }
    assert_eq!(
        get(door, &format!("/events;from={before};max=1")).await.column("event", "id"),
        std::slice::from_ref(last)
    );
    // It only names the request itself.
    let named =
        send(door, request(Method::Get, "/events").with_query("correlation_id", "x").with_query("max", "1")).await;
    assert_eq!((named.column("event", "id"), named.header("correlation-id")), (vec![last.clone()], Some("x")));
    let followed = send(door, request(Method::Get, "/events").with_query("follow", "user")).await;
    assert_eq!(followed.status, 400);
}

async fn who_may_add_and_read<T: Transport>(Doors { admin, creator, reader, user }: &Doors<T>) {
    let word = unique(admin).await;
    for (door, number) in [(creator, 1), (reader, 2), (user, 3)] {
        let answer = post(door, "/events", &event(&word, number).to_string()).await;
        let fault = fault::read(answer.body.as_bytes()).unwrap_or_default();
        let expected = (403, Some("[User is not authorized to perform this action.]"));
        assert_eq!((answer.status, fault.detail.as_deref()), expected, "{answer:?}");
    }
    let plain = post(admin, "/events", &event(&word, 1).to_string()).await.text("id");
    let mut about = event(&word, 2);
    about["vm"] = json!({ "id": "00000000-0000-0000-0000-00000000dead" });
    let about = post(admin, "/events", &about.to_string()).await.text("id");
    let search = format!("origin={word}");
    let list = |filter: Option<&str>| {
        let list = request(Method::Get, "/events").with_query("search", &search);
        filter.map_or(list.clone(), |filter| list.with_header("filter", filter))
    };
    let both = [about.clone(), plain.clone()];
    // A filtered caller sees what is about hosts and machines, if a role shows them.
    let rows: [(&str, &T, Option<&str>, &[String]); 6] = [
        ("admin", admin, None, &both),
        ("reader", reader, None, &both),
        ("admin filtered", admin, Some("true"), &both[..1]),
        ("user", user, None, &both[..1]),
        ("creator", creator, None, &[]),
        ("user filtered", user, Some("true"), &both[..1]),
    ];
    for (who, door, filter, expected) in rows {
        let answer = send(door, list(filter)).await;
        assert_eq!((answer.status, answer.column("event", "id").as_slice()), (200, expected), "{who}: {answer:?}");
    }
    let refused = send(user, list(Some("false"))).await;
    assert_eq!(refused.status, 400, "{refused:?}");
    let path = format!("/events/{about}");
    for (door, status) in [(admin, 200), (reader, 200), (creator, 400), (user, 400)] {
        assert_eq!(get(door, &path).await.status, status);
    }
}
