//! The members of the API model's types that clients post.

/// A type of the API model.
#[derive(Clone, Copy)]
pub(super) struct Model {
    /// The name of its class, which is in a message for clients.
    pub(super) class: &'static str,
    members: fn(&str) -> Option<MemberType>,
}

impl Model {
    /// The type of a member; `None` if the model has no such member.
    pub(super) fn member(self, name: &str) -> Option<MemberType> {
        (self.members)(name)
    }
}

/// A job.
pub(super) const JOB: Model = Model { class: "Job", members: job };
/// A step.
pub(super) const STEP: Model = Model { class: "Step", members: step };
/// An event.
pub(super) const EVENT: Model = Model { class: "Event", members: event };
/// The body of an action.
pub(super) const ACTION: Model = Model { class: "Action", members: action };
const FAULT: Model = Model { class: "Fault", members: fault };
const GRACE_PERIOD: Model = Model { class: "GracePeriod", members: grace_period };
const HOST: Model = Model { class: "Host", members: reference };
/// What an event is about: its class is not named in any message.
const ABOUT: Model = Model { class: "BaseResource", members: reference };

/// The type of a member.
#[derive(Clone, Copy)]
pub(super) enum MemberType {
    Boolean,
    Integer,
    /// An integer of 32 bits.
    ShortInteger,
    Text,
    Date,
    Status,
    StepType,
    ExternalSystem,
    Severity,
    /// An object of the model that is checked.
    Object(Model),
    /// `{"name": […]}`: a list of such objects.
    List(ListModel),
    /// An object of the model whose content is not checked.
    Other,
    /// Any value.
    Any,
    /// Links, which clients may send back.
    Links,
}

/// A list of the API model.
#[derive(Clone, Copy)]
pub(super) struct ListModel {
    /// The name of its class.
    pub(super) class: &'static str,
    /// The name of its one member.
    pub(super) member: &'static str,
    /// The type of its items.
    pub(super) item: Model,
}

/// `Job`
fn job(name: &str) -> Option<MemberType> {
    Some(match name {
        "auto_cleared" | "external" => MemberType::Boolean,
        "end_time" | "last_updated" | "start_time" => MemberType::Date,
        "status" => MemberType::Status,
        "owner" => MemberType::Other,
        "steps" => MemberType::List(ListModel { class: "Steps", member: "step", item: STEP }),
        _ => return identified(name),
    })
}

/// `Step`
fn step(name: &str) -> Option<MemberType> {
    Some(match name {
        "external" => MemberType::Boolean,
        "end_time" | "start_time" => MemberType::Date,
        "external_type" => MemberType::ExternalSystem,
        "number" | "progress" => MemberType::Integer,
        "status" => MemberType::Status,
        "type" => MemberType::StepType,
        "execution_host" => MemberType::Other,
        "job" => MemberType::Object(JOB),
        "parent_step" => MemberType::Object(STEP),
        "statistics" => MemberType::Other,
        _ => return identified(name),
    })
}

/// `Event`
fn event(name: &str) -> Option<MemberType> {
    Some(match name {
        "log_on_host" => MemberType::Boolean,
        "code" | "custom_id" | "flood_rate" | "index" => MemberType::ShortInteger,
        "correlation_id" | "custom_data" | "origin" => MemberType::Text,
        "severity" => MemberType::Severity,
        "time" => MemberType::Date,
        "cluster" | "data_center" | "host" | "storage_domain" | "template" | "user" | "vm" => MemberType::Object(ABOUT),
        _ => return identified(name),
    })
}

/// `Action`: one type for all actions of the API, so most of its members belong to other actions.
fn action(name: &str) -> Option<MemberType> {
    Some(match name {
        "activate"
        | "allow_partial_import"
        | "async"
        | "check_connectivity"
        | "clone"
        | "clone_permissions"
        | "collapse_snapshots"
        | "commit_on_success"
        | "deploy_hosted_engine"
        | "discard_snapshots"
        | "exclusive"
        | "filter"
        | "fix_layout"
        | "force"
        | "import_as_template"
        | "is_attached"
        | "maintenance_after_restart"
        | "maintenance_enabled"
        | "migrate_vms_in_affinity_closure"
        | "optimize_cpu_settings"
        | "pause"
        | "reassign_bad_macs"
        | "reboot"
        | "restore_memory"
        | "seal"
        | "stop_gluster_service"
        | "succeeded"
        | "undeploy_hosted_engine"
        | "use_cloud_init"
        | "use_ignition"
        | "use_initialization"
        | "use_sysprep"
        | "volatile" => MemberType::Boolean,
        "connectivity_timeout" | "timeout" => MemberType::Integer,
        "directory"
        | "fence_type"
        | "filename"
        | "image"
        | "reason"
        | "remote_viewer_connection_file"
        | "resolution_type"
        | "root_password"
        | "status" => MemberType::Text,
        "fault" => MemberType::Object(FAULT),
        "grace_period" => MemberType::Object(GRACE_PERIOD),
        "job" => MemberType::Object(JOB),
        "host" => MemberType::Object(HOST),
        "attachment"
        | "authorized_key"
        | "auto_pinning_policy"
        | "bricks"
        | "certificates"
        | "cluster"
        | "connection"
        | "data_center"
        | "details"
        | "discovered_targets"
        | "disk"
        | "disk_profile"
        | "disks"
        | "image_transfer"
        | "iscsi"
        | "iscsi_targets"
        | "lease"
        | "logical_units"
        | "modified_bonds"
        | "modified_labels"
        | "modified_network_attachments"
        | "option"
        | "permission"
        | "power_management"
        | "proxy_ticket"
        | "quota"
        | "registration_configuration"
        | "removed_bonds"
        | "removed_labels"
        | "removed_network_attachments"
        | "snapshot"
        | "source_host"
        | "ssh"
        | "storage_domain"
        | "storage_domains"
        | "synchronized_network_attachments"
        | "template"
        | "ticket"
        | "upgrade_action"
        | "virtual_functions_configuration"
        | "vm"
        | "vnic_profile_mappings" => MemberType::Other,
        _ => return identified(name),
    })
}

/// The members that all types have.
fn identified(name: &str) -> Option<MemberType> {
    match name {
        "name" | "description" | "comment" | "creation_status" | "href" | "id" => Some(MemberType::Text),
        "actions" | "link" => Some(MemberType::Links),
        _ => None,
    }
}

/// A reference by id or name; other members are not checked.
fn reference(name: &str) -> Option<MemberType> {
    identified(name).or(Some(MemberType::Any))
}

fn fault(name: &str) -> Option<MemberType> {
    matches!(name, "detail" | "reason").then_some(MemberType::Text)
}

fn grace_period(name: &str) -> Option<MemberType> {
    (name == "expiry").then_some(MemberType::Integer)
}
