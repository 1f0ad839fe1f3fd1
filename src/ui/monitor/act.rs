//! Carrying out what the admin asks: one submission is one request. A lost reply is resolved by looking; what really happened
//! is read from the engine and said.

use std::{rc::Rc, time::Duration};

use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;

use super::Monitor;
use crate::ui::part::run::{later, spawn};
use crate::{
    api::{ApiError, CorrelationId, NewJob, NewStep},
    domain::{
        JobId, JobWithSteps, Step,
        outline::{NodeId, Steps},
        rules::{self, Consequence, Outcome, consequences},
    },
    ui::context::Context,
    view::{
        doubt::{Before, Found, LOOKS, added_job, added_step},
        form::{Draft, Form, Submission},
        words,
    },
};

/// What is done about a submission, and what it was made from: the form may be closed, or another one, when it ends.
#[derive(Clone)]
struct Errand {
    monitor: Monitor,
    context: Context,
    draft: Rc<Draft>,
    /// The session that it was sent in.
    era: u32,
}

impl Monitor {
    /// Sends what the form on screen holds, if it is valid and not being sent already.
    pub fn submit(&self, context: Context) {
        let submitted = context.form.try_update(|form| {
            let form = form.as_mut()?;
            Some((form.submit()?, form.draft.clone()))
        });
        let Some((submission, draft)) = submitted.flatten() else { return };
        let errand = Errand { monitor: self.clone(), context, draft: Rc::new(draft), era: self.0.era.get() };
        spawn(async move {
            match submission {
                Submission::AddJob(new) => errand.add_job(new).await,
                Submission::AddStep(new) => errand.add_step(new).await,
                Submission::End { target, outcome, force } => errand.end(target, outcome, force).await,
                Submission::Clear { job } => errand.clear(job).await,
            }
        });
    }

    /// What is known of a job and its steps, as the rules take it.
    pub fn known(context: Context, job: JobId) -> Option<JobWithSteps> {
        let node = context.grid.with(|grid| grid.snapshot().find(job).cloned())?;
        let steps =
            node.steps.tree().map_or_else(Vec::new, |tree| tree.nodes().iter().map(|node| node.step.clone()).collect());
        Some(JobWithSteps { job: node.job.clone(), steps })
    }

    /// Whether a job's steps have ever come.
    pub fn knows_steps(context: Context, job: JobId) -> bool {
        context.grid.with(|grid| grid.snapshot().find(job).is_some_and(|node| node.steps != Steps::Unfetched))
    }

    /// What the engine's events of a job have in common, if it was added from this page: the API does not tell.
    pub fn correlation_of(&self, job: JobId) -> Option<CorrelationId> {
        let added = self.0.added.borrow();
        added.iter().find(|(id, _)| *id == job).map(|(_, correlation)| correlation.clone())
    }
}

impl Errand {
    async fn add_job(self, new: NewJob) {
        let client = self.monitor.client();
        let correlation = CorrelationId::new(Uuid::new_v4());
        let known = self.context.grid.with_untracked(|grid| grid.snapshot().clone());
        let added = match client.add_job(&new, &correlation).await {
            Err(error) if error.leaves_doubt() => {
                self.look(
                    async || {
                        let candidates = client.jobs_of(&correlation).await?;
                        Ok(added_job(candidates, &new, |job| known.find(job.id).is_some()))
                    },
                    |job| NodeId::Job(job.id),
                )
                .await
            }
            answer => self.settle(answer),
        };
        let Some(job) = added else { return };
        let node = NodeId::Job(job.id);
        self.monitor.0.added.borrow_mut().push((job.id, correlation));
        let next = self.context.grid.with_untracked(|grid| grid.snapshot().with_job(job.clone()));
        self.monitor.show_own(self.context, job.id, next);
        self.done(format!("Added “{}”.", words::shortened(&job.description, 60)), Some(node));
        self.context.go_to(crate::view::route::Target::Node(node));
    }

