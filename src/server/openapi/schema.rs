//! The schemas: what bodies look like in JSON, with what XML needs to know.

use serde_json::{Map, Value, json};

use super::reference;
use crate::domain::{Status, StepType};

/// An object of the API model.
pub(super) struct Schema {
    /// Its name in the document.
    pub(super) name: &'static str,
    /// What it is called in XML.
    xml: &'static str,
    members: &'static [Member],
    openness: Openness,
}

/// Whether an object may have members that are not told.
#[derive(Clone, Copy, PartialEq)]
enum Openness {
    Closed,
    Open,
}

/// Name, what it holds, and whether it is always there.
type Member = (&'static str, Kind, bool);

/// What a member holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// An id: a UUID.
    Id,
    /// An id of another kind.
    OtherId,
    Href,
    /// `"true"` or `"false"`.
    Flag,
    /// An integer, as text.
    Number,
    /// Milliseconds since 1970.
    Date,
    Status,
    StepType,
    Words(&'static [&'static str]),
    /// Another object of the model.
    Object(&'static str),
    /// A reference to another object of the model, or that object when the link is followed.
    Link(&'static str),
    /// An object that holds items: its member's name, and their schema.
    List(&'static str, &'static str),
    /// The same of links.
    Links(&'static str, &'static str),
    /// Several, by themselves.
    Several(&'static str),
}

const ALWAYS: bool = true;
const SOMETIMES: bool = false;
const ID: Member = ("id", Kind::Id, ALWAYS);
const HREF: Member = ("href", Kind::Href, ALWAYS);
const NAME: Member = ("name", Kind::Text, ALWAYS);
const DESCRIPTION: Member = ("description", Kind::Text, SOMETIMES);
const ACTIONS: Member = ("actions", Kind::List("link", "Link"), ALWAYS);
const LINKS: Member = ("link", Kind::Several("Link"), ALWAYS);

const fn closed(name: &'static str, xml: &'static str, members: &'static [Member]) -> Schema {
    Schema { name, xml, members, openness: Openness::Closed }
}

const fn open(name: &'static str, xml: &'static str, members: &'static [Member]) -> Schema {
    Schema { name, xml, members, openness: Openness::Open }
}

/// All of them. What is posted may have more members of the API model, which are checked and have no effect.
#[rustfmt::skip]
pub(super) const SCHEMAS: &[Schema] = &[
    closed("Api", "api", &[
        ("product_info", Kind::Object("ProductInfo"), ALWAYS), ("time", Kind::Date, ALWAYS),
        ("authenticated_user", Kind::Link("User"), ALWAYS), ("effective_user", Kind::Link("User"), ALWAYS),
        ("capabilities", Kind::Object("Capabilities"), SOMETIMES), ("disks", Kind::Object("Disks"), SOMETIMES),
        ("hosts", Kind::Object("Hosts"), SOMETIMES), ("jobs", Kind::Object("Jobs"), SOMETIMES),
        ("roles", Kind::Object("Roles"), SOMETIMES), ("storage_domains", Kind::Object("StorageDomains"), SOMETIMES),
        ("users", Kind::Object("Users"), SOMETIMES), ("vms", Kind::Object("Vms"), SOMETIMES), LINKS,
    ]),
    closed("ProductInfo", "product_info", &[NAME, ("vendor", Kind::Text, ALWAYS), ("version", Kind::Object("Version"), ALWAYS)]),
    closed("Version", "version", &[
        ("build", Kind::Number, ALWAYS), ("full_version", Kind::Text, ALWAYS), ("major", Kind::Number, ALWAYS),
        ("minor", Kind::Number, ALWAYS), ("revision", Kind::Number, ALWAYS),
    ]),
    closed("Link", "link", &[HREF, ("rel", Kind::Text, ALWAYS)]),
    closed("Reference", "reference", &[HREF, ID]),
    closed("Jobs", "jobs", &[("job", Kind::Several("Job"), SOMETIMES)]),
    closed("Job", "job", &[
        ("auto_cleared", Kind::Flag, ALWAYS), ("end_time", Kind::Date, SOMETIMES), ("external", Kind::Flag, ALWAYS),
        ("last_updated", Kind::Date, SOMETIMES), ("start_time", Kind::Date, ALWAYS), ("status", Kind::Status, ALWAYS),
        ("owner", Kind::Link("User"), SOMETIMES), ("steps", Kind::Object("Steps"), SOMETIMES),
        ACTIONS, ("description", Kind::Text, ALWAYS), LINKS, HREF, ID,
    ]),
    open("JobToAdd", "job", &[("description", Kind::Text, ALWAYS), ("auto_cleared", Kind::Flag, SOMETIMES)]),
    closed("Steps", "steps", &[("step", Kind::Several("Step"), SOMETIMES)]),
    closed("Step", "step", &[
        ("end_time", Kind::Date, SOMETIMES), ("external", Kind::Flag, ALWAYS),
        ("external_type", Kind::Words(&["vdsm", "gluster"]), SOMETIMES), ("number", Kind::Number, SOMETIMES),
        ("progress", Kind::Number, SOMETIMES), ("start_time", Kind::Date, SOMETIMES), ("status", Kind::Status, ALWAYS),
        ("type", Kind::StepType, ALWAYS), ("execution_host", Kind::Link("Host"), SOMETIMES),
        ("job", Kind::Link("Job"), ALWAYS), ("parent_step", Kind::Link("Step"), SOMETIMES),
        ("statistics", Kind::Object("Statistics"), SOMETIMES),
        ACTIONS, ("description", Kind::Text, ALWAYS), LINKS, HREF, ID,
    ]),
    open("StepToAdd", "step", &[
        ("description", Kind::Text, ALWAYS), ("type", Kind::StepType, ALWAYS), ("parent_step", Kind::Object("ById"), SOMETIMES),
    ]),
    open("ById", "by_id", &[("id", Kind::Id, ALWAYS)]),
    open("ByIdOrName", "by_id_or_name", &[("id", Kind::Id, SOMETIMES), ("name", Kind::Text, SOMETIMES)]),
    closed("Statistics", "statistics", &[]),
    closed("Action", "action", &[
        ("async", Kind::Flag, SOMETIMES), ("fault", Kind::Object("Fault"), SOMETIMES), ("force", Kind::Flag, SOMETIMES),
        ("grace_period", Kind::Object("GracePeriod"), SOMETIMES), ("status", Kind::Text, SOMETIMES),
        ("succeeded", Kind::Flag, SOMETIMES), ("job", Kind::Object("JobLink"), SOMETIMES),
        ("vm", Kind::Object("Reference"), SOMETIMES), ("disk", Kind::Object("Reference"), SOMETIMES),
        ("host", Kind::Object("ByIdOrName"), SOMETIMES), ("storage_domain", Kind::Object("ByIdOrName"), SOMETIMES),
    ]),
    closed("GracePeriod", "grace_period", &[("expiry", Kind::Number, ALWAYS)]),
    closed("JobLink", "job", &[("actions", Kind::List("link", "Link"), SOMETIMES), ("link", Kind::Several("Link"), SOMETIMES), HREF, ID]),
    closed("Fault", "fault", &[("detail", Kind::Text, ALWAYS), ("reason", Kind::Text, ALWAYS)]),
    closed("Capabilities", "capabilities", &[("monitored_commands", Kind::List("monitored_command", "MonitoredCommand"), ALWAYS)]),
    closed("MonitoredCommand", "monitored_command", &[NAME, ("id", Kind::OtherId, ALWAYS)]),
    closed("Users", "users", &[("user", Kind::Several("User"), SOMETIMES)]),
    closed("User", "user", &[
        ("principal", Kind::Text, ALWAYS), ("user_name", Kind::Text, ALWAYS), ("domain", Kind::Object("Domain"), ALWAYS),
        ("roles", Kind::Object("Roles"), SOMETIMES),
        NAME, LINKS, HREF, ID,
    ]),
    closed("Domain", "domain", &[NAME]),
    closed("Roles", "roles", &[("role", Kind::Several("Role"), SOMETIMES)]),
    closed("Role", "role", &[
        ("administrative", Kind::Flag, ALWAYS), ("mutable", Kind::Flag, ALWAYS), ("user", Kind::Link("User"), SOMETIMES),
        ("permits", Kind::Object("Permits"), SOMETIMES),
        NAME, DESCRIPTION, LINKS, HREF, ID,
    ]),
    closed("Permits", "permits", &[("permit", Kind::Several("Permit"), SOMETIMES)]),
    closed("Permit", "permit", &[
        ("administrative", Kind::Flag, ALWAYS), ("role", Kind::Link("Role"), ALWAYS), NAME, HREF, ("id", Kind::OtherId, ALWAYS),
    ]),
    closed("Vms", "vms", &[("vm", Kind::Several("Vm"), SOMETIMES)]),
    closed("Vm", "vm", &[
        ("memory", Kind::Number, ALWAYS),
        ("status", Kind::Words(&["down", "powering_up", "up", "powering_down", "migrating"]), ALWAYS),
        ("host", Kind::Link("Host"), SOMETIMES), ACTIONS, NAME, HREF, ID,
    ]),
    closed("Hosts", "hosts", &[("host", Kind::Several("Host"), SOMETIMES)]),
    closed("Host", "host", &[
        ("address", Kind::Text, ALWAYS), ("status", Kind::Words(&["up", "maintenance"]), ALWAYS), NAME, HREF, ID,
    ]),
    closed("Disks", "disks", &[("disk", Kind::Several("Disk"), SOMETIMES)]),
    closed("Disk", "disk", &[
        ("alias", Kind::Text, ALWAYS), ("content_type", Kind::Words(&["data"]), ALWAYS),
        ("creation_status", Kind::Text, SOMETIMES), ("format", Kind::Words(&["cow", "raw"]), ALWAYS),
        ("provisioned_size", Kind::Number, ALWAYS), ("status", Kind::Words(&["ok", "locked"]), ALWAYS),
        ("storage_type", Kind::Words(&["image"]), ALWAYS),
        ("storage_domains", Kind::Links("storage_domain", "StorageDomain"), ALWAYS), ACTIONS, NAME, DESCRIPTION, HREF, ID,
    ]),
    open("DiskToAdd", "disk", &[
        ("provisioned_size", Kind::Number, ALWAYS), ("format", Kind::Words(&["cow", "raw"]), ALWAYS),
        ("id", Kind::Id, SOMETIMES), ("name", Kind::Text, SOMETIMES), ("alias", Kind::Text, SOMETIMES), DESCRIPTION,
        ("storage_domains", Kind::List("storage_domain", "ByIdOrName"), ALWAYS),
    ]),
    closed("StorageDomains", "storage_domains", &[("storage_domain", Kind::Several("StorageDomain"), SOMETIMES)]),
    closed("StorageDomain", "storage_domain", &[("type", Kind::Words(&["data"]), ALWAYS), NAME, HREF, ID]),
    open("OpenApi", "openapi", &[("openapi", Kind::Text, ALWAYS)]),
    open("LogIn", "log_in", &[
        ("grant_type", Kind::Words(&["password"]), ALWAYS), ("scope", Kind::Words(&["ovirt-app-api"]), ALWAYS),
        ("username", Kind::Text, ALWAYS), ("password", Kind::Text, ALWAYS),
    ]),
    closed("Token", "token", &[
        ("access_token", Kind::Text, ALWAYS), ("scope", Kind::Text, ALWAYS), ("exp", Kind::Number, ALWAYS),
        ("token_type", Kind::Words(&["bearer"]), ALWAYS),
    ]),
    closed("LogInRefused", "log_in_refused", &[
        ("error", Kind::Text, ALWAYS), ("error_code", Kind::Text, SOMETIMES), ("error_description", Kind::Text, SOMETIMES),
    ]),
    open("LogOut", "log_out", &[("scope", Kind::Text, SOMETIMES), ("token", Kind::Text, ALWAYS)]),
    closed("Nothing", "nothing", &[]),
];

impl Schema {
    /// As OpenAPI has it.
    pub(super) fn to_json(&self) -> Value {
        let members = self.members.iter().map(|(name, kind, _)| ((*name).to_owned(), kind.to_json()));
        let always = self.members.iter().filter(|(.., always)| *always).map(|(name, ..)| *name).collect::<Vec<_>>();
        json!({
            "type": "object",
            "properties": members.collect::<Map<_, _>>(),
            "required": always,
            "additionalProperties": self.openness == Openness::Open,
            "xml": { "name": self.xml },
        })
    }
}

impl Kind {
    fn to_json(self) -> Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::Id => json!({ "type": "string", "format": "uuid", "xml": { "attribute": true } }),
            Self::OtherId => json!({ "type": "string", "xml": { "attribute": true } }),
            Self::Href => json!({ "type": "string", "format": "uri-reference", "xml": { "attribute": true } }),
            Self::Flag => json!({ "type": "string", "enum": ["true", "false"] }),
            Self::Number => json!({ "type": "string", "pattern": "^-?[0-9]+$" }),
            Self::Date => {
                json!({ "type": "integer", "description": "Milliseconds since 1970 in UTC; ISO 8601 in XML." })
            }
            Self::Status => json!({ "type": "string", "enum": Status::ALL.map(Status::as_str) }),
            Self::StepType => json!({ "type": "string", "enum": StepType::ALL.map(StepType::as_str) }),
            Self::Words(words) => json!({ "type": "string", "enum": words }),
            Self::Object(schema) => reference(schema),
            Self::Link(schema) => link(schema),
            Self::Several(schema) => json!({ "type": "array", "items": reference(schema) }),
            Self::List(item, schema) => list(item, &reference(schema)),
            Self::Links(item, schema) => list(item, &link(schema)),
        }
    }
}

fn list(item: &str, schema: &Value) -> Value {
    json!({
        "type": "object",
        "properties": { item: { "type": "array", "items": schema } },
        "additionalProperties": false,
    })
}

fn link(schema: &str) -> Value {
    json!({ "anyOf": [reference("Reference"), reference(schema)] })
}
