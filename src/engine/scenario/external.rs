//! External jobs of the sample world: backups, patching, builds, imports.

use super::{
    Recipe,
    sample_data::{ADMIN, BACKUP, CI, HOSTS, IMPORT, PATCHING, STORAGE, VMS},
    script::{Script, StepPlan},
};
use crate::domain::{
    Status::{Aborted, Failed, Unknown as Lost},
    StepType::{Executing, Finalizing, Unknown, Validating},
    UserId,
};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { every: 35, kept: true, write: back_up, beside: &[] },
    Recipe { every: 50, kept: true, write: patch_hosts, beside: &[] },
    Recipe { every: 22, kept: true, write: build_image, beside: &[] },
    Recipe { every: 60, kept: true, write: import_vm, beside: &[] },
    Recipe { every: 90, kept: true, write: rotate_certificates, beside: &[] },
    Recipe { every: 240, kept: true, write: take_inventory, beside: &[] },
    Recipe { every: 290, kept: true, write: archive, beside: &[] },
];

fn back_up(script: &mut Script) {
    begin(script, BACKUP, "Backup of ", &["web tier", "databases", "mail and files", "ERP", "developer VMs"]);
    let broken = if script.dice.one_in(5) { script.dice.between(0, 3) } else { -1 };
    script.work(StepPlan::new(Validating, "Check the backup target", (5, 20)));
    script.open(Executing, "Back up VMs");
    for turn in 0..3 {
        let vm = script.dice.pick(&VMS);
        script.open(Executing, format!("Back up {vm}"));
        script.work(StepPlan::new(Executing, "Take a snapshot", (15, 60)));
        script.open(Executing, "Copy data");
        script.work(StepPlan::new(Unknown, "Volume 1", (150, 300)));
        let second = StepPlan::new(Unknown, "Volume 2", (120, 260));
        if turn == broken {
            script.stop_at(second, Failed, "connection to backup target lost after 3 tries");
        } else {
            script.work(second);
        }
        script.close();
        script.work(StepPlan::new(Finalizing, "Remove the snapshot", (20, 60)));
        script.close();
    }
    script.close();
    script.open(Finalizing, "Verify");
    script.in_parallel([
        StepPlan::new(Unknown, "Compare checksums", (40, 90)),
        StepPlan::new(Unknown, "Write the catalogue", (10, 30)),
    ]);
    script.close();
}

fn patch_hosts(script: &mut Script) {
    begin(script, PATCHING, "Patch cluster Production, ", &["ring 1", "ring 2", "ring 3"]);
    let broken = if script.dice.one_in(4) { script.dice.between(0, 3) } else { -1 };
    let first = script.dice.between(0, 8);
    script.work(StepPlan::new(Validating, "Check repositories and maintenance window", (10, 30)));
    for (turn, host) in (0..3).zip(HOSTS.iter().cycle().skip(usize::try_from(first).unwrap_or(0))) {
        script.open(Executing, format!("Patch {}", host.name));
        script.open(Executing, "Move VMs away");
        for _ in 0..2 {
            let vm = script.dice.pick(&VMS);
            script.work(StepPlan::new(Unknown, format!("Migrate {vm}"), (40, 120)));
        }
        script.close();
        script.work(StepPlan::new(Executing, "Install 37 updates", (180, 320)));
        let reboot = StepPlan::new(Executing, "Reboot", (90, 200));
        if turn == broken {
            script.stop_at(reboot, Failed, "host did not answer within 600 s");
        } else {
            script.work(reboot);
        }
        script.work(StepPlan::new(Finalizing, "Check services", (10, 30)));
        script.close();
    }
}

fn build_image(script: &mut Script) {
    begin(script, CI, "Build template ", &["rhel9-base", "rhel9-db", "fedora-ci", "debian-web"]);
    let pipeline = script.dice.between(1200, 9900);
    script.description = format!("{} (pipeline {pipeline})", script.description);
    script.work(StepPlan::new(Executing, "Install packages", (120, 240)));
    script.open(Executing, "Run smoke tests");
    script.in_parallel([
        StepPlan::new(Unknown, "Boot under UEFI", (60, 110)),
        StepPlan::new(Unknown, "Boot under BIOS", (50, 100)),
    ]);
    let guest_agent = StepPlan::new(Unknown, "Guest agent answers", (20, 60));
    if script.dice.one_in(7) {
        script.stop_at(guest_agent, Failed, "no answer from qemu-guest-agent");
    } else {
        script.work(guest_agent);
    }
    script.close();
    script.work(StepPlan::new(Finalizing, "Seal and publish", (30, 70)));
}

fn import_vm(script: &mut Script) {
    begin(
        script,
        IMPORT,
        "Import from vCenter: ",
        &["crm-prod", "crm-test", "wiki-old", "print-server", "licence-box"],
    );
    script.work(StepPlan::new(Validating, "Read the source's configuration", (10, 40)));
    script.open(Executing, "Convert disks");
    for disk in 1..=2 {
        script.open(Executing, format!("Disk {disk}"));
        let storage = script.dice.pick(&STORAGE);
        script.work(StepPlan::new(Unknown, format!("Copy to {storage}"), (500, 900)));
        let convert = StepPlan::new(Unknown, "Convert to qcow2", (180, 380));
        if script.dice.one_in(6) {
            script.stop_at(convert, Aborted, "stopped by import@internal, source VM was powered on");
        } else {
            script.work(convert);
        }
        script.close();
    }
    script.close();
    script.work(StepPlan::new(Finalizing, "Install guest drivers", (60, 160)));
}

/// In the style of Ansible's `ovirt_job`: all steps directly under the job, of type unknown.
fn rotate_certificates(script: &mut Script) {
    begin(script, ADMIN, "Rotate certificates of ", &["hosts", "storage gateways", "consoles"]);
    for host in HOSTS {
        script.work(StepPlan::new(Unknown, format!("Rotate {}", host.name), (20, 50)));
    }
}

/// Becomes unknown, as in oVirt when the engine is restarted during the job.
fn take_inventory(script: &mut Script) {
    begin(script, ADMIN, "Inventory of ", &["licences", "orphaned disks"]);
    script.open(Executing, "Collect");
    script.work(StepPlan::new(Unknown, "Hosts", (60, 120)));
    script.stop_at(StepPlan::new(Unknown, "Storage domains", (300, 600)), Lost, "the engine was restarted");
}

fn archive(script: &mut Script) {
    begin(script, BACKUP, "Move cold disks to the archive tier, ", &["first half", "second half"]);
    for storage in STORAGE {
        script.open(Executing, format!("Storage domain {storage}"));
        script.work(StepPlan::new(Validating, "Find disks unused for 90 days", (60, 240)));
        script.work(StepPlan::new(Executing, "Copy", (2_400, 4_800)));
        script.work(StepPlan::new(Finalizing, "Free the space", (120, 400)));
        script.close();
    }
}

fn begin<const N: usize>(script: &mut Script, owner: UserId, what: &str, which: &[&str; N]) {
    script.external = true;
    script.owner = Some(owner);
    script.description = format!("{what}{}", script.dice.pick(which));
}
