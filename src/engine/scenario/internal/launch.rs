//! The start of a machine: its hosts, and what is logged.

use super::{
    super::{
        sample_data::{HOSTS, SampleHost},
        script::{About, Script, StepPlan},
    },
    agent_failed,
};
use crate::{domain::StepType::Executing, engine::events::EventKind};

/// The hosts that are tried, one after the other.
pub(super) fn hosts(script: &Script) -> [SampleHost; 2] {
    // Dice of their own: the job is the same as without events.
    let mut dice = script.shared.derive(1);
    let first = dice.pick(&HOSTS);
    let second = HOSTS.into_iter().cycle().skip_while(|host| *host != first).nth(3);
    [first, second.unwrap_or(first)]
}

/// An attempt that fails: the machine crashes, or its host refuses it.
pub(super) fn attempt(script: &mut Script, vm: &'static str, host: SampleHost) {
    script.fail(StepPlan::new(Executing, "Executing", (8, 14)));
    let about = About { vm: Some(vm), host: Some(host), ..About::default() };
    if script.shared.derive(2).one_in(2) {
        let why = "internal error: qemu unexpectedly closed the monitor: cannot set up guest memory";
        let text = format!("VM {vm} is down with error. Exit message: {why}.");
        script.log_apart(EventKind::VM_DOWN_ERROR, text, about);
    } else {
        agent_failed(script, host, "CreateBrokerVDS", "Failed to create VM: unsupported configuration");
    }
    let text = format!("Failed to run VM {vm} on Host {}.", host.name);
    script.log(EventKind::USER_INITIATED_RUN_VM_FAILED, text, about);
}

pub(super) fn log_start(script: &mut Script, vm: &'static str, host: SampleHost) {
    let text = format!("VM {vm} was started by {} (Host: {}).", script.user_name(), host.name);
    script.log(EventKind::USER_STARTED_VM, text, About { vm: Some(vm), host: Some(host), ..About::default() });
}

/// The engine has found no other host. The reason has several lines.
pub(super) fn log_failure(script: &mut Script, vm: &'static str, hosts: [SampleHost; 2]) {
    let reasons = hosts.map(|host| {
        format!(
            "\n- The host {} did not satisfy internal filter Memory because it has too little free memory.",
            host.name
        )
    });
    let text = format!(
        "Failed to run VM {vm} due to a failed validation: [Cannot run VM. There is no host that satisfies current \
         scheduling constraints. See below for details:{}] (User: {}).",
        reasons.concat(),
        script.user_name()
    );
    let about = About { vm: Some(vm), host: Some(hosts[1]), ..About::default() };
    script.log(EventKind::USER_FAILED_RUN_VM, text, about);
}
