//! The sample world: jobs of a busy data centre, for the demo, for tests and for trying the program.
//!
//! It is a pure function of seed, start and now. Each [recipe](Recipe) recurs at its own interval; a random number generator
//! made from seed, recipe and occurrence decides the details. So the world can be computed for any moment, without the
//! moments before it.

mod dice;
mod events;
mod external;
mod internal;
mod large;
mod refused;
mod sample_data;
mod script;
mod tick;

use chrono::TimeDelta;

use super::{JobRecord, Retention};
use crate::domain::Time;
pub(super) use dice::Dice;
pub(super) use script::{Script, StepPlan};

pub use events::{events, tick_events};
pub use large::large;
pub use sample_data::{sample_inventory, users};
pub use tick::tick;

/// How much history there is at the start.
const HISTORY: TimeDelta = TimeDelta::hours(12);

/// How long a job that is not auto-cleared stays after its end.
const KEPT: TimeDelta = TimeDelta::hours(12);

/// The longest time that a job runs.
const LONGEST: TimeDelta = TimeDelta::hours(7);

/// The longest time that an internal job runs.
const LONGEST_INTERNAL: TimeDelta = TimeDelta::hours(1);

/// Something that happens again and again.
struct Recipe {
    /// The average interval in minutes.
    every: i64,
    /// Whether its jobs stay for [`KEPT`]; the others are auto-cleared.
    kept: bool,
    /// Writes the script of its job.
    write: fn(&mut Script),
    /// Other jobs with the same correlation id.
    beside: &'static [Beside],
}

/// A job that a command of an engine starts for a part of its work.
struct Beside {
    /// How many seconds after the first job it starts.
    after: i64,
    /// Writes its script.
    write: fn(&mut Script),
}

/// All recipes, each with its dice. The number of a recipe decides them, so that new ones belong at the end.
fn recipes(seed: u64) -> impl Iterator<Item = (&'static Recipe, Dice)> {
    let recipes = internal::RECIPES.iter().chain(external::RECIPES).chain(refused::RECIPES);
    recipes.zip(0..).map(move |(recipe, number)| (recipe, Dice::of(seed, number)))
}

/// The world as of now: all its jobs with their steps, by start time. It starts at `start`, with a history. Jobs that
/// `retention` would have removed by now are left out.
pub fn world(seed: u64, start: Time, now: Time, retention: &Retention) -> Vec<JobRecord> {
    let occurrences = |(recipe, dice)| occurrences(recipe, &dice, start, now, retention);
    let mut records: Vec<_> = recipes(seed).flat_map(occurrences).collect();
    records.sort_by_key(|record| (record.content.job.start_time, record.content.job.id));
    records
}

/// The jobs of a recipe that exist now: those that run, and those that have not been removed yet.
fn occurrences(recipe: &Recipe, dice: &Dice, start: Time, now: Time, retention: &Retention) -> Vec<JobRecord> {
    let reach = if recipe.kept { KEPT + LONGEST } else { retention.succeeded.max(retention.failed) + LONGEST_INTERNAL };
    scripts(recipe, dice, start, now - reach, now).iter().filter_map(|script| script.at(now, retention)).collect()
}

/// The scripts of a recipe that have begun by now, from about `from` on. There are none before the history.
fn scripts(recipe: &Recipe, dice: &Dice, start: Time, from: Time, now: Time) -> Vec<Script> {
    let period = recipe.every * 60_000;
    let earliest = (start - HISTORY).max(from).timestamp_millis();
    let turns = earliest.div_euclid(period)..=now.timestamp_millis().div_euclid(period);
    turns
        .filter_map(|turn| {
            let mut dice = dice.derive(turn.cast_unsigned());
            let begin = Time::from_timestamp_millis(turn * period + dice.between(0, period / 3))?;
            (begin >= start - HISTORY && begin <= now).then(|| Script::all_of_recipe(recipe, &dice, begin))
        })
        .flatten()
        .filter(|script| script.begin() <= now)
        .collect()
}
