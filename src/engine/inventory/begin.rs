//! Begins a command, or says why not: the rules of which state allows what.

use super::{
    Asked, Attachment, Begun, Change, CommandChange, CommandId, Declined, Disk, DiskStatus, Host, HostStatus,
    InventoryStore, JobChange, Missing, Monitoring, Named, NewDisk, Object, ObjectChange, Obstacle, Running,
    StorageDomain, Versioned, Vm, VmState, Wanted, Which, Work,
};
use crate::{
    domain::{DiskId, HostId, JobId, StorageDomainId, VmId, rules},
    engine::{ATTEMPTS, Caller, Engine, Environment, JobRecord, SaveError, Stored, scenario::Dice},
};

/// What a command is going to do.
struct Plan {
    /// The work that takes time, if there is any.
    work: Option<Work>,
    /// The object, locked for it.
    object: Object,
    /// The version that the object was loaded as.
    replaces: Option<u64>,
}

/// How a command is going to show.
struct Seat {
    monitoring: Monitoring,
    /// The job that it joins.
    joins: Option<Stored>,
}

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// Begins a command on a machine or disk. It is checked in the order of an engine: monitored at all, permission, state.
    pub async fn command(&self, caller: &Caller, asked: &Asked) -> Result<Begun, Declined> {
        let action_type = asked.wanted.action_type();
        if asked.attachment.is_some() && !action_type.is_monitored() {
            return Err(Declined::NonMonitored);
        }
        if !action_type.action_groups().iter().all(|group| caller.may(*group)) {
            return Err(Declined::NotAuthorized);
        }
        for _ in 0..ATTEMPTS {
            if let Some(begun) = self.begin(caller, asked).await? {
                return Ok(begun);
            }
        }
        Err(Declined::Busy)
    }

    /// One attempt; `None` when somebody else was faster.
    async fn begin(&self, caller: &Caller, asked: &Asked) -> Result<Option<Begun>, Declined> {
        let id = self.environment.new_uuid();
        let (high, low) = id.as_u64_pair();
        let seed = high ^ low;
        let plan = self.plan(&asked.wanted, Dice::of(seed, 1)).await?;
        let Some(work) = plan.work else { return Ok(Some(Begun { job: None, object: plan.object })) };
        let seat = self.seat(caller, asked.attachment).await?;
        let running = Running { id: CommandId(id), begin: self.now(), seed, work, monitoring: seat.monitoring };
        let change = Change {
            job: running.shown_in(seat.joins, &asked.correlation_id),
            object: Some(ObjectChange { object: plan.object.clone(), replaces: plan.replaces }),
            command: CommandChange::Begins(running),
        };
        match self.store.commit(&change).await {
            Ok(()) => Ok(Some(Begun { job: seat.monitoring.job(), object: plan.object })),
            Err(SaveError::Stale) => Ok(None),
            Err(SaveError::Store(error)) => Err(Declined::Store(error)),
        }
    }

    /// Where the steps are to be. A job or step that is not there is told to the log only (`ExecutionHandler.getJob`).
    async fn seat(&self, caller: &Caller, attachment: Option<Attachment>) -> Result<Seat, Declined> {
        let (found, step) = match attachment {
            None => {
                let job = JobId::new(self.environment.new_uuid());
                return Ok(Seat { monitoring: Monitoring::OwnJob { job, owner: caller.user.id }, joins: None });
            }
            Some(Attachment::Job(job)) => (self.store.load(job).await?, None),
            Some(Attachment::Step(step)) => (self.store.load_by_step(step).await?, Some(step)),
        };
        let Some(stored) = found else {
            self.environment.warn("a command was to join a job that is not there; it runs unmonitored");
            return Ok(Seat { monitoring: Monitoring::Unmonitored, joins: None });
        };
        let job = &stored.record.content.job;
        rules::may_change(job).map_err(|_| Declined::NotExternal)?;
        Ok(Seat { monitoring: Monitoring::Attached { job: job.id, step }, joins: Some(stored) })
    }

    async fn plan(&self, wanted: &Wanted, mut dice: Dice) -> Result<Plan, Declined> {
        match wanted {
            Wanted::StartVm(id) => {
                let vm = self.known_vm(*id).await?;
                start(vm, &self.store.hosts().await?, &mut dice)
            }
            Wanted::StopVm(id) => stop(self.known_vm(*id).await?, &self.store.hosts().await?),
            Wanted::MigrateVm(id, to) => {
                let vm = self.known_vm(*id).await?;
                migrate(vm, to.as_ref(), &self.store.hosts().await?, &mut dice)
            }
            Wanted::FreezeVm(id) => freeze(self.known_vm(*id).await?),
            Wanted::AddDisk(new) => self.plan_disk(new).await,
            Wanted::MoveDisk(id, to) => {
                let disk = self.store.disk(*id).await?.ok_or(Missing::Disk(*id))?;
                move_disk(disk, to, &self.store.storage_domains().await?)
            }
        }
    }

    async fn known_vm(&self, id: VmId) -> Result<Versioned<Vm>, Declined> {
        Ok(self.store.vm(id).await?.ok_or(Missing::Vm(id))?)
    }

    async fn plan_disk(&self, new: &NewDisk) -> Result<Plan, Declined> {
        let on = new.on.as_ref().ok_or(Obstacle::StorageDomainNotSpecified)?;
        let on = find_storage_domain(on, &self.store.storage_domains().await?)?;
        if new.provisioned_size == 0 {
            return Err(Obstacle::DiskSizeZero.into());
        }
        let id = new.id.unwrap_or_else(|| DiskId::new(self.environment.new_uuid()));
        if let Some(Versioned { value, .. }) = self.store.disk(id).await? {
            return Err(Obstacle::DiskAlreadyExists(Named { id, name: value.name }).into());
        }
        let disk = Disk {
            id,
            name: new.name.clone().unwrap_or_else(|| format!("disk-{}", id.uuid().simple())),
            description: new.description.clone(),
            provisioned_size: new.provisioned_size,
            format: new.format,
            storage_domain: on.id,
            status: DiskStatus::Locked,
        };
        let work = Work::AddDisk { disk: Named { id, name: disk.name.clone() }, on };
        Ok(Plan { work: Some(work), object: Object::Disk(disk), replaces: None })
    }
}

