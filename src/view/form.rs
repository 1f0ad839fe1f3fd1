//! Forms: the draft, its problems, and the state of its submission. No event loses what was typed.

use crate::{
    api::{NewJob, NewStep},
    domain::{
        JobId, StepId, StepType,
        outline::NodeId,
        rules::{DescriptionProblem, Dialect, Outcome, check_description},
    },
};

/// The target of a form, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// A new job.
    AddJob {
        /// As typed.
        description: String,
        /// Whether the engine may remove it after its end.
        auto_cleared: bool,
    },
    /// A new step.
    AddStep {
        /// The job.
        job: JobId,
        /// The step it goes under.
        parent: Option<StepId>,
        /// What kind.
        step_type: StepType,
        /// As typed.
        description: String,
    },
    /// End a job or step.
    End {
        /// Which.
        target: NodeId,
        /// The outcome. At first none is chosen.
        outcome: Option<Outcome>,
        /// Only for jobs.
        force: bool,
        /// Why it failed, as typed. It may have several lines.
        reason: String,
    },
    /// Allow the engine to remove a job (`clear`).
    Clear {
        /// Which.
        job: JobId,
    },
}

/// What a valid draft asks for. Only [`Form::submit`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submission {
    /// Add this job.
    AddJob(NewJob),
    /// Add this step.
    AddStep(NewStep),
    /// End this.
    End {
        /// Which.
        target: NodeId,
        /// How.
        outcome: Outcome,
        /// Only for jobs.
        force: bool,
    },
    /// Allow the engine to remove this job (`clear`).
    Clear {
        /// Which.
        job: JobId,
    },
}

impl Submission {
    /// The description of the job or step that is added; none if nothing is added.
    pub fn added(&self) -> Option<&str> {
        match self {
            Self::AddJob(NewJob { description, .. }) | Self::AddStep(NewStep { description, .. }) => Some(description),
            Self::End { .. } | Self::Clear { .. } => None,
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    /// The engine would refuse a job's or step's description.
    Description(DescriptionProblem),
    /// No outcome is chosen.
    OutcomeMissing,
}

impl FieldProblem {
    /// The sentence at the field.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Description(DescriptionProblem::Blank) => "Enter a description.",
            Self::Description(DescriptionProblem::Nul) => "The description contains a character that cannot be stored.",
            Self::Description(DescriptionProblem::Long) => {
                "The description is too long: this engine accepts at most 64 KiB."
            }
            Self::OutcomeMissing => "Choose how it ended.",
        }
    }
}

impl Draft {
    /// An empty draft of a job.
    pub const fn add_job() -> Self {
        Self::AddJob { description: String::new(), auto_cleared: true }
    }

    /// An empty draft of a step under a job or step.
    pub const fn add_step(under: NodeId) -> Self {
        Self::AddStep {
            job: under.job(),
            parent: under.step(),
            step_type: StepType::Executing,
            description: String::new(),
        }
    }

    /// A draft of an end.
    pub const fn end(target: NodeId) -> Self {
        Self::End { target, outcome: None, force: false, reason: String::new() }
    }

    /// The job or step that the form is for; none for a new job.
    pub const fn target(&self) -> Option<NodeId> {
        match self {
            Self::AddJob { .. } => None,
            Self::AddStep { job, parent: Some(parent), .. } => Some(NodeId::Step(*job, *parent)),
            Self::AddStep { job, parent: None, .. } | Self::Clear { job } => Some(NodeId::Job(*job)),
            Self::End { target, .. } => Some(*target),
        }
    }

