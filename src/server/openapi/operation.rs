//! The operations: what can be asked, and what comes of it.

use serde_json::{Value, json};

use super::{in_both_forms, in_json, parameter::EVERYWHERE, reference};

/// A method of a path.
pub(super) struct Operation {
    /// In lower case, as OpenAPI has it.
    pub(super) method: &'static str,
    /// Under `/ovirt-engine`.
    pub(super) path: &'static str,
    /// Its name for machines.
    pub(super) id: &'static str,
    /// Its name for people.
    pub(super) summary: &'static str,
    /// What its body is.
    pub(super) body: Body,
    /// Status and schema when all is well.
    pub(super) success: (u16, &'static str),
    /// What is special about it.
    special: &'static [Special],
}

/// What is posted.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Body {
    None,
    /// JSON or XML.
    Forms(&'static str),
    /// As HTML forms send it.
    Form(&'static str),
}

/// What not every operation has.
#[derive(Clone, Copy, PartialEq)]
enum Special {
    /// Takes these, besides what all take.
    Takes(&'static [&'static str]),
    /// Needs a permission.
    Permission,
    /// Another status of the target is in the way.
    Conflict,
}

const LIST: Special = Special::Takes(&["max", "search", "case_sensitive"]);
const CUT: Special = Special::Takes(&["max"]);
const ATTACHED: Special = Special::Takes(&["JobId", "StepId"]);
const COMMAND: &[Special] = &[ATTACHED, Special::Permission, Special::Conflict];

const fn get(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    schema: &'static str,
    special: &'static [Special],
) -> Operation {
    Operation { method: "get", path, id, summary, body: Body::None, success: (200, schema), special }
}

const fn post(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    body: Body,
    success: (u16, &'static str),
    special: &'static [Special],
) -> Operation {
    Operation { method: "post", path, id, summary, body, success, special }
}

const ACTION: Body = Body::Forms("Action");
const ACTED: (u16, &str) = (200, "Action");

/// All of them.
#[rustfmt::skip]
pub(super) const OPERATIONS: &[Operation] = &[
    get("/api", "getApi", "What there is, and who asks", "Api", &[]),
    get("/api/jobs", "listJobs", "The jobs, oldest first", "Jobs", &[LIST]),
    post("/api/jobs", "addJob", "Add an external job", Body::Forms("JobToAdd"), (201, "Job"), &[Special::Permission]),
    get("/api/jobs/{job}", "getJob", "A job", "Job", &[]),
    post("/api/jobs/{job}/end", "endJob", "End an external job and the steps of it that run", ACTION, ACTED, &[Special::Permission]),
    post("/api/jobs/{job}/clear", "clearJob", "Let an external job be removed some time after its end", ACTION, ACTED, &[Special::Permission]),
    get("/api/jobs/{job}/steps", "listSteps", "The steps of a job at every depth; none of a job that is not there", "Steps", &[CUT]),
    post("/api/jobs/{job}/steps", "addStep", "Add an external step to a job, or under a step of any job", Body::Forms("StepToAdd"), (201, "Step"), &[Special::Permission]),
    get("/api/jobs/{job}/steps/{step}", "getStep", "A step, whichever job it belongs to", "Step", &[]),
    post("/api/jobs/{job}/steps/{step}/end", "endStep", "End an external step; its failure fails the job", ACTION, ACTED, &[Special::Permission]),
    get("/api/jobs/{job}/steps/{step}/statistics", "listStatistics", "The statistics of a step: none", "Statistics", &[]),
    get("/api/capabilities", "getCapabilities", "The commands that a job or step can show", "Capabilities", &[]),
    get("/api/users", "listUsers", "The users", "Users", &[CUT]),
    get("/api/users/{user}", "getUser", "A user", "User", &[]),
    get("/api/users/{user}/roles", "listUserRoles", "The roles of a user", "Roles", &[CUT]),
    get("/api/users/{user}/roles/{role}", "getUserRole", "A role of a user", "Role", &[]),
    get("/api/roles", "listRoles", "The roles", "Roles", &[CUT]),
    get("/api/roles/{role}", "getRole", "A role", "Role", &[]),
    get("/api/roles/{role}/permits", "listPermits", "What a role allows", "Permits", &[CUT]),
    get("/api/roles/{role}/permits/{permit}", "getPermit", "Something that a role allows", "Permit", &[]),
    get("/api/vms", "listVms", "The virtual machines", "Vms", &[LIST]),
    get("/api/vms/{vm}", "getVm", "A virtual machine", "Vm", &[]),
    post("/api/vms/{vm}/start", "startVm", "Start a virtual machine", ACTION, ACTED, COMMAND),
    post("/api/vms/{vm}/stop", "stopVm", "Stop a virtual machine", ACTION, ACTED, COMMAND),
    post("/api/vms/{vm}/migrate", "migrateVm", "Move a running virtual machine to another host", ACTION, ACTED, COMMAND),
    post("/api/vms/{vm}/freezefilesystems", "freezeVm", "Hold a machine's file systems still; no job shows it", ACTION, ACTED, COMMAND),
    get("/api/hosts", "listHosts", "The hosts", "Hosts", &[LIST]),
    get("/api/hosts/{host}", "getHost", "A host", "Host", &[]),
    get("/api/disks", "listDisks", "The disks", "Disks", &[LIST]),
    post("/api/disks", "addDisk", "Add a disk, which is made while the answer is on its way", Body::Forms("DiskToAdd"), (202, "Disk"), COMMAND),
    get("/api/disks/{disk}", "getDisk", "A disk", "Disk", &[]),
    post("/api/disks/{disk}/move", "moveDisk", "Move a disk to another storage domain", ACTION, ACTED, COMMAND),
    get("/api/storagedomains", "listStorageDomains", "Where disks lie", "StorageDomains", &[LIST]),
    get("/api/storagedomains/{domain}", "getStorageDomain", "A storage domain", "StorageDomain", &[]),
    get("/api/openapi.json", "getOpenApi", "This document", "OpenApi", &[]),
    post("/sso/oauth/token", "logIn", "Get a token; `Accept` must be exactly application/json", Body::Form("LogIn"), (200, "Token"), &[]),
    post("/services/sso-logout", "logOut", "End a token's session, if it has one", Body::Form("LogOut"), (200, "Nothing"), &[]),
];

/// How a refusal looks.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Refusal {
    /// Nothing to read.
    Empty(&'static str),
    /// A page for people.
    Page(&'static str),
    /// What is wrong, as the operation tells it; or a page when the version is.
    Told(&'static str),
    /// What is wrong, whatever the operation.
    Fault(&'static str),
    /// No fault of the request's: what there is too much of, in that schema, and when to come back.
    Later(&'static str, &'static str),
}

impl Operation {
    /// Whether everyone may.
    pub(super) fn is_open(&self) -> bool {
        !self.path.starts_with("/api") || self.success.1 == "OpenApi"
    }

    /// Whether bodies may be XML.
    pub(super) fn has_forms(&self) -> bool {
        !self.is_open()
    }

    /// Whether it answers with the place of what it added.
    pub(super) fn names_what_it_added(&self) -> bool {
        matches!(self.success.0, 201 | 202)
    }

    /// The parameters of the query and the headers, by name. Whatever is read may have links.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &'static str> {
        let follow: &[&str] = if self.method == "get" && !self.is_open() { &["follow"] } else { &[] };
        let own = self.special.iter().filter_map(|special| match special {
            Special::Takes(names) => Some(*names),
            Special::Permission | Special::Conflict => None,
        });
        own.flatten().chain(follow).chain(if self.is_open() { &[] } else { EVERYWHERE }).copied()
    }

    /// What may go wrong, by status.
    pub(super) fn refusals(&self) -> Vec<(u16, Refusal)> {
        let told = Refusal::Told("Refused: what was sent cannot be read or used, or may not be asked.");
        let mut refusals = Vec::new();
        if self.has_forms() {
            refusals.extend([
                (400, told),
                (401, Refusal::Page("Nobody that is known asks.")),
                (406, Refusal::Empty("No form of answer is acceptable.")),
            ]);
        } else if self.success.1 == "Token" {
            refusals.push((400, told));
        }
        if self.path.contains('{') || self.special.contains(&Special::Conflict) {
            refusals.push((404, self.not_there()));
        }
        if self.has_forms() && self.body != Body::None {
            refusals.push((415, Refusal::Empty("The body is of no form that is read.")));
        }
        if self.body != Body::None {
            refusals.push((413, Refusal::Fault("The body is longer than 1 MiB.")));
        }
        let token = self.success.1 == "Token";
        if token || self.has_forms() {
            let schema = if token { "LogInRefused" } else { "Fault" };
            refusals.push((429, Refusal::Later("Too many wrong passwords were sent.", schema)));
        }
        refusals.push((503, Refusal::Later("Too many requests are in flight.", "Fault")));
        for special in self.special {
            match special {
                Special::Takes(_) => (),
                Special::Permission => refusals.push((403, Refusal::Told("The caller's roles do not allow it."))),
                Special::Conflict => refusals.push((409, Refusal::Told("The state of the target is in the way."))),
            }
        }
        refusals
    }

    /// Commands tell what is not there, in the path or in the body; everything else is silent about it.
    fn not_there(&self) -> Refusal {
        let text = "It is not there; or the id in the path is none, and then there is nothing to read.";
        if self.special.contains(&Special::Conflict) { Refusal::Told(text) } else { Refusal::Empty(text) }
    }

    /// How this operation tells what is wrong.
    fn refusal_schema(&self) -> Value {
        match (self.success.1, self.body) {
            ("Token", _) => reference("LogInRefused"),
            (_, Body::Forms("Action")) => json!({ "anyOf": [reference("Fault"), reference("Action")] }),
            _ => reference("Fault"),
        }
    }
}

impl Refusal {
    /// The response of that operation.
    pub(super) fn to_json(self, operation: &Operation) -> Value {
        match self {
            Self::Empty(text) => json!({ "description": text }),
            Self::Page(text) => json!({ "description": text, "content": { "text/html": {} } }),
            Self::Told(text) => {
                let schema = operation.refusal_schema();
                let mut content = if operation.has_forms() { in_both_forms(&schema) } else { in_json(&schema) };
                if operation.has_forms() {
                    content["text/html"] = json!({});
                }
                json!({ "description": text, "content": content })
            }
            Self::Fault(text) => json!({ "description": text, "content": in_both_forms(&reference("Fault")) }),
            Self::Later(text, schema) => {
                let content =
                    if schema == "Fault" { in_both_forms(&reference(schema)) } else { in_json(&reference(schema)) };
                let seconds =
                    json!({ "description": "In how many seconds to try again.", "schema": { "type": "integer" } });
                json!({ "description": text, "headers": { "Retry-After": seconds }, "content": content })
            }
        }
    }
}
