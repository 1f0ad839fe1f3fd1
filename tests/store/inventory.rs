//! Hosts and machines, and the commands on them.

use task_monitor::{
    domain::{HostId, UserId, VmId},
    engine::{
        SaveError, User,
        inventory::{
            Change, CommandChange, CommandId, InventoryStore, JobChange, Monitoring, Named, Requester, RunningCommand,
            Vm, VmChange, VmState, VmWork,
        },
        scenario,
    },
};
use uuid::Uuid;

use crate::{job_id, record, step, step_id, time};

pub(super) async fn is_seeded_once_and_keeps_everything(store: impl InventoryStore) {
    assert_eq!((store.hosts().await, store.vms().await), (Ok(Vec::new()), Ok(Vec::new())));
    let mut inventory = scenario::sample_inventory();
    let (from, to) = (inventory.hosts[0].id, inventory.hosts[1].id);
    inventory.vms[0].state = VmState::Migrating { from, to };
    inventory.vms[1].state = VmState::PoweringUp(to);
    inventory.vms[2].state = VmState::PoweringDown(to);
    inventory.vms[3].memory = u64::try_from(i64::MAX).unwrap();
    inventory.vms[4].name = "Zeile\n'; DROP TABLE vm".to_owned();
    assert_eq!(store.seed(&inventory).await, Ok(true));
    assert_eq!(store.seed(&scenario::sample_inventory()).await, Ok(false));
    inventory.hosts.sort_by(|a, b| a.name.cmp(&b.name));
    inventory.vms.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(store.hosts().await.unwrap(), inventory.hosts);
    assert_eq!(store.vms().await.unwrap(), inventory.vms);
    for vm in inventory.vms {
        assert_eq!(store.vm(vm.id).await.unwrap().unwrap().value, vm);
    }
    assert_eq!(store.vm(VmId::new(Uuid::nil())).await, Ok(None));
    assert_eq!(store.running().await, Ok(Vec::new()));
}

pub(super) async fn commits_a_change_whole_or_not_at_all(store: impl InventoryStore) {
    store.seed(&scenario::sample_inventory()).await.unwrap();
    let vm = store.vms().await.unwrap().into_iter().find(|vm| vm.state == VmState::Down).unwrap();
    let host = store.hosts().await.unwrap()[0].id;
    let command = running(1, &vm, host);
    let job = record(1, 0);
    let begin = |vm_version, job_version| Change {
        job: Some(JobChange { record: job.clone(), replaces: job_version }),
        vm: Some(VmChange { vm: Vm { state: VmState::PoweringUp(host), ..vm.clone() }, replaces: vm_version }),
        command: CommandChange::Begins(Box::new(command.clone())),
        events: Vec::new(),
    };
    let version = store.vm(vm.id).await.unwrap().unwrap().version;
    let stale = [begin(version + 1, None), begin(version, Some(1))];
    for change in stale {
        assert_eq!(store.commit(&change).await, Err(SaveError::Stale));
        assert_eq!(store.running().await, Ok(Vec::new()));
        assert_eq!(store.load(job_id(1)).await, Ok(None));
        assert_eq!(store.vm(vm.id).await.unwrap().unwrap().value, vm);
    }
    assert_eq!(store.commit(&begin(version, None)).await, Ok(()));
    assert_eq!(store.running().await, Ok(vec![command.clone()]));
    let locked = store.vm(vm.id).await.unwrap().unwrap();
    assert_eq!(locked.value.state, VmState::PoweringUp(host));
    assert_ne!(locked.version, version);
    let kept = store.load(job_id(1)).await.unwrap().unwrap();
    assert_eq!(kept.record, job);
    assert_eq!(
        store.commit(&begin(locked.version, Some(kept.version))).await,
        Err(SaveError::Stale),
        "it runs already"
    );

    let mut told = job.clone();
    told.content.steps = vec![step(&told, 5)];
    let continues = Change {
        job: Some(JobChange { record: told.clone(), replaces: Some(kept.version) }),
        vm: None,
        command: CommandChange::Continues(command.id),
        events: Vec::new(),
    };
    assert_eq!(store.commit(&continues).await, Ok(()));
    assert_eq!(store.commit(&continues).await, Err(SaveError::Stale), "the job has changed");
    assert_eq!(store.load_by_step(step_id(5)).await.unwrap().unwrap().record, told);

    let ends = Change {
        job: None,
        vm: Some(VmChange { vm: command.work.end(locked.value), replaces: locked.version }),
        command: CommandChange::Ends(command.id),
        events: Vec::new(),
    };
    assert_eq!(store.commit(&ends).await, Ok(()));
    assert_eq!(store.running().await, Ok(Vec::new()));
    let up = store.vm(vm.id).await.unwrap().unwrap();
    assert_eq!(up.value.state, VmState::Up(host));
    for change in [ends, Change { command: CommandChange::Continues(command.id), ..continues }] {
        assert_eq!(store.commit(&change).await, Err(SaveError::Stale), "it has ended");
        assert_eq!(store.vm(vm.id).await.unwrap().unwrap(), up);
    }
}

pub(super) fn running(number: u128, vm: &Vm, host: HostId) -> RunningCommand {
    RunningCommand {
        id: CommandId(Uuid::from_u128(number)),
        begin: time(1).unwrap(),
        seed: u64::MAX - 1,
        work: VmWork::RunVm {
            vm: Named { id: vm.id, name: vm.name.clone() },
            host: Named { id: host, name: "hv \"1\"".to_owned() },
        },
        monitoring: Monitoring::Attached { job: job_id(1), step: Some(step_id(2)) },
        request: Some(Requester {
            user: User { id: UserId::new(Uuid::from_u128(7)), user_name: "admin@internal".to_owned() },
            correlation_id: "a".to_owned(),
        }),
    }
}
