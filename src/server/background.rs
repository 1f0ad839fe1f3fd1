//! What happens without a request: retention, and the sample world. Of the processes that share a database, one does it.

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
use crate::engine::{Engine, Retention, StoreError, inventory::InventoryStore, scenario};

/// The world that the scenario's own tests look at.
const SEED: u64 = 42;
/// How often the world moves on.
const TICK: Duration = Duration::from_secs(2);
/// How often running commands move on.
const WORK: Duration = Duration::from_secs(1);

/// Work that goes on until it is stopped.
#[derive(Debug)]
pub struct Background(JoinSet<()>);

impl Background {
    /// Starts what the options ask for. A world that is to be there, is there when this returns: others who start at this
    /// moment wait for each other ([`Duty::Start`]).
    pub async fn start(database: &Database, options: &Serve) -> Result<Self, StoreError> {
        let mut tasks = JoinSet::new();
        let minutes = |minutes: u32| TimeDelta::minutes(minutes.into());
        let retention = Retention {
            succeeded: minutes(options.succeeded_job_cleanup_minutes),
            failed: minutes(options.failed_job_cleanup_minutes),
        };
        let rate = Duration::from_secs(options.job_cleanup_rate_seconds.into());
        tasks.spawn(sweep(database.clone(), retention, rate));
        tasks.spawn(keep_working(database.clone()));
        if options.sample
            && let Some(world) = sample_world(database).await?
        {
            if database.seed(&scenario::sample_inventory()).await? {
                info!("the sample world has hosts, machines and disks now");
            }
            let mut ticker = database.candidate(Duty::SampleWorld);
            if ticker.is_elected().await {
                tick(database, world, &retention).await?;
            }
            tasks.spawn(keep_ticking(database.clone(), world, retention, ticker));
        }
        Ok(Self(tasks))
    }

    /// Stops everything. What was not committed by then is not done.
    pub async fn stop(mut self) {
        self.0.shutdown().await;
    }
}

async fn sweep(database: Database, retention: Retention, rate: Duration) {
    let mut sweeper = database.candidate(Duty::Retention);
    let engine = Engine { store: database.clone(), environment: ServerEnvironment::new(database) };
    let mut rate = every(rate);
    loop {
        rate.tick().await;
        if !sweeper.is_elected().await {
            continue;
        }
        match engine.sweep(&retention).await {
            Ok(0) => (),
            Ok(jobs) => info!(jobs, "removed jobs whose time was over"),
            Err(StoreError(text)) => error!(%text, "cannot remove old jobs"),
        }
    }
}

/// Commands on machines and disks go on whoever began them, also those of before a restart.
async fn keep_working(database: Database) {
    let mut driver = database.candidate(Duty::Commands);
    let engine = Engine { store: database.clone(), environment: ServerEnvironment::new(database) };
    let mut rate = every(WORK);
    loop {
        rate.tick().await;
        if !driver.is_elected().await {
            continue;
        }
        if let Err(StoreError(text)) = engine.advance_commands().await {
            error!(%text, "commands stand still");
        }
    }
}

/// The world of this database: a new one if it is empty, none if it was filled by others.
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
        if let Err(StoreError(text)) = tick(&database, world, &retention).await {
            error!(%text, "the sample world stands still");
        }
    }
}

async fn tick(database: &Database, world: SampleWorld, retention: &Retention) -> Result<usize, StoreError> {
    scenario::tick(database, world.seed, world.start, Utc::now().trunc_subsecs(3), retention).await
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval(period);
    // After a suspended laptop wakes there is nothing to make up for.
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
