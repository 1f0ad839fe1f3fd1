//! Periodic work: retention of jobs and events, running commands, kept answers, the sample world. Of the processes that share a database, one does it.

use std::time::Duration;

use chrono::{SubsecRound, TimeDelta, Utc};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use tracing::{error, info};

use super::{
    ServerEnvironment,
    command_line::Serve,
    database::{Candidate, Database, Duty, SampleWorld},
};
use crate::engine::{
    EndsAhead, Engine, Retention, StoreError, events::EventStore, inventory::InventoryStore, scenario,
};

/// The seed that the tests of the scenario use.
const SEED: u64 = 42;
/// How often the sample world is updated.
const TICK: Duration = Duration::from_secs(2);
/// How often answers that are no longer kept are removed.
const FORGET: Duration = Duration::from_secs(60);
/// How often running commands are updated.
const WORK: Duration = Duration::from_secs(1);

/// Background work, until it is stopped.
#[derive(Debug)]
pub struct Background(JoinSet<()>);

impl Background {
    /// Starts the work that the options ask for. When this returns, the sample world is in the database; processes that start
    /// at the same time wait for each other ([`Duty::Start`]).
    pub async fn start(database: &Database, options: &Serve) -> Result<Self, StoreError> {
        let mut tasks = JoinSet::new();
        let minutes = |minutes: u32| TimeDelta::minutes(minutes.into());
        let retention = Retention {
            succeeded: minutes(options.succeeded_job_cleanup_minutes),
            failed: minutes(options.failed_job_cleanup_minutes),
        };
        let rate = Duration::from_secs(options.job_cleanup_rate_seconds.into());
        let event_age = TimeDelta::days(options.event_cleanup_days.into());
        tasks.spawn(sweep(database.clone(), retention, event_age, rate));
        tasks.spawn(keep_advancing_commands(database.clone()));
        tasks.spawn(keep_forgetting_answers(database.clone()));
        if options.sample
            && let Some(world) = sample_world(database).await?
        {
            if database.seed(&scenario::sample_inventory()).await? {
                info!("added the sample hosts and machines");
            }
            let mut ticker = database.candidate(Duty::SampleWorld);
            if ticker.is_elected().await {
                tick(database, world, &retention).await?;
            }
            tasks.spawn(keep_ticking(database.clone(), world, retention, ticker));
        }
        Ok(Self(tasks))
    }

    /// Stops all work. Uncommitted changes are lost.
    pub async fn stop(mut self) {
        self.0.shutdown().await;
    }
}

async fn sweep(database: Database, retention: Retention, event_age: TimeDelta, rate: Duration) {
    let mut sweeper = database.candidate(Duty::Retention);
    let engine = Engine { store: database.clone(), environment: ServerEnvironment::new(database) };
    let (mut rate, ahead) = (every(rate), EndsAhead::default());
    loop {
        rate.tick().await;
        if !sweeper.is_elected().await {
            continue;
        }
        match engine.sweep(&retention, &ahead).await {
            Ok(0) => (),
            Ok(jobs) => info!(jobs, "removed old jobs"),
            Err(StoreError { text, .. }) => error!(%text, "cannot remove old jobs"),
        }
        match engine.store.forget_events(Utc::now() - event_age).await {
            Ok(0) => (),
            Ok(events) => info!(events, "removed old events"),
            Err(StoreError { text, .. }) => error!(%text, "cannot remove old events"),
        }
    }
}

/// Updates running commands, also those that other processes began, or that began before a restart.
async fn keep_advancing_commands(database: Database) {
    let mut driver = database.candidate(Duty::Commands);
    let engine = Engine { store: database.clone(), environment: ServerEnvironment::new(database) };
    let mut rate = every(WORK);
    loop {
        rate.tick().await;
        if !driver.is_elected().await {
            continue;
        }
        if let Err(StoreError { text, .. }) = engine.advance_commands().await {
            error!(%text, "cannot update running commands");
        }
    }
}

/// Answers to requests with an `Idempotency-Key` are kept for minutes only.
async fn keep_forgetting_answers(database: Database) {
    let mut forgetter = database.candidate(Duty::Answers);
    let mut rate = every(FORGET);
    loop {
        rate.tick().await;
        if !forgetter.is_elected().await {
            continue;
        }
        if let Err(StoreError { text, .. }) = database.forget_answers(Utc::now()).await {
            error!(%text, "cannot remove kept answers");
        }
    }
}

/// The sample world of this database: a new one if the database is empty; `None` if it has other jobs.
async fn sample_world(database: &Database) -> Result<Option<SampleWorld>, StoreError> {
    let world = SampleWorld { seed: SEED, start: Utc::now().trunc_subsecs(3) };
    if database.begin_sample_world(world).await? {
        info!("filling the empty database with a sample world");
    }
    database.sample_world().await
}

async fn keep_ticking(database: Database, world: SampleWorld, retention: Retention, mut ticker: Candidate) {
    let mut rate = every(TICK);
    loop {
        rate.tick().await;
        if !ticker.is_elected().await {
            continue;
        }
        if let Err(StoreError { text, .. }) = tick(&database, world, &retention).await {
            error!(%text, "cannot update the sample world");
        }
    }
}

async fn tick(database: &Database, world: SampleWorld, retention: &Retention) -> Result<usize, StoreError> {
    let now = Utc::now().trunc_subsecs(3);
    scenario::tick_events(database, world.seed, world.start, now).await?;
    scenario::tick(database, world.seed, world.start, now, retention).await
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval(period);
    // No burst of ticks after the machine was suspended.
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
