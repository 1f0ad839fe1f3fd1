//! Begins a command, or says why not.

use super::{
    Attachment, Change, CommandChange, CommandId, CommandRequest, InventoryStore, JobChange, Monitoring, Obstacle,
    Requester, RunningCommand, StartedCommand, Versioned, Vm, VmChange, VmCommand, VmCommandError, log,
    rules::{self, Plan},
};
use crate::{
    domain::{self, JobId},
    engine::{ATTEMPTS, Caller, Engine, Environment, JobRecord, SaveError, Stored, scenario::Dice},
};

/// Where a command's steps will be.
struct Placement {
    monitoring: Monitoring,
    /// The external job that it runs under.
    external: Option<Stored>,
}

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// Begins a command on a machine. The checks come in an engine's order: monitored, permission, state.
    pub async fn command(&self, caller: &Caller, request: &CommandRequest) -> Result<StartedCommand, VmCommandError> {
        let action_type = request.command.action_type();
        if request.attachment.is_some() && !action_type.is_monitored() {
            return Err(VmCommandError::NonMonitored);
        }
        if !caller.may(action_type.action_group()) {
            return Err(VmCommandError::NotAuthorized);
        }
        for _ in 0..ATTEMPTS {
            match self.try_command(caller, request).await {
                Ok(Some(started)) => return Ok(started),
                Ok(None) => (),
                Err(VmCommandError::Obstacle(obstacle)) => {
                    self.log_refusal(caller, request, obstacle).await?;
                    return Err(obstacle.into());
                }
                Err(error) => return Err(error),
            }
        }
        Err(VmCommandError::Busy)
    }

    async fn log_refusal(
        &self,
        caller: &Caller,
        request: &CommandRequest,
        obstacle: Obstacle,
    ) -> Result<(), VmCommandError> {
        let Some(vm) = self.store.vm(request.command.vm()).await? else { return Ok(()) };
        match log::refusal(caller, &request.command, &vm.value, obstacle, self.now()) {
            Some(event) => Ok(self.store.log(&[event.correlated(&request.correlation_id)]).await?),
            None => Ok(()),
        }
    }

    /// One attempt; `None` if something changed between load and save.
    async fn try_command(
        &self,
        caller: &Caller,
        request: &CommandRequest,
    ) -> Result<Option<StartedCommand>, VmCommandError> {
        let id = self.environment.new_uuid();
        let (high, low) = id.as_u64_pair();
        let seed = high ^ low;
        let id_of_vm = request.command.vm();
        let vm = self.store.vm(id_of_vm).await?.ok_or(VmCommandError::NoVm(id_of_vm))?;
        let Some(Plan { state, work }) = self.plan(&request.command, &vm.value, Dice::of(seed, 1)).await? else {
            return Ok(Some(StartedCommand { job: None, vm: id_of_vm }));
        };
        let placement = self.placement(caller, request.attachment).await?;
        let monitoring = placement.monitoring;
        let correlation_id = request.correlation_id.clone();
        let requester = Some(Requester { user: caller.user.clone(), correlation_id });
        let running =
            RunningCommand { id: CommandId(id), begin: self.now(), seed, work, monitoring, request: requester };
        let Versioned { value: vm, version: replaces } = vm;
        let change = Change {
            job: running.first_job_change(placement.external, &request.correlation_id),
            vm: Some(VmChange { vm: Vm { state, ..vm }, replaces }),
            events: running.logged_at_begin().into_iter().collect(),
            command: CommandChange::Begins(Box::new(running)),
        };
        match self.store.commit(&change).await {
            Ok(()) => Ok(Some(StartedCommand { job: monitoring.job(), vm: id_of_vm })),
            Err(SaveError::Stale) => Ok(None),
            Err(SaveError::Store(error)) => Err(VmCommandError::Store(error)),
        }
    }

    /// An unknown job or step is only logged, and the command runs unmonitored (`ExecutionHandler.getJob`).
    async fn placement(&self, caller: &Caller, attachment: Option<Attachment>) -> Result<Placement, VmCommandError> {
        let (found, step) = match attachment {
            None => {
                let job = JobId::new(self.environment.new_uuid());
                return Ok(Placement { monitoring: Monitoring::OwnJob { job, owner: caller.user.id }, external: None });
            }
            Some(Attachment::Job(job)) => (self.store.load(job).await?, None),
            Some(Attachment::Step(step)) => (self.store.load_by_step(step).await?, Some(step)),
        };
        let Some(stored) = found else {
            self.environment
                .warn("the job or step that a command should run under does not exist: it runs unmonitored");
            return Ok(Placement { monitoring: Monitoring::Unmonitored, external: None });
        };
        let job = &stored.record.content.job;
        domain::rules::may_change(job).map_err(|_| VmCommandError::NotExternal)?;
        Ok(Placement { monitoring: Monitoring::Attached { job: job.id, step }, external: Some(stored) })
    }

    /// `None` for a command that takes no time.
    async fn plan(&self, command: &VmCommand, vm: &Vm, mut dice: Dice) -> Result<Option<Plan>, VmCommandError> {
        let hosts = self.store.hosts().await?;
        match command {
            VmCommand::Start(_) => rules::start(vm, &hosts, &mut dice).map(Some),
            VmCommand::Stop(_) => rules::stop(vm, &hosts).map(Some),
            VmCommand::Migrate(_, to) => rules::migrate(vm, to.as_ref(), &hosts, &mut dice).map(Some),
            VmCommand::Freeze(_) => rules::freeze(vm).map(|()| None),
        }
    }
}

impl RunningCommand {
    /// The job with the steps that are there from the first moment.
    fn first_job_change(&self, external: Option<Stored>, correlation_id: &str) -> Option<JobChange> {
        let (mut record, replaces) = match (self.monitoring, external) {
            (Monitoring::OwnJob { job, owner }, _) => {
                let content = self.new_job(job, owner);
                (JobRecord { content, correlation_id: correlation_id.to_owned(), scenario: false }, None)
            }
            (Monitoring::Attached { .. }, Some(stored)) => {
                (JobRecord { scenario: false, ..stored.record }, Some(stored.version))
            }
            (Monitoring::Attached { .. }, None) | (Monitoring::Unmonitored, _) => return None,
        };
        self.update_job(&mut record.content, &self.script(), self.begin);
        Some(JobChange { record, replaces })
    }
}
