//! The sample world: a data centre at work, for first looks, the demo and tests.
//!
//! It is a pure function of seed, start and now. Each [recipe](Recipe) recurs on a timetable of its own; what one occurrence
//! does is decided by dice that seed, recipe and occurrence load. So the world can be told for any moment, whatever was told
//! before: after a gap it has simply gone on.

mod dice;
mod external;
mod internal;
mod inventory;
mod large;
mod script;
mod tick;

use chrono::TimeDelta;

use super::{JobRecord, Retention};
use crate::domain::Time;
pub(super) use dice::Dice;
pub(super) use script::{Script, Work};

pub use inventory::{furniture, users};
pub use large::large;
pub use tick::tick;

/// How far the world's past reaches back from its start, so that the first look is rich.
const HISTORY: TimeDelta = TimeDelta::hours(12);

/// How long after its end a script's job is kept until that script removes it.
const KEPT: TimeDelta = TimeDelta::hours(12);

/// No job runs longer than that.
const LONGEST: TimeDelta = TimeDelta::hours(7);

/// No job of the engine's own runs longer than that.
const LONGEST_INTERNAL: TimeDelta = TimeDelta::hours(1);

/// Something that is done again and again.
struct Recipe {
    /// Once in so many minutes, give or take.
    every: i64,
    /// Whether its jobs stay until their script clears them; the others are auto-cleared.
    kept: bool,
    /// What is done.
    write: fn(&mut Script),
}

/// The world as of now: all its jobs with their steps, by start time. It began at `start`, with a past; what is over for
/// longer than `retention` lets it stay is gone.
pub fn world(seed: u64, start: Time, now: Time, retention: &Retention) -> Vec<JobRecord> {
    let recipes = internal::RECIPES.iter().chain(external::RECIPES).zip(0..);
    let occurrences = |(recipe, number)| occurrences(recipe, Dice::of(seed, number), start, now, retention);
    let mut records: Vec<_> = recipes.flat_map(occurrences).collect();
    records.sort_by_key(|record| (record.content.job.start_time, record.content.job.id));
    records
}

/// What can be seen of a recipe now: the jobs that run, and those that ended not too long ago.
fn occurrences(recipe: &Recipe, dice: Dice, start: Time, now: Time, retention: &Retention) -> Vec<JobRecord> {
    let reach = if recipe.kept { KEPT + LONGEST } else { retention.succeeded.max(retention.failed) + LONGEST_INTERNAL };
    let period = recipe.every * 60_000;
    let earliest = (start - HISTORY).max(now - reach).timestamp_millis();
    let turns = earliest.div_euclid(period)..=now.timestamp_millis().div_euclid(period);
    turns
        .filter_map(|turn| {
            let mut dice = dice.load(turn.cast_unsigned());
            let begin = Time::from_timestamp_millis(turn * period + dice.between(0, period / 3))?;
            let begun = begin >= start - HISTORY && begin <= now;
            begun.then(|| Script::written(recipe, dice, begin)).and_then(|script| script.at(now, retention))
        })
        .collect()
}
