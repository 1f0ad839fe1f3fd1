//! Commands that the engine may refuse. It then logs no reason: only who asked for them got it, as the answer.

use super::{
    Recipe,
    internal::{begin, begin_refused},
    sample_data::VMS,
    script::{About, Script, StepPlan},
};
use crate::{domain::StepType::Executing, engine::events::EventKind};

pub(super) const RECIPES: &[Recipe] = &[Recipe { every: 24, kept: false, write: create_vm, beside: &[] }];

fn create_vm(script: &mut Script) {
    let vm = script.dice.pick(&VMS);
    let description = format!("Creating VM {vm}-copy in Cluster Production");
    if script.dice.one_in(2) {
        begin_refused(script, description);
        return;
    }
    begin(script, description);
    script.work(StepPlan::new(Executing, "Executing", (2, 5)));
    let text = format!("VM {vm}-copy was created by {}.", script.user_name());
    script.log(EventKind::USER_ADD_VM, text, About::default());
}
