//! POST: commands on machines and disks.

use super::super::{doing::non_monitored, refused::Told};
use super::{Call, Refused, Thing, VmAction, describe};
use crate::{
    domain::{DiskId, VmId, rules::DESCRIPTION_LIMIT},
    engine::{
        Environment,
        inventory::{
            ActionType, Asked, Attachment, Begun, Declined, DiskFormat, InventoryStore, Missing, NewDisk, Object,
            Wanted, Which,
        },
    },
    wire::{
        Href, ResourcePath, Response,
        describe::action_begun,
        document::Document,
        fault::Fault,
        input::{Action, Reference, read_add_disk},
    },
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Answers a POST to it.
    pub(in crate::engine::http) async fn act_on_thing(&self, thing: Thing) -> Result<Response, Refused> {
        match thing {
            Thing::VmAction(vm, action) => self.act_on_vm(vm, action).await,
            Thing::Disks => self.add_disk().await,
            Thing::MoveDisk(disk) => self.move_disk(disk).await,
            Thing::Vms
            | Thing::Vm(_)
            | Thing::Hosts
            | Thing::Host(_)
            | Thing::Disk(_)
            | Thing::StorageDomains
            | Thing::StorageDomain(_) => Err(Refused::Method(thing.allowed())),
        }
    }

    async fn act_on_vm(&self, vm: VmId, kind: VmAction) -> Result<Response, Refused> {
        let (wanted, action) = match kind {
            VmAction::Start => (Wanted::StartVm(vm), self.action("vm/methods/start")?),
            VmAction::Stop => (Wanted::StopVm(vm), self.action("vm/methods/stop")?),
            VmAction::Freeze => (Wanted::FreezeVm(vm), self.action("vm/methods/freeze_filesystems")?),
            VmAction::Migrate => {
                let action = self.action("vm/methods/migrate")?;
                let host = action.host.as_ref().map(which).transpose();
                let host = host.map_err(|fault| Refused::action(action.clone(), Ok((400, fault))))?.flatten();
                (Wanted::MigrateVm(vm, host), action)
            }
        };
        self.act_by(action, wanted).await
    }

    async fn move_disk(&self, disk: DiskId) -> Result<Response, Refused> {
        let action = self.action("disk/methods/move")?;
        let target = match &action.storage_domain {
            Some(domain) => which(domain).map_err(|fault| Refused::action(action.clone(), Ok((400, fault))))?,
            None => None,
        };
        let missing = || incomplete("Action [storageDomain.id|name] required for move");
        let wanted = Wanted::MoveDisk(disk, target.ok_or_else(missing)?);
        self.act_by(action, wanted).await
    }

    /// The answer to an action is the action, with the job that shows it and the thing that it is about.
    async fn act_by(&self, action: Action, wanted: Wanted) -> Result<Response, Refused> {
        let action_type = wanted.action_type();
        match self.begin(wanted).await {
            Ok(Begun { job, object }) => {
                let (name, about) = match &object {
                    Object::Vm(vm) => ("vm", describe::vm_reference(self.base, vm.id)),
                    Object::Disk(disk) => ("disk", describe::disk_reference(self.base, disk.id)),
                };
                Ok(self.send(200, &action_begun(&action, self.base, job, (name, about))))
            }
            Err(Stopped::Id(fault)) => Err(Refused::action(action, Ok((400, fault)))),
            Err(Stopped::Declined(declined)) => Err(Refused::action(action, told(action_type, declined))),
        }
    }

    /// 202, since the disk is not ready yet: engines answer so when they leave work to others.
    async fn add_disk(&self) -> Result<Response, Refused> {
        let body = read_add_disk(self.sent()?, &self.request.body);
        let adding = body.map_err(super::super::act::unreadable("disks/methods/add"))?;
        let size = adding.provisioned_size.ok_or_else(|| Refused::missing("disk.provisioned_size"))?;
        let format = adding.format.as_deref().ok_or_else(|| Refused::missing("disk.format"))?;
        let bad = |fault| Refused::Fault(400, fault);
        let name = adding.name.filter(|name| !name.is_empty());
        if name.as_ref().is_some_and(|name| name.chars().count() > NAME_LENGTH || name.contains(char::is_control)) {
            return Err(Refused::invalid(
                "Parameter 'disk.name' is too long, or has characters that no name may have.",
            ));
        }
        let description = adding.description.unwrap_or_default();
        if description.len() > DESCRIPTION_LIMIT {
            return Err(Refused::invalid(format!(
                "Parameter 'disk.description' is longer than {DESCRIPTION_LIMIT} bytes."
            )));
        }
        let new = NewDisk {
            id: adding.id.as_deref().map(|id| id.parse().map_err(|_| bad(invalid_id(id)))).transpose()?,
            name,
            description,
            // Less than nothing is refused as nothing is.
            provisioned_size: u64::try_from(size).unwrap_or(0),
            format: DiskFormat::ALL
                .into_iter()
                .find(|known| known.as_str().eq_ignore_ascii_case(format))
                .ok_or(Refused::Syntax("disks/methods/add"))?,
            on: adding.storage_domain.as_ref().map(which).transpose().map_err(bad)?.flatten(),
        };
        let begun = self.begin(Wanted::AddDisk(new)).await.map_err(|stopped| match stopped {
            Stopped::Id(fault) => Refused::Fault(400, fault),
            Stopped::Declined(declined) => Refused::addition(told(ActionType::AddDisk, declined)),
        })?;
        let Object::Disk(disk) = begun.object else { return Err(Refused::Status(500)) };
        let entity = describe::disk(self.base, &disk).with("creation_status", "in_progress");
        let place = Href(self.base, ResourcePath::Item("disks", disk.id.uuid()));
        Ok(self.send(202, &Document::entity("disk", entity)).with_header("location", place.to_string()))
    }

    async fn begin(&self, wanted: Wanted) -> Result<Begun, Stopped> {
        let attachment = self.attachment().map_err(Stopped::Id)?;
        let asked = Asked { wanted, attachment, correlation_id: self.correlation_id.clone() };
        self.engine.command(self.caller, &asked).await.map_err(Stopped::Declined)
    }

    /// The job or step that the command is to join: oVirt's names for them, or the feature page's. Names are exact; a step
    /// overrules a job.
    pub(in crate::engine::http) fn attachment(&self) -> Result<Option<Attachment>, Fault> {
        let named = |names: [&str; 2]| names.into_iter().find_map(|name| self.parameters.text(name));
        if let Some(step) = named(["StepId", "step_id"]) {
            return step.parse().map(|id| Some(Attachment::Step(id))).map_err(|_| invalid_id(step));
        }
        if let Some(job) = named(["JobId", "job_id"]) {
            return job.parse().map(|id| Some(Attachment::Job(id))).map_err(|_| invalid_id(job));
        }
        Ok(None)
    }
}

