//! Hosts and virtual machines, and the commands on machines.

mod act;
mod describe;
mod read;

pub(super) use act::invalid_id;

use super::{
    Call, EntityKind, Refused,
    reading::{Content, Reading, Rows, Shows},
};
use crate::domain::{HostId, VmId};

/// A path of the inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum InventoryResource {
    /// `/vms`
    Vms,
    /// `/vms/{id}`
    Vm(VmId),
    /// `/vms/{id}/start` and the other actions
    VmAction(VmId, VmAction),
    /// `/hosts`
    Hosts,
    /// `/hosts/{id}`
    Host(HostId),
}

/// An action of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum VmAction {
    /// Starts it.
    Start,
    /// Stops it at once.
    Stop,
    /// Moves it to another host.
    Migrate,
    /// Freezes its file systems: `freezefilesystems` in the API, `FreezeVm` in the engine.
    Freeze,
}

impl InventoryResource {
    /// The resource of these segments of a path.
    pub(super) fn parse(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["vms"] => Self::Vms,
            ["vms", vm] => Self::Vm(vm.parse().ok()?),
            ["vms", vm, action] => Self::VmAction(vm.parse().ok()?, VmAction::of_segment(action)?),
            ["hosts"] => Self::Hosts,
            ["hosts", host] => Self::Host(host.parse().ok()?),
            _ => return None,
        })
    }

    /// What a GET shows.
    pub(super) const fn shows(self) -> Shows {
        match self {
            Self::Vms => Shows::List(EntityKind::Vm),
            Self::Vm(_) => Shows::One(EntityKind::Vm),
            Self::Hosts => Shows::List(EntityKind::Host),
            Self::Host(_) => Shows::One(EntityKind::Host),
            Self::VmAction(..) => Shows::Nothing,
        }
    }

    /// The methods that are allowed, in the order of an engine's `Allow` header.
    pub(super) const fn allowed(self) -> &'static str {
        match self {
            Self::VmAction(..) => "POST, OPTIONS",
            Self::Vms | Self::Vm(_) | Self::Hosts | Self::Host(_) => "HEAD, GET, OPTIONS",
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
