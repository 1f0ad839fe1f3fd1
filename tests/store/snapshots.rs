//! One state of the database for all pages of a list.

use task_monitor::{
    domain::JobId,
    engine::{List, ListPosition, Store},
    server::database::Database,
};
use tempfile::TempDir;

use crate::{job_id, open, postgres_server, record};

/// The ids on the next page of two jobs.
async fn page(database: &Database, after: Option<ListPosition>) -> (Vec<JobId>, Option<ListPosition>) {
    let listed = database.list(&List { max: Some(2), after, ..List::default() }).await.unwrap();
    let last = listed.last().map(|record| ListPosition::of(&record.content.job));
    (listed.iter().map(|record| record.content.job.id).collect(), last)
}

/// `at_once` lists may hold a state. The next one shows each page as it is when it is read, and so does the first one when its
/// client is slow; but none keeps others from reading or writing.
async fn pages_of_a_list_show_one_state(database: Database, at_once: usize) {
    for number in 1..=3 {
        database.save(&record(number, i64::try_from(number).unwrap()), None).await.unwrap();
    }
    let lists: Vec<Database> = (0..=at_once).map(|_| database.paging_handle().unwrap()).collect();
    let first = (vec![job_id(1), job_id(2)], Some(ListPosition { start_time: crate::time(2), id: job_id(2) }));
    for list in &lists {
        assert_eq!(page(list, None).await, first);
    }
    database.save(&record(4, 4), None).await.unwrap();
    let (old, new) = (vec![job_id(3)], vec![job_id(3), job_id(4)]);
    for (number, list) in lists.iter().enumerate() {
        let expected = if number < at_once { &old } else { &new };
        assert_eq!(page(list, first.1).await.0, *expected, "list {number}");
    }
    assert_eq!(page(&database, first.1).await.0, new);
    drop(lists);
    let next = database.paging_handle().unwrap();
    assert_eq!(page(&next, None).await, first);
    database.save(&record(5, 5), None).await.unwrap();
    assert_eq!(page(&next, first.1).await.0, new, "a list that has ended makes room");
    tokio::time::pause();
    tokio::time::advance(std::time::Duration::from_secs(6)).await;
    tokio::time::resume();
    let after = Some(ListPosition { start_time: crate::time(4), id: job_id(4) });
    while page(&next, after).await.0 != [job_id(5)] {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn pages_of_a_list_show_one_state_of_a_file() {
    let folder = TempDir::new().unwrap();
    pages_of_a_list_show_one_state(open(folder.path()).await, 2).await;
}

#[tokio::test]
async fn pages_of_a_list_show_one_state_of_a_postgres_database() {
    let Some(url) = postgres_server::database() else { return };
    pages_of_a_list_show_one_state(Database::open(&url.parse().unwrap()).await.unwrap(), 8).await;
}
