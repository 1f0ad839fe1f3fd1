//! A search over all fields of jobs and steps.

mod moment;

use moment::{Moment, digits, read_offset};
use uuid::Uuid;

use super::{JobNode, Names, StatusSet, StepTree, Zone};
use crate::domain::{ExternalSystem, Status, Step, StepType, Time, UserId};

/// The words to look for. Everything that depends only on the words is computed once, and cheap checks come first, so that a
/// row costs little.
///
/// A row matches if each word is found in one of its fields: description, id, status, `external` or `internal`, times (a time
/// of day like `02:15` in the user's time zone, a day like `2026-11-22` or `22 Nov 2026`, or both with a `T` between, and each with
/// an offset like `UTC+01:00` after it); for a
/// job also its owner's name or id, and `auto-cleared`; for a step also its type, external system, execution host, progress
/// (`45%`) and number (`number 3` as in the detail panel, or `#3`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    words: Vec<Word>,
}

/// The longest name of a zone that may stand after a time, such as `CET` or `AEST`.
const LONGEST_ZONE: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    statuses: StatusSet,
    types: Vec<StepType>,
    systems: Vec<ExternalSystem>,
    external: bool,
    internal: bool,
    auto_cleared: bool,
    owners: Vec<UserId>,
    /// Whether an id can contain it.
    like_an_id: bool,
    moment: Option<Moment>,
    progress: Option<i64>,
    number: Option<i64>,
}

impl Search {
    /// Reads the typed text. Without words everything matches. A day without a year is the latest such day.
    pub fn new(typed: &str, names: &Names, zone: &Zone, now: Time) -> Self {
        let mut words: Vec<Word> =
            typed.to_lowercase().split_whitespace().map(|word| Word::new(word, names, zone)).collect();
        // "number 3". Each word may also match something else.
        for place in 1..words.len() {
            if words[place - 1].text == "number" {
                let number = digits(&words[place].text);
                words[place - 1].number = number;
                words[place].number = number;
            }
        }
        read_days(&mut words, zone, now);
        read_offsets(&mut words);
        Self { words }
    }

    /// Whether there are no words.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn finds_job(&self, node: &JobNode) -> bool {
        let job = &node.job;
        self.words.iter().all(|word| {
            word.statuses.contains(job.status)
                || word.is_origin(job.external)
                || (word.auto_cleared && job.auto_cleared)
                || job.owner.is_some_and(|owner| word.owners.contains(&owner))
                || word.is_moment_of([job.start_time, job.end_time, job.last_updated])
                || node.folded.contains(&word.text)
                || (word.like_an_id && (word.in_id(job.id.uuid()) || job.owner.is_some_and(|id| word.in_id(id.uuid()))))
        })
    }

    /// Whether each node of the tree matches.
    pub(super) fn find_steps(&self, tree: &StepTree) -> Vec<bool> {
        let mut found = vec![true; tree.nodes().len()];
        for word in &self.words {
            let described = tree.folded().contains(&word.text);
            if !described && word.can_only_describe() {
                found.fill(false);
                break;
            }
            for (node, found) in tree.nodes().iter().zip(&mut found).filter(|(_, found)| **found) {
                *found = word.is_of_step(&node.step)
                    || (described && tree.folded_of(node).contains(&word.text))
                    || (word.like_an_id && word.in_ids_of_step(&node.step));
            }
        }
        found
    }
}

/// "26 Nov", "Nov 26, 2026": days as the page writes them. Each word may also match something else.
fn read_days(words: &mut [Word], zone: &Zone, now: Time) {
    for place in 0..words.len() {
        let typed: Vec<&str> = words[place..].iter().map(|word| word.text.as_str()).collect();
        let Some(read) = zone.words().read(&typed) else { continue };
        let Some(moment) = Moment::of_day(read.day, read.month, read.year, zone, now) else { continue };
        for word in &mut words[place..place + read.words] {
            word.moment = Some(moment.clone());
        }
        // "26 Nov 2026, 06:55:38 CET": which offset `CET` stands for is unknown here.
        if let [clock, name, ..] = &mut words[place + read.words..]
            && read.year.is_some()
            && clock.has_clock()
            && name.text.len() <= LONGEST_ZONE
        {
            name.moment.clone_from(&clock.moment);
        }
    }
}

