//! The sample world: deterministic, and it changes nobody else's jobs in the store.
#![cfg(feature = "server")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may")]

mod support;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::TimeDelta;
use support::{NOW, TestEnvironment, admin, time};
use task_monitor::{
    domain::{
        Event, JobId, Status, Step, StepId, StepType, Time,
        event::{EventId, Severity},
        outline::StepTree,
        rules::Outcome,
    },
    engine::{
        Added, EndsAhead, Engine, JobRecord, KnownVersion, List, ListVersion, MemoryStore, NewJob, NewStep, Retention,
        SaveError, Saved, StepPlace, Store, StoreError, Stored,
        events::{EventList, EventStore},
        scenario,
    },
};

const SEED: u64 = 42;

fn start() -> Time {
    time(NOW)
}

fn minutes(minutes: i64) -> Time {
    start() + TimeDelta::minutes(minutes)
}

async fn all(store: &MemoryStore) -> Vec<JobRecord> {
    store.list(&List { with_steps: true, ..List::default() }).await.unwrap()
}

#[test]
fn the_same_seed_gives_the_same_world() {
    for now in [start(), minutes(7), minutes(600)] {
        assert_eq!(
            scenario::world(SEED, start(), now, &Retention::OVIRT),
            scenario::world(SEED, start(), now, &Retention::OVIRT)
        );
    }
    assert_ne!(
        scenario::world(SEED, start(), start(), &Retention::OVIRT),
        scenario::world(SEED + 1, start(), start(), &Retention::OVIRT)
    );
}

/// Ids do not depend on the start, so a restarted server continues the same world.
#[test]
fn a_later_start_leaves_out_only_earlier_jobs() {
    let early = scenario::world(SEED, start() - TimeDelta::days(3), start(), &Retention::OVIRT);
    let late = scenario::world(SEED, start(), start(), &Retention::OVIRT);
    assert!(late.len() > 50 && late.iter().all(|record| early.contains(record)));
}

#[test]
fn the_world_has_jobs_of_all_statuses_at_any_time() {
    let mut busy = 0;
    for hour in 0..48 {
        let world = scenario::world(SEED, start(), minutes(hour * 60 + 13 * hour % 60), &Retention::OVIRT);
        let running = world.iter().filter(|record| record.content.job.status.is_running()).count();
        assert!((80..=170).contains(&world.len()), "{} jobs in hour {hour}", world.len());
        busy += usize::from((2..=8).contains(&running));
        for status in Status::ALL {
            assert!(world.iter().any(|record| record.content.job.status == status), "{status:?} in hour {hour}");
        }
        let owners: HashSet<_> = world.iter().map(|record| record.content.job.owner).collect();
        assert!(owners.len() >= 5, "hour {hour}");
    }
    assert!(busy >= 43, "between 2 and 8 jobs run in {busy} of 48 hours only");
}

/// Internal and external jobs of several kinds.
#[test]
fn the_world_has_many_kinds_of_jobs() {
    let world: Vec<JobRecord> =
        (0..200).flat_map(|turn| scenario::world(SEED, start(), minutes(turn * 17), &Retention::OVIRT)).collect();
    let begins = |words: &str| -> Vec<&JobRecord> {
        world.iter().filter(|record| record.content.job.description.starts_with(words)).collect()
    };
    let is_measured = |record: &&JobRecord| record.content.steps.iter().any(|step| step.progress.is_some());
    let is_nested = |record: &&JobRecord| record.content.steps.iter().any(|step| step.parent.is_some());
    // Description, whether it is external, whether steps have steps, whether a running step shows progress.
    let kinds = [
        ("Launching VM ", false, false, false),
        ("Adding Disk ", false, true, false),
        ("Migrating VM ", false, false, false),
        ("Moving Disk ", false, true, true),
        ("Migrating Disk ", false, true, true),
        ("Removing Snapshot ", false, true, false),
        ("Moving Host ", false, true, false),
        ("SparsifyImage", false, false, false),
        ("CloneImageGroupVolumesStructure", false, true, false),
        ("Backup of ", true, true, false),
        ("Patch cluster ", true, true, false),
    ];
    for (words, external, nested, measured) in kinds {
        let jobs = begins(words);
        assert!(jobs.len() > 3, "{words}: {}", jobs.len());
        assert!(jobs.iter().all(|record| record.content.job.external == external), "{words}");
        assert_eq!(jobs.iter().any(is_nested), nested, "{words}");
        assert_eq!(jobs.iter().any(is_measured), measured, "{words}");
    }
}

