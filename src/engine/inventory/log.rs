//! What an engine logs about commands on machines (`AuditLogMessages.properties`). A command of any other kind logs nothing.

use super::{ActionType, Named, Obstacle, RunningCommand, Vm, VmCommand, VmWork};
use crate::{
    domain::{Time, event::Reference},
    engine::{
        Caller,
        events::{EventKind, NewEvent},
    },
};

impl RunningCommand {
    /// What is logged at its begin.
    pub(super) fn logged_at_begin(&self) -> Option<NewEvent> {
        let user = self.user_name();
        let (kind, text) = match &self.work {
            VmWork::RunVm { vm, host } => {
                (EventKind::USER_STARTED_VM, format!("VM {} was started by {user} (Host: {}).", vm.name, host.name))
            }
            VmWork::MigrateVm { vm, from, to, .. } => (
                EventKind::VM_MIGRATION_START,
                format!(
                    "Migration started (VM: {}, Source: {}, Destination: {}, User: {user}).",
                    vm.name, from.name, to.name
                ),
            ),
            VmWork::StopVm { .. } => return None,
        };
        Some(self.event(kind, self.begin, text))
    }

    /// What is logged at its end, which was at that time.
    pub(super) fn logged_at_end(&self, end: Time) -> NewEvent {
        let (kind, text) = match &self.work {
            VmWork::RunVm { vm, host } => {
                (EventKind::USER_RUN_VM, format!("VM {} started on Host {}", vm.name, host.name))
            }
            VmWork::StopVm { vm, host } => (
                EventKind::USER_STOP_VM,
                format!("VM {} powered off by {} (Host: {}).", vm.name, self.user_name(), host.name),
            ),
            VmWork::MigrateVm { vm, from, to, .. } => (
                EventKind::VM_MIGRATION_DONE,
                format!(
                    "Migration completed (VM: {}, Source: {}, Destination: {}, Duration: {} seconds).",
                    vm.name,
                    from.name,
                    to.name,
                    (end - self.begin).num_seconds()
                ),
            ),
        };
        self.event(kind, end, text)
    }

    fn event(&self, kind: EventKind, time: Time, text: String) -> NewEvent {
        let (VmWork::RunVm { vm, host } | VmWork::StopVm { vm, host } | VmWork::MigrateVm { vm, from: host, .. }) =
            &self.work;
        let event = NewEvent::new(kind, time, text).with(|event| {
            (event.vm, event.host) = (Some(vm.reference()), Some(host.reference()));
        });
        match &self.request {
            Some(request) => event.by(&request.user).correlated(&request.correlation_id),
            None => event,
        }
    }

    fn user_name(&self) -> &str {
        self.request.as_ref().map_or("SYSTEM", |request| &request.user.user_name)
    }
}

/// What is logged about a command that was refused. An engine logs only these two kinds (`RunVmCommand`, `MigrateVmCommand`).
pub(super) fn refusal(
    caller: &Caller,
    command: &VmCommand,
    vm: &Vm,
    obstacle: Obstacle,
    now: Time,
) -> Option<NewEvent> {
    let action_type = command.action_type();
    let user = &caller.user;
    let reason = format!("due to a failed validation: [Cannot {}{obstacle}]", action_type.in_messages());
    let (kind, text) = match action_type {
        ActionType::RunVm => (
            EventKind::USER_FAILED_RUN_VM,
            format!("Failed to run VM {} {reason} (User: {}).", vm.name, user.user_name),
        ),
        ActionType::MigrateVm | ActionType::MigrateVmToServer => {
            (EventKind::VM_MIGRATION_FAILED, format!("Migration failed {reason} (VM: {}).", vm.name))
        }
        ActionType::StopVm | ActionType::FreezeVm => return None,
    };
    Some(NewEvent::new(kind, now, text).by(user).with(|event| event.vm = Some(vm.named().reference())))
}

impl<I: Copy> Named<I> {
    fn reference(&self) -> Reference<I> {
        Reference { id: Some(self.id), name: Some(self.name.clone()) }
    }
}
