//! The script of a running command: all its steps with their times, computed from what was stored at its begin. The texts
//! are an engine's (`ExecutionMessages.properties`).

use super::{Monitoring, RunningCommand, VmWork};
use crate::{
    domain::StepType::{Executing, Finalizing, Unknown, Validating},
    engine::scenario::{Dice, Script, StepPlan},
};

impl RunningCommand {
    /// Its script. In a job of its own it has all steps of an engine's command. In an external job only the work shows:
    /// `ExecutionHandler` adds no validating step there.
    pub(super) fn script(&self) -> Script {
        Script::of_command(Dice::of(self.seed, 0), self.begin, |script| match self.monitoring {
            Monitoring::OwnJob { .. } => {
                script.work(StepPlan::new(Validating, "Validating", (1, 2)));
                self.work.write(script);
                script.work(StepPlan::new(Finalizing, "Finalizing", (1, 3)));
            }
            Monitoring::Attached { .. } | Monitoring::Unmonitored => self.work.write(script),
        })
    }
}

impl VmWork {
    /// The description of a job of its own.
    pub(super) fn description(&self) -> String {
        match self {
            Self::RunVm { vm, .. } => format!("Launching VM {}", vm.name),
            Self::StopVm { vm, .. } => format!("Stopping VM {}", vm.name),
            Self::MigrateVm { vm, chosen: false, .. } => format!("Migrating VM {}", vm.name),
            Self::MigrateVm { vm, to, chosen: true, .. } => format!("Migrating VM {} to Host {}", vm.name, to.name),
        }
    }

    fn write(&self, script: &mut Script) {
        script.open(Executing, "Executing");
        script.work(match self {
            Self::RunVm { vm, host } => {
                let text = format!("Running VM {} on Host {}", vm.name, host.name);
                StepPlan::new(Unknown, text, (6, 12)).on(host.id)
            }
            Self::StopVm { vm, host } => {
                let text = format!("Stopping VM {} on Host {}", vm.name, host.name);
                StepPlan::new(Unknown, text, (3, 6)).on(host.id)
            }
            Self::MigrateVm { vm, from, to, .. } => {
                let text = format!("Migrating VM {} from Host {} to Host {}", vm.name, from.name, to.name);
                StepPlan::new(Unknown, text, (20, 40)).on(from.id).measured()
            }
        });
        script.close();
    }
}