/// All jobs of two days, each as it was when it was seen last.
fn two_days() -> Vec<JobRecord> {
    let minutes_of_two_days = (0..2_880).step_by(7);
    let mut last: HashMap<JobId, JobRecord> = HashMap::new();
    for minute in minutes_of_two_days {
        let world = scenario::world(SEED, start(), minutes(minute), &Retention::OVIRT);
        last.extend(world.into_iter().map(|record| (record.content.job.id, record)));
    }
    last.into_values().collect()
}

/// The names and statuses of a job's steps directly under it, in order.
fn attempts(record: &JobRecord) -> Vec<(&str, Status)> {
    let top = record.content.steps.iter().filter(|step| step.parent.is_none());
    top.map(|step| (step.description.as_str(), step.status)).collect()
}

/// What is special about the jobs of a real engine (tests/samples/engine-4.5.7).
#[test]
fn internal_jobs_are_like_those_of_a_real_engine() {
    use Status::{Failed, Finished};
    let world = two_days();
    let internal = || world.iter().filter(|record| !record.content.job.external);
    let trees = || internal().map(|record| (record, StepTree::nest(record.content.steps.clone())));
    let generic = |step: &&Step| ["Validating", "Executing", "Finalizing"].contains(&step.description.as_str());
    let steps = || internal().flat_map(|record| &record.content.steps);
    assert!(steps().filter(generic).count() * 2 > steps().count(), "most steps have one of three names");
    // Two hosts refuse a machine, and there is no third.
    let refused = [
        ("Validating", Finished),
        ("Executing", Failed),
        ("Validating", Finished),
        ("Executing", Failed),
        ("Validating", Failed),
    ];
    let launches = || internal().filter(|record| record.content.job.description.starts_with("Launching VM "));
    assert!(launches().any(|record| attempts(record) == refused && record.content.job.status == Failed));
    assert!(launches().any(|record| attempts(record).len() == 4 && record.content.job.status == Finished));
    // Five levels.
    let deepest = trees().flat_map(|(_, tree)| tree.nodes().iter().map(|node| node.depth).max()).max();
    assert_eq!(deepest, Some(5));
    // The cause is below a step that ended well.
    let copies = trees().filter(|(record, tree)| {
        let leaf = tree.failed_leaf(record.content.job.end_time).map(|index| &tree.nodes()[index].step);
        let parent = leaf.and_then(|leaf| record.content.steps.iter().find(|step| Some(step.id) == leaf.parent));
        record.content.job.status == Failed
            && leaf.is_some_and(|leaf| leaf.description == "Copying Volume")
            && parent.is_some_and(|parent| parent.status == Finished)
            && attempts(record).last() == Some(&("Finalizing", Failed))
    });
    assert!(copies.count() > 1);
    // Closed with the job's end time, before it started.
    let backwards = |step: &&Step| step.end_time.is_some() && step.end_time < step.start_time;
    assert!(internal().any(|record| {
        record.content.job.description.starts_with("Activating Host ")
            && record.content.steps.iter().filter(backwards).count() == 1
    }));
    // Only a running step shows progress.
    assert!(steps().all(|step| step.progress.is_none() || step.status.is_running()));
}

/// A live move of a disk is four jobs with one correlation id, about the same disk.
#[test]
fn a_live_move_is_four_jobs() {
    let world = two_days();
    let moves: Vec<_> =
        world.iter().filter(|record| record.content.job.description.starts_with("Migrating Disk ")).collect();
    assert!(moves.len() > 50);
    let complete = moves.iter().filter(|record| {
        let mut all: Vec<_> = world
            .iter()
            .filter(|other| other.correlation_id == record.correlation_id)
            .map(|other| &other.content.job)
            .collect();
        all.sort_by_key(|job| job.start_time);
        let words: Vec<&str> = all.iter().map(|job| job.description.split(' ').next().unwrap()).collect();
        let disk = record.content.job.description.split(' ').nth(2).unwrap();
        words == ["Migrating", "Creating", "CloneImageGroupVolumesStructure", "Removing"]
            && [0, 1, 3].iter().all(|index: &usize| all[*index].description.contains(disk))
            && all.iter().all(|job| job.end_time <= all[0].end_time)
    });
    // The last one may not be complete.
    assert!(complete.count() + 3 > moves.len());
}

