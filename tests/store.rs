//! What every store must do, as one suite over all of them.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/postgres.rs"]
mod postgres_server;

use std::{path::Path, sync::Arc, time::Duration};

use task_monitor::{
    domain::{
        DiskId, ExternalSystem, HostId, Job, JobId, JobWithSteps, Percent, Status, Step, StepId, StepType, Time,
        UserId, VmId,
    },
    engine::{
        Caller, Correlation, JobRecord, Known, List, ListPlace, MemoryStore, PredefinedRole, SaveError, Saved, Store,
        Stored, User,
        inventory::{
            Change, CommandChange, CommandId, DiskStatus, InventoryStore, JobChange, Monitoring, Named, Object,
            ObjectChange, Running, Vm, VmState, Work,
        },
        scenario,
    },
    server::database::{Database, DatabaseUrl, Durability},
};
use tempfile::TempDir;
use uuid::Uuid;

/// Runs each behaviour on each store.
macro_rules! every_store {
    ($($behaviour:ident)*) => {
        mod memory {
            $(#[tokio::test]
            async fn $behaviour() {
                super::$behaviour(super::MemoryStore::default()).await;
            })*
        }
        mod sqlite_file {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $behaviour() {
                let folder = super::TempDir::new().unwrap();
                super::$behaviour(super::open(folder.path()).await).await;
            })*
        }
        mod sqlite_in_memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $behaviour() {
                super::$behaviour(super::Database::open(&super::DatabaseUrl::Memory).await.unwrap()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $behaviour() {
                let Some(url) = super::postgres_server::database() else { return };
                super::$behaviour(super::Database::open(&url.parse().unwrap()).await.unwrap()).await;
            })*
        }
    };
}

every_store! {
    keeps_everything
    knows_what_is_not_there
    refuses_stale_saves
    replaces_steps
    concurrent_savers_lose_nothing
    concurrent_inserters_all_succeed
    lists_in_order
    lists_go_on_after_any_place
    lists_what_may_be_removed
    a_job_may_have_many_steps
    deletes_jobs_with_their_steps
    is_furnished_once_and_keeps_it_all
    commits_a_change_whole_or_not_at_all
    concurrent_commands_on_one_machine_begin_once
}

async fn keeps_everything(store: impl Store) {
    let mut plain = record(1, 1000);
    plain.content.job.description = "Zeile\nzwei \u{202e} \u{1} 🚚 'quoted' \"; DROP TABLE job".to_owned();
    let mut full = record(2, 2000);
    full.scenario = true;
    full.content.job = Job {
        status: Status::Aborted,
        external: false,
        auto_cleared: true,
        end_time: time(-5),
        owner: None,
        ..full.content.job
    };
    let parent = step(&full, 21);
    let child = Step {
        parent: Some(parent.id),
        step_type: StepType::RemovingBricks,
        number: Some(3),
        status: Status::Unknown,
        progress: Some(Percent::clamped(42)),
        end_time: time(7),
        external: false,
        external_system: Some(ExternalSystem::Gluster),
        execution_host: Some(HostId::new(Uuid::from_u128(9))),
        ..step(&full, 22)
    };
    full.content.steps = vec![child.clone(), parent];
    for kept in [&plain, &full] {
        let saved = store.save(kept, None).await.unwrap();
        let loaded = store.load(kept.content.job.id).await.unwrap().unwrap();
        assert_eq!(loaded.record, *kept);
        assert_eq!(loaded.version, saved.version);
    }
    assert_eq!(store.load_by_step(child.id).await.unwrap().unwrap().record, full);
}

async fn knows_what_is_not_there(store: impl Store) {
    assert_eq!(store.load(job_id(1)).await, Ok(None));
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None));
    assert_eq!(store.delete(&[Known { id: job_id(1), version: 1 }]).await, Ok(0));
    assert_eq!(store.list(&List::default()).await, Ok(Vec::new()));
    assert_eq!(store.save(&record(1, 0), Some(1)).await, Err(SaveError::Stale));
    assert_eq!(store.load(job_id(1)).await, Ok(None));
}

async fn refuses_stale_saves(store: impl Store) {
    let mut record = record(1, 0);
    let first = store.save(&record, None).await.unwrap();
    assert_eq!(store.save(&record, None).await, Err(SaveError::Stale), "there is one already");
    record.content.job.description = "second".to_owned();
    let second = store.save(&record, Some(first.version)).await.unwrap();
    assert!(second.version > first.version);
    let mut late = record.clone();
    late.content.job.description = "late".to_owned();
    late.content.steps = vec![step(&late, 1)];
    assert_eq!(store.save(&late, Some(first.version)).await, Err(SaveError::Stale));
    assert_eq!(store.load(job_id(1)).await.unwrap().unwrap().record, record, "a refused save changes nothing");
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None));
}

