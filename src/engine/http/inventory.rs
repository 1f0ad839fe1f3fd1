//! Machines, hosts, disks and storage domains, and the commands on them.

mod act;
mod describe;
mod read;

use super::{
    Call, Kind, Refused,
    reading::{Choice, Content, Reading, Shows},
};
use crate::domain::{DiskId, HostId, StorageDomainId, VmId};

/// Something of the data centre that can be asked for, or told to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Thing {
    /// `/vms`
    Vms,
    /// `/vms/{id}`
    Vm(VmId),
    /// `/vms/{id}/start` and the like
    VmAction(VmId, VmAction),
    /// `/hosts`
    Hosts,
    /// `/hosts/{id}`
    Host(HostId),
    /// `/disks`
    Disks,
    /// `/disks/{id}`
    Disk(DiskId),
    /// `/disks/{id}/move`
    MoveDisk(DiskId),
    /// `/storagedomains`
    StorageDomains,
    /// `/storagedomains/{id}`
    StorageDomain(StorageDomainId),
}

/// What a machine can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum VmAction {
    /// To start.
    Start,
    /// To stop at once.
    Stop,
    /// To move to another host.
    Migrate,
    /// To hold its file systems still. Engines call it `freezefilesystems`, its command `FreezeVm`.
    Freeze,
}

impl Thing {
    /// Finds what the segments of a path name.
    pub(super) fn parse(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["vms"] => Self::Vms,
            ["vms", vm] => Self::Vm(vm.parse().ok()?),
            ["vms", vm, action] => Self::VmAction(vm.parse().ok()?, VmAction::of_segment(action)?),
            ["hosts"] => Self::Hosts,
            ["hosts", host] => Self::Host(host.parse().ok()?),
            ["disks"] => Self::Disks,
            ["disks", disk] => Self::Disk(disk.parse().ok()?),
            ["disks", disk, "move"] => Self::MoveDisk(disk.parse().ok()?),
            ["storagedomains"] => Self::StorageDomains,
            ["storagedomains", domain] => Self::StorageDomain(domain.parse().ok()?),
            _ => return None,
        })
    }

    /// What is shown there.
    pub(super) const fn shows(self) -> Shows {
        match self {
            Self::Vms => Shows::Several(Kind::Vm),
            Self::Vm(_) => Shows::One(Kind::Vm),
            Self::Hosts => Shows::Several(Kind::Host),
            Self::Host(_) => Shows::One(Kind::Host),
            Self::Disks => Shows::Several(Kind::Disk),
            Self::Disk(_) => Shows::One(Kind::Disk),
            Self::StorageDomains => Shows::Several(Kind::StorageDomain),
            Self::StorageDomain(_) => Shows::One(Kind::StorageDomain),
            Self::VmAction(..) | Self::MoveDisk(_) => Shows::Nothing,
        }
    }

    /// The methods that it has.
    pub(super) const fn allowed(self) -> &'static str {
        match self {
            Self::Disks => "GET, POST",
            Self::VmAction(..) | Self::MoveDisk(_) => "POST",
            Self::Vms
            | Self::Vm(_)
            | Self::Hosts
            | Self::Host(_)
            | Self::Disk(_)
            | Self::StorageDomains
            | Self::StorageDomain(_) => "GET",
        }
    }
}

impl VmAction {
    fn of_segment(segment: &str) -> Option<Self> {
        Some(match segment {
            "start" => Self::Start,
            "stop" => Self::Stop,
            "migrate" => Self::Migrate,
            "freeze" | "freezefilesystems" => Self::Freeze,
            _ => return None,
        })
    }
}
