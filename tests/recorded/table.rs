//! What is not asked, and what differs, by the names of the recorded cases.

/// Stands for every case.
pub(crate) const ANY: &str = "*";

/// Not asked: why, and which cases.
pub(crate) const LEFT_OUT: &[(&str, &[&str])] = &[
    (
        "a data centre would have to make it; a machine of the sample that is started is taken instead",
        &[
            "a task of the engine's own: add a VM",
            "its job",
            "start the VM: refused, with a reason",
            "its failed job",
            "add a VM of the same name: refused",
            "its failed job has one failed validating step",
            "attach: add a VM with JobId",
            "the job it was attached to",
            "its steps",
            "remove the VM: a task of the engine's own",
        ],
    ),
    (
        "it asks for events of such a machine, of what this engine does not log, or for the newest of that engine",
        &[
            "its events",
            "the event that says why",
            "GET /events?max=3",
            "GET /events?from=5&max=2",
            "GET /events?search=severity%3Enormal&max=3",
            "GET /events?search=message%3D*db01*&max=2",
            "GET /events?search=type%3D11000&max=1",
            "GET /events?search=usrname%3Dadmin%40internal-authz&max=1",
            "one event",
        ],
    ),
    (
        "no machine was there, whose events they would have seen; here there is one",
        &["backup: events", "reader: events"],
    ),
];

/// About JSON itself: XML has other refusals, which were not recorded.
pub(crate) const ONLY_JSON: &[&str] = &["bad boolean", "a wrapper", "unknown type", "an empty body for a step's end"];

/// Asked in the first form only: an origin has each custom id once.
pub(crate) const ONLY_FIRST: &[&str] = &["an event for the job, by its correlation id", "events of the job"];

/// The case, what differs in it, and the row of docs/departures.md that says so (its first column).
pub(crate) const DEPARTURES: &[(&str, &[&str], &str)] = &[
    (ANY, &["Location"], "`Location` of what was added"),
    (
        "backup: unknown job",
        &["status", "kind of body", "body"],
        "a job that does not exist, for users who are no admins",
    ),
    (
        "GET /jobs?search=foo",
        &["body.detail"],
        "searches that oVirt's database refuses: words without a field, unknown fields, `from`",
    ),
    (
        "GET /jobs?from=1",
        &["body.detail"],
        "searches that oVirt's database refuses: words without a field, unknown fields, `from`",
    ),
    ("a wrapper", &["kind of body", "body"], "an unknown key in a JSON body"),
    ("follow under /v4", &["status", "kind of body", "body"], "`follow`"),
    ("events of the job", &["body.event.1.description"], "the text of event 11000 and 11001"),
    ("events of the job", &["body.event.1.user.name"], "user names"),
    ("the owner", &["body.user_name", "body.domain.name"], "user names"),
    ("the owner", &["body.link"], "other parts of the API: clusters, disks, networks, …"),
];
