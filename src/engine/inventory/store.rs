//! Where the inventory is kept: beside the jobs, so that a command changes both in one transaction.

use std::{future::Future, sync::Arc};

use super::{CommandId, Disk, Host, Inventory, Running, StorageDomain, Vm};
use crate::{
    domain::{DiskId, VmId},
    engine::{JobRecord, SaveError, Store, StoreError},
};

/// Something, and which state of it this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The thing.
    pub value: T,
    /// Goes up with each change. A change that names an older one is refused.
    pub version: u64,
}

/// What commands work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// A machine.
    Vm(Vm),
    /// A disk.
    Disk(Disk),
}

/// Everything that a command changes at one moment. All of it is kept, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The job that shows the command.
    pub job: Option<JobChange>,
    /// The machine or disk.
    pub object: Option<ObjectChange>,
    /// The command itself.
    pub command: CommandChange,
}

/// A job to save, as [`Store::save`] does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobChange {
    /// What is to be kept.
    pub record: JobRecord,
    /// The version it was loaded as; `None` for a new job.
    pub replaces: Option<u64>,
}

/// A machine or disk to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectChange {
    /// What is to be kept.
    pub object: Object,
    /// The version it was loaded as; `None` for a new disk.
    pub replaces: Option<u64>,
}

/// What becomes of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandChange {
    /// It begins.
    Begins(Running),
    /// It goes on.
    GoesOn(CommandId),
    /// It is over.
    Ends(CommandId),
}

/// Keeps the inventory, and the commands that run on it.
pub trait InventoryStore: Store {
    /// All hosts, by name.
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send;

    /// All storage domains, by name.
    fn storage_domains(&self) -> impl Future<Output = Result<Vec<StorageDomain>, StoreError>> + Send;

    /// All machines, by name.
    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send;

    /// The machine of that id, or `None`.
    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send;

    /// All disks, by name.
    fn disks(&self) -> impl Future<Output = Result<Vec<Disk>, StoreError>> + Send;

    /// The disk of that id, or `None`.
    fn disk(&self, id: DiskId) -> impl Future<Output = Result<Option<Versioned<Disk>>, StoreError>> + Send;

    /// The commands that run, the oldest first.
    fn running(&self) -> impl Future<Output = Result<Vec<Running>, StoreError>> + Send;

    /// Keeps a change in one transaction. [`SaveError::Stale`] when the job or the object is not as it was loaded, or the
    /// command is not running any more.
    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send;

    /// Puts an inventory into a store that has no host yet, and says whether it did.
    fn furnish(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

/// A store that several hold.
impl<T: InventoryStore> InventoryStore for Arc<T> {
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send {
        T::hosts(self)
    }

    fn storage_domains(&self) -> impl Future<Output = Result<Vec<StorageDomain>, StoreError>> + Send {
        T::storage_domains(self)
    }

    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send {
        T::vms(self)
    }

    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send {
        T::vm(self, id)
    }

    fn disks(&self) -> impl Future<Output = Result<Vec<Disk>, StoreError>> + Send {
        T::disks(self)
    }

    fn disk(&self, id: DiskId) -> impl Future<Output = Result<Option<Versioned<Disk>>, StoreError>> + Send {
        T::disk(self, id)
    }

    fn running(&self) -> impl Future<Output = Result<Vec<Running>, StoreError>> + Send {
        T::running(self)
    }

    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send {
        T::commit(self, change)
    }

    fn furnish(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send {
        T::furnish(self, inventory)
    }
}
