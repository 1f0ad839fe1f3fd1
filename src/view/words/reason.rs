//! Words for the reasons of failed jobs.

use crate::domain::reason::{Level, Silence};

/// The heading of a level.
pub fn level(level: Level) -> String {
    match level {
        Level::ThisTask => "Logged for this task".to_owned(),
        Level::GroupOf(tasks) => format!("Logged for this group of {tasks} tasks"),
        Level::SameTime => "At the same time, probably why".to_owned(),
    }
}

/// The sentence if there is no event.
pub const fn silence(silence: Silence) -> &'static str {
    match silence {
        Silence::NotLooked => "The engine's events were not looked for yet.",
        Silence::Refused => "The engine logged no reason; whoever started this got it as the answer.",
        Silence::NothingLogged => "The engine logged no reason.",
    }
}
