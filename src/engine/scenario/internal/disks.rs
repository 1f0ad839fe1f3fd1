//! Disks and storage.

use super::{Beside, agent_failed, agent_task, begin, finalize, snapshot};
use crate::{
    domain::StepType::{Executing, Finalizing, Unknown, Validating},
    engine::{
        events::EventKind,
        scenario::{
            Dice,
            sample_data::{HOSTS, STORAGE, VMS},
            script::{About, Script, StepPlan},
        },
    },
};

pub(super) fn add(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let disk = script.dice.between(2, 6);
    let failed = script.dice.one_in(9);
    begin(script, format!("Adding Disk {vm}_Disk{disk}"));
    let about = About { storage: Some(script.shared.derive(1).pick(&STORAGE)), ..About::default() };
    let text = format!("Add-Disk operation of '{vm}_Disk{disk}' was initiated by {}.", script.user_name());
    script.log(EventKind::USER_ADD_DISK, text, about);
    script.open(Executing, "Executing");
    let create = StepPlan::new(Unknown, "Creating Volume", (30, 150)).by_agent();
    if failed {
        script.fail(create);
        let host = script.shared.derive(2).pick(&HOSTS);
        agent_failed(script, host, "HSMGetAllTasksStatusesVDS", "Cannot create volume: no space left on device");
    } else {
        script.work(create);
    }
    script.pause(4);
    script.close();
    finalize(script, failed);
    if failed {
        script.log(EventKind::USER_ADD_DISK_FINISHED_FAILURE, "Add-Disk operation failed to complete.", about);
    } else {
        let text = format!("The disk '{vm}_Disk{disk}' was successfully added.");
        script.log(EventKind::USER_ADD_DISK_FINISHED_SUCCESS, text, about);
    }
}

pub(super) fn move_offline(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let (from, to) = two_domains(&mut script.dice);
    let failed = script.dice.one_in(6);
    begin(script, format!("Moving Disk {vm}_Disk1 from {from} to {to}"));
    log_move(script, vm, to);
    script.open(Executing, "Executing");
    agent_task(script, "Creating Volume", (10, 20));
    let copy = StepPlan::new(Unknown, "Copying Volume", (400, 900)).measured();
    if failed {
        script.fail(copy);
        let host = script.shared.derive(2).pick(&HOSTS);
        agent_failed(script, host, "HSMGetAllTasksStatusesVDS", "low level Image copy failed");
    } else {
        script.work(copy);
    }
    script.close();
    finalize(script, failed);
    log_moved(script, vm, to, failed);
}

/// The jobs that a live move starts for its parts: when the first one starts, then the others.
pub(super) const BESIDE_LIVE_MOVE: &[Beside] = &[
    Beside { after: 1, write: take_auto_snapshot },
    Beside { after: 45, write: clone_structure },
    Beside { after: SNAPSHOT_GOES, write: remove_auto_snapshot },
];

/// When the snapshot of a live move is removed, in seconds after its start. The copy is done by then.
const SNAPSHOT_GOES: i64 = 210;

/// The disk of a live move, and where it goes. Its jobs are about the same disk.
struct LiveMove {
    vm: &'static str,
    from: &'static str,
    to: &'static str,
    /// Whether the merge at the end fails.
    fails: bool,
}

impl LiveMove {
    fn of(script: &Script) -> Self {
        let mut dice = script.shared.clone();
        let vm = dice.pick(&VMS);
        let (from, to) = two_domains(&mut dice);
        Self { vm, from, to, fails: dice.one_in(5) }
    }
}

/// The steps for the other jobs end with the whole, as an engine closes them.
pub(super) fn move_live(script: &mut Script) {
    let LiveMove { vm, from, to, fails } = LiveMove::of(script);
    begin(script, format!("Migrating Disk {vm}_Disk1 from {from} to {to} of VM {vm}"));
    log_move(script, vm, to);
    script.open(Executing, "Executing");
    if fails {
        script.fails();
    }
    script.pause(42);
    script.until_end(StepPlan::new(Unknown, "Cloning image's structure", (36, 40)));
    script.open(Unknown, "Synchronizing image data");
    script.work(StepPlan::new(Validating, "Validating", (0, 1)));
    script.open(Executing, "Executing");
    script.work(StepPlan::new(Unknown, "Copying Volume", (50, 70)).measured());
    script.work(StepPlan::new(Unknown, "Copying Volume", (25, 35)).measured());
    script.close();
    script.work(StepPlan::new(Finalizing, "Finalizing", (0, 1)));
    script.close();
    script.pause_until(SNAPSHOT_GOES);
    let text = format!(
        "Merging snapshots ({vm}_Disk1 Auto-generated for Live Storage Migration into Active VM) of disk {vm}_Disk1"
    );
    script.until_end(StepPlan::new(Unknown, text, (0, 1)));
    script.pause(70);
    script.close();
    script.until_end(StepPlan::new(Finalizing, "Finalizing", (0, 1)));
    log_moved(script, vm, to, fails);
}

