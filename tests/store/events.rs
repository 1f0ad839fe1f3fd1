//! Events.

use std::{collections::BTreeSet, sync::Arc};

use task_monitor::{
    domain::{
        Event, HostId, JobId, UserId, VmId,
        event::{EventId, Reference, Severity},
    },
    engine::{
        Along, AnswerStore, EventSearch, List, Search, SearchTerms, Store, User,
        events::{EventKind, EventList, EventStore, NewEvent},
        inventory::{Change, CommandChange, InventoryStore},
        scenario,
    },
};
use uuid::Uuid;

use crate::{inventory::running, job_id, record, time};

/// An event of the engine at that second.
fn event(second: i64, text: &str) -> NewEvent {
    NewEvent::new(EventKind::USER_RUN_VM, time(second * 1_000).unwrap(), text)
}

/// An event of a program.
fn of_program(second: i64, origin: &str, custom_id: i64) -> NewEvent {
    event(second, "of a program").with(|event| {
        (event.origin, event.custom_id) = (origin.to_owned(), custom_id);
    })
}

async fn all(store: &impl EventStore) -> Vec<Event> {
    store.events(&EventList::default()).await.unwrap()
}

fn texts(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.description.as_str()).collect()
}

pub(super) async fn keeps_everything_of_an_event(store: impl EventStore) {
    let user = User { id: UserId::new(Uuid::from_u128(1)), user_name: "Ä@internal".to_owned() };
    let full = event(5, "Zeile 1\n- 'quoted' \"twice\" \\ 🚚").by(&user).correlated("an-id").with(|event| {
        event.severity = Severity::Alert;
        event.time = time(-1).unwrap();
        event.custom_data = Some("{}".to_owned());
        event.flood_rate = i64::from(i32::MAX);
        event.vm = Some(Reference { id: Some(VmId::new(Uuid::from_u128(2))), name: Some("web01".to_owned()) });
        event.host = Some(Reference { id: None, name: Some("gone".to_owned()) });
        event.cluster = Some(Reference { id: None, name: None });
    });
    store.log(&[full.clone(), event(6, "plain")]).await.unwrap();
    let found = all(&store).await;
    let ids: Vec<EventId> = found.iter().map(|event| event.id).collect();
    assert_eq!(found, [event(6, "plain").numbered(ids[0]), full.numbered(ids[1])]);
    assert!(ids[0] > ids[1] && ids[1] > EventId(0));
    assert_eq!(store.event(ids[1]).await.unwrap(), Some(full.numbered(ids[1])));
    assert_eq!(store.event(EventId(ids[0].0 + 1)).await.unwrap(), None);
    store.log(&[]).await.unwrap();
    assert_eq!(all(&store).await.len(), 2);
}

pub(super) async fn writes_events_with_what_they_are_about(store: impl InventoryStore) {
    let along = |text: &str| Along { keep: None, events: vec![event(1, text)] };
    store.save_along(&record(1, 0), None, &along("with a job")).await.unwrap();
    assert!(store.save_along(&record(1, 0), None, &along("with a stale job")).await.is_err());
    store.seed(&scenario::sample_inventory()).await.unwrap();
    let (vm, host) = (store.vms().await.unwrap().remove(0), store.hosts().await.unwrap().remove(0).id);
    let begins = |text: &str| Change {
        job: None,
        vm: None,
        command: CommandChange::Begins(Box::new(running(1, &vm, host))),
        events: vec![event(2, text)],
    };
    store.commit(&begins("with a command")).await.unwrap();
    assert!(store.commit(&begins("with a command that is there")).await.is_err());
    assert_eq!(texts(&all(&store).await), ["with a command", "with a job"]);
}

pub(super) async fn a_program_has_each_custom_id_once(store: impl EventStore + Store) {
    let rows = [
        ("backup", 1, true),
        ("backup", 2, true),
        ("backup", 1, false),
        ("Backup", 1, true),
        ("patching", 1, true),
        ("backup", -1, true),
        ("backup", -1, false),
    ];
    let mut jobs = 0;
    for ((origin, custom_id, added), number) in rows.into_iter().zip(1..) {
        let id = store.add_event(&of_program(1, origin, custom_id), &record(number, 0)).await.unwrap();
        assert_eq!(id.is_some(), added, "{origin} {custom_id}");
        jobs += usize::from(added);
        assert_eq!(store.list(&List::default()).await.unwrap().len(), jobs, "{origin} {custom_id}");
    }
    assert_eq!(all(&store).await.len(), jobs);
    // The engine's own have no custom id.
    store.log(&[event(1, "a"), event(1, "b")]).await.unwrap();
    assert_eq!(all(&store).await.len(), jobs + 2);
}

