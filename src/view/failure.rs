//! Explains a status: the step at which a job failed, and what it means that a job or step was aborted or is unknown.

use super::subject::Subject;
use crate::domain::{
    Status, Time,
    description::isolated,
    outline::{NodeId, StepNode, Steps},
};

/// The step at which a job failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailedAt {
    /// Its steps are not loaded.
    StepsUnknown,
    /// No step failed.
    JobItself,
    /// This step failed.
    Step {
        /// The step.
        node: NodeId,
        /// The sentence.
        sentence: Sentence,
        /// When it ended.
        at: Option<Time>,
        /// The other failed steps, with their names and those of the steps above them.
        others: Vec<(NodeId, String)>,
    },
}

/// A sentence about a failed step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sentence {
    /// `Failed in: Executing › Copying Volume`: the names of the steps, outermost first. The failed step is the last.
    Path(Vec<String>),
    /// `Failed while executing`: the failed step and the steps above it have only generic names.
    Phase(&'static str),
    /// `Both of 2 attempts failed while executing`.
    Attempts {
        /// The number of failed attempts.
        failed: usize,
        /// The number of all attempts.
        all: usize,
        /// `executing`
        phase: &'static str,
    },
}

impl Sentence {
    /// The sentence in two parts: the beginning, and the last name or phase.
    pub fn parts(&self) -> (String, String) {
        match self {
            Self::Path(names) => {
                let (own, above) = names.split_last().map_or(("", &[][..]), |(own, above)| (own.as_str(), above));
                let above: String = above.iter().map(|name| format!("{} › ", isolated(name))).collect();
                (format!("Failed in: {above}"), own.to_owned())
            }
            Self::Phase(phase) => ("Failed while ".to_owned(), (*phase).to_owned()),
            Self::Attempts { failed, all, phase } => {
                let attempts = match (failed, all) {
                    (2, 2) => "Both of 2 attempts".to_owned(),
                    (failed, all) if failed == all => format!("All {all} attempts"),
                    (failed, all) => format!("{failed} of {all} attempts"),
                };
                (format!("{attempts} failed while "), (*phase).to_owned())
            }
        }
    }
}

/// The step at which a job failed; none for a step, or for a job that has not failed.
pub fn failed_at(subject: &Subject) -> Option<FailedAt> {
    if subject.step.is_some() || subject.status() != Status::Failed {
        return None;
    }
    if subject.job.steps == Steps::Unfetched {
        return Some(FailedAt::StepsUnknown);
    }
    Some(subject.failed_step().map_or(FailedAt::JobItself, |step| FailedAt::Step {
        node: step.id(),
        sentence: sentence(&step),
        at: step.end_time(),
        others: subject.other_failed_steps().iter().map(|other| (other.id(), path(other))).collect(),
    }))
}

fn sentence(failed: &Subject) -> Sentence {
    // Without the job itself: this is its detail.
    let above = failed.ancestors();
    let path: Vec<&Subject> = above.iter().skip(1).chain([failed]).collect();
    let is_named = path.iter().any(|step| generic(step.description()).is_none());
    let Some(phase) = generic(failed.description()).filter(|_| !is_named) else {
        return Sentence::Path(path.iter().map(|step| step.name()).collect());
    };
    let attempts: Vec<&StepNode> = failed.job.steps.tree().map_or_else(Vec::new, |tree| {
        let own = failed.step();
        let is_attempt = |node: &&StepNode| {
            own.is_some_and(|own| node.step.parent == own.step.parent && node.step.description == own.step.description)
        };
        tree.nodes().iter().filter(is_attempt).collect()
    });
    match attempts.len() {
        0 | 1 => Sentence::Phase(phase),
        all => Sentence::Attempts {
            failed: attempts.iter().filter(|step| step.step.status == Status::Failed).count(),
            all,
            phase,
        },
    }
}

/// `Executing › Copying Volume`: a step's name after those of the steps above it.
pub fn path(step: &Subject) -> String {
    let above = step.ancestors();
    let names = above.iter().skip(1).chain([step]).map(|step| isolated(&step.name()).into_owned());
    names.collect::<Vec<_>>().join(" › ")
}

/// Generic names, which engines give to most steps. They do not explain a failure.
const GENERIC: [&str; 3] = ["validating", "executing", "finalizing"];

/// The generic name, if the description is one.
pub(super) fn generic(description: &str) -> Option<&'static str> {
    GENERIC.into_iter().find(|name| description.trim().eq_ignore_ascii_case(name))
}

/// What a status means that does not explain itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explanation {
    /// A job was stopped.
    JobAborted {
        /// Whether an external program added it.
        external: bool,
    },
    /// A step was stopped.
    StepAborted,
    /// The engine has restarted meanwhile.
    Restarted {
        /// When, if it is known.
        at: Option<Time>,
    },
}

/// The explanation of a job or step of that status; none for a status that needs none.
pub fn explanation(subject: &Subject) -> Option<Explanation> {
    match (subject.status(), subject.step()) {
        (Status::Aborted, None) => Some(Explanation::JobAborted { external: subject.job.job.external }),
        (Status::Aborted, Some(_)) => Some(Explanation::StepAborted),
        (Status::Unknown, None) => {
            Some(Explanation::Restarted { at: subject.job.job.end_time.or(subject.job.job.last_updated) })
        }
        (Status::Unknown, Some(step)) => Some(Explanation::Restarted { at: step.step.end_time }),
        (Status::Started | Status::Finished | Status::Failed, _) => None,
    }
}

impl Explanation {
    /// What it means. `at` is the time of the restart as text.
    pub fn meaning(self, at: Option<String>) -> String {
        match self {
            Self::JobAborted { external: true } => "It was ended before it was done.".to_owned(),
            Self::JobAborted { external: false } => "Somebody or the engine stopped it before its end.".to_owned(),
            Self::StepAborted => "It still ran when its job, or the step above it, was ended.".to_owned(),
            Self::Restarted { .. } => {
                let at = at.map(|at| format!(" at {at}")).unwrap_or_default();
                format!("The engine restarted{at} while this ran; nobody knows how it ended.")
            }
        }
    }

    /// What to do now.
    pub const fn way_on(self) -> &'static str {
        match self {
            Self::JobAborted { external: true } => "The program that added it knows why, and can start it again.",
            Self::StepAborted => "The job says how all of it ended.",
            Self::JobAborted { external: false } | Self::Restarted { .. } => {
                "Look at what it worked on, and start it again if it is still needed."
            }
        }
    }
}
