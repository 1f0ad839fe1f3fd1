//! Which state of a machine allows which command, and what the command then does. Pure functions.

use super::{Host, HostChoice, HostStatus, Named, Obstacle, Vm, VmCommandError, VmState, VmWork};
use crate::{domain::HostId, engine::scenario::Dice};

/// What a command will do.
pub(super) struct Plan {
    /// The machine's state while it runs.
    pub(super) state: VmState,
    /// The work that takes time.
    pub(super) work: VmWork,
}

/// A machine that is down starts on some host that is up.
pub(super) fn start(vm: &Vm, hosts: &[Host], dice: &mut Dice) -> Result<Plan, VmCommandError> {
    if vm.state != VmState::Down {
        return Err(Obstacle::VmIsRunning.into());
    }
    let host = any_host(hosts, None, dice)?;
    Ok(Plan { state: VmState::PoweringUp(host.id), work: VmWork::RunVm { vm: vm.named(), host } })
}

/// A machine that is up stops at once.
pub(super) fn stop(vm: &Vm, hosts: &[Host]) -> Result<Plan, VmCommandError> {
    let host = match vm.state {
        VmState::Down => return Err(Obstacle::VmIsNotRunning.into()),
        VmState::PoweringUp(_) | VmState::PoweringDown(_) | VmState::Migrating { .. } => {
            return Err(Obstacle::ObjectLocked.into());
        }
        VmState::Up(host) => with_name(host, hosts),
    };
    Ok(Plan { state: VmState::PoweringDown(host.id), work: VmWork::StopVm { vm: vm.named(), host } })
}

/// A machine that is up moves to the host that the caller chooses, or to some other host that is up.
pub(super) fn migrate(
    vm: &Vm,
    choice: Option<&HostChoice>,
    hosts: &[Host],
    dice: &mut Dice,
) -> Result<Plan, VmCommandError> {
    let from = match vm.state {
        VmState::Down => return Err(Obstacle::VmIsNotRunning.into()),
        VmState::Migrating { .. } => return Err(Obstacle::MigrationInProgress.into()),
        VmState::PoweringUp(_) | VmState::PoweringDown(_) => return Err(Obstacle::ObjectLocked.into()),
        VmState::Up(host) => with_name(host, hosts),
    };
    let to = match choice {
        Some(choice) => chosen_host(choice, from.id, hosts)?,
        None => any_host(hosts, Some(from.id), dice)?,
    };
    let state = VmState::Migrating { from: from.id, to: to.id };
    Ok(Plan { state, work: VmWork::MigrateVm { vm: vm.named(), from, to, chosen: choice.is_some() } })
}

/// Takes no time and changes nothing that the API shows (`FreezeVmCommand`).
pub(super) fn freeze(vm: &Vm) -> Result<(), VmCommandError> {
    match vm.state {
        VmState::Up(_) => Ok(()),
        state => Err(Obstacle::VmStatusIllegal(state).into()),
    }
}

impl Vm {
    pub(super) fn named(&self) -> Named<crate::domain::VmId> {
        Named { id: self.id, name: self.name.clone() }
    }
}

fn with_name(id: HostId, hosts: &[Host]) -> Named<HostId> {
    let name = hosts.iter().find(|host| host.id == id).map(|host| host.name.clone());
    Named { id, name: name.unwrap_or_default() }
}

/// Some host that is up, except that one.
fn any_host(hosts: &[Host], except: Option<HostId>, dice: &mut Dice) -> Result<Named<HostId>, VmCommandError> {
    let fit: Vec<&Host> =
        hosts.iter().filter(|host| host.status == HostStatus::Up && Some(host.id) != except).collect();
    let high = i64::try_from(fit.len()).unwrap_or(i64::MAX);
    let index = usize::try_from(dice.between(0, high)).unwrap_or(0);
    let host = fit.get(index).ok_or(Obstacle::NoHostAvailable)?;
    Ok(Named { id: host.id, name: host.name.clone() })
}

fn chosen_host(choice: &HostChoice, from: HostId, hosts: &[Host]) -> Result<Named<HostId>, VmCommandError> {
    let host = match choice {
        HostChoice::Id(id) => hosts.iter().find(|host| host.id == *id).ok_or(Obstacle::NoSuchHost)?,
        HostChoice::Name(name) => {
            hosts.iter().find(|host| host.name == *name).ok_or_else(|| VmCommandError::NoHostNamed(name.clone()))?
        }
    };
    if host.id == from {
        return Err(Obstacle::MigrationToSameHost.into());
    }
    match host.status {
        HostStatus::Up => Ok(Named { id: host.id, name: host.name.clone() }),
        HostStatus::Maintenance => Err(Obstacle::NoHostAvailable.into()),
    }
}
