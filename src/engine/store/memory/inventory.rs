//! The inventory in memory, beside the jobs under one lock.

use std::{
    collections::HashMap,
    future::{Future, ready},
    hash::Hash,
};

use super::{MemoryStore, SaveError, Shelves, StoreError};
use crate::{
    domain::{DiskId, VmId},
    engine::inventory::{
        Change, CommandChange, Disk, Host, Inventory, InventoryStore, Object, ObjectChange, Running, StorageDomain,
        Versioned, Vm,
    },
};

/// What there is beside the jobs.
#[derive(Debug, Default)]
pub(super) struct Warehouse {
    hosts: Vec<Host>,
    storage_domains: Vec<StorageDomain>,
    vms: HashMap<VmId, Versioned<Vm>>,
    disks: HashMap<DiskId, Versioned<Disk>>,
    running: Vec<Running>,
}

impl InventoryStore for MemoryStore {
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send {
        ready(Ok(self.shelves().warehouse.hosts.clone()))
    }

    fn storage_domains(&self) -> impl Future<Output = Result<Vec<StorageDomain>, StoreError>> + Send {
        ready(Ok(self.shelves().warehouse.storage_domains.clone()))
    }

    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send {
        let mut vms: Vec<Vm> = self.shelves().warehouse.vms.values().map(|kept| kept.value.clone()).collect();
        vms.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        ready(Ok(vms))
    }

    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send {
        ready(Ok(self.shelves().warehouse.vms.get(&id).cloned()))
    }

    fn disks(&self) -> impl Future<Output = Result<Vec<Disk>, StoreError>> + Send {
        let mut disks: Vec<Disk> = self.shelves().warehouse.disks.values().map(|kept| kept.value.clone()).collect();
        disks.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        ready(Ok(disks))
    }

    fn disk(&self, id: DiskId) -> impl Future<Output = Result<Option<Versioned<Disk>>, StoreError>> + Send {
        ready(Ok(self.shelves().warehouse.disks.get(&id).cloned()))
    }

    fn running(&self) -> impl Future<Output = Result<Vec<Running>, StoreError>> + Send {
        ready(Ok(self.shelves().warehouse.running.clone()))
    }

    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send {
        ready(self.shelves().commit(change))
    }

    fn furnish(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send {
        ready(Ok(self.shelves().warehouse.furnish(inventory)))
    }
}

impl Shelves {
    /// Looks first and changes afterwards, so that nothing is done by half.
    fn commit(&mut self, change: &Change) -> Result<(), SaveError> {
        let job_is_current = change.job.as_ref().is_none_or(|job| self.is_current(&job.record, job.replaces));
        if !job_is_current || !self.warehouse.is_current(change) {
            return Err(SaveError::Stale);
        }
        if let Some(job) = &change.job {
            self.put(job.record.clone());
        }
        self.warehouse.change(change);
        Ok(())
    }
}

impl Warehouse {
    fn furnish(&mut self, inventory: &Inventory) -> bool {
        if !self.hosts.is_empty() {
            return false;
        }
        self.hosts.clone_from(&inventory.hosts);
        self.hosts.sort_by(|a, b| a.name.cmp(&b.name));
        self.storage_domains.clone_from(&inventory.storage_domains);
        self.storage_domains.sort_by(|a, b| a.name.cmp(&b.name));
        self.vms.extend(inventory.vms.iter().map(|vm| (vm.id, Versioned { value: vm.clone(), version: 1 })));
        self.disks.extend(inventory.disks.iter().map(|disk| (disk.id, Versioned { value: disk.clone(), version: 1 })));
        true
    }

    fn is_current(&self, change: &Change) -> bool {
        let object_is_current = change.object.as_ref().is_none_or(|object| self.version(object) == object.replaces);
        object_is_current
            && match &change.command {
                CommandChange::Begins(running) => self.running.iter().all(|known| known.id != running.id),
                CommandChange::GoesOn(id) | CommandChange::Ends(id) => self.running.iter().any(|known| known.id == *id),
            }
    }

    fn version(&self, change: &ObjectChange) -> Option<u64> {
        match &change.object {
            Object::Vm(vm) => self.vms.get(&vm.id).map(|kept| kept.version),
            Object::Disk(disk) => self.disks.get(&disk.id).map(|kept| kept.version),
        }
    }

    fn change(&mut self, change: &Change) {
        match change.object.as_ref().map(|change| &change.object) {
            None => (),
            Some(Object::Vm(vm)) => put(&mut self.vms, vm.id, vm),
            Some(Object::Disk(disk)) => put(&mut self.disks, disk.id, disk),
        }
        match &change.command {
            CommandChange::Begins(running) => {
                self.running.push(running.clone());
                self.running.sort_by_key(|running| (running.begin, running.id.0));
            }
            CommandChange::GoesOn(_) => (),
            CommandChange::Ends(id) => self.running.retain(|running| running.id != *id),
        }
    }
}

fn put<I: Eq + Hash, T: Clone>(kept: &mut HashMap<I, Versioned<T>>, id: I, value: &T) {
    let version = kept.get(&id).map_or(0, |kept| kept.version) + 1;
    kept.insert(id, Versioned { value: value.clone(), version });
}
