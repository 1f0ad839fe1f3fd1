//! The version of the list: every change makes another one, and nothing else does.

use std::{collections::HashMap, sync::Arc};

use task_monitor::{
    domain::Status,
    engine::{
        JobRecord, KnownVersion, List, ListVersion, SaveError, Store,
        inventory::{Change, CommandChange, InventoryStore, JobChange},
        scenario,
    },
    server::database::Database,
};
use tempfile::TempDir;

use crate::{
    answers::{along, keep, keyed},
    inventory::running,
    job_id, open, postgres_server, record, step,
};

/// Each paragraph does something and says whether there is another version after it.
pub(super) async fn every_change_makes_another_version(store: impl InventoryStore) {
    let mut all = vec![store.list_version().await.unwrap()];
    let mut check = async |what: &str, changes: bool| {
        let now = store.list_version().await.unwrap();
        assert_eq!(Some(&now) != all.last(), changes, "{what}");
        assert!(!changes || !all.contains(&now), "{what}: a version comes back");
        all.push(now);
    };
    check("nothing", false).await;

    let mut first = record(1, 0);
    first.content.steps = vec![step(&first, 1)];
    let version = store.save(&first, None).await.unwrap().version;
    check("a new job", true).await;

    first.content.steps[0].status = Status::Finished;
    store.save(&first, Some(version)).await.unwrap();
    check("a step ends", true).await;

    assert_eq!(store.save(&first, Some(version)).await, Err(SaveError::Stale));
    assert_eq!(store.save(&first, None).await, Err(SaveError::Stale));
    check("stale saves", false).await;

    store.list(&List { with_steps: true, ..List::default() }).await.unwrap();
    store.load_by_step(first.content.steps[0].id).await.unwrap();
    check("reading", false).await;

    let once = along(keep(keyed(1, "key", "asked"), 0));
    store.save_along(&record(2, 0), None, &once).await.unwrap();
    check("a new job with a key", true).await;

    store.save_along(&record(3, 0), None, &once).await.unwrap();
    check("the same request again", false).await;

    store.seed(&scenario::sample_inventory()).await.unwrap();
    check("new hosts and machines", false).await;

    let (vm, host) = (store.vms().await.unwrap()[0].clone(), store.hosts().await.unwrap()[0].id);
    let begins = Change {
        job: Some(JobChange { record: record(4, 0), replaces: None }),
        vm: None,
        command: CommandChange::Begins(Box::new(running(1, &vm, host))),
        events: Vec::new(),
    };
    store.commit(&begins).await.unwrap();
    check("a command begins, with its job", true).await;

    assert_eq!(store.commit(&begins).await, Err(SaveError::Stale));
    check("a command that has begun already", false).await;

    let mut known = store.load(job_id(1)).await.unwrap().unwrap().known();
    known.version += 1;
    store.delete(&[known]).await.unwrap();
    check("the deletion of a version that is not there", false).await;

    known.version -= 1;
    store.delete(&[known]).await.unwrap();
    check("a deletion", true).await;
}

/// What was listed between two looks at the same version is the list of that version, whoever writes meanwhile.
pub(super) async fn lists_of_one_version_are_equal(store: impl Store) {
    let store = Arc::new(store);
    let write = |writer: u128| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for number in 1..=20 {
                let mut record = record(writer * 100 + number, 0);
                let version = store.save(&record, None).await.unwrap().version;
                record.content.steps = vec![step(&record, writer * 100 + number)];
                let version = store.save(&record, Some(version)).await.unwrap().version;
                let known = KnownVersion { id: record.content.job.id, version };
                if number % 2 == 0 {
                    store.delete(&[known]).await.unwrap();
                }
            }
        })
    };
    let writers: Vec<_> = (1..=8).map(write).collect();
    let mut lists: HashMap<ListVersion, Vec<JobRecord>> = HashMap::new();
    let mut version = store.list_version().await.unwrap();
    loop {
        let over = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let listed = store.list(&List { with_steps: true, ..List::default() }).await.unwrap();
        let after = store.list_version().await.unwrap();
        if version == after {
            let known = lists.entry(version).or_insert_with(|| listed.clone());
            assert!(*known == listed, "two lists of one version");
        }
        if over && version == after {
            break;
        }
        version = after;
        // A store in memory would keep the turn.
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(lists[&version].len(), 80);
}

async fn save_and_read(writer: &Database, reader: &Database, number: u128) {
    let before = reader.list_version().await.unwrap();
    assert_eq!(writer.list_version().await.unwrap(), before);
    writer.save(&record(number, 0), None).await.unwrap();
    assert_ne!(reader.list_version().await.unwrap(), before);
    assert_eq!(writer.list_version().await.unwrap(), reader.list_version().await.unwrap());
}

/// The version is in the database: all processes have the same one, and it outlives them.
#[tokio::test]
async fn processes_share_the_version_of_a_file() {
    let folder = TempDir::new().unwrap();
    let (first, second) = (open(folder.path()).await, open(folder.path()).await);
    save_and_read(&first, &second, 1).await;
    save_and_read(&second, &first, 2).await;
    let version = first.list_version().await.unwrap();
    first.close().await;
    second.close().await;
    assert_eq!(open(folder.path()).await.list_version().await.unwrap(), version);
}

#[tokio::test]
async fn processes_share_the_version_of_a_postgres_database() {
    let Some(url) = postgres_server::database() else { return };
    let open = async || Database::open(&url.parse().unwrap()).await.unwrap();
    let (first, second) = (open().await, open().await);
    save_and_read(&first, &second, 1).await;
    save_and_read(&second, &first, 2).await;
    let version = first.list_version().await.unwrap();
    first.close().await;
    second.close().await;
    assert_eq!(open().await.list_version().await.unwrap(), version);
}

/// Also a change of a step alone, as an administrator or an upgrade may make it.
#[tokio::test]
async fn a_change_by_hand_makes_another_version() {
    let Some(url) = postgres_server::database() else { return };
    let database = Database::open(&url.parse().unwrap()).await.unwrap();
    let mut record = record(1, 0);
    record.content.steps = vec![step(&record, 1)];
    database.save(&record, None).await.unwrap();
    for sql in [
        "UPDATE step SET description = 'by hand'",
        "UPDATE job SET description = 'by hand'",
        "BEGIN; SAVEPOINT a; UPDATE step SET number = 1; ROLLBACK TO a; UPDATE step SET number = 2; COMMIT",
        "DELETE FROM step",
        "DELETE FROM job",
    ] {
        let before = database.list_version().await.unwrap();
        postgres_server::execute(&url, sql);
        assert_ne!(database.list_version().await.unwrap(), before, "{sql}");
    }
}