#[test]
fn the_world_is_consistent() {
    let users: HashSet<_> = scenario::users().into_iter().map(|user| user.id).collect();
    for minute in (0..1_500).step_by(37) {
        let now = minutes(minute);
        let mut ids = HashSet::new();
        for record in scenario::world(SEED, start(), now, &Retention::OVIRT) {
            let job = &record.content.job;
            assert!(record.scenario && ids.insert(job.id.uuid()) && !job.description.is_empty());
            let owner = job.owner.unwrap();
            assert!(users.contains(&owner) || !job.external);
            let mut moments = HashMap::new();
            check_times(job.status, job.start_time, job.end_time, now);
            let ended = |time: Option<Time>| job.end_time.is_some_and(|end| time > Some(end));
            assert!(job.last_updated >= job.start_time && job.last_updated <= Some(now));
            for step in &record.content.steps {
                assert!(ids.insert(step.id.uuid()) && step.job == job.id && step.external == job.external);
                assert!(step.start_time >= job.start_time, "{job:?} {step:?}");
                // An engine starts steps of a job that has ended, and closes them with the end time of the job.
                if ended(step.start_time) {
                    assert!(step.status.is_ended() && job.description.starts_with("Activating Host "));
                } else {
                    check_times(step.status, step.start_time, step.end_time, now);
                    assert!(step.end_time.is_none() || job.end_time.is_none() || step.end_time <= job.end_time);
                }
                assert!(job.status.is_running() || !step.status.is_running());
                assert!(
                    step.parent
                        .is_none_or(|parent| moments.get(&parent).is_some_and(|begun| *begun <= step.start_time))
                );
                moments.insert(step.id, step.start_time);
            }
        }
    }
}

fn check_times(status: Status, start: Option<Time>, end: Option<Time>, now: Time) {
    assert_eq!(status.is_ended(), end.is_some());
    assert!(start.is_some() && start <= Some(now) && end.is_none_or(|end| Some(end) >= start && end <= now));
}

#[test]
fn a_failed_job_has_a_failed_leaf_that_says_why() {
    let world = scenario::world(SEED, start(), minutes(300), &Retention::OVIRT);
    let mut reasons = HashSet::new();
    let failed = |record: &&JobRecord| record.content.job.status == Status::Failed;
    for JobRecord { content, .. } in world.iter().filter(failed) {
        assert!(StepTree::nest(content.steps.clone()).failed_leaf(content.job.end_time).is_some(), "{content:?}");
    }
    // Those of an engine do not say why.
    for record in world.iter().filter(|record| failed(record) && record.content.job.external) {
        let steps = &record.content.steps;
        let parents: HashSet<StepId> = steps.iter().filter_map(|step| step.parent).collect();
        let leaf = steps.iter().find(|step| step.status == Status::Failed && !parents.contains(&step.id)).unwrap();
        let (_, why) = leaf.description.split_once(": ").unwrap();
        reasons.insert(why.to_owned());
        // All steps above it have failed too.
        let mut parent = leaf.parent;
        while let Some(id) = parent {
            let step = steps.iter().find(|step| step.id == id).unwrap();
            assert_eq!(step.status, Status::Failed);
            parent = step.parent;
        }
    }
    assert!(reasons.len() >= 3, "{reasons:?}");
}

#[tokio::test]
async fn after_a_gap_the_world_has_continued() {
    for (first, second, third) in [(0, 1, 2), (0, 30, 200), (5, 700, 703), (0, 800, 3_000)] {
        let (steady, absent) = (MemoryStore::default(), MemoryStore::default());
        for now in [first, second, third] {
            scenario::tick(&steady, SEED, start(), minutes(now), &Retention::OVIRT).await.unwrap();
        }
        for now in [first, third] {
            scenario::tick(&absent, SEED, start(), minutes(now), &Retention::OVIRT).await.unwrap();
        }
        assert_eq!(all(&steady).await, all(&absent).await);
        assert_eq!(all(&steady).await, scenario::world(SEED, start(), minutes(third), &Retention::OVIRT));
        assert_eq!(scenario::tick(&steady, SEED, start(), minutes(third), &Retention::OVIRT).await, Ok(0));
    }
}

