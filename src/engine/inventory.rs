//! What the data centre has (hosts, storage domains, virtual machines, disks) and the commands that change it over time.
//!
//! A command is begun at once or refused: its object is locked, its work is written down as [`Running`], and its steps join a
//! job, all in one transaction. From then on the work is a pure function of what was written down and the time now: who
//! drives it ([`Engine::go_on`](super::Engine::go_on)) only looks at the clock, so it goes on after a restart as if nothing
//! had been. No hypervisor is behind it; what takes time here is made up.

mod action_type;
mod begin;
mod command;
mod go_on;
mod monitoring;
mod object;
mod reading;
mod rules;
mod search;
mod store;
mod story;
mod work;

pub use action_type::ActionType;
pub use command::{Asked, Attachment, Begun, Declined, Missing, NewDisk, Wanted, Which};
pub use object::{Disk, DiskFormat, DiskStatus, Host, HostStatus, Inventory, Named, StorageDomain, Vm, VmState};
pub use search::ObjectSearch;
pub use store::{Change, CommandChange, InventoryStore, JobChange, Object, ObjectChange, Versioned};
pub use work::{CommandId, Monitoring, Obstacle, Running, Work};
