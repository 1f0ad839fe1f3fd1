//! Parameters and headers of requests.

use super::{add_job, add_step, get, request, send};
use task_monitor::{api::Transport, wire::Method};

pub(super) async fn run<T: Transport>(door: &T) {
    correlation_ids(door).await;
    following_and_limits(door).await;
    paths_under_v4(door).await;
    links_of_the_root(door).await;
}

/// A new job's id is used as a unique correlation id.
async fn correlation_ids<T: Transport>(door: &T) {
    let unique = add_job(door, "Gives an id").await.replace("/jobs/", "");
    let adding = request(Method::Post, "/jobs").with_json(r#"{"description":"Correlated"}"#);
    let added = send(door, adding.with_header("Correlation-Id", &*unique)).await;
    assert_eq!((added.status, added.header("correlation-id")), (201, Some(&*unique)));
    let search =
        |text: String| async move { send(door, request(Method::Get, "/jobs").with_query("search", text)).await };
    let found = search(format!("correlation_id={unique}")).await;
    assert_eq!(found.column("job", "id"), [added.text("id")]);
    let others = search(format!("correlation_id!={unique}")).await;
    assert!(!others.column("job", "id").is_empty() && !others.body.contains(&added.text("id")));
    let either = search(format!("correlation_id={unique} or correlation_id=none-such")).await;
    assert_eq!(either.column("job", "id"), [added.text("id")]);
    for (text, status) in
        [("correlation_id='a'", 200), ("correlation_id>a", 200), ("correlation_id=none-such", 200), ("backup", 400)]
    {
        let answer = search(text.to_owned()).await;
        assert_eq!((answer.status, answer.column("job", "id")), (status, vec![]), "{text}: {answer:?}");
    }
    let echoed = send(door, request(Method::Get, "/jobs/junk").with_query("correlation_id", "a b;c")).await;
    assert_eq!((echoed.status, echoed.header("correlation-id")), (404, Some("abc")));
    assert!(get(door, "").await.header("correlation-id").is_some_and(|id| id.len() == 36));
}

async fn following_and_limits<T: Transport>(door: &T) {
    let job = add_job(door, "Followed").await;
    add_step(door, &job, "first", None).await;
    add_step(door, &job, "second", None).await;
    let with = |path: String, name: &'static str, value: &'static str| async move {
        send(door, request(Method::Get, &path).with_query(name, value)).await
    };
    let steps = format!("{job}/steps");
    let listed = get(door, &steps).await.json();
    assert_eq!(with(job.clone(), "follow", "steps").await.json()["steps"], listed);
    let all = with("/jobs".to_owned(), "follow", "steps").await.json();
    let id = job.replace("/jobs/", "");
    let row = all["job"].as_array().and_then(|jobs| jobs.iter().find(|row| row["id"] == *id)).cloned();
    assert_eq!(row.unwrap_or_default()["steps"], listed);
    assert_eq!(with(job.clone(), "follow", "junk").await.status, 400);
    for (path, max, status, list, rows) in [
        ("/jobs".to_owned(), "1", 200, "job", 1),
        ("/jobs".to_owned(), "0", 200, "job", 0),
        ("/jobs".to_owned(), "-3", 400, "job", 0),
        (steps.clone(), "1", 200, "step", 1),
        (steps.clone(), "-1", 200, "step", 2),
        (steps.clone(), "-2", 400, "step", 0),
    ] {
        let answer = with(path, "max", max).await;
        assert_eq!((answer.status, answer.column(list, "id").len()), (status, rows), "max={max}: {answer:?}");
    }
    links_of_a_job(door, &job).await;
}

/// A followed link shows what a GET of it shows: path, names, a place in the answer, the path of that GET.
async fn links_of_a_job<T: Transport>(door: &T, job: &str) {
    let id = job.replace("/jobs/", "");
    let plain = get(door, job).await.json();
    let owner = plain["owner"]["href"].as_str().unwrap().strip_prefix("/ovirt-engine/api").unwrap();
    let user_roles = format!("{owner}/roles");
    let steps = format!("{job}/steps");
    let first = get(door, &steps).await.column("step", "id")[0].clone();
    add_step(door, job, "below", Some(&first)).await;
    let below = get(door, &steps).await.column("step", "id")[2].clone();
    for (path, names, place, followed) in [
        (job, "owner", "/owner", owner),
        (job, "OWNER,steps", "/owner", owner),
        (&steps, "statistics,job", "/step/1/job", job),
        (&steps, "statistics", "/step/1/statistics", &format!("{steps}/{first}/statistics")),
        (&steps, "parentstep", "/step/2/parent_step", &format!("{steps}/{first}")),
        (&format!("{steps}/{below}"), "parent_step", "/parent_step", &format!("{steps}/{first}")),
        (&user_roles, "permits", "/role/0/permits", "/roles/00000000-0000-0000-0000-000000000001/permits"),
    ] {
        let answer = send(door, request(Method::Get, path).with_query("follow", names)).await;
        assert_eq!(answer.status, 200, "{path} {names}: {answer:?}");
        let found = answer.json().pointer(place).cloned();
        assert_eq!(found, Some(get(door, followed).await.json()), "{path} {names}");
    }
    let all = send(door, request(Method::Get, "/jobs").with_query("follow", "owner,steps")).await.json();
    let rows = all["job"].as_array().cloned().unwrap_or_default();
    let row = rows.into_iter().find(|row| row["id"] == *id).unwrap();
    assert_eq!(row["owner"], get(door, owner).await.json());
    assert_eq!(row["steps"], get(door, &steps).await.json());
    for names in ["steps.junk", "steps.parent_step", "owner.roles", "parent_step"] {
        let refused = send(door, request(Method::Get, job).with_query("follow", names)).await;
        assert_eq!((refused.status, refused.text("reason").as_str()), (400, "Input validation failed."), "{names}");
    }
}

async fn paths_under_v4<T: Transport>(door: &T) {
    let job = add_job(door, "Version 4").await;
    let plain = get(door, &job).await.body;
    assert_eq!(
        get(door, &format!("/v4{job}")).await.body,
        plain.replace("/ovirt-engine/api/", "/ovirt-engine/api/v4/")
    );
    let followed = send(door, request(Method::Get, &format!("/v4{job}")).with_query("follow", "steps")).await;
    assert_eq!((followed.status, followed.json()["steps"].to_string()), (200, "{}".to_owned()));
}

/// Every link of the root can be read, under both prefixes.
async fn links_of_the_root<T: Transport>(door: &T) {
    for base in ["", "/v4"] {
        let root = get(door, base).await.json();
        let links = root["link"].as_array().cloned().unwrap_or_default();
        let names: Vec<_> = links.iter().map(|link| link["rel"].as_str().unwrap()).collect();
        assert!(names.contains(&"jobs") && names.contains(&"jobs/search"), "{names:?}");
        for link in links {
            let href = link["href"].as_str().unwrap();
            let path = href.strip_prefix("/ovirt-engine/api").unwrap();
            assert!(path.starts_with(base), "{href}");
            let listing = match path.split_once("?search=") {
                Some((path, "{query}")) => request(Method::Get, path).with_query("search", "correlation_id=none"),
                Some(_) => panic!("{href}"),
                None => request(Method::Get, path),
            };
            assert_eq!(send(door, listing).await.status, 200, "{href}");
        }
    }
}
