//! The store of hosts and machines. It is the store of jobs, answers and events too, so that one transaction changes all.

use std::{future::Future, sync::Arc};

use super::{CommandId, Host, Inventory, RunningCommand, Vm};
use crate::{
    domain::VmId,
    engine::{
        AnswerStore, JobRecord, SaveError, Store, StoreError,
        events::{EventStore, NewEvent},
    },
};

/// A value with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The value.
    pub value: T,
    /// Goes up with each change. A change that names an older version is refused.
    pub version: u64,
}

/// Everything that a command changes at one moment. It is stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The job that shows the command.
    pub job: Option<JobChange>,
    /// The machine.
    pub vm: Option<VmChange>,
    /// The command itself.
    pub command: CommandChange,
    /// What is logged about it.
    pub events: Vec<NewEvent>,
}

/// A job to save, as [`Store::save`] does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobChange {
    /// The new content.
    pub record: JobRecord,
    /// The version it was loaded as; `None` for a new job.
    pub replaces: Option<u64>,
}

/// A machine to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VmChange {
    /// The machine as it is from now on.
    pub vm: Vm,
    /// The version it was loaded as.
    pub replaces: u64,
}

/// What happens to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandChange {
    /// It begins.
    Begins(Box<RunningCommand>),
    /// It continues.
    Continues(CommandId),
    /// It ends.
    Ends(CommandId),
}

/// Stores hosts, machines and the commands that run on them.
pub trait InventoryStore: Store + AnswerStore + EventStore {
    /// All hosts, by name.
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send;

    /// All machines, by name.
    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send;

    /// The machine with that id, or `None`.
    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send;

    /// The running commands, oldest first.
    fn running(&self) -> impl Future<Output = Result<Vec<RunningCommand>, StoreError>> + Send;

    /// Stores a change in one transaction. [`SaveError::Stale`] if the job or machine has changed since it was loaded, or
    /// if the command no longer runs.
    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send;

    /// Puts an inventory into a store that has no host yet, and returns whether it did.
    fn seed(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

/// A shared store.
impl<T: InventoryStore> InventoryStore for Arc<T> {
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send {
        T::hosts(self)
    }

    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send {
        T::vms(self)
    }

    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send {
        T::vm(self, id)
    }

    fn running(&self) -> impl Future<Output = Result<Vec<RunningCommand>, StoreError>> + Send {
        T::running(self)
    }

    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send {
        T::commit(self, change)
    }

    fn seed(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send {
        T::seed(self, inventory)
    }
}
