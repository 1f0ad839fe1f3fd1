//! Lists: order, pages and filters.

use task_monitor::{
    domain::JobId,
    engine::{Correlation, List, ListPosition, Store},
};

use crate::{job_id, record, step};

pub(super) async fn lists_in_order(store: impl Store) {
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

/// Pages of any size together are the whole list, also if jobs have equal start times or none.
pub(super) async fn lists_continue_after_any_position(store: impl Store) {
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
                after = Some(ListPosition::of(&last.content.job));
                pages.extend(page);
            }
            assert_eq!(pages, whole, "pages of {size}");
        }
    }
}

pub(super) async fn lists_auto_cleared_jobs(store: impl Store) {
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
