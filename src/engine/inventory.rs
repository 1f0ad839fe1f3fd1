//! Hosts, virtual machines, and the commands on them: what shows that an internal command can run under an external job.
//!
//! A command begins at once or is refused. At its begin one transaction locks the machine, stores the command as a
//! [`RunningCommand`] and adds its steps to a job. From then on everything is a pure function of the stored command and the
//! time: [`Engine::advance_commands`](super::Engine::advance_commands) only compares with the clock, so commands go on after
//! a restart. There is no hypervisor; durations are made up.

mod action_type;
mod advance;
mod begin;
mod command;
mod log;
mod monitoring;
mod object;
mod obstacle;
mod reading;
mod rules;
mod running;
mod script;
mod search;
mod store;

pub use action_type::ActionType;
pub use command::{Attachment, CommandRequest, HostChoice, StartedCommand, VmCommand, VmCommandError};
pub use object::{Host, HostStatus, Inventory, Named, Vm, VmState};
pub use obstacle::Obstacle;
pub use running::{CommandId, Monitoring, Requester, RunningCommand, VmWork};
pub use search::{InventoryField, InventorySearch};
pub use store::{Change, CommandChange, InventoryStore, JobChange, Versioned, VmChange};
