//! The members that the API model gives to what clients post.

/// Tells a member's kind by its name; `None` for a member that the model does not have.
pub(super) type Model = fn(&str) -> Option<Kind>;

/// What a member holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Boolean,
    Integer,
    Text,
    Date,
    Status,
    StepType,
    ExternalSystem,
    /// An object of the model that is read closely.
    Object(Model),
    /// `{"name": […]}`: a list of such objects.
    List(&'static str, Model),
    /// An object of another part of the model; nothing here looks inside.
    Other,
    /// Anything at all; nothing here looks at it.
    Any,
    /// Links, which clients may send back as they came.
    Links,
}

/// `Job`
pub(super) fn job(name: &str) -> Option<Kind> {
    Some(match name {
        "auto_cleared" | "external" => Kind::Boolean,
        "end_time" | "last_updated" | "start_time" => Kind::Date,
        "status" => Kind::Status,
        "owner" => Kind::Other,
        "steps" => Kind::List("step", step),
        _ => return identified(name),
    })
}

/// `Step`
pub(super) fn step(name: &str) -> Option<Kind> {
    Some(match name {
        "external" => Kind::Boolean,
        "end_time" | "start_time" => Kind::Date,
        "external_type" => Kind::ExternalSystem,
        "number" | "progress" => Kind::Integer,
        "status" => Kind::Status,
        "type" => Kind::StepType,
        "execution_host" => Kind::Other,
        "job" => Kind::Object(job),
        "parent_step" => Kind::Object(step),
        "statistics" => Kind::Other,
        _ => return identified(name),
    })
}

/// `Action`: one object for all actions of the API, so most of its members belong to others.
pub(super) fn action(name: &str) -> Option<Kind> {
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
        | "volatile" => Kind::Boolean,
        "connectivity_timeout" | "timeout" => Kind::Integer,
        "directory"
        | "fence_type"
        | "filename"
        | "image"
        | "reason"
        | "remote_viewer_connection_file"
        | "resolution_type"
        | "root_password"
        | "status" => Kind::Text,
        "fault" => Kind::Object(fault),
        "grace_period" => Kind::Object(grace_period),
        "job" => Kind::Object(job),
        "host" | "storage_domain" => Kind::Object(pointed_at),
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
        | "storage_domains"
        | "synchronized_network_attachments"
        | "template"
        | "ticket"
        | "upgrade_action"
        | "virtual_functions_configuration"
        | "vm"
        | "vnic_profile_mappings" => Kind::Other,
        _ => return identified(name),
    })
}

/// What everything has.
fn identified(name: &str) -> Option<Kind> {
    match name {
        "name" | "description" | "comment" | "creation_status" | "href" | "id" => Some(Kind::Text),
        "actions" | "link" => Some(Kind::Links),
        _ => None,
    }
}

/// Something that is pointed at by its id or its name; whatever else is said of it does not matter.
fn pointed_at(name: &str) -> Option<Kind> {
    identified(name).or(Some(Kind::Any))
}

/// `Disk`
pub(super) fn disk(name: &str) -> Option<Kind> {
    Some(match name {
        "active"
        | "bootable"
        | "propagate_errors"
        | "read_only"
        | "shareable"
        | "sparse"
        | "uses_scsi_reservation"
        | "wipe_after_delete" => Kind::Boolean,
        "actual_size" | "initial_size" | "provisioned_size" | "total_size" => Kind::Integer,
        "alias" | "backup" | "backup_mode" | "content_type" | "format" | "image_id" | "interface" | "logical_name"
        | "qcow_version" | "sgio" | "status" | "storage_type" => Kind::Text,
        "storage_domain" => Kind::Object(pointed_at),
        "storage_domains" => Kind::List("storage_domain", pointed_at),
        "disk_profile"
        | "disk_snapshots"
        | "external_disk"
        | "instance_type"
        | "lun_storage"
        | "openstack_volume_type"
        | "permissions"
        | "quota"
        | "snapshot"
        | "statistics"
        | "template"
        | "vm"
        | "vms" => Kind::Other,
        _ => return identified(name),
    })
}

fn fault(name: &str) -> Option<Kind> {
    matches!(name, "detail" | "reason").then_some(Kind::Text)
}

fn grace_period(name: &str) -> Option<Kind> {
    (name == "expiry").then_some(Kind::Integer)
}