/// The longest name of a disk, in characters (`BusinessEntitiesDefinitions.GENERAL_NAME_SIZE`).
const NAME_LENGTH: usize = 255;

/// Why a command did not begin.
enum Stopped {
    /// The job or step that it was to join has no id that could be one.
    Id(Fault),
    /// The engine would not.
    Declined(Declined),
}

/// An id counts more than a name; neither of them is as if nothing was said.
fn which<I: std::str::FromStr>(reference: &Reference) -> Result<Option<Which<I>>, Fault> {
    match (&reference.id, &reference.name) {
        (Some(id), _) => id.parse().map(|id| Some(Which::Id(id))).map_err(|_| invalid_id(id)),
        (None, Some(name)) => Ok(Some(Which::Named(name.clone()))),
        (None, None) => Ok(None),
    }
}

fn invalid_id(id: &str) -> Fault {
    Fault::new("Operation failed", format!("Invalid id: {id}"))
}

fn incomplete(detail: &str) -> Refused {
    Refused::Fault(400, Fault::new("Incomplete parameters", detail))
}

/// How it is told that a command did not begin (`AppErrors.properties`, `ErrorMessageHelper.java`). What is not
/// there is 404, whether it stands in the path or in the body under its name (`EntityNotFoundException`).
fn told(action_type: ActionType, declined: Declined) -> Told {
    let cannot = format!("Cannot {}", action_type.in_messages());
    let (status, detail) = match declined {
        Declined::NonMonitored => return non_monitored(),
        Declined::NotAuthorized => (403, "[User is not authorized to perform this action.]".to_owned()),
        Declined::NotFound(missing) => (404, format!("Entity not found: {}", identified(&missing))),
        Declined::NotExternal => {
            (400, format!("[{cannot}. External steps can be added only to external jobs or steps.]"))
        }
        Declined::Obstacle(obstacle) => {
            (if obstacle.is_conflict() { 409 } else { 400 }, format!("[{cannot}{obstacle}]"))
        }
        Declined::Busy => {
            (409, format!("[{cannot}. Related operation is currently in progress. Please try again later.]"))
        }
        Declined::Store(error) => return Err(error),
    };
    Ok((status, Fault::new("Operation Failed", detail)))
}

fn identified(missing: &Missing) -> String {
    match missing {
        Missing::Vm(id) => format!("VM: id={id}"),
        Missing::Disk(id) => format!("Disk: id={id}"),
        Missing::Host(name) => format!("Host: name={name}"),
        Missing::StorageDomain(name) => format!("Storage: name={name}"),
    }
}