    async fn add_step(self, new: NewStep) {
        let client = self.monitor.client();
        let before = match self.steps_before(new.job).await {
            Ok(before) => before,
            Err(error) => return self.refuse(&error),
        };
        let added = match client.add_step(&new).await {
            Err(error) if error.leaves_doubt() => {
                self.look(
                    async || Ok(added_step(client.steps(new.job).await?.items, &new, &before)),
                    |step| NodeId::Step(new.job, step.id),
                )
                .await
            }
            answer => self.settle(answer),
        };
        let Some(step) = added else { return };
        let node = NodeId::Step(new.job, step.id);
        self.read_again(new.job).await;
        self.done(format!("Added “{}”.", words::shortened(&step.description, 60)), Some(node));
        self.context.go_to(crate::view::route::Target::Node(node));
    }

    async fn end(self, target: NodeId, outcome: Outcome, force: bool) {
        let Some(before) = self.read_before(target.job()).await else { return };
        let expected = self.expect(&before, target, outcome, force);
        let client = self.monitor.client();
        let answer = match target {
            NodeId::Job(job) => client.end_job(job, outcome, force).await,
            NodeId::Step(job, step) => client.end_step(job, step, outcome).await,
        };
        let looks_done = |after: &JobWithSteps| same_outcome(after, &expected, target);
        self.finish(answer, before, target, looks_done).await;
    }

    async fn clear(self, job: JobId) {
        let Some(before) = self.read_before(job).await else { return };
        let answer = self.monitor.client().clear_job(job).await;
        self.finish(answer, before, NodeId::Job(job), |after| after.job.auto_cleared).await;
    }

    /// After an action whose reply does not tell what became of the object: reads it, and says what really happened.
    async fn finish(
        self,
        answer: Result<(), ApiError>,
        before: JobWithSteps,
        target: NodeId,
        looks_done: impl Fn(&JobWithSteps) -> bool,
    ) {
        let job = target.job();
        let settled = match answer {
            Err(error) if error.leaves_doubt() => {
                self.look(
                    async || match self.read(job).await {
                        Ok(after) if !looks_done(&after) => Ok(Found::Nothing),
                        Ok(_) | Err(ApiError::NotFound) => Ok(Found::One(())),
                        Err(error) => Err(error),
                    },
                    |()| target,
                )
                .await
            }
            answer => self.settle(answer),
        };
        if settled.is_none() {
            return;
        }
        self.read_again(job).await;
        let after = untrack(|| Monitor::known(self.context, job));
        self.done(what_happened(&before, after.as_ref(), target), Some(target));
    }

