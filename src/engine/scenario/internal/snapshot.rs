//! What is logged about the snapshots of a machine.

use super::super::script::{About, Script};
use crate::engine::events::EventKind;

pub(super) fn log_creation(script: &mut Script, vm: &'static str, snapshot: &str) {
    let text = format!("Snapshot '{snapshot}' creation for VM '{vm}' was initiated by {}.", script.user_name());
    script.log(EventKind::USER_CREATE_SNAPSHOT, text, about(vm));
}

pub(super) fn log_created(script: &mut Script, vm: &'static str, snapshot: &str) {
    let text = format!("Snapshot '{snapshot}' creation for VM '{vm}' has been completed.");
    script.log(EventKind::USER_CREATE_SNAPSHOT_FINISHED_SUCCESS, text, about(vm));
}

pub(super) fn log_removal(script: &mut Script, vm: &'static str, snapshot: &str) {
    let text = format!("Snapshot '{snapshot}' deletion for VM '{vm}' was initiated by {}.", script.user_name());
    script.log(EventKind::USER_REMOVE_SNAPSHOT, text, about(vm));
}

pub(super) fn log_removed(script: &mut Script, vm: &'static str, snapshot: &str, failed: bool) {
    if failed {
        let text = format!("Failed to delete snapshot '{snapshot}' for VM '{vm}'.");
        script.log(EventKind::USER_REMOVE_SNAPSHOT_FINISHED_FAILURE, text, about(vm));
    } else {
        let text = format!("Snapshot '{snapshot}' deletion for VM '{vm}' has been completed.");
        script.log(EventKind::USER_REMOVE_SNAPSHOT_FINISHED_SUCCESS, text, about(vm));
    }
}

fn about(vm: &'static str) -> About {
    About { vm: Some(vm), ..About::default() }
}
