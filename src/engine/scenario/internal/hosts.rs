//! Hosts.

use super::{begin, validating};
use crate::{
    domain::{
        StepType::{Executing, Unknown},
        UserId,
    },
    engine::{
        events::EventKind,
        scenario::{
            sample_data::{HOSTS, SampleHost, VMS},
            script::{About, Script, StepPlan},
        },
    },
};

/// An engine does this by itself. Its last steps start when the job has ended already.
pub(super) fn activate(script: &mut Script) {
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Activating Host {}", host.name));
    script.owner = Some(UserId::ENGINE);
    let text = format!("Activation of host {} initiated by {}.", host.name, script.user_name());
    script.log(EventKind::USER_VDS_ACTIVATE, text, about(host));
    script.until_end(StepPlan::new(Executing, "Executing", (1, 2)));
    script.work(validating());
    script.until_end(StepPlan::new(Executing, "Executing", (20, 60)));
    script.log(EventKind::VDS_DETECTED, format!("Status of host {} was set to Up.", host.name), about(host));
    script.late(validating(), 2_900, true);
    script.late(StepPlan::new(Executing, "Executing", (0, 1)), 2_920, false);
}

/// Five levels deep: the machines move away one by one.
pub(super) fn into_maintenance(script: &mut Script) {
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Moving Host {} to Maintenance", host.name));
    let text = format!("Host {} was switched to Maintenance mode by {}.", host.name, script.user_name());
    script.log(EventKind::USER_VDS_MAINTENANCE, text, about(host));
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

fn about(host: SampleHost) -> About {
    About { host: Some(host), ..About::default() }
}
