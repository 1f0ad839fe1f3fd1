//! What usually follows the step that a job is in.

use rustc_hash::FxHashMap;

use super::subject::Subject;
use crate::domain::{
    Status, Step,
    description::readable,
    outline::{JobNode, Snapshot},
    usual::{ENOUGH, Kind},
};

/// What usually comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsuallyNext {
    /// The step's name; none if the job usually ends then.
    pub name: Option<String>,
    /// In how many ended jobs of that kind it was so.
    pub seen: usize,
    /// Of how many.
    pub of: usize,
}

/// What usually follows the last running step directly under a running job: what followed in more than half of the jobs of the same
/// kind that finished, if there are enough of them.
pub fn usually_next(job: &Subject, snapshot: &Snapshot) -> Option<UsuallyNext> {
    if job.step.is_some() || !job.status().is_running() {
        return None;
    }
    let kind = Kind::of_job(&job.job.job);
    let present = top_steps(&job.job).filter(|step| step.status.is_running()).last()?;
    let present = Kind::of_step(kind, present);
    let mut followers: FxHashMap<Option<Kind>, (usize, Option<&Step>)> = FxHashMap::default();
    let finished = snapshot.jobs().iter().filter(|node| node.job.status == Status::Finished);
    for node in finished.filter(|node| Kind::of_job(&node.job) == kind) {
        let mut steps = top_steps(node).skip_while(|step| Kind::of_step(kind, step) != present);
        if steps.next().is_some() {
            let follower = steps.next();
            let of_kind = followers.entry(follower.map(|step| Kind::of_step(kind, step))).or_insert((0, follower));
            of_kind.0 += 1;
        }
    }
    let of: usize = followers.values().map(|(count, _)| count).sum();
    let (seen, step) = followers.into_values().max_by_key(|(count, _)| *count)?;
    let name = step.map(|step| readable(&step.description).into_owned());
    (of >= ENOUGH && seen * 2 > of).then_some(UsuallyNext { name, seen, of })
}

/// The steps directly under a job, in order.
fn top_steps(node: &JobNode) -> impl Iterator<Item = &Step> {
    let nodes = node.steps.tree().map(|tree| tree.nodes()).unwrap_or_default();
    nodes.iter().filter(|node| node.parent.is_none()).map(|node| &node.step)
}
