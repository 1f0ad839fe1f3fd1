//! Internal jobs of the sample world: what its engine does for its admins or by itself. Descriptions and shape are an
//! engine's (`ExecutionMessages.properties`): validating, executing, finalizing, with the host's work below.

use super::{
    Recipe,
    sample_data::{ADMIN, HOSTS, OPERATOR, STORAGE, VMS, two_hosts},
    script::{Script, StepPlan},
};
use crate::domain::{
    Status::{Aborted, Failed},
    StepType::{Executing, Finalizing, Unknown, Validating},
    UserId,
};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { every: 3, kept: false, write: launch_vm },
    Recipe { every: 5, kept: false, write: migrate_vm },
    Recipe { every: 6, kept: false, write: add_disk },
    Recipe { every: 12, kept: false, write: merge_snapshots },
    Recipe { every: 25, kept: false, write: activate_host },
    Recipe { every: 40, kept: false, write: move_disk },
];

fn launch_vm(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Launching VM {vm}"));
    script.open(Executing, "Executing");
    script.work(StepPlan::new(Unknown, format!("Running VM {vm} on Host {}", host.name), (15, 50)).on(host));
    script.close();
}

fn migrate_vm(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let (from, to) = two_hosts(&mut script.dice);
    begin(script, format!("Migrating VM {vm} from Host {} to Host {}", from.name, to.name));
    script.open(Executing, "Executing");
    let copy = StepPlan::new(Unknown, format!("Migrating VM {vm}"), (70, 280)).on(from).measured();
    if script.dice.one_in(6) {
        script.stop_at(copy, Failed, "destination host has too little free memory");
    } else {
        script.work(copy);
    }
    script.close();
    script.work(StepPlan::new(Finalizing, "Finalizing", (1, 4)));
}

fn add_disk(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let storage = script.dice.pick(&STORAGE);
    let host = script.dice.pick(&HOSTS);
    let disk = script.dice.between(2, 6);
    begin(script, format!("Adding Disk {vm}_Disk{disk}"));
    script.open(Executing, "Executing");
    let create = StepPlan::new(Unknown, format!("Creating Volume on {storage}"), (30, 150)).on(host);
    if script.dice.one_in(9) {
        script.stop_at(create, Failed, "storage domain is low on space");
    } else {
        script.work(create);
    }
    script.close();
    script.work(StepPlan::new(Finalizing, "Finalizing", (1, 4)));
}

fn merge_snapshots(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let host = script.dice.pick(&HOSTS);
    let disks = script.dice.between(1, 4);
    let broken = if script.dice.one_in(5) { script.dice.between(1, disks + 1) } else { 0 };
    begin(script, format!("Removing Snapshot nightly of VM {vm}"));
    script.open(Executing, "Executing");
    for disk in 1..=disks {
        script.open(Unknown, format!("Merging snapshots of disk {vm}_Disk{disk}"));
        script.work(StepPlan::new(Unknown, "Extending base image", (4, 12)).on(host));
        script.work(StepPlan::new(Unknown, "Merging images", (100, 260)).on(host).measured());
        let commit = StepPlan::new(Unknown, "Commit top image", (20, 60)).on(host).measured();
        if disk == broken {
            script.stop_at(commit, Failed, "no space left on device");
        } else {
            script.work(commit);
        }
        script.work(StepPlan::new(Unknown, "Removing merged image", (5, 15)).on(host));
        script.close();
    }
    script.close();
    script.work(StepPlan::new(Finalizing, "Finalizing", (2, 6)));
}

fn activate_host(script: &mut Script) {
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Activating Host {}", host.name));
    script.owner = Some(UserId::ENGINE);
    script.open(Executing, "Executing");
    script.work(StepPlan::new(Unknown, "Connecting to storage pool", (20, 60)).on(host));
    script.work(StepPlan::new(Unknown, "Setting up networks", (10, 40)).on(host));
    script.work(StepPlan::new(Unknown, "Checking capabilities", (5, 20)).on(host));
    script.close();
}

fn move_disk(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let storage = script.dice.pick(&STORAGE);
    let host = script.dice.pick(&HOSTS);
    begin(script, format!("Moving Disk {vm}_Disk1 to {storage}"));
    script.open(Executing, "Executing");
    script.work(StepPlan::new(Unknown, "Creating target image", (5, 20)).on(host));
    let copy = StepPlan::new(Unknown, "Copying Image", (400, 900)).on(host).measured();
    if script.dice.one_in(6) {
        script.stop_at(copy, Aborted, "cancelled by the operator");
    } else {
        script.work(copy);
    }
    script.work(StepPlan::new(Unknown, "Removing source image", (10, 40)).on(host));
    script.close();
    script.work(StepPlan::new(Finalizing, "Finalizing", (1, 4)));
}

/// Every command of an engine begins with a validating step.
fn begin(script: &mut Script, description: String) {
    script.description = description;
    script.owner = Some(script.dice.pick(&[ADMIN, ADMIN, OPERATOR]));
    script.work(StepPlan::new(Validating, "Validating", (1, 2)));
}
