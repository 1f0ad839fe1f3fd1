//! Machines, hosts and disks, and the commands on them.

use task_monitor::{
    domain::{DiskId, HostId, VmId},
    engine::{
        SaveError,
        inventory::{
            Change, CommandChange, CommandId, DiskStatus, InventoryStore, JobChange, Monitoring, Named, Object,
            ObjectChange, Running, Vm, VmState, Work,
        },
        scenario,
    },
};
use uuid::Uuid;

use crate::{job_id, record, step, step_id, time};

pub(super) async fn is_furnished_once_and_keeps_it_all(store: impl InventoryStore) {
    assert_eq!(store.hosts().await, Ok(Vec::new()));
    assert_eq!((store.vms().await, store.disks().await), (Ok(Vec::new()), Ok(Vec::new())));
    let mut furniture = scenario::sample_inventory();
    let to = furniture.hosts[1].id;
    let from = furniture.hosts[0].id;
    furniture.vms[0].state = VmState::Migrating { from, to };
    furniture.vms[1].state = VmState::PoweringUp(to);
    furniture.vms[2].state = VmState::PoweringDown(to);
    furniture.vms[3].memory = u64::try_from(i64::MAX).unwrap();
    furniture.disks[0].status = DiskStatus::Locked;
    furniture.disks[1].description = "Zeile\n'; DROP TABLE disk".to_owned();
    assert_eq!(store.seed(&furniture).await, Ok(true));
    assert_eq!(store.seed(&scenario::sample_inventory()).await, Ok(false));
    furniture.hosts.sort_by(|a, b| a.name.cmp(&b.name));
    furniture.storage_domains.sort_by(|a, b| a.name.cmp(&b.name));
    furniture.vms.sort_by(|a, b| a.name.cmp(&b.name));
    furniture.disks.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(store.hosts().await.unwrap(), furniture.hosts);
    assert_eq!(store.storage_domains().await.unwrap(), furniture.storage_domains);
    assert_eq!(store.vms().await.unwrap(), furniture.vms);
    assert_eq!(store.disks().await.unwrap(), furniture.disks);
    for vm in furniture.vms {
        assert_eq!(store.vm(vm.id).await.unwrap().unwrap().value, vm);
    }
    for disk in furniture.disks {
        assert_eq!(store.disk(disk.id).await.unwrap().unwrap().value, disk);
    }
    assert_eq!(store.vm(VmId::new(Uuid::nil())).await, Ok(None));
    assert_eq!(store.disk(DiskId::new(Uuid::nil())).await, Ok(None));
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
        object: Some(ObjectChange {
            object: Object::Vm(Vm { state: VmState::PoweringUp(host), ..vm.clone() }),
            replaces: Some(vm_version),
        }),
        command: CommandChange::Begins(command.clone()),
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
    let goes_on = Change {
        job: Some(JobChange { record: told.clone(), replaces: Some(kept.version) }),
        object: None,
        command: CommandChange::GoesOn(command.id),
    };
    assert_eq!(store.commit(&goes_on).await, Ok(()));
    assert_eq!(store.commit(&goes_on).await, Err(SaveError::Stale), "the job is not as it was");
    assert_eq!(store.load_by_step(step_id(5)).await.unwrap().unwrap().record, told);

    let ends = Change {
        job: None,
        object: Some(ObjectChange {
            object: Object::Vm(command.work.end_vm(&locked.value).unwrap()),
            replaces: Some(locked.version),
        }),
        command: CommandChange::Ends(command.id),
    };
    assert_eq!(store.commit(&ends).await, Ok(()));
    assert_eq!(store.running().await, Ok(Vec::new()));
    let up = store.vm(vm.id).await.unwrap().unwrap();
    assert_eq!(up.value.state, VmState::Up(host));
    for change in [ends, Change { command: CommandChange::GoesOn(command.id), ..goes_on }] {
        assert_eq!(store.commit(&change).await, Err(SaveError::Stale), "it is over");
        assert_eq!(store.vm(vm.id).await.unwrap().unwrap(), up);
    }
}

pub(super) fn running(number: u128, vm: &Vm, host: HostId) -> Running {
    Running {
        id: CommandId(Uuid::from_u128(number)),
        begin: time(1).unwrap(),
        seed: u64::MAX - 1,
        work: Work::RunVm {
            vm: Named { id: vm.id, name: vm.name.clone() },
            host: Named { id: host, name: "hv \"1\"".to_owned() },
        },
        monitoring: Monitoring::Attached { job: job_id(1), step: Some(step_id(2)) },
    }
}
