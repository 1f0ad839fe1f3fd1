//! The things themselves. States that cannot be have no value: a machine that is down has no host.

use serde::{Deserialize, Serialize};

use crate::domain::{DiskId, HostId, StorageDomainId, VmId};

/// An id, and the name that stands for it in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<I> {
    /// Which one.
    pub id: I,
    /// Its name when it was named.
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

/// Where a host stands (`HostStatus`, as far as it is known here).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostStatus {
    /// Runs machines.
    Up,
    /// Somebody works on it.
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

/// Where disks lie (`StorageDomain` of the API model).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageDomain {
    /// The storage domain's id.
    pub id: StorageDomainId,
    /// Its name.
    pub name: String,
}

/// A virtual machine (`Vm` of the API model).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vm {
    /// The machine's id.
    pub id: VmId,
    /// Its name.
    pub name: String,
    /// What it has, in bytes.
    pub memory: u64,
    /// Where it stands, and where it runs.
    pub state: VmState,
}

/// Where a machine stands (`VmStatus`), with the hosts that belong to it.
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
    /// Runs on one host and is moved to another.
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

    /// The word for it in an engine's messages (`VMStatus`).
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

    /// Puts together again what a store keeps apart; `None` for what cannot be.
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

/// A disk (`Disk` of the API model).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// The disk's id.
    pub id: DiskId,
    /// Its name, which is its alias too.
    pub name: String,
    /// What it is for, in words; may be empty.
    pub description: String,
    /// How large it looks from inside, in bytes.
    pub provisioned_size: u64,
    /// How its data are laid out.
    pub format: DiskFormat,
    /// Where it lies; while it is moved, where it comes from.
    pub storage_domain: StorageDomainId,
    /// Whether a command has hold of it.
    pub status: DiskStatus,
}

/// Where a disk stands (`DiskStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskStatus {
    /// Can be used.
    Ok,
    /// A command works on it.
    Locked,
}

impl DiskStatus {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ok, Self::Locked];

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Locked => "locked",
        }
    }
}

/// How a disk's data are laid out (`DiskFormat`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DiskFormat {
    /// Grows as it is written to.
    Cow,
    /// As large as it looks.
    #[default]
    Raw,
}

impl DiskFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Cow, Self::Raw];

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cow => "cow",
            Self::Raw => "raw",
        }
    }
}

/// All that a data centre has: what a store is furnished with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    /// The hypervisors.
    pub hosts: Vec<Host>,
    /// Where disks can lie.
    pub storage_domains: Vec<StorageDomain>,
    /// The virtual machines.
    pub vms: Vec<Vm>,
    /// The disks.
    pub disks: Vec<Disk>,
}
