//! A small data centre to try commands on: a machine in each state, and three hosts.

use crate::support::{NOW, TestEngine, engine, time};
use task_monitor::{
    domain::{HostId, JobWithSteps, VmId},
    engine::inventory::{Host, HostStatus, Inventory, InventoryStore, Vm, VmState},
};
use uuid::Uuid;

pub(crate) const DOWN: u128 = 1;
pub(crate) const STARTING: u128 = 2;
pub(crate) const UP: u128 = 3;
pub(crate) const STOPPING: u128 = 4;
pub(crate) const MOVING: u128 = 5;

pub(crate) fn vm_id(number: u128) -> VmId {
    VmId::new(Uuid::from_u128(0xcccc_0000_0000_4000_8000_0000_0000_0000 + number))
}

pub(crate) fn host_id(number: u128) -> HostId {
    HostId::new(Uuid::from_u128(0xdddd_0000_0000_4000_8000_0000_0000_0000 + number))
}

/// An engine over that data centre and these jobs.
pub(crate) async fn machines(jobs: impl IntoIterator<Item = JobWithSteps>) -> TestEngine {
    let engine = engine(jobs);
    assert_eq!(engine.store.seed(&inventory()).await, Ok(true));
    engine
}

/// Hosts 1 and 2 are up, 3 is in maintenance. All machines run on host 1.
pub(crate) fn inventory() -> Inventory {
    let (first, second) = (host_id(1), host_id(2));
    Inventory {
        hosts: vec![
            host(1, "hv1", HostStatus::Up),
            host(2, "hv2", HostStatus::Up),
            host(3, "hv3", HostStatus::Maintenance),
        ],
        vms: vec![
            vm(DOWN, "down", VmState::Down),
            vm(STARTING, "starting", VmState::PoweringUp(first)),
            vm(UP, "up", VmState::Up(first)),
            vm(STOPPING, "stopping", VmState::PoweringDown(first)),
            vm(MOVING, "moving", VmState::Migrating { from: first, to: second }),
        ],
    }
}

/// Lets seconds pass, then advances the commands once.
pub(crate) async fn pass(engine: &TestEngine, seconds: i64) {
    engine.environment.pass(seconds * 1000);
    engine.advance_commands().await.unwrap();
}

/// A machine in one line: `up on 1`, `migrating on 1 to 2`.
pub(crate) async fn vm_state(engine: &TestEngine, number: u128) -> String {
    let state = engine.store.vm(vm_id(number)).await.unwrap().unwrap().value.state;
    let known = |id| (1..=3).find(|number| host_id(*number) == id).unwrap();
    let host = state.host().map(|host| format!(" on {}", known(host))).unwrap_or_default();
    let target = state.target().map(|host| format!(" to {}", known(host))).unwrap_or_default();
    format!("{}{host}{target}", state.as_str())
}

/// A job's steps, indented by level, with number, status and progress.
pub(crate) fn tree(content: &JobWithSteps) -> Vec<String> {
    fn below(
        content: &JobWithSteps,
        parent: Option<task_monitor::domain::StepId>,
        depth: usize,
        lines: &mut Vec<String>,
    ) {
        let mut steps: Vec<_> = content.steps.iter().filter(|step| step.parent == parent).collect();
        steps.sort_by_key(|step| step.number);
        for step in steps {
            let kind = if step.external { " external" } else { "" };
            let progress = step.progress.map(|percent| format!(" {}%", percent.get())).unwrap_or_default();
            let number = step.number.unwrap();
            lines.push(format!(
                "{:depth$}{number} {} {}{progress}{kind}",
                "",
                step.description,
                step.status.as_str(),
                depth = depth * 2
            ));
            below(content, Some(step.id), depth + 1, lines);
        }
    }
    let mut lines = Vec::new();
    below(content, None, 0, &mut lines);
    lines
}

/// The time that many seconds after [`NOW`].
pub(crate) fn later(seconds: i64) -> task_monitor::domain::Time {
    time(NOW + seconds * 1000)
}

fn host(number: u128, name: &str, status: HostStatus) -> Host {
    Host { id: host_id(number), name: name.to_owned(), address: format!("{name}.example.com"), status }
}

fn vm(number: u128, name: &str, state: VmState) -> Vm {
    Vm { id: vm_id(number), name: name.to_owned(), memory: 1 << 30, state }
}