async fn replaces_steps(store: impl Store) {
    let mut record = record(1, 0);
    let make = |id| step(&record, id);
    let ended = |id| Step { status: Status::Finished, end_time: time(5), ..make(id) };
    let states = [
        vec![make(1), make(2), make(3)],
        vec![make(1), ended(2), make(3), make(4)],
        vec![make(4), make(1)],
        vec![make(5), make(1), make(6), ended(4)],
        Vec::new(),
        vec![make(7)],
    ];
    let mut version = None;
    for state in states {
        record.content.steps = state;
        version = Some(store.save(&record, version).await.unwrap().version);
        assert_eq!(store.load(job_id(1)).await.unwrap().unwrap().record, record);
    }
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None), "a step that is gone finds nothing");
}

/// Each adds a step of its own, and tries again when another was faster.
async fn concurrent_savers_lose_nothing(store: impl Store) {
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

async fn concurrent_inserters_all_succeed(store: impl Store) {
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

async fn lists_in_order(store: impl Store) {
    for (number, start, correlation_id) in [(3, 20, "b"), (1, 20, "a"), (4, 10, "a"), (2, 30, "A")] {
        let mut record = record(number, start);
        record.correlation_id = correlation_id.to_owned();
        record.content.steps = vec![step(&record, number * 10), step(&record, number * 10 + 1)];
        store.save(&record, None).await.unwrap();
    }
    let is = |text: &str| Some(Correlation::Is(text.to_owned()));
    let is_not = |text: &str| Some(Correlation::IsNot(text.to_owned()));
    for (max, correlation, expected) in [
        (None, None, vec![4, 1, 3, 2]),
        (Some(3), None, vec![4, 1, 3]),
        (Some(0), None, vec![]),
        (Some(99), None, vec![4, 1, 3, 2]),
        (None, is("a"), vec![4, 1]),
        (Some(1), is("a"), vec![4]),
        (None, is("A"), vec![2]),
        (None, is("' OR 1=1"), vec![]),
        (None, is_not("a"), vec![3, 2]),
    ] {
        for with_steps in [false, true] {
            let list = List { with_steps, max, correlation: correlation.clone(), ..List::default() };
            let listed = store.list(&list).await.unwrap();
            let ids: Vec<JobId> = listed.iter().map(|record| record.content.job.id).collect();
            assert_eq!(ids, expected.iter().copied().map(job_id).collect::<Vec<_>>(), "{list:?}");
            for mut record in listed {
                let stored = store.load(record.content.job.id).await.unwrap().unwrap();
                if !with_steps {
                    assert_eq!(record.content.steps, []);
                    record.content.steps.clone_from(&stored.record.content.steps);
                }
                assert_eq!(record, stored.record);
            }
        }
    }
}

/// Whatever the size of the pages, together they are the whole list: also where jobs started at the same time, or at none.
async fn lists_go_on_after_any_place(store: impl Store) {
    for number in 1..=20 {
        let mut record = record(number, i64::try_from(number).unwrap() % 3);
        record.content.job.start_time = record.content.job.start_time.filter(|_| number % 5 > 0);
        record.content.job.auto_cleared = number % 2 > 0;
        record.content.steps = vec![step(&record, number)];
        record.correlation_id = if number % 4 > 0 { "run" } else { "other" }.to_owned();
        store.save(&record, None).await.unwrap();
    }
    for correlation in [None, Some(Correlation::Is("run".to_owned())), Some(Correlation::IsNot("run".to_owned()))] {
        let all = List { with_steps: true, correlation, ..List::default() };
        let whole = store.list(&all).await.unwrap();
        assert!(whole.len() > 1 && whole.iter().all(|record| record.content.steps.len() == 1));
        for size in [1, 2, 3, 7, 20, 21] {
            let (mut pages, mut after) = (Vec::new(), None);
            loop {
                let page = store.list(&List { max: Some(size), after, ..all.clone() }).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(ListPlace::of(&last.content.job));
                pages.extend(page);
            }
            assert_eq!(pages, whole, "pages of {size}");
        }
    }
}

async fn lists_what_may_be_removed(store: impl Store) {
    for number in 1..=4 {
        let mut record = record(number, 0);
        record.content.job.auto_cleared = number % 2 > 0;
        record.correlation_id = format!("{}", number / 3);
        store.save(&record, None).await.unwrap();
    }
    for (correlation, expected) in [(None, vec![1, 3]), (Some("1"), vec![3])] {
        let correlation = correlation.map(|text| Correlation::Is(text.to_owned()));
        let list = List { auto_cleared: true, correlation, ..List::default() };
        let ids: Vec<JobId> = store.list(&list).await.unwrap().iter().map(|record| record.content.job.id).collect();
        assert_eq!(ids, expected.into_iter().map(job_id).collect::<Vec<_>>());
    }
}

/// There is no limit.
async fn a_job_may_have_many_steps(store: impl Store) {
    let mut record = record(1, 0);
    record.content.steps = (0..3_000).map(|number| step(&record, number)).collect();
    let version = store.save(&record, None).await.unwrap().version;
    let added = step(&record, 3_000);
    record.content.steps.push(added);
    store.save(&record, Some(version)).await.unwrap();
    assert!(store.load_by_step(step_id(3_000)).await.unwrap().unwrap().record == record);
}

async fn deletes_jobs_with_their_steps(store: impl Store) {
    let mut known = Vec::new();
    for number in 1..=3 {
        let mut record = record(number, 0);
        record.content.steps = vec![step(&record, number)];
        let Saved { version } = store.save(&record, None).await.unwrap();
        known.push(Known { id: job_id(number), version });
    }
    let elsewhere = Known { id: job_id(7), version: 1 };
    assert_eq!(store.delete(&[]).await, Ok(0));
    assert_eq!(store.delete(&[known[0], known[2], elsewhere]).await, Ok(2));
    assert_eq!(store.load(job_id(1)).await, Ok(None));
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None));
    assert_eq!(store.load_by_step(step_id(2)).await.unwrap().unwrap().record.content.job.id, job_id(2));

    let Stored { record, version } = store.load(job_id(2)).await.unwrap().unwrap();
    store.save(&record, Some(version)).await.unwrap();
    assert_eq!(store.delete(&[known[1]]).await, Ok(0), "somebody saved meanwhile");
    assert_eq!(store.load(job_id(2)).await.unwrap().unwrap().record, record);
}