pub(super) async fn finds_events(store: impl EventStore) {
    let host =
        |number: u128| Reference { id: Some(HostId::new(Uuid::from_u128(number))), name: Some(format!("hv{number}")) };
    let severities = [Severity::Normal, Severity::Warning, Severity::Error, Severity::Alert];
    let events: Vec<NewEvent> = (0..2_500)
        .map(|number: i64| {
            let severity = severities[usize::try_from(number % 4).unwrap()];
            event(number, &format!("Event {number}")).correlated(&format!("Run-{}", number / 10)).with(|event| {
                event.severity = severity;
                event.host = (number % 5 == 0).then(|| host(u128::from(number.unsigned_abs() % 3)));
            })
        })
        .collect();
    store.log(&events).await.unwrap();
    let first = all(&store).await.last().unwrap().id;
    assert_eq!(all(&store).await.len(), 2_500);
    type Row = (&'static str, bool, Option<i64>, Option<usize>, &'static [i64]);
    let rows: &[Row] = &[
        ("", false, None, Some(3), &[2499, 2498, 2497]),
        ("", false, Some(2_495), Some(2), &[2499, 2498]),
        ("", false, Some(2_497), None, &[2499, 2498]),
        ("", false, Some(2_499), None, &[]),
        ("severity>normal", false, None, Some(4), &[2499, 2498, 2497, 2495]),
        ("severity >= error page 2", false, None, Some(2), &[2495, 2494]),
        ("severity!=alert and severity!=error", false, Some(2_492), None, &[2497, 2496, 2493]),
        ("correlation_id=run-7", false, None, Some(2), &[79, 78]),
        ("correlation_id=run-7", true, None, None, &[]),
        ("correlation_id=Run-7", true, None, Some(1), &[79]),
        ("correlation_id=Run-*9 and severity=alert", true, Some(2_400), None, &[2499, 2495, 2491]),
        (
            "correlation_id=Run-1 or correlation_id=Run-2 and severity=alert",
            true,
            None,
            None,
            &[27, 23, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10],
        ),
        ("message=*7 page 3", false, None, Some(2), &[2457, 2447]),
        ("event_host=HV0", false, None, Some(2), &[2490, 2475]),
        ("event_host=HV0", true, None, Some(2), &[]),
        ("_event_host_id=00000000-0000-0000-0000-000000000001", false, None, Some(2), &[2485, 2470]),
        ("sortby time asc", false, Some(2_489), Some(3), &[2490, 2491, 2492]),
        ("sortby time asc page 4", false, Some(2_489), Some(3), &[2499]),
        ("sortby severity desc", false, Some(2_491), Some(3), &[2499, 2495, 2498]),
        ("type=32 and severity=alert", false, None, Some(1), &[2499]),
        ("type=33", false, None, None, &[]),
        ("custom_event_id=-1", false, None, Some(1), &[2499]),
    ];
    for (text, case_sensitive, from, max, expected) in rows {
        let terms = SearchTerms { case_sensitive: *case_sensitive, ..SearchTerms::default() };
        let query = match EventSearch::parse_with(text, terms) {
            Search::Everything => None,
            Search::Query(query) => Some(query),
            other => panic!("{text}: {other:?}"),
        };
        let from = from.map(|from| EventId(first.0 + from));
        let found = store.events(&EventList { query, from, max: *max, about_inventory: false }).await.unwrap();
        let found: Vec<i64> = found.iter().map(|event| event.id.0 - first.0).collect();
        assert_eq!(found, *expected, "{text} {case_sensitive} {from:?} {max:?}");
    }
    let about = store.events(&EventList { about_inventory: true, max: Some(2), ..EventList::default() }).await.unwrap();
    assert_eq!(texts(&about), ["Event 2495", "Event 2490"]);
}

pub(super) async fn forgets_old_events(store: impl EventStore) {
    let late = event(9, "happened early").with(|event| event.time = time(0).unwrap());
    store.log(&[event(1, "a"), late, event(5, "b")]).await.unwrap();
    let last = all(&store).await[0].id;
    assert_eq!(store.forget_events(time(5_000).unwrap()).await, Ok(1));
    assert_eq!(texts(&all(&store).await), ["b", "happened early"]);
    assert_eq!(store.forget_events(time(99_000).unwrap()).await, Ok(2));
    // Numbers go on.
    store.log(&[event(1, "c")]).await.unwrap();
    assert!(all(&store).await[0].id > last);
}

pub(super) async fn the_sample_world_writes_each_event_once(store: impl EventStore) {
    let sample = |second: i64| event(second, &format!("sample {second}")).of_scenario();
    assert_eq!(store.latest_sample_event().await, Ok(None));
    store.log(&[event(50, "of a user")]).await.unwrap();
    assert_eq!(store.log_sample(&[sample(1), sample(3)], None).await, Ok(true));
    assert_eq!(store.latest_sample_event().await, Ok(time(3_000)));
    assert_eq!(store.log_sample(&[sample(1), sample(3)], None).await, Ok(false));
    assert_eq!(store.log_sample(&[sample(4)], time(3_000)).await, Ok(true));
    store.log(&[event(51, "of a user")]).await.unwrap();
    assert_eq!(texts(&all(&store).await), ["of a user", "sample 4", "sample 3", "sample 1", "of a user"]);
    let ids: BTreeSet<EventId> = all(&store).await.iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 5);
}

/// Who asks for all events after the last one it has seen gets each of them, although many write at the same time.
pub(super) async fn who_follows_the_events_misses_none(store: impl EventStore + Store + AnswerStore) {
    const WRITERS: u128 = 8;
    const EACH: u128 = 12;
    let store = Arc::new(store);
    let writers = (0..WRITERS).map(|writer| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for number in 0..EACH {
                let job = record(1 + writer * EACH + number, 0);
                let along = Along { keep: None, events: vec![event(1, "with a job")] };
                store.save_along(&job, None, &along).await.unwrap();
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let (mut seen, mut last) = (Vec::new(), EventId(0));
    let all = usize::try_from(WRITERS * EACH).unwrap();
    while seen.len() < all {
        let done = writers.iter().all(|writer| writer.is_finished());
        let new = store.events(&EventList { from: Some(last), ..EventList::default() }).await.unwrap();
        last = new.first().map_or(last, |event| event.id);
        seen.extend(new.iter().rev().map(|event| event.id));
        assert!(!done || seen.len() == all, "{} of {all}", seen.len());
        tokio::task::yield_now().await;
    }
    assert!(seen.is_sorted() && seen.iter().collect::<BTreeSet<_>>().len() == all);
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(store.load(JobId::new(job_id(1).uuid())).await.unwrap().is_some());
}