fn take_auto_snapshot(script: &mut Script) {
    let LiveMove { vm, .. } = LiveMove::of(script);
    begin(script, format!("Creating VM Snapshot {} for VM {vm}", auto_snapshot(vm)));
    let snapshot = auto_snapshot(vm);
    snapshot::log_creation(script, vm, &snapshot);
    script.open(Executing, "Executing");
    script.work(StepPlan::new(Unknown, "Creating Volume", (9, 14)).by_agent());
    script.pause_until(42);
    script.close();
    finalize(script, false);
    snapshot::log_created(script, vm, &snapshot);
}

fn clone_structure(script: &mut Script) {
    begin(script, "CloneImageGroupVolumesStructure".to_owned());
    script.open(Executing, "Executing");
    agent_task(script, "Creating Volume", (8, 12));
    agent_task(script, "Creating Volume", (8, 12));
    script.close();
    finalize(script, false);
}

fn remove_auto_snapshot(script: &mut Script) {
    let LiveMove { vm, fails, .. } = LiveMove::of(script);
    let snapshot = auto_snapshot(vm);
    begin(script, format!("Removing Snapshot {snapshot} of VM {vm}"));
    snapshot::log_removal(script, vm, &snapshot);
    script.open(Executing, "Executing");
    if !fails {
        agent_task(script, "Preparing for disk snapshots merge", (8, 12));
        script.pause(25);
        agent_task(script, "Deleting Volume", (10, 16));
    }
    script.close();
    finalize(script, fails);
    snapshot::log_removed(script, vm, &snapshot, fails);
}

/// Named by the engine's command alone.
pub(super) fn sparsify(script: &mut Script) {
    begin(script, "SparsifyImage".to_owned());
    let disk = format!("{}_Disk1", script.shared.derive(1).pick(&VMS));
    script.log(EventKind::USER_SPARSIFY_IMAGE_START, format!("Started to sparsify {disk}"), About::default());
    script.work(StepPlan::new(Executing, "Executing", (30, 120)));
    finalize(script, false);
    let text = format!("{disk} sparsified successfully.");
    script.log(EventKind::USER_SPARSIFY_IMAGE_FINISH_SUCCESS, text, About::default());
}

/// The engine knows no data centre yet, and says so.
pub(super) fn add_storage(script: &mut Script) {
    let storage = script.dice.pick(&STORAGE);
    begin(script, format!("Adding NFS Storage Domain {storage}-2 to Data Center <UNKNOWN>"));
    script.work(StepPlan::new(Executing, "Executing", (5, 9)));
    let text = format!("Storage Domain {storage}-2 was added by {}", script.user_name());
    script.log(EventKind::USER_ADD_STORAGE_DOMAIN, text, About::default());
}

fn log_move(script: &mut Script, vm: &'static str, to: &'static str) {
    let text = format!("User {} moving disk {vm}_Disk1 to domain {to}.", script.user_name());
    script.log(EventKind::USER_MOVED_DISK, text, About { storage: Some(to), ..About::default() });
}

fn log_moved(script: &mut Script, vm: &'static str, to: &'static str, failed: bool) {
    let user = script.user_name();
    let about = About { storage: Some(to), ..About::default() };
    if failed {
        let text = format!("User {user} has failed to move disk {vm}_Disk1 to domain {to}.");
        script.log(EventKind::USER_MOVED_DISK_FINISHED_FAILURE, text, about);
    } else {
        let text = format!("User {user} finished moving disk {vm}_Disk1 to domain {to}.");
        script.log(EventKind::USER_MOVED_DISK_FINISHED_SUCCESS, text, about);
    }
}

/// The name of the snapshot that a live move of a disk takes and removes.
fn auto_snapshot(vm: &str) -> String {
    format!("{vm}_Disk1 Auto-generated for Live Storage Migration")
}

/// Two different storage domains.
fn two_domains(dice: &mut Dice) -> (&'static str, &'static str) {
    let from = dice.pick(&STORAGE);
    loop {
        let to = dice.pick(&STORAGE);
        if to != from {
            return (from, to);
        }
    }
}