#[tokio::test]
async fn a_file_is_kept_as_safely_as_promised() {
    let folder = TempDir::new().unwrap();
    let database = open(folder.path()).await;
    let expected = Durability::Sqlite {
        journal_mode: "wal".to_owned(),
        synchronous: "2".to_owned(),
        foreign_keys: "1".to_owned(),
    };
    assert_eq!(database.durability().await.unwrap(), expected);
    // Also on a connection that has been used and given back.
    database.save(&record(1, 0), None).await.unwrap();
    assert_eq!(database.durability().await.unwrap(), expected);
}

/// When a session is used, in minutes from its begin, and whether it is good then.
#[tokio::test]
async fn a_session_by_cookie_lasts_as_long_as_it_is_used() {
    let folder = TempDir::new().unwrap();
    let mut databases = vec![open(folder.path()).await];
    if let Some(url) = postgres_server::database() {
        databases.push(Database::open(&url.parse().unwrap()).await.unwrap());
    }
    let user = User { id: UserId::new(Uuid::from_u128(1)), user_name: "me@internal".to_owned() };
    let caller = Caller { user, roles: vec![PredefinedRole::UserRole.role()] };
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    let at = |minute: i64| time(minute * 60_000).unwrap();
    for database in databases {
        database.add_account(&caller, "hash").await.unwrap().unwrap();
        let account = database.account(caller.user.id).await.unwrap().unwrap();
        let good = async |secret: &[u8], minute| {
            let account = database.account_of_cookie(secret, at(minute)).await.unwrap();
            account.is_some_and(|account| account.caller == caller)
        };
        let open = async |secret: &[u8], token: Option<&[u8]>| {
            database.open_cookie(secret, &account, token, at(0), minutes(30)).await.unwrap();
        };
        for secret in [&b"used"[..], b"left", b"ended"] {
            open(secret, None).await;
        }
        database.open_session(b"token", &account, at(0), at(20)).await.unwrap();
        open(b"by token", Some(b"token")).await;
        open(b"by another token", Some(b"another")).await;
        for (secret, minute, expected) in [
            (&b"used"[..], 0, true),
            (b"used", 29, true),
            (b"used", 29, true),
            (b"used", 59, true),
            (b"used", 89, true),
            (b"left", 32, false),
            (b"used", 121, false),
            (b"never opened", 1, false),
            (b"by token", 19, true),
            (b"by token", 21, false),
            (b"by another token", 1, false),
        ] {
            assert_eq!(good(secret, minute).await, expected, "{secret:?} {minute}");
        }
        assert!(good(b"ended", 1).await);
        database.end_cookie(b"ended").await.unwrap();
        assert!(!good(b"ended", 1).await);
        for number in 0..1_001_u32 {
            let (secret, now) = (number.to_be_bytes(), at(i64::from(number)));
            database.open_cookie(&secret, &account, None, now, minutes(100_000)).await.unwrap();
        }
        assert!(!good(&0_u32.to_be_bytes(), 2_000).await, "the oldest made room");
        assert!(good(&1_u32.to_be_bytes(), 2_000).await && good(&1_000_u32.to_be_bytes(), 2_000).await);
        assert!(database.set_password("me@internal", "other").await.unwrap());
        assert!(!good(&1_000_u32.to_be_bytes(), 2_000).await, "another password ends it");
        database.close().await;
    }
}

