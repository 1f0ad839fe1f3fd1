//! Concurrent writers: no change is lost, and no command begins twice.

use std::sync::Arc;

use task_monitor::{
    domain::StepId,
    engine::{
        List, SaveError, Store,
        inventory::{Change, CommandChange, InventoryStore, Vm, VmChange, VmState},
        scenario,
    },
};

use crate::{inventory::running, job_id, record, step, step_id};

/// Each adds a step, and tries again if another was faster.
pub(super) async fn concurrent_savers_lose_nothing(store: impl Store) {
    const SAVERS: u128 = 40;
    store.save(&record(1, 0), None).await.unwrap();
    let store = Arc::new(store);
    let savers = (1..=SAVERS).map(|number| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            loop {
                let mut stored = store.load(job_id(1)).await.unwrap().unwrap();
                let added = step(&stored.record, number);
                stored.record.content.steps.push(added);
                match store.save(&stored.record, Some(stored.version)).await {
                    Ok(_) => break,
                    Err(SaveError::Stale) => (),
                    Err(SaveError::Store(error)) => panic!("{error:?}"),
                }
            }
        })
    });
    for saver in savers.collect::<Vec<_>>() {
        saver.await.unwrap();
    }
    let mut steps: Vec<StepId> =
        store.load(job_id(1)).await.unwrap().unwrap().record.content.steps.iter().map(|step| step.id).collect();
    steps.sort_unstable();
    assert_eq!(steps, (1..=SAVERS).map(step_id).collect::<Vec<_>>());
}

pub(super) async fn concurrent_inserters_all_succeed(store: impl Store) {
    let store = Arc::new(store);
    let insert = |number| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.save(&record(number, 0), None).await.map(drop) })
    };
    for inserter in (1..=60).map(insert).collect::<Vec<_>>() {
        assert_eq!(inserter.await.unwrap(), Ok(()));
    }
    assert_eq!(store.list(&List::default()).await.unwrap().len(), 60);
}

pub(super) async fn concurrent_commands_on_one_machine_begin_once(store: impl InventoryStore) {
    store.seed(&scenario::sample_inventory()).await.unwrap();
    let vm = store.vms().await.unwrap().into_iter().find(|vm| vm.state == VmState::Down).unwrap();
    let host = store.hosts().await.unwrap()[0].id;
    let version = store.vm(vm.id).await.unwrap().unwrap().version;
    let store = Arc::new(store);
    let begin = |number| {
        let (store, vm) = (Arc::clone(&store), vm.clone());
        tokio::spawn(async move {
            let command = CommandChange::Begins(Box::new(running(number, &vm, host)));
            let vm = Some(VmChange { vm: Vm { state: VmState::PoweringUp(host), ..vm }, replaces: version });
            store.commit(&Change { job: None, vm, command, events: Vec::new() }).await
        })
    };
    let mut begun = 0;
    for attempt in (1..=20).map(begin).collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(()) => begun += 1,
            Err(SaveError::Stale) => (),
            Err(SaveError::Store(error)) => panic!("{error:?}"),
        }
    }
    assert_eq!((begun, store.running().await.unwrap().len()), (1, 1));
}