impl Running {
    /// The job with what shows of the command from the first moment.
    fn shown_in(&self, joins: Option<Stored>, correlation_id: &str) -> Option<JobChange> {
        let (mut record, replaces) = match (self.monitoring, joins) {
            (Monitoring::OwnJob { job, owner }, _) => {
                let content = self.new_job(job, owner);
                (JobRecord { content, correlation_id: correlation_id.to_owned(), scenario: false }, None)
            }
            (Monitoring::Attached { .. }, Some(stored)) => {
                (JobRecord { scenario: false, ..stored.record }, Some(stored.version))
            }
            (Monitoring::Attached { .. }, None) | (Monitoring::Unmonitored, _) => return None,
        };
        self.tell(&mut record.content, &self.story(), self.begin);
        Some(JobChange { record, replaces })
    }
}

fn start(vm: Versioned<Vm>, hosts: &[Host], dice: &mut Dice) -> Result<Plan, Declined> {
    if vm.value.state != VmState::Down {
        return Err(Obstacle::VmIsRunning.into());
    }
    let host = some_host(hosts, None, dice)?;
    let work = Work::RunVm { vm: named_vm(&vm.value), host: host.clone() };
    Ok(working(vm, VmState::PoweringUp(host.id), work))
}

fn stop(vm: Versioned<Vm>, hosts: &[Host]) -> Result<Plan, Declined> {
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

fn migrate(
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
fn freeze(vm: Versioned<Vm>) -> Result<Plan, Declined> {
    match vm.value.state {
        VmState::Up(_) => Ok(Plan { work: None, object: Object::Vm(vm.value), replaces: Some(vm.version) }),
        state => Err(Obstacle::VmStatusIllegal(state).into()),
    }
}

fn move_disk(
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

fn find_storage_domain(
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
