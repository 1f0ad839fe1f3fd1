//! Drives the commands that run.

use super::{Change, CommandChange, InventoryStore, JobChange, ObjectChange, Running, Work, store::Object};
use crate::{
    domain::Time,
    engine::{Engine, Environment, SaveError, StoreError},
};

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// Brings every running command up to now, and says how many moved. Several may do so at once: whoever comes too late
    /// with a command leaves it to the others until the next time.
    pub async fn go_on(&self) -> Result<usize, StoreError> {
        let now = self.now();
        let mut moved = 0;
        for running in self.store.running().await? {
            moved += usize::from(self.move_on(&running, now).await?);
        }
        Ok(moved)
    }

    async fn move_on(&self, running: &Running, now: Time) -> Result<bool, StoreError> {
        let story = running.story();
        let ends = story.end() <= now;
        let job = match running.monitoring.job() {
            Some(job) => self.store.load(job).await?,
            None => None,
        };
        let job = job.and_then(|stored| {
            let mut record = stored.record.clone();
            running.tell(&mut record.content, &story, now);
            (record != stored.record).then_some(JobChange { record, replaces: Some(stored.version) })
        });
        if job.is_none() && !ends {
            return Ok(false);
        }
        let object = if ends { self.ended_object(&running.work).await? } else { None };
        let command = if ends { CommandChange::Ends(running.id) } else { CommandChange::GoesOn(running.id) };
        match self.store.commit(&Change { job, object, command }).await {
            Ok(()) => Ok(true),
            Err(SaveError::Stale) => Ok(false),
            Err(SaveError::Store(error)) => Err(error),
        }
    }

    async fn ended_object(&self, work: &Work) -> Result<Option<ObjectChange>, StoreError> {
        Ok(match work {
            Work::RunVm { vm, .. } | Work::StopVm { vm, .. } | Work::MigrateVm { vm, .. } => {
                let known = self.store.vm(vm.id).await?;
                known.and_then(|known| {
                    let object = Object::Vm(work.end_vm(&known.value)?);
                    Some(ObjectChange { object, replaces: Some(known.version) })
                })
            }
            Work::AddDisk { disk, .. } | Work::MoveDisk { disk, .. } => {
                let known = self.store.disk(disk.id).await?;
                known.and_then(|known| {
                    let object = Object::Disk(work.end_disk(&known.value)?);
                    Some(ObjectChange { object, replaces: Some(known.version) })
                })
            }
        })
    }
}
