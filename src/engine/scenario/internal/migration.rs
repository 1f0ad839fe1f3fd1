//! What is logged about the migration of a machine.

use super::super::{
    sample_data::{HOSTS, SampleHost},
    script::{About, Script},
};
use crate::engine::events::EventKind;

/// Some other host, where the machine comes from.
pub(super) fn source(script: &Script, to: SampleHost) -> SampleHost {
    let others = HOSTS.into_iter().cycle().skip_while(|host| *host != to).skip(1);
    let steps = usize::try_from(script.shared.derive(1).between(0, 7)).unwrap_or(0);
    others.take(7).nth(steps).unwrap_or(to)
}

pub(super) fn log_start(script: &mut Script, vm: &'static str, from: SampleHost, to: SampleHost) {
    let user = script.user_name();
    let text = format!("Migration started (VM: {vm}, Source: {}, Destination: {}, User: {user}).", from.name, to.name);
    script.log(EventKind::VM_MIGRATION_START, text, about(vm, from));
}

pub(super) fn log_end(script: &mut Script, vm: &'static str, from: SampleHost, to: SampleHost, failed: bool) {
    let way = format!("(VM: {vm}, Source: {}, Destination: {})", from.name, to.name);
    if failed {
        let why = "Migration failed due to an Error: Fatal error during migration";
        script.log(EventKind::VM_MIGRATION_TRYING_RERUN, format!("{why} {way}."), about(vm, from));
    } else {
        script.log(EventKind::VM_MIGRATION_DONE, format!("Migration completed {way}."), about(vm, to));
    }
}

fn about(vm: &'static str, host: SampleHost) -> About {
    About { vm: Some(vm), host: Some(host), ..About::default() }
}
