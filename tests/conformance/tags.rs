//! `ETag` and `If-None-Match` of the job list: who has the list does not get it again, and nobody keeps an old one.

use super::{Answer, Doors, act, add_job, add_step, get, post, request, send};
use task_monitor::{api::Transport, wire::Method};

pub(super) async fn run<T: Transport>(doors: &Doors<T>) {
    every_representation_has_a_tag_of_its_own(doors).await;
    a_change_that_is_shown_changes_the_tag(doors).await;
    lists_without_a_tag(doors).await;
}

/// Parameters of the list. All show something else, or might.
const REPRESENTATIONS: [&[(&str, &str)]; 8] = [
    &[],
    &[("follow", "steps")],
    &[("max", "1")],
    &[("max", "2")],
    &[("search", "correlation_id=none-such")],
    &[("search", "correlation_id!=none-such")],
    &[("search", "page 2"), ("max", "1")],
    &[("follow", "steps"), ("max", "1")],
];

/// GET of the list; `had` is the `If-None-Match`.
async fn list<T: Transport>(door: &T, path: &str, parameters: &[(&str, &str)], had: Option<&str>) -> Answer {
    let asked =
        parameters.iter().fold(request(Method::Get, path), |asked, (name, value)| asked.with_query(name, *value));
    send(door, had.into_iter().fold(asked, |asked, tag| asked.with_header("If-None-Match", tag))).await
}

/// The tag of an answer with a body.
fn tag(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.header("etag").unwrap_or_else(|| panic!("no tag: {:?}", answer.headers)).to_owned()
}

fn is_not_modified(answer: &Answer, tag: &str) -> bool {
    (answer.status, answer.header("etag"), answer.body.as_str()) == (304, Some(tag), "")
}

async fn every_representation_has_a_tag_of_its_own<T: Transport>(doors: &Doors<T>) {
    let job = add_job(&doors.admin, "Has a tag").await;
    add_step(&doors.admin, &job, "a step", None).await;
    let mut tags = Vec::new();
    for (door, path) in [(&doors.admin, "/jobs"), (&doors.reader, "/jobs"), (&doors.admin, "/v4/jobs")] {
        for parameters in REPRESENTATIONS {
            let first = list(door, path, parameters, None).await;
            let tag = tag(&first);
            let again = list(door, path, parameters, None).await;
            assert_eq!((again.header("etag"), &again.body), (Some(&*tag), &first.body), "{path} {parameters:?}");
            for had in [tag.clone(), format!("\"other\", {tag}"), tag.replace("W/", ""), "*".to_owned()] {
                let answer = list(door, path, parameters, Some(&had)).await;
                assert!(is_not_modified(&answer, &tag), "{path} {parameters:?} {had}: {answer:?}");
            }
            for had in [tags.join(", "), "W/\"other\"".to_owned(), "junk".to_owned()] {
                let answer = list(door, path, parameters, Some(&had)).await;
                assert_eq!((answer.status, &answer.body), (200, &first.body), "{path} {parameters:?} {had}");
            }
            tags.push(tag);
        }
    }
    let other_format = send(&doors.admin, request(Method::Get, "/jobs").with_query("accept", "text/plain")).await;
    assert_eq!((other_format.status, other_format.header("etag")), (406, None));
}

