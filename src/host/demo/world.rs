//! The sample world. Its jobs follow from its start and the clock, so it has also changed after a time without requests.

use serde::{Deserialize, Serialize};

use super::{
    DemoState,
    entries::{self, WORLD},
    environment::DemoEnvironment,
    store::SharedStore,
};
use crate::{
    domain::Time,
    engine::{Environment, Retention, StoreError, inventory::InventoryStore, scenario},
};

/// The same seed as in the tests of the scenario.
const SEED: u64 = 42;

/// A sample world: its seed and its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    seed: u64,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    start: Time,
}

impl World {
    /// Whether this is the name of the entry with the sample world.
    pub fn is_entry(name: &str) -> bool {
        name == WORLD
    }

    /// Begins a new one; for all tabs, if the browser allows storage.
    pub(super) fn begin(store: &SharedStore) -> Self {
        let world = Self { seed: SEED, start: DemoEnvironment.now() };
        if let Ok(text) = serde_json::to_string(&world) {
            store.write_storage(|| entries::write(WORLD, &text));
        }
        world
    }

    /// The one that all tabs share. `None` if there is none yet, or if it cannot be read.
    fn shared(store: &SharedStore) -> Option<Self> {
        let text = store.with_storage(|| entries::read(WORLD)).flatten()?;
        serde_json::from_str(&text).ok()
    }
}

impl DemoState {
    /// Removes all jobs from memory and storage, and begins a new sample world.
    pub(super) async fn begin_new_world(&self) {
        let store = &self.engine.store;
        store.clear();
        store.forget();
        self.world.set(Some(World::begin(store)));
    }

    /// Brings this tab up to date: changes by other tabs, changes of the sample world, and removal of old jobs.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        let world = self.find_world().await?;
        let store = &self.engine.store;
        store.catch_up().await?;
        let now = self.engine.environment.now();
        store.seed(&scenario::sample_inventory()).await?;
        scenario::tick_events(store, world.seed, world.start, now).await?;
        scenario::tick(store, world.seed, world.start, now, &Retention::OVIRT).await?;
        self.engine.advance_commands().await?;
        self.sweep(now).await
    }

    /// Finds the sample world. If another tab has begun a new one, all jobs in memory are old.
    async fn find_world(&self) -> Result<World, StoreError> {
        let store = &self.engine.store;
        let known = self.world.get();
        let world = match (World::shared(store), known) {
            (Some(shared), _) => shared,
            (None, Some(known)) if store.is_blocked() => known,
            (None, _) => World::begin(store),
        };
        if known.is_some_and(|known| known != world) {
            store.forget();
        }
        self.world.set(Some(world));
        Ok(world)
    }

    /// Removes old jobs as often as an engine does, and in all tabs at the same times.
    async fn sweep(&self, now: Time) -> Result<(), StoreError> {
        let number = now.timestamp() / Retention::SWEEP_EVERY.num_seconds();
        if self.swept.replace(Some(number)) != Some(number) {
            self.engine.sweep(&Retention::OVIRT, &self.ends_ahead).await?;
        }
        Ok(())
    }
}
