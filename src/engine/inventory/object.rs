//! Hosts and machines. Impossible states have no value: a machine that is down has no host.

use serde::{Deserialize, Serialize};

use crate::domain::{HostId, VmId};

/// An id, and the name to show with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<I> {
    /// The id.
    pub id: I,
    /// The name at the time of writing.
    pub name: String,
}

/// A hypervisor (`Host` of the API model).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The host's id; steps name it as their execution host.
    pub id: HostId,
    /// Its name.
    pub name: String,
    /// Its name in the network.
    pub address: String,
    /// Whether it runs machines.
    pub status: HostStatus,
}

/// A host's status (`HostStatus`; only these two are used).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostStatus {
    /// Runs machines.
    Up,
    /// In maintenance: runs none.
    Maintenance,
}

impl HostStatus {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Up, Self::Maintenance];

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Maintenance => "maintenance",
        }
    }
}

/// A virtual machine (`Vm` of the API model).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vm {
    /// The machine's id.
    pub id: VmId,
    /// Its name.
    pub name: String,
    /// Its memory in bytes.
    pub memory: u64,
    /// Its state, and where it runs.
    pub state: VmState,
}

/// A machine's state (`VmStatus`), with the hosts that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VmState {
    /// Does not run.
    Down,
    /// Starts on that host.
    PoweringUp(HostId),
    /// Runs on that host.
    Up(HostId),
    /// Stops on that host.
    PoweringDown(HostId),
    /// Moves from one host to another.
    Migrating {
        /// Where it still runs.
        from: HostId,
        /// Where it will run.
        to: HostId,
    },
}

impl VmState {
    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::PoweringUp(_) => "powering_up",
            Self::Up(_) => "up",
            Self::PoweringDown(_) => "powering_down",
            Self::Migrating { .. } => "migrating",
        }
    }

    /// The word in an engine's messages (`VMStatus`).
    pub const fn in_messages(self) -> &'static str {
        match self {
            Self::Down => "Down",
            Self::PoweringUp(_) => "PoweringUp",
            Self::Up(_) => "Up",
            Self::PoweringDown(_) => "PoweringDown",
            Self::Migrating { .. } => "MigratingFrom",
        }
    }

    /// Where it runs now.
    pub const fn host(self) -> Option<HostId> {
        match self {
            Self::Down => None,
            Self::PoweringUp(host)
            | Self::Up(host)
            | Self::PoweringDown(host)
            | Self::Migrating { from: host, to: _ } => Some(host),
        }
    }

    /// Where it will run.
    pub const fn target(self) -> Option<HostId> {
        match self {
            Self::Migrating { from: _, to } => Some(to),
            Self::Down | Self::PoweringUp(_) | Self::Up(_) | Self::PoweringDown(_) => None,
        }
    }

    /// The state of which a store keeps these parts; `None` if they do not fit together.
    pub fn of_parts(word: &str, host: Option<HostId>, target: Option<HostId>) -> Option<Self> {
        match (word, host, target) {
            ("down", None, None) => Some(Self::Down),
            ("powering_up", Some(host), None) => Some(Self::PoweringUp(host)),
            ("up", Some(host), None) => Some(Self::Up(host)),
            ("powering_down", Some(host), None) => Some(Self::PoweringDown(host)),
            ("migrating", Some(from), Some(to)) => Some(Self::Migrating { from, to }),
            _ => None,
        }
    }
}

/// All hosts and machines: what an empty store is seeded with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    /// The hypervisors.
    pub hosts: Vec<Host>,
    /// The virtual machines.
    pub vms: Vec<Vm>,
}