#[tokio::test]
async fn changed_and_deleted_jobs_are_left_alone() {
    let engine = Engine { store: MemoryStore::default(), environment: TestEnvironment::default() };
    scenario::tick(&engine.store, SEED, start(), start(), &Retention::OVIRT).await.unwrap();
    let new = NewJob { description: "Mine".to_owned(), auto_cleared: false, correlation_id: "mine".to_owned() };
    let Added::New(own) = engine.add_job(&admin(), new, |_| None).await.unwrap() else { panic!("it has no key") };
    let world = all(&engine.store).await;
    let running =
        world.iter().find(|record| record.content.job.status.is_running() && record.content.job.external).unwrap();
    let ended = engine.end_job(&admin(), running.content.job.id, Outcome::Failed, true).await.unwrap();
    // An old job from the history, deleted.
    let removed =
        world.iter().find(|record| !record.content.job.auto_cleared && record.scenario).unwrap().content.job.id;
    let known = engine.store.load(removed).await.unwrap().unwrap().known();
    assert_eq!(engine.store.delete(&[known]).await, Ok(1));
    for minute in [1, 2, 50, 700] {
        scenario::tick(&engine.store, SEED, start(), minutes(minute), &Retention::OVIRT).await.unwrap();
        let left = engine.store.load(ended.job.id).await.unwrap().unwrap().record;
        assert_eq!((&left.content, left.scenario), (&ended, false));
        assert_eq!(engine.store.load(own.id).await.unwrap().unwrap().record.content.job, own);
        assert_eq!(engine.store.load(removed).await.unwrap(), None);
    }
}

/// A store in which a client adds a step to a job just before jobs are deleted.
struct InterruptedStore {
    store: Arc<MemoryStore>,
    job: JobId,
}

impl Store for InterruptedStore {
    async fn load(&self, id: JobId) -> Result<Option<Stored>, StoreError> {
        self.store.load(id).await
    }

    async fn load_by_step(&self, id: StepId) -> Result<Option<Stored>, StoreError> {
        self.store.load_by_step(id).await
    }

    async fn list(&self, list: &List) -> Result<Vec<JobRecord>, StoreError> {
        self.store.list(list).await
    }

    async fn list_version(&self) -> Result<ListVersion, StoreError> {
        self.store.list_version().await
    }

    async fn save(&self, record: &JobRecord, replaces: Option<u64>) -> Result<Saved, SaveError> {
        self.store.save(record, replaces).await
    }

    async fn delete(&self, jobs: &[KnownVersion]) -> Result<usize, StoreError> {
        assert!(jobs.iter().any(|known| known.id == self.job), "the job is among those to delete");
        let engine = Engine { store: Arc::clone(&self.store), environment: TestEnvironment::default() };
        let place = StepPlace::Job(self.job);
        let step =
            NewStep { step_type: StepType::Executing, description: "Added during the removal".to_owned(), place };
        engine.add_step(&admin(), step, |_| None).await.unwrap();
        self.store.delete(jobs).await
    }
}

#[tokio::test]
async fn a_step_that_is_added_during_removal_is_not_lost() {
    let store = Arc::new(MemoryStore::default());
    scenario::tick(&store, SEED, start(), start(), &Retention::OVIRT).await.unwrap();
    let later = minutes(60);
    let left: HashSet<JobId> =
        scenario::world(SEED, start(), later, &Retention::OVIRT).iter().map(|record| record.content.job.id).collect();
    let gone: Vec<JobRecord> =
        all(&store).await.into_iter().filter(|record| !left.contains(&record.content.job.id)).collect();
    let job = gone.iter().find(|record| record.content.job.external).unwrap().content.job.id;
    assert!(gone.len() > 1);

    let interrupted = InterruptedStore { store: Arc::clone(&store), job };
    scenario::tick(&interrupted, SEED, start(), later, &Retention::OVIRT).await.unwrap();
    let kept = store.load(job).await.unwrap().unwrap().record;
    assert!(kept.content.steps.iter().any(|step| step.description == "Added during the removal") && !kept.scenario);
    for record in gone.iter().filter(|record| record.content.job.id != job) {
        assert_eq!(store.load(record.content.job.id).await, Ok(None), "unchanged jobs are removed");
    }
    // From now on the sample world does not change it.
    scenario::tick(&store, SEED, start(), minutes(2_000), &Retention::OVIRT).await.unwrap();
    assert_eq!(store.load(job).await.unwrap().unwrap().record, kept);
}

