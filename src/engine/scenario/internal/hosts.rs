//! Hosts.

use super::{begin, validating};
use crate::{
    domain::{
        StepType::{Executing, Unknown},
        UserId,
    },
    engine::scenario::{
        sample_data::{HOSTS, VMS},
        script::{Script, StepPlan},
    },
};

/// An engine does this by itself. Its last steps start when the job has ended already.
pub(super) fn activate(script: &mut Script) {
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Activating Host {}", host.name));
    script.owner = Some(UserId::ENGINE);
    script.until_end(StepPlan::new(Executing, "Executing", (1, 2)));
    script.work(validating());
    script.until_end(StepPlan::new(Executing, "Executing", (20, 60)));
    script.late(validating(), 2_900, true);
    script.late(StepPlan::new(Executing, "Executing", (0, 1)), 2_920, false);
}

/// Five levels deep: the machines move away one by one.
pub(super) fn into_maintenance(script: &mut Script) {
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Moving Host {} to Maintenance", host.name));
    script.open_until_end(Executing, "Executing");
    script.open_until_end(Unknown, "Migrating multiple VMs");
    script.work(validating());
    script.open_until_end(Executing, "Executing");
    for _ in 0..3 {
        let vm = script.dice.pick(&VMS);
        script.open_until_end(Unknown, format!("Migrating VM {vm} from Host {}", host.name));
        script.work(validating());
        script.until_end(StepPlan::new(Executing, "Executing", (20, 90)));
        script.leave();
    }
}
