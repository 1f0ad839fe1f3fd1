//! Begins a command, or says why not.

use super::{
    Asked, Attachment, Begun, Change, CommandChange, CommandId, Declined, Disk, DiskStatus, InventoryStore, JobChange,
    Missing, Monitoring, Named, NewDisk, Object, ObjectChange, Obstacle, Running, Versioned, Vm, Wanted, Work,
    rules::{self, Plan},
};
use crate::{
    domain::{self, DiskId, JobId, VmId},
    engine::{ATTEMPTS, Caller, Engine, Environment, JobRecord, SaveError, Stored, scenario::Dice},
};

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
        domain::rules::may_change(job).map_err(|_| Declined::NotExternal)?;
        Ok(Seat { monitoring: Monitoring::Attached { job: job.id, step }, joins: Some(stored) })
    }

    async fn plan(&self, wanted: &Wanted, mut dice: Dice) -> Result<Plan, Declined> {
        match wanted {
            Wanted::StartVm(id) => {
                let vm = self.known_vm(*id).await?;
                rules::start(vm, &self.store.hosts().await?, &mut dice)
            }
            Wanted::StopVm(id) => rules::stop(self.known_vm(*id).await?, &self.store.hosts().await?),
            Wanted::MigrateVm(id, to) => {
                let vm = self.known_vm(*id).await?;
                rules::migrate(vm, to.as_ref(), &self.store.hosts().await?, &mut dice)
            }
            Wanted::FreezeVm(id) => rules::freeze(self.known_vm(*id).await?),
            Wanted::AddDisk(new) => self.plan_disk(new).await,
            Wanted::MoveDisk(id, to) => {
                let disk = self.store.disk(*id).await?.ok_or(Missing::Disk(*id))?;
                rules::move_disk(disk, to, &self.store.storage_domains().await?)
            }
        }
    }

    async fn known_vm(&self, id: VmId) -> Result<Versioned<Vm>, Declined> {
        Ok(self.store.vm(id).await?.ok_or(Missing::Vm(id))?)
    }

    async fn plan_disk(&self, new: &NewDisk) -> Result<Plan, Declined> {
        let on = new.on.as_ref().ok_or(Obstacle::StorageDomainNotSpecified)?;
        let on = rules::find_storage_domain(on, &self.store.storage_domains().await?)?;
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
