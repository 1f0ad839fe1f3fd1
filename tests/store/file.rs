//! SQLite files.

use task_monitor::{
    engine::{List, Store},
    server::database::Durability,
};
use tempfile::TempDir;

use crate::{job_id, open, record};

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
    // Also on a connection that was used before.
    database.save(&record(1, 0), None).await.unwrap();
    assert_eq!(database.durability().await.unwrap(), expected);
}

/// As with the command line beside a server: neither finds the file busy.
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
