//! Internal jobs of the sample world: what its engine does for its admins or by itself. Their names, their shape and the way they
//! fail are those of a real engine (`tests/samples/engine-4.5.7/hosts-jobs.json`): most steps are called Validating, Executing
//! or Finalizing, an attempt follows the other, and no text says why something failed. Events do.

mod disks;
mod hosts;
mod launch;
mod migration;
mod snapshot;

use super::{
    Beside, Recipe,
    sample_data::{ADMIN, HOSTS, OPERATOR, SampleHost, VMS},
    script::{About, Script, StepPlan},
};
use crate::{
    domain::StepType::{Executing, Finalizing, Unknown, Validating},
    engine::events::EventKind,
};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { every: 3, kept: false, write: launch_vm, beside: &[] },
    Recipe { every: 5, kept: false, write: migrate_vm, beside: &[] },
    Recipe { every: 6, kept: false, write: disks::add, beside: &[] },
    Recipe { every: 12, kept: false, write: remove_snapshot, beside: &[] },
    Recipe { every: 25, kept: false, write: hosts::activate, beside: &[] },
    Recipe { every: 40, kept: false, write: disks::move_offline, beside: &[] },
    Recipe { every: 30, kept: false, write: disks::move_live, beside: disks::BESIDE_LIVE_MOVE },
    Recipe { every: 45, kept: false, write: disks::sparsify, beside: &[] },
    Recipe { every: 70, kept: false, write: hosts::into_maintenance, beside: &[] },
    Recipe { every: 180, kept: false, write: disks::add_storage, beside: &[] },
];

/// An engine tries a host after the other. If two refuse the machine, it finds no third.
fn launch_vm(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    begin(script, format!("Launching VM {vm}"));
    let about = |host| About { vm: Some(vm), host: Some(host), ..About::default() };
    let hosts = launch::hosts(script);
    let refusals = if script.dice.one_in(8) { script.dice.between(1, 3) } else { 0 };
    launch::log_start(script, vm, hosts[0]);
    if refusals > 0 {
        launch::attempt(script, vm, hosts[0]);
        script.work(validating());
    }
    if refusals > 1 {
        launch::attempt(script, vm, hosts[1]);
        script.fail(validating());
        launch::log_failure(script, vm, hosts);
        script.fails();
    } else {
        script.work(StepPlan::new(Executing, "Executing", (15, 50)));
        let host = hosts[usize::from(refusals > 0)];
        script.log(EventKind::USER_RUN_VM, format!("VM {vm} started on Host {}", host.name), about(host));
    }
}

fn migrate_vm(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Migrating VM {vm} to Host {}", host.name));
    let source = migration::source(script, host);
    migration::log_start(script, vm, source, host);
    let fails = script.dice.one_in(6);
    if fails {
        script.fails();
    }
    script.until_end(StepPlan::new(Executing, "Executing", (70, 280)));
    migration::log_end(script, vm, source, host, fails);
}

fn remove_snapshot(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let host = script.dice.pick(&HOSTS);
    let disks = script.dice.between(1, 4);
    let broken = if script.dice.one_in(5) { script.dice.between(1, disks + 1) } else { 0 };
    begin(script, format!("Removing Snapshot nightly of VM {vm}"));
    snapshot::log_removal(script, vm, "nightly");
    script.open(Executing, "Executing");
    for disk in 1..=disks {
        agent_task(script, "Preparing for disk snapshots merge", (10, 20));
        let text = format!("Merging snapshots (Active VM into nightly) of disk {vm}_Disk{disk} on host {}", host.name);
        let merge = StepPlan::new(Unknown, text, (100, 260)).at(host);
        if disk == broken {
            script.fail(merge);
            agent_failed(script, host, "MergeVDS", "Merge failed: the chain of volumes has changed");
            break;
        }
        script.work(merge);
        agent_task(script, "Finalizing disk snapshots merge", (10, 20));
        agent_task(script, "Deleting Volume", (15, 30));
    }
    script.close();
    finalize(script, broken > 0);
    snapshot::log_removed(script, vm, "nightly", broken > 0);
}

/// Every command of an engine begins with a validating step.
pub(super) fn begin(script: &mut Script, description: String) {
    belong_to_an_admin(script, description);
    script.work(validating());
}

/// A command that the engine refuses ends there.
pub(super) fn begin_refused(script: &mut Script, description: String) {
    belong_to_an_admin(script, description);
    script.fail(validating());
    script.fails();
}

fn belong_to_an_admin(script: &mut Script, description: String) {
    script.description = description;
    script.owner = Some(script.dice.pick(&[ADMIN, ADMIN, OPERATOR]));
}

/// Logs why a host's agent failed. An engine does not know which command asked for it.
fn agent_failed(script: &mut Script, host: SampleHost, command: &str, why: &str) {
    let text = format!("VDSM {} command {command} failed: {why}", host.name);
    script.log_apart(EventKind::VDS_BROKER_COMMAND_FAILURE, text, About { host: Some(host), ..About::default() });
}

fn validating() -> StepPlan {
    StepPlan::new(Validating, "Validating", (1, 2))
}

/// A task of a host's agent, with the short step in which the engine takes note of its end.
fn agent_task(script: &mut Script, name: &str, seconds: (i64, i64)) {
    script.open_as(StepPlan::new(Unknown, name, (0, 1)).by_agent());
    let length = script.dice.between(seconds.0, seconds.1);
    script.pause(length);
    script.work(StepPlan::new(Finalizing, "Finalizing", (0, 1)));
    script.close();
}

/// The last step of most commands. If something failed, it fails too, with the job.
fn finalize(script: &mut Script, failed: bool) {
    if failed {
        script.pause(6);
        script.fails();
    }
    script.until_end(StepPlan::new(Finalizing, "Finalizing", (0, 1)));
}
