//! The events of the sample world. Like its jobs, they are a pure function of seed, start and time.

use super::{HISTORY, LONGEST, LONGEST_INTERNAL, recipes, scripts};
use crate::{
    domain::Time,
    engine::{
        StoreError,
        events::{EventStore, NewEvent},
    },
};

/// The events after that time until now, in their order; without that time those of the history too.
pub fn events(seed: u64, start: Time, after: Option<Time>, now: Time) -> Vec<NewEvent> {
    let after = after.unwrap_or(start - HISTORY).max(now - HISTORY);
    let mut events: Vec<NewEvent> = recipes(seed)
        .flat_map(|(recipe, dice)| {
            let longest = if recipe.kept { LONGEST } else { LONGEST_INTERNAL };
            scripts(recipe, &dice, start, after - longest, now)
        })
        .flat_map(|script| script.events(after, now))
        .collect();
    events.sort_by_key(|event| event.content().time);
    events
}

/// Writes the events that have happened since the latest one in the store, and returns whether there were any.
pub async fn tick_events<S: EventStore>(store: &S, seed: u64, start: Time, now: Time) -> Result<bool, StoreError> {
    let latest = store.latest_sample_event().await?;
    // The clock was set back to before the start: then there was no start.
    let start = if now < start { Time::UNIX_EPOCH } else { start };
    let events = events(seed, start, latest, now);
    if events.is_empty() { Ok(false) } else { store.log_sample(&events, latest).await }
}