#[tokio::test]
async fn the_world_removes_jobs_at_the_same_time_as_the_engine() {
    for (succeeded, failed) in [(0, 0), (10, 60), (60, 10), (600, 600)] {
        let retention = Retention { succeeded: TimeDelta::minutes(succeeded), failed: TimeDelta::minutes(failed) };
        let engine = Engine { store: MemoryStore::default(), environment: TestEnvironment::default() };
        for minute in 0..30 {
            let now = minutes(minute);
            scenario::tick(&engine.store, SEED, start(), now, &retention).await.unwrap();
            assert_eq!(engine.sweep(&retention, &EndsAhead::default()).await, Ok(0), "a sweep finds nothing to remove");
            assert_eq!(scenario::tick(&engine.store, SEED, start(), now, &retention).await, Ok(0));
            engine.environment.pass(60_000);
        }
        let longest = |wanted: fn(Status) -> bool| {
            let records = all(&engine.store);
            async move {
                let jobs = records.await.into_iter().map(|record| record.content.job);
                let swept = jobs.filter(|job| job.auto_cleared && wanted(job.status));
                swept.filter_map(|job| Some((minutes(29) - job.end_time?).num_minutes())).max().unwrap_or(-1)
            }
        };
        // About one job finishes per minute.
        let finished = longest(|status| status == Status::Finished).await;
        assert!(finished <= succeeded && finished + 9 > succeeded, "{finished} of {succeeded}");
        let others = longest(|status| status.is_ended() && status != Status::Finished).await;
        assert!(others <= failed, "{others} of {failed}");
    }
}

/// The jobs of two days with their events: those with the job's correlation id, and those without any in its time.
fn with_events() -> Vec<(JobRecord, Vec<Event>, Vec<Event>)> {
    let events: Vec<Event> = (0..4)
        .flat_map(|turn| {
            let (from, to) = (minutes(turn * 720), minutes(turn * 720 + 720));
            scenario::events(SEED, start(), Some(from), to)
        })
        .map(|event| event.numbered(EventId(0)))
        .collect();
    assert!(events.is_sorted_by_key(|event| event.time) && events.len() > 5_000, "{}", events.len());
    let jobs = two_days().into_iter().filter(|record| record.content.job.end_time.is_some());
    jobs.filter(|record| record.content.job.start_time > Some(start()))
        .map(|record| {
            let job = &record.content.job;
            let (begin, end) = (job.start_time.unwrap(), job.end_time.unwrap());
            let id = |event: &&Event| event.correlation_id.as_deref() == Some(&record.correlation_id);
            let own = events.iter().filter(id).cloned().collect();
            let apart = |event: &&Event| {
                event.correlation_id.is_none() && event.time >= begin && event.time <= end + TimeDelta::seconds(10)
            };
            let apart = events.iter().filter(apart).cloned().collect();
            (record, own, apart)
        })
        .collect()
}

fn serious(events: &[Event]) -> bool {
    events.iter().any(|event| event.severity > Severity::Normal)
}

/// Failures of every kind: with a reason of their own, with one of several jobs, with one that has no id, with none at all.
#[test]
fn failures_have_reasons_of_every_kind() {
    let jobs = with_events();
    let failed = || jobs.iter().filter(|(record, ..)| record.content.job.status == Status::Failed);
    let count = |words: &str, is_so: fn(&JobRecord, &[Event], &[Event]) -> bool| {
        let named = failed().filter(|(record, ..)| record.content.job.description.starts_with(words));
        let all: Vec<bool> = named.map(|(record, own, apart)| is_so(record, own, apart)).collect();
        (all.iter().filter(|is_so| **is_so).count(), all.len())
    };
    let in_all = |(so, all): (usize, usize)| all > 3 && so == all;
    // A reason in brackets with several lines, and one without an id that names the same machine.
    assert!(in_all(count("Launching VM ", |record, own, apart| {
        let vm = record.content.job.description.rsplit(' ').next().unwrap();
        let reason = own.iter().any(|event| {
            event.code == 54 && event.description.contains("[Cannot run VM.") && event.description.contains("\n- ")
        });
        let names = |event: &Event| event.vm.as_ref().is_some_and(|about| about.name.as_deref() == Some(vm));
        reason && serious(apart) && own.iter().filter(|event| event.severity > Severity::Normal).all(names)
    })));
    assert!(in_all(count("Migrating VM ", |_, own, _| own.iter().any(|event| event.code == 120))));
    // The proven event alone says little; one without an id says why, within 2 s of the end of the failed step.
    assert!(in_all(count("Adding Disk ", |record, own, apart| {
        let failed = record.content.steps.iter().filter(|step| step.status == Status::Failed && step.parent.is_some());
        let ends: Vec<Time> = failed.filter_map(|step| step.end_time).collect();
        let near = |event: &&Event| ends.iter().any(|end| (event.time - *end).abs() < TimeDelta::seconds(2));
        own.iter().any(|event| event.code == 2022)
            && apart.iter().filter(near).any(|event| event.code == 10_802 && event.host.is_some())
    })));
    // One correlation id for several jobs.
    assert!(in_all(count("Migrating Disk ", |_, own, _| {
        own.iter().any(|event| event.code == 357) && own.iter().any(|event| event.code == 2011)
    })));
    // Nothing: who asked got the reason as the answer.
    assert!(in_all(count("Creating VM ", |record, own, _| own.is_empty() && attempts(record) == REFUSED)));
}

