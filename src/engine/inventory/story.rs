//! A running command as a story of steps: written in full from what was noted at its begin, and read up to now. Texts are an
//! engine's (`ExecutionMessages.properties`).

use super::{Monitoring, Running, Work};
use crate::{
    domain::StepType::{Executing, Finalizing, Unknown, Validating},
    engine::scenario::{Dice, Script, Work as Part},
};

impl Running {
    /// Its story. In a job of its own it has the whole shape of an engine's command; in somebody's job only the work shows
    /// (`ExecutionHandler` adds no validating step there).
    pub(super) fn story(&self) -> Script {
        Script::told(Dice::of(self.seed, 0), self.begin, |script| match self.monitoring {
            Monitoring::OwnJob { .. } => {
                script.work(Part::new(Validating, "Validating", (1, 2)));
                self.work.execute(script);
                script.work(Part::new(Finalizing, "Finalizing", (1, 3)));
            }
            Monitoring::Attached { .. } | Monitoring::Unmonitored => self.work.execute(script),
        })
    }
}

impl Work {
    /// The description of a job of its own.
    pub(super) fn description(&self) -> String {
        match self {
            Self::RunVm { vm, .. } => format!("Launching VM {}", vm.name),
            Self::StopVm { vm, .. } => format!("Stopping VM {}", vm.name),
            Self::MigrateVm { vm, chosen: false, .. } => format!("Migrating VM {}", vm.name),
            Self::MigrateVm { vm, to, chosen: true, .. } => format!("Migrating VM {} to Host {}", vm.name, to.name),
            Self::AddDisk { disk, .. } => format!("Adding Disk {}", disk.name),
            Self::MoveDisk { disk, from, to } => {
                format!("Moving Disk {} from {} to {}", disk.name, from.name, to.name)
            }
        }
    }

    fn execute(&self, script: &mut Script) {
        script.open(Executing, "Executing");
        match self {
            Self::RunVm { vm, host } => {
                let text = format!("Running VM {} on Host {}", vm.name, host.name);
                script.work(Part::new(Unknown, text, (6, 12)).on(host.id));
            }
            Self::StopVm { vm, host } => {
                let text = format!("Stopping VM {} on Host {}", vm.name, host.name);
                script.work(Part::new(Unknown, text, (3, 6)).on(host.id));
            }
            Self::MigrateVm { vm, from, to, .. } => {
                let text = format!("Migrating VM {} from Host {} to Host {}", vm.name, from.name, to.name);
                script.work(Part::new(Unknown, text, (20, 40)).on(from.id).measured());
            }
            Self::AddDisk { disk, on } => {
                let text = format!("Creating Volume of Disk {} on {}", disk.name, on.name);
                script.work(Part::new(Unknown, text, (6, 12)).measured());
            }
            Self::MoveDisk { disk, from, to } => {
                script.open(Unknown, format!("Moving Disk {} from {} to {}", disk.name, from.name, to.name));
                script.work(Part::new(Unknown, "Creating Volume", (2, 5)));
                script.work(Part::new(Unknown, "Copying Image", (20, 40)).measured());
                script.work(Part::new(Unknown, "Deleting Image", (2, 5)));
                script.close();
            }
        }
        script.close();
    }
}
