//! Brings running commands up to the present.

use chrono::TimeDelta;

use super::{Change, CommandChange, InventoryStore, JobChange, RunningCommand, VmChange};
use crate::{
    domain::Time,
    engine::{Engine, Environment, SaveError, StoreError},
};

/// A command that begins later than this from now began before the clock was set back. The clocks of two servers may differ by
/// less.
const PATIENCE: TimeDelta = TimeDelta::minutes(1);

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// Brings every running command up to now, and returns how many changed. Several processes may do this at once: who is
    /// late with a command leaves it to the next call.
    pub async fn advance_commands(&self) -> Result<usize, StoreError> {
        let now = self.now();
        let mut changed = 0;
        for running in self.store.running().await? {
            changed += usize::from(self.advance(&running, now).await?);
        }
        Ok(changed)
    }

    async fn advance(&self, running: &RunningCommand, now: Time) -> Result<bool, StoreError> {
        let script = running.script();
        // Nobody knows how far it is. Otherwise its machine would be locked until the clock has caught up.
        let now = if running.begin - now > PATIENCE { script.end() } else { now };
        let ends = script.end() <= now;
        let job = match running.monitoring.job() {
            Some(job) => self.store.load(job).await?,
            None => None,
        };
        let job = job.and_then(|stored| {
            let mut record = stored.record.clone();
            running.update_job(&mut record.content, &script, now);
            (record != stored.record).then_some(JobChange { record, replaces: Some(stored.version) })
        });
        if job.is_none() && !ends {
            return Ok(false);
        }
        let vm = if ends { self.final_vm_change(running).await? } else { None };
        let command = if ends { CommandChange::Ends(running.id) } else { CommandChange::Continues(running.id) };
        let events = if ends { vec![running.logged_at_end(script.end())] } else { Vec::new() };
        match self.store.commit(&Change { job, vm, command, events }).await {
            Ok(()) => Ok(true),
            Err(SaveError::Stale) => Ok(false),
            Err(SaveError::Store(error)) => Err(error),
        }
    }

    async fn final_vm_change(&self, running: &RunningCommand) -> Result<Option<VmChange>, StoreError> {
        let known = self.store.vm(running.work.vm()).await?;
        Ok(known.map(|known| VmChange { vm: running.work.end(known.value), replaces: known.version }))
    }
}
