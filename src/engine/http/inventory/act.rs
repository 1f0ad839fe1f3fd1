//! POST: commands on machines.

use super::super::{doing::non_monitored, refused::FaultResult};
use super::{Call, InventoryResource, Refused, VmAction, describe};
use crate::{
    domain::{HostId, JobId, StepId, VmId},
    engine::{
        Environment,
        inventory::{ActionType, Attachment, CommandRequest, HostChoice, InventoryStore, VmCommand, VmCommandError},
    },
    wire::{
        Response,
        describe::action_begun,
        fault::Fault,
        input::{Action, Reference, read_guid},
    },
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Answers a POST to it.
    pub(in crate::engine::http) async fn act_on_inventory(
        &self,
        resource: InventoryResource,
    ) -> Result<Response, Refused> {
        match resource {
            InventoryResource::VmAction(vm, action) => self.act_on_vm(vm, action).await,
            InventoryResource::Vms
            | InventoryResource::Vm(_)
            | InventoryResource::Hosts
            | InventoryResource::Host(_) => Err(Refused::Method(resource.allowed())),
        }
    }

    async fn act_on_vm(&self, vm: VmId, kind: VmAction) -> Result<Response, Refused> {
        let (command, action) = match kind {
            VmAction::Start => (VmCommand::Start(vm), self.action("vm/methods/start")?),
            VmAction::Stop => (VmCommand::Stop(vm), self.action("vm/methods/stop")?),
            VmAction::Freeze => (VmCommand::Freeze(vm), self.action("vm/methods/freeze_filesystems")?),
            VmAction::Migrate => {
                let action = self.action("vm/methods/migrate")?;
                let host = action.host.as_ref().map(host_choice).transpose();
                let host = host.map_err(|fault| Refused::action(action.clone(), Ok((400, fault))))?.flatten();
                (VmCommand::Migrate(vm, host), action)
            }
        };
        self.run(command, action).await
    }

    /// The answer to an action is the action, with the job that shows it and the machine.
    async fn run(&self, command: VmCommand, action: Action) -> Result<Response, Refused> {
        let action_type = command.action_type();
        let attachment = match self.attachment() {
            Ok(attachment) => attachment,
            Err(fault) => return Err(Refused::action(action, Ok((400, fault)))),
        };
        let request = CommandRequest { command, attachment, correlation_id: self.correlation_id.clone() };
        match self.engine.command(self.caller, &request).await {
            Ok(started) => {
                let vm = describe::vm_reference(self.base, started.vm);
                Ok(self.send(200, &action_begun(&action, self.base, started.job, ("vm", vm))))
            }
            Err(error) => Err(Refused::action(action, fault_of(action_type, error))),
        }
    }

    /// The job or step that the command should run under. oVirt's names of the parameters are taken, and the feature page's;
    /// case matters. A step takes precedence over a job.
    pub(in crate::engine::http) fn attachment(&self) -> Result<Option<Attachment>, Fault> {
        let first_of = |names: [&str; 2]| names.into_iter().find_map(|name| self.parameters.text(name));
        if let Some(step) = first_of(["StepId", "step_id"]) {
            return read_guid(step).map(|id| Some(Attachment::Step(StepId::new(id)))).map_err(invalid_id);
        }
        if let Some(job) = first_of(["JobId", "job_id"]) {
            return read_guid(job).map(|id| Some(Attachment::Job(JobId::new(id)))).map_err(invalid_id);
        }
        Ok(None)
    }
}

/// An id takes precedence over a name; a reference without either is ignored.
fn host_choice(reference: &Reference) -> Result<Option<HostChoice>, Fault> {
    match (&reference.id, &reference.name) {
        (Some(id), _) => read_guid(id).map(|id| Some(HostChoice::Id(HostId::new(id)))).map_err(invalid_id),
        (None, Some(name)) => Ok(Some(HostChoice::Name(name.clone()))),
        (None, None) => Ok(None),
    }
}

/// The fault for a text that is no id (`MalformedIdExceptionMapper`): with a small f, and Java's message.
pub(in crate::engine::http) fn invalid_id(message: String) -> Fault {
    Fault::new("Operation failed", message)
}

/// Status and fault for a command that did not begin (`AppErrors.properties`, `ErrorMessageHelper.java`). A machine in the
/// path or a host in the body that does not exist is 404 (`EntityNotFoundException`).
fn fault_of(action_type: ActionType, error: VmCommandError) -> FaultResult {
    let cannot = format!("Cannot {}", action_type.in_messages());
    let (status, detail) = match error {
        VmCommandError::NonMonitored => return non_monitored(),
        VmCommandError::NotAuthorized => (403, "[User is not authorized to perform this action.]".to_owned()),
        VmCommandError::NoVm(id) => (404, format!("Entity not found: VM: id={id}")),
        VmCommandError::NoHostNamed(name) => (404, format!("Entity not found: Host: name={name}")),
        VmCommandError::NotExternal => {
            (400, format!("[{cannot}. External steps can be added only to external jobs or steps.]"))
        }
        VmCommandError::Obstacle(obstacle) => {
            (if obstacle.is_conflict() { 409 } else { 400 }, format!("[{cannot}{obstacle}]"))
        }
        VmCommandError::Busy => {
            (409, format!("[{cannot}. Related operation is currently in progress. Please try again later.]"))
        }
        VmCommandError::Store(error) => return Err(error),
    };
    Ok((status, Fault::new("Operation Failed", detail)))
}
