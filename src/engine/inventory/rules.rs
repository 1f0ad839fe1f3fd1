//! The rules: which state of a machine or disk allows which command, and what the command then does. Plain functions over what
//! was loaded.

use super::{
    Declined, Disk, DiskStatus, Host, HostStatus, Missing, Named, Object, Obstacle, StorageDomain, Versioned, Vm,
    VmState, Which, Work,
};
use crate::{
    domain::{HostId, StorageDomainId, VmId},
    engine::scenario::Dice,
};

/// What a command is going to do.
pub(super) struct Plan {
    /// The work that takes time, if there is any.
    pub(super) work: Option<Work>,
    /// The object, locked for it.
    pub(super) object: Object,
    /// The version that the object was loaded as.
    pub(super) replaces: Option<u64>,
}

/// A machine that is down starts on some host that is up.
pub(super) fn start(vm: Versioned<Vm>, hosts: &[Host], dice: &mut Dice) -> Result<Plan, Declined> {
    if vm.value.state != VmState::Down {
        return Err(Obstacle::VmIsRunning.into());
    }
    let host = some_host(hosts, None, dice)?;
    let work = Work::RunVm { vm: named_vm(&vm.value), host: host.clone() };
    Ok(working(vm, VmState::PoweringUp(host.id), work))
}

/// A machine that is up stops, at once.
pub(super) fn stop(vm: Versioned<Vm>, hosts: &[Host]) -> Result<Plan, Declined> {
    let host = match vm.value.state {
        VmState::Down => return Err(Obstacle::VmIsNotRunning.into()),
        VmState::PoweringUp(_) | VmState::PoweringDown(_) | VmState::Migrating { .. } => {
            return Err(Obstacle::ObjectLocked.into());
        }
        VmState::Up(host) => named_host(host, hosts),
    };
    let work = Work::StopVm { vm: named_vm(&vm.value), host: host.clone() };
    Ok(working(vm, VmState::PoweringDown(host.id), work))
}

/// A machine that is up goes to another host: the one that is named, or some other that is up.
pub(super) fn migrate(
    vm: Versioned<Vm>,
    wanted: Option<&Which<HostId>>,
    hosts: &[Host],
    dice: &mut Dice,
) -> Result<Plan, Declined> {
    let from = match vm.value.state {
        VmState::Down => return Err(Obstacle::VmIsNotRunning.into()),
        VmState::Migrating { .. } => return Err(Obstacle::MigrationInProgress.into()),
        VmState::PoweringUp(_) | VmState::PoweringDown(_) => return Err(Obstacle::ObjectLocked.into()),
        VmState::Up(host) => named_host(host, hosts),
    };
    let to = match wanted {
        Some(wanted) => chosen_host(wanted, from.id, hosts)?,
        None => some_host(hosts, Some(from.id), dice)?,
    };
    let state = VmState::Migrating { from: from.id, to: to.id };
    let work = Work::MigrateVm { vm: named_vm(&vm.value), from, to, chosen: wanted.is_some() };
    Ok(working(vm, state, work))
}

/// Takes no time, and nothing of it can be seen afterwards (`FreezeVmCommand`).
pub(super) fn freeze(vm: Versioned<Vm>) -> Result<Plan, Declined> {
    match vm.value.state {
        VmState::Up(_) => Ok(Plan { work: None, object: Object::Vm(vm.value), replaces: Some(vm.version) }),
        state => Err(Obstacle::VmStatusIllegal(state).into()),
    }
}

/// A disk that nothing works on goes to another storage domain.
pub(super) fn move_disk(
    disk: Versioned<Disk>,
    to: &Which<StorageDomainId>,
    storage_domains: &[StorageDomain],
) -> Result<Plan, Declined> {
    let to = find_storage_domain(to, storage_domains)?;
    let Versioned { value: disk, version } = disk;
    if disk.status == DiskStatus::Locked {
        return Err(Obstacle::DiskLocked(disk.name).into());
    }
    if disk.storage_domain == to.id {
        return Err(Obstacle::SourceAndTargetSame.into());
    }
    let name = storage_domains.iter().find(|known| known.id == disk.storage_domain).map(|known| known.name.clone());
    let from = Named { id: disk.storage_domain, name: name.unwrap_or_default() };
    let work = Work::MoveDisk { disk: Named { id: disk.id, name: disk.name.clone() }, from, to };
    let disk = Disk { status: DiskStatus::Locked, ..disk };
    Ok(Plan { work: Some(work), object: Object::Disk(disk), replaces: Some(version) })
}

fn working(vm: Versioned<Vm>, state: VmState, work: Work) -> Plan {
    Plan { work: Some(work), object: Object::Vm(Vm { state, ..vm.value }), replaces: Some(vm.version) }
}

fn named_vm(vm: &Vm) -> Named<VmId> {
    Named { id: vm.id, name: vm.name.clone() }
}

fn named_host(id: HostId, hosts: &[Host]) -> Named<HostId> {
    let name = hosts.iter().find(|host| host.id == id).map(|host| host.name.clone());
    Named { id, name: name.unwrap_or_default() }
}

/// A host that is up and is not that one.
fn some_host(hosts: &[Host], but: Option<HostId>, dice: &mut Dice) -> Result<Named<HostId>, Declined> {
    let fit: Vec<&Host> = hosts.iter().filter(|host| host.status == HostStatus::Up && Some(host.id) != but).collect();
    let high = i64::try_from(fit.len()).unwrap_or(i64::MAX);
    let index = usize::try_from(dice.between(0, high)).unwrap_or(0);
    let host = fit.get(index).ok_or(Obstacle::NoHostAvailable)?;
    Ok(Named { id: host.id, name: host.name.clone() })
}

fn chosen_host(wanted: &Which<HostId>, from: HostId, hosts: &[Host]) -> Result<Named<HostId>, Declined> {
    let host = match wanted {
        Which::Id(id) => hosts.iter().find(|host| host.id == *id).ok_or(Obstacle::NoSuchHost)?,
        Which::Named(name) => {
            hosts.iter().find(|host| host.name == *name).ok_or_else(|| Missing::Host(name.clone()))?
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

/// The storage domain that a client means.
pub(super) fn find_storage_domain(
    wanted: &Which<StorageDomainId>,
    known: &[StorageDomain],
) -> Result<Named<StorageDomainId>, Declined> {
    let found = match wanted {
        Which::Id(id) => known.iter().find(|domain| domain.id == *id).ok_or(Obstacle::NoSuchStorageDomain)?,
        Which::Named(name) => {
            known.iter().find(|domain| domain.name == *name).ok_or_else(|| Missing::StorageDomain(name.clone()))?
        }
    };
    Ok(Named { id: found.id, name: found.name.clone() })
}