    /// Why the job or step failed, if it is ended as failed and something was typed.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::End { outcome: Some(Outcome::Failed), reason, .. } => {
                Some(reason.trim()).filter(|reason| !reason.is_empty())
            }
            Self::AddJob { .. } | Self::AddStep { .. } | Self::End { .. } | Self::Clear { .. } => None,
        }
    }

    /// Makes the same checks as the engine, in the same order (`AddJobCommand`, `AddExternalStepCommand`).
    pub fn check(&self, dialect: Dialect) -> Result<Submission, FieldProblem> {
        if let Self::AddJob { description, .. } | Self::AddStep { description, .. } = self {
            check_description(dialect, description).map_err(FieldProblem::Description)?;
        }
        match self {
            Self::AddJob { description, auto_cleared } => {
                Ok(Submission::AddJob(NewJob { description: description.clone(), auto_cleared: *auto_cleared }))
            }
            Self::AddStep { job, parent, step_type, description } => Ok(Submission::AddStep(NewStep {
                job: *job,
                parent: *parent,
                step_type: *step_type,
                description: description.clone(),
            })),
            Self::End { outcome: None, .. } => Err(FieldProblem::OutcomeMissing),
            Self::End { target, outcome: Some(outcome), force, .. } => {
                Ok(Submission::End { target: *target, outcome: *outcome, force: *force })
            }
            Self::Clear { job } => Ok(Submission::Clear { job: *job }),
        }
    }
}

/// The state of the submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was sent, or what was sent was refused.
    Editing {
        /// A problem at a field, once the admin has tried to send.
        field: Option<FieldProblem>,
        /// Why the last attempt was refused, or did not reach the engine.
        refusal: Option<String>,
    },
    /// A request is in flight. There is never a second one.
    Sending,
    /// The reply was lost. The page checks whether the submission was carried out.
    Checking {
        /// The number of the check, 1 to 3.
        check: usize,
        /// The sentence about what happened instead of a reply.
        instead: String,
    },
    /// The reply was lost, and no check found a result.
    Lost {
        /// Whether the engine answered any check. If not, the result is unknown.
        answered: bool,
        /// As above.
        instead: String,
    },
    /// The reply was lost, and any of these nodes may be the result.
    Ambiguous {
        /// The nodes, in no order.
        nodes: Vec<NodeId>,
        /// As above.
        instead: String,
    },
}

impl Phase {
    /// The sentence about the submission after a lost reply.
    pub const fn as_far_as_known(answered: bool) -> &'static str {
        if answered {
            "The engine shows no sign that it was done."
        } else {
            "The engine could not be asked whether it was done."
        }
    }
}

/// A form on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What was typed. [`Form::edit`] changes it, except while a submission is in progress.
    pub draft: Draft,
    phase: Phase,
}

impl Form {
    /// A form for a draft.
    pub const fn new(draft: Draft) -> Self {
        Self { draft, phase: Phase::Editing { field: None, refusal: None } }
    }

    /// The state of the submission.
    pub const fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whether a submission is in progress. Then a second press of the button must do nothing.
    pub const fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Sending | Phase::Checking { .. })
    }

    /// The draft, if closing the form now would lose it: its description or reason was typed and is not being sent.
    pub fn unsent(&self) -> Option<&Draft> {
        let typed = match &self.draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => !description.trim().is_empty(),
            Draft::End { reason, .. } => !reason.trim().is_empty(),
            Draft::Clear { .. } => false,
        };
        (typed && !self.is_busy()).then_some(&self.draft)
    }

    /// Changes the draft. A problem at a field disappears once it is corrected.
    pub fn edit(&mut self, dialect: Dialect, change: impl FnOnce(&mut Draft)) {
        if self.is_busy() {
            return;
        }
        change(&mut self.draft);
        if let Phase::Editing { field, .. } = &mut self.phase {
            *field = field.and_then(|_| self.draft.check(dialect).err());
        } else {
            self.phase = Phase::Editing { field: None, refusal: None };
        }
    }

    /// The admin pressed the button. Returns what to send. While a submission is in progress, further presses return nothing.
    pub fn submit(&mut self, dialect: Dialect) -> Option<Submission> {
        if self.is_busy() {
            return None;
        }
        match self.draft.check(dialect) {
            Ok(submission) => {
                self.phase = Phase::Sending;
                Some(submission)
            }
            Err(problem) => {
                self.phase = Phase::Editing { field: Some(problem), refusal: None };
                None
            }
        }
    }

    /// Removes the reason why the last attempt was refused: it is no longer true.
    pub fn clear_refusal(&mut self) {
        if let Phase::Editing { refusal, .. } = &mut self.phase {
            *refusal = None;
        }
    }

    /// Sets the state of the submission.
    pub fn set_phase(&mut self, phase: Phase) {
        self.phase = phase;
    }
}
