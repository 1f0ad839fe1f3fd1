//! Hosts and machines in memory, under the same lock as the jobs.

use std::{
    collections::HashMap,
    future::{Future, ready},
};

use super::{MemoryStore, SaveError, StoreError, Tables};
use crate::{
    domain::VmId,
    engine::inventory::{
        Change, CommandChange, Host, Inventory, InventoryStore, RunningCommand, Versioned, Vm, VmChange,
    },
};

/// Everything but the jobs.
#[derive(Debug, Default)]
pub(super) struct InventoryTables {
    hosts: Vec<Host>,
    vms: HashMap<VmId, Versioned<Vm>>,
    running: Vec<RunningCommand>,
}

impl InventoryStore for MemoryStore {
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send {
        ready(Ok(self.tables().inventory.hosts.clone()))
    }

    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send {
        let mut vms: Vec<Vm> = self.tables().inventory.vms.values().map(|stored| stored.value.clone()).collect();
        vms.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        ready(Ok(vms))
    }

    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send {
        ready(Ok(self.tables().inventory.vms.get(&id).cloned()))
    }

    fn running(&self) -> impl Future<Output = Result<Vec<RunningCommand>, StoreError>> + Send {
        ready(Ok(self.tables().inventory.running.clone()))
    }

    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send {
        ready(self.tables().commit(change))
    }

    fn seed(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send {
        ready(Ok(self.tables().inventory.seed(inventory)))
    }
}

impl Tables {
    /// Checks everything before it changes anything.
    fn commit(&mut self, change: &Change) -> Result<(), SaveError> {
        let job_is_current = change.job.as_ref().is_none_or(|job| self.is_current(&job.record, job.replaces));
        if !job_is_current || !self.inventory.is_current(change) {
            return Err(SaveError::Stale);
        }
        if let Some(job) = &change.job {
            self.put(job.record.clone());
        }
        self.inventory.apply(change);
        self.events.add(&change.events);
        Ok(())
    }
}

impl InventoryTables {
    fn seed(&mut self, inventory: &Inventory) -> bool {
        if !self.hosts.is_empty() {
            return false;
        }
        self.hosts.clone_from(&inventory.hosts);
        self.hosts.sort_by(|a, b| a.name.cmp(&b.name));
        self.vms.extend(inventory.vms.iter().map(|vm| (vm.id, Versioned { value: vm.clone(), version: 1 })));
        true
    }

    fn is_current(&self, change: &Change) -> bool {
        let version = |vm: &Vm| self.vms.get(&vm.id).map(|stored| stored.version);
        let vm_is_current = change.vm.as_ref().is_none_or(|VmChange { vm, replaces }| version(vm) == Some(*replaces));
        vm_is_current
            && match &change.command {
                CommandChange::Begins(running) => self.running.iter().all(|known| known.id != running.id),
                CommandChange::Continues(id) | CommandChange::Ends(id) => {
                    self.running.iter().any(|known| known.id == *id)
                }
            }
    }

    fn apply(&mut self, change: &Change) {
        if let Some(VmChange { vm, replaces }) = &change.vm {
            self.vms.insert(vm.id, Versioned { value: vm.clone(), version: replaces + 1 });
        }
        match &change.command {
            CommandChange::Begins(running) => {
                self.running.push(RunningCommand::clone(running));
                self.running.sort_by_key(|running| (running.begin, running.id.0));
            }
            CommandChange::Continues(_) => (),
            CommandChange::Ends(id) => self.running.retain(|running| running.id != *id),
        }
    }
}
