//! The sample world, driven by the clock: it is told anew at each request, and so has simply gone on after a gap.

use serde::{Deserialize, Serialize};

use super::{
    State,
    environment::DemoEnvironment,
    shelf::{self, WORLD},
    store::SharedStore,
};
use crate::{
    domain::Time,
    engine::{Environment, Retention, StoreError, inventory::InventoryStore, scenario},
};

/// The world that the scenario's own tests look at.
const SEED: u64 = 42;

/// Which world, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    seed: u64,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    start: Time,
}

impl World {
    /// Whether a change of that storage entry, in another tab, is about the world as a whole.
    pub fn is_entry(name: &str) -> bool {
        name == WORLD
    }

    /// Begins one, for all tabs if that can be.
    pub(super) fn begin(store: &SharedStore) -> Self {
        let world = Self { seed: SEED, start: DemoEnvironment.now() };
        if let Ok(text) = serde_json::to_string(&world) {
            store.change_shelf(|| shelf::write(WORLD, &text));
        }
        world
    }

    /// The one that all tabs share; `None` if there is none yet, or none that can be read.
    fn shared(store: &SharedStore) -> Option<Self> {
        let text = store.shelf(|| shelf::read(WORLD)).flatten()?;
        serde_json::from_str(&text).ok()
    }
}

impl State {
    /// Leaves nothing of what people made, here and in storage, and begins another world.
    pub(super) async fn begin_anew(&self) {
        let store = &self.engine.store;
        store.clear();
        store.forget();
        self.world.set(Some(World::begin(store)));
    }

    /// Brings this tab up to now: what other tabs did, what the world did, what is over.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        let world = self.find_world().await?;
        let store = &self.engine.store;
        store.catch_up().await?;
        let now = self.engine.environment.now();
        store.seed(&scenario::sample_inventory()).await?;
        scenario::tick(store, world.seed, world.start, now, &Retention::OVIRT).await?;
        self.engine.advance_commands().await?;
        self.sweep(now).await
    }

    /// When another tab began the world anew, nothing that is known here is true any more.
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

    /// As often as an engine does, and in all tabs at the same times.
    async fn sweep(&self, now: Time) -> Result<(), StoreError> {
        let turn = now.timestamp() / Retention::SWEEP_EVERY.num_seconds();
        if self.swept.replace(Some(turn)) != Some(turn) {
            self.engine.sweep(&Retention::OVIRT).await?;
        }
        Ok(())
    }
}