const REFUSED: [(&str, Status); 1] = [("Validating", Status::Failed)];

/// Each external job has its event; a job without a failed step has no serious one; all are in the time of their job.
#[test]
fn events_fit_to_their_jobs() {
    // The jobs of a live move share their events.
    let shared = ["Migrating Disk ", "Creating VM Snapshot ", "Removing Snapshot ", "CloneImage"];
    for (record, own, _) in with_events() {
        let job = &record.content.job;
        if shared.iter().any(|words| job.description.starts_with(words)) {
            continue;
        }
        let window = job.start_time.unwrap() - TimeDelta::seconds(1)..job.end_time.unwrap() + TimeDelta::seconds(10);
        if job.external {
            let [event] = own.as_slice() else { panic!("{own:?}") };
            let apart = event.time - job.start_time.unwrap();
            assert!(event.code == 11_000 && apart < TimeDelta::milliseconds(100), "{event:?}");
            assert!(event.description.contains(&job.description), "{event:?}");
            assert_eq!(event.user.as_ref().unwrap().id, job.owner);
        } else if !record.content.steps.iter().any(|step| step.status == Status::Failed) {
            assert!(!serious(&own), "{job:?} {own:?}");
        }
        assert!(own.iter().all(|event| window.contains(&event.time)), "{job:?} {own:?}");
    }
}

/// Each event is written once, with or without gaps between the updates.
#[tokio::test]
async fn each_event_of_the_world_is_written_once() {
    let (steady, absent) = (MemoryStore::default(), MemoryStore::default());
    for minute in 0..=40 {
        scenario::tick_events(&steady, SEED, start(), minutes(minute)).await.unwrap();
    }
    for minute in [0, 40] {
        scenario::tick_events(&absent, SEED, start(), minutes(minute)).await.unwrap();
    }
    let all = async |store: &MemoryStore| store.events(&EventList::default()).await.unwrap();
    let (steady_events, absent_events) = (all(&steady).await, all(&absent).await);
    assert!(steady_events.len() > 1_000);
    assert_eq!(steady_events, absent_events);
    let ids: HashSet<EventId> = steady_events.iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), steady_events.len());
    assert_eq!(scenario::tick_events(&steady, SEED, start(), minutes(40)).await, Ok(false));
    // After a month, only the last hours are made up for.
    assert_eq!(scenario::tick_events(&absent, SEED, start(), minutes(60 * 24 * 31)).await, Ok(true));
    let new = all(&absent).await.len() - absent_events.len();
    assert!((1_000..4_000).contains(&new), "{new}");
}

#[test]
fn a_large_world_has_the_size_that_was_asked_for() {
    let records = scenario::large(SEED, 200, 10, start());
    let ids: HashSet<_> = records.iter().map(|record| record.content.job.id).collect();
    assert_eq!((records.len(), ids.len()), (200, 200));
    assert!(
        records.iter().all(|record| record.content.steps.len() == 10 && record.content.job.start_time <= Some(start()))
    );
    assert!(records.iter().any(|record| record.content.job.status.is_running()));
    assert_eq!(records, scenario::large(SEED, 200, 10, start()));
}