/// What a client does, and whether the list is another one after it.
async fn a_change_that_is_shown_changes_the_tag<T: Transport>(doors: &Doors<T>) {
    let Doors { admin, creator, .. } = doors;
    let job = add_job(admin, "Changes").await;
    let step = add_step(admin, &job, "first", None).await;
    let end_of_step = format!("{job}/steps/{step}/end");
    let steps = format!("{job}/steps");
    let keyed = || {
        let body = format!(r#"{{"description":"of {job}"}}"#);
        request(Method::Post, "/jobs").with_json(body).with_header("Idempotency-Key", job.replace("/jobs/", ""))
    };
    let mut seen = Versions::of(admin).await;
    for path in ["/jobs", &job, &steps, "/users", "/vms"] {
        get(admin, path).await;
        seen.same(path).await;
    }
    for (path, body) in
        [("/jobs", "{"), ("/jobs", "{}"), (&*steps, "{}"), (&*end_of_step, "{}"), ("/jobs/junk/end", "{}")]
    {
        assert!(post(admin, path, body).await.status >= 400, "{path} {body}");
        seen.same(&format!("a refusal: {path} {body}")).await;
    }
    for (path, body) in [
        ("/jobs", r#"{"description":"another"}"#),
        (&*steps, r#"{"type":"executing","description":"second"}"#),
        (&*steps, &*format!(r#"{{"type":"executing","description":"below","parent_step":{{"id":"{step}"}}}}"#)),
    ] {
        assert_eq!(post(admin, path, body).await.status, 201, "{path} {body}");
        seen.other(path).await;
    }
    assert_eq!(send(admin, keyed()).await.status, 201);
    seen.other("with a key").await;
    assert_eq!(send(admin, keyed()).await.status, 201);
    seen.same("the same request again").await;
    add_job(creator, "of another user").await;
    seen.other("another user's job").await;
    act(admin, &end_of_step, r#"{"succeeded":true}"#).await;
    seen.other("the end of a step").await;
    act(admin, &format!("{job}/end"), "{}").await;
    seen.other("the end of a job").await;
    act(admin, &format!("{job}/clear"), "{}").await;
    seen.other("the clearing of a job").await;
}

/// The tags of two representations that show everything, as a client has them.
struct Versions<'door, T> {
    door: &'door T,
    had: Vec<Answer>,
}

const EVERYTHING: [&[(&str, &str)]; 2] = [&[], &[("follow", "steps")]];

impl<'door, T: Transport> Versions<'door, T> {
    async fn of(door: &'door T) -> Self {
        let mut had = Vec::new();
        for parameters in EVERYTHING {
            had.push(list(door, "/jobs", parameters, None).await);
        }
        Self { door, had }
    }

    /// Nothing has changed since the last look.
    async fn same(&self, what: &str) {
        for (had, parameters) in self.had.iter().zip(EVERYTHING) {
            let answer = list(self.door, "/jobs", parameters, Some(&tag(had))).await;
            assert!(is_not_modified(&answer, &tag(had)), "{what}, {parameters:?}: {answer:?}");
            assert_eq!(list(self.door, "/jobs", parameters, None).await.body, had.body, "{what}, {parameters:?}");
        }
    }

    /// Something has changed, and a client that had the list gets the new one.
    async fn other(&mut self, what: &str) {
        for (had, parameters) in self.had.iter_mut().zip(EVERYTHING) {
            let answer = list(self.door, "/jobs", parameters, Some(&tag(had))).await;
            assert_eq!(answer.status, 200, "{what}, {parameters:?}");
            assert_ne!(tag(&answer), tag(had), "{what}, {parameters:?}");
            *had = answer;
        }
    }
}

/// Refusals stay what they are, and owners have no version.
async fn lists_without_a_tag<T: Transport>(doors: &Doors<T>) {
    for (door, parameters, status) in [
        (&doors.creator, ("max", "1"), 400),
        (&doors.user, ("filter", "true"), 400),
        (&doors.admin, ("filter", "true"), 400),
        (&doors.admin, ("search", "backup"), 400),
        (&doors.admin, ("max", "-1"), 400),
        (&doors.admin, ("from", "1"), 400),
        (&doors.admin, ("follow", "nonsense"), 400),
        (&doors.admin, ("follow", "owner"), 200),
        (&doors.admin, ("follow", "steps,owner"), 200),
    ] {
        for had in [None, Some("*")] {
            let answer = list(door, "/jobs", &[parameters], had).await;
            assert_eq!((answer.status, answer.header("etag")), (status, None), "{parameters:?} {had:?}");
        }
    }
}