    /// Gives what came of a call; a refusal goes to the form, with everything typed still there.
    fn settle<T>(&self, answer: Result<T, ApiError>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(&error);
                None
            }
        }
    }

    fn refuse(&self, error: &ApiError) {
        if *error == ApiError::Unauthenticated && self.monitor.0.era.get() == self.era {
            self.monitor.session_ended(self.context);
        }
        let words = error.to_string();
        self.tell_form(|form| form.refused(words.clone()), &words);
    }

    /// Looks for what was asked for, three times over ten seconds.
    async fn look<T>(
        &self,
        find: impl AsyncFn() -> Result<Found<T>, ApiError>,
        name: impl Fn(&T) -> NodeId,
    ) -> Option<T> {
        for (look, wait) in LOOKS.into_iter().enumerate() {
            self.tell_form(|form| form.looking(look + 1), "");
            sleep(wait).await;
            match find().await {
                Ok(Found::One(found)) => return Some(found),
                Ok(Found::Several(found)) => {
                    let nodes: Vec<NodeId> = found.iter().map(&name).collect();
                    let words = "The reply was lost, and what was asked for may be any of several. See the list.";
                    self.monitor.poll(self.context);
                    self.tell_form(|form| form.ambiguous(nodes), words);
                    return None;
                }
                Err(ApiError::Unauthenticated) => {
                    self.refuse(&ApiError::Unauthenticated);
                    return None;
                }
                Ok(Found::Nothing) | Err(_) => (),
            }
        }
        self.tell_form(
            Form::lost,
            "The reply was lost, and what was asked for has not been done as far as can be seen.",
        );
        None
    }

    /// Speaks to the form that sent this, or, if that is closed, by a notice.
    fn tell_form(&self, tell: impl FnOnce(&mut Form), otherwise: &str) {
        let told = self.context.form.try_update(|form| match form {
            Some(form) if form.is_busy() && form.draft == *self.draft => {
                tell(form);
                true
            }
            Some(_) | None => false,
        });
        if told != Some(true) && !otherwise.is_empty() {
            self.context.say(otherwise, true, self.draft.target());
        }
    }

    /// It is done: closes the form, says so, and polls once.
    fn done(&self, text: String, about: Option<NodeId>) {
        self.context.form.update(|form| {
            if form.as_ref().is_some_and(|form| form.is_busy() && form.draft == *self.draft) {
                *form = None;
            }
        });
        self.context.say(text, false, about);
        self.monitor.poll(self.context);
    }

    /// The steps that a job has before one is added; fetched if nobody has yet.
    async fn steps_before(&self, job: JobId) -> Result<Before, ApiError> {
        if !untrack(|| Monitor::knows_steps(self.context, job)) {
            self.monitor.fetch_steps_of(self.context, job).await?;
        }
        let known = untrack(|| Monitor::known(self.context, job));
        Ok(Before::of(known.iter().flat_map(|known| &known.steps)))
    }

    async fn read_before(&self, job: JobId) -> Option<JobWithSteps> {
        let known = untrack(|| Monitor::known(self.context, job).filter(|_| Monitor::knows_steps(self.context, job)));
        match known {
            Some(known) => Some(known),
            None => self.settle(self.read(job).await),
        }
    }

    async fn read(&self, job: JobId) -> Result<JobWithSteps, ApiError> {
        let client = self.monitor.client();
        let found = client.job(job).await?;
        let steps: Vec<Step> = client.steps(job).await?.items;
        Ok(JobWithSteps { job: found, steps })
    }

    /// Shows an object as the engine has it now.
    async fn read_again(&self, job: JobId) {
        let snapshot = self.context.grid.with_untracked(|grid| grid.snapshot().clone());
        let next = match self.read(job).await {
            Ok(now) => {
                let tree = crate::domain::outline::StepTree::nest(now.steps);
                snapshot.with_job(now.job).with_steps([(job, tree)])
            }
            Err(ApiError::NotFound) => snapshot.without_job(job),
            // The poll that follows tries again.
            Err(_) => return,
        };
        self.monitor.show_own(self.context, job, next);
    }

    fn expect(&self, before: &JobWithSteps, target: NodeId, outcome: Outcome, force: bool) -> JobWithSteps {
        let dialect = self.context.engine.with_untracked(|engine| engine.dialect);
        let now = self.monitor.skew().engine_now();
        let mut expected = before.clone();
        // Should a rule refuse, the engine will too, in its own words.
        let _ = match target {
            NodeId::Job(_) => rules::end_job(dialect, &mut expected, outcome, force, now),
            NodeId::Step(_, step) => rules::end_step(dialect, &mut expected, step, outcome, now),
        };
        expected
    }
}

/// Whether what is there now is what the rules say would be.
fn same_outcome(after: &JobWithSteps, expected: &JobWithSteps, target: NodeId) -> bool {
    let step = |of: &JobWithSteps| of.steps.iter().find(|step| Some(step.id) == target.step()).map(|step| step.status);
    match target {
        NodeId::Job(_) => {
            after.job.status == expected.job.status && after.job.auto_cleared == expected.job.auto_cleared
        }
        NodeId::Step(..) => step(after) == step(expected),
    }
}

fn what_happened(before: &JobWithSteps, after: Option<&JobWithSteps>, target: NodeId) -> String {
    let Some(after) = after else { return "The engine has removed the job.".to_owned() };
    let told = consequences(before, after, target.step());
    told.into_iter().map(Consequence::told).collect::<Vec<_>>().join(" ")
}

async fn sleep(wait: Duration) {
    let over = Promise::new(&mut |resolve, _| {
        later(wait, move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        });
    });
    let _ = JsFuture::from(over).await;
}