/// "26 Nov, 02:30 UTC+02:00": the offset counts for the time before it, and for the day before that.
fn read_offsets(words: &mut [Word]) {
    for place in 1..words.len() {
        let Some(ahead) = read_offset(words[place].text.trim_end_matches(',')) else { continue };
        if !words[place - 1].has_clock() {
            continue;
        }
        let days =
            words[..place - 1].iter().rev().take_while(|word| word.moment.as_ref().is_some_and(|day| !day.has_clock()));
        let first = place - 1 - days.count();
        for word in &mut words[first..place] {
            word.moment = word.moment.take().map(|moment| moment.at_offset(ahead));
        }
        words[place].moment = words[place - 1].moment.clone();
    }
}

impl Word {
    fn new(text: &str, names: &Names, zone: &Zone) -> Self {
        let named = |(id, name): (&UserId, &String)| name.to_lowercase().contains(text).then_some(*id);
        Self {
            text: text.to_owned(),
            // The page says "running" for the API's "started".
            statuses: Status::ALL
                .into_iter()
                .filter(|status| status.as_str().contains(text) || (status.is_running() && "running".contains(text)))
                .collect(),
            types: StepType::ALL
                .into_iter()
                .filter(|kind| *kind != StepType::Unknown && kind.as_str().contains(text))
                .collect(),
            systems: ExternalSystem::ALL.into_iter().filter(|system| system.as_str().contains(text)).collect(),
            external: "external".contains(text),
            internal: "internal".contains(text),
            auto_cleared: "auto-cleared".contains(text),
            owners: names.iter().filter_map(named).collect(),
            like_an_id: text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'),
            moment: Moment::read(text, zone),
            progress: text.strip_suffix('%').and_then(digits),
            number: text.strip_prefix('#').and_then(digits),
        }
    }

    /// Whether it is a time of day.
    fn has_clock(&self) -> bool {
        self.moment.as_ref().is_some_and(Moment::has_clock)
    }

    /// Whether it can only match descriptions of steps.
    fn can_only_describe(&self) -> bool {
        let Self {
            text: _,
            statuses,
            types,
            systems,
            external,
            internal,
            auto_cleared: _,
            owners: _,
            like_an_id,
            moment,
            progress,
            number,
        } = self;
        !(external | internal | like_an_id)
            && statuses.is_any()
            && types.is_empty()
            && systems.is_empty()
            && moment.is_none()
            && progress.is_none()
            && number.is_none()
    }

    /// Whether it matches a field other than the description and the ids.
    fn is_of_step(&self, step: &Step) -> bool {
        self.statuses.contains(step.status)
            || self.types.contains(&step.step_type)
            || self.is_origin(step.external)
            || step.external_system.is_some_and(|system| self.systems.contains(&system))
            || self.is_moment_of([step.start_time, step.end_time])
            || (self.progress.is_some() && self.progress == step.progress.map(|percent| percent.get().into()))
            || (self.number.is_some() && self.number == step.number.map(i64::from))
    }

    fn in_ids_of_step(&self, step: &Step) -> bool {
        self.in_id(step.id.uuid()) || step.execution_host.is_some_and(|id| self.in_id(id.uuid()))
    }

    const fn is_origin(&self, external: bool) -> bool {
        if external { self.external } else { self.internal }
    }

    fn is_moment_of<const N: usize>(&self, times: [Option<Time>; N]) -> bool {
        self.moment.as_ref().is_some_and(|moment| moment.is_one_of(times))
    }

    fn in_id(&self, id: Uuid) -> bool {
        id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()).contains(&self.text)
    }
}