/// As when the command line works beside a server: neither finds the file busy.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_may_write_to_one_file() {
    let folder = TempDir::new().unwrap();
    let databases = [open(folder.path()).await, open(folder.path()).await];
    let insert = |number: u128| {
        let database = databases[usize::from(number.is_multiple_of(2))].clone();
        tokio::spawn(async move { database.save(&record(number, 0), None).await.map(drop) })
    };
    for inserter in (1..=80).map(insert).collect::<Vec<_>>() {
        assert_eq!(inserter.await.unwrap(), Ok(()));
    }
    assert_eq!(databases[0].list(&List::default()).await.unwrap().len(), 80);
}

#[tokio::test]
async fn a_file_keeps_jobs_when_it_is_closed() {
    let folder = TempDir::new().unwrap();
    let first = open(folder.path()).await;
    first.save(&record(1, 0), None).await.unwrap();
    first.close().await;
    let names: Vec<_> = folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["jobs.db"], "closing leaves no journal behind");
    let second = open(folder.path()).await;
    assert_eq!(second.load(job_id(1)).await.unwrap().unwrap().record, record(1, 0));
}

async fn is_furnished_once_and_keeps_it_all(store: impl InventoryStore) {
    assert_eq!(store.hosts().await, Ok(Vec::new()));
    assert_eq!((store.vms().await, store.disks().await), (Ok(Vec::new()), Ok(Vec::new())));
    let mut furniture = scenario::furniture();
    let to = furniture.hosts[1].id;
    let from = furniture.hosts[0].id;
    furniture.vms[0].state = VmState::Migrating { from, to };
    furniture.vms[1].state = VmState::PoweringUp(to);
    furniture.vms[2].state = VmState::PoweringDown(to);
    furniture.vms[3].memory = u64::try_from(i64::MAX).unwrap();
    furniture.disks[0].status = DiskStatus::Locked;
    furniture.disks[1].description = "Zeile\n'; DROP TABLE disk".to_owned();
    assert_eq!(store.furnish(&furniture).await, Ok(true));
    assert_eq!(store.furnish(&scenario::furniture()).await, Ok(false));
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

async fn commits_a_change_whole_or_not_at_all(store: impl InventoryStore) {
    store.furnish(&scenario::furniture()).await.unwrap();
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

async fn concurrent_commands_on_one_machine_begin_once(store: impl InventoryStore) {
    store.furnish(&scenario::furniture()).await.unwrap();
    let vm = store.vms().await.unwrap().into_iter().find(|vm| vm.state == VmState::Down).unwrap();
    let host = store.hosts().await.unwrap()[0].id;
    let version = store.vm(vm.id).await.unwrap().unwrap().version;
    let store = Arc::new(store);
    let begin = |number| {
        let (store, vm) = (Arc::clone(&store), vm.clone());
        tokio::spawn(async move {
            let command = CommandChange::Begins(running(number, &vm, host));
            let object = Object::Vm(Vm { state: VmState::PoweringUp(host), ..vm });
            let object = Some(ObjectChange { object, replaces: Some(version) });
            store.commit(&Change { job: None, object, command }).await
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

fn running(number: u128, vm: &Vm, host: HostId) -> Running {
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

async fn open(folder: &Path) -> Database {
    Database::open(&DatabaseUrl::Sqlite(folder.join("jobs.db"))).await.unwrap()
}

fn record(number: u128, start: i64) -> JobRecord {
    let job = Job {
        id: job_id(number),
        description: format!("job {number}"),
        status: Status::Started,
        external: true,
        auto_cleared: false,
        owner: Some(UserId::new(Uuid::from_u128(77))),
        start_time: time(start),
        end_time: None,
        last_updated: time(start),
    };
    JobRecord { content: JobWithSteps { job, steps: Vec::new() }, correlation_id: "run".to_owned(), scenario: false }
}

fn step(record: &JobRecord, number: u128) -> Step {
    Step {
        id: step_id(number),
        job: record.content.job.id,
        parent: None,
        step_type: StepType::Executing,
        description: format!("step {number}"),
        number: None,
        status: Status::Started,
        progress: None,
        start_time: time(1),
        end_time: None,
        external: true,
        external_system: None,
        execution_host: None,
    }
}

fn job_id(number: u128) -> JobId {
    JobId::new(Uuid::from_u128(number))
}

fn step_id(number: u128) -> StepId {
    StepId::new(Uuid::from_u128(number << 64))
}

fn time(milliseconds: i64) -> Option<Time> {
    Time::from_timestamp_millis(milliseconds)
}
