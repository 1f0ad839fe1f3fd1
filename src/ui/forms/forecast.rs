//! What will happen, before anything is sent: the engine's own rules, run on a copy.

use leptos::prelude::*;

use crate::{
    api::ApiError,
    domain::{
        Time,
        outline::{NodeId, Snapshot},
        rules::{self, Consequence, Dialect, Refusal, consequences},
    },
    ui::{
        state::{use_clock, use_grid, use_overlays, use_session},
        sync::{known_job, knows_steps},
    },
    view::form::{Draft, Form},
};

/// What will happen.
#[derive(Debug, Clone, PartialEq)]
enum Forecast {
    /// This; and whether all steps are known that it may happen to.
    Will(Vec<Consequence>, bool),
    /// Nothing: the engine will refuse it.
    Refused(Refusal),
    /// Nothing: the job is not there any more.
    Gone,
}

impl Forecast {
    fn sentences(&self) -> Vec<String> {
        match self {
            Self::Will(consequences, is_complete) => {
                let unknown = (!is_complete)
                    .then(|| "The steps are not loaded yet. Those that still run will end with it.".to_owned());
                consequences.iter().map(ToString::to_string).chain(unknown).collect()
            }
            Self::Refused(refusal) => vec![refusal.to_string()],
            Self::Gone => vec![ApiError::NotFound.to_string()],
        }
    }
}

/// The section that says it.
#[component]
pub(super) fn ForecastSection() -> impl IntoView {
    let (overlays, session, grid, clock) = (use_overlays(), use_session(), use_grid(), use_clock());
    let forecast = Memo::new(move |_| {
        let draft = overlays.read_form(|form: &Form| Some(form.draft.clone()))?;
        let dialect = session.engine.get().dialect;
        grid.jobs().with(|jobs| forecast(&draft, jobs.snapshot(), dialect, clock.now_untracked()))
    });
    let section = move || {
        forecast.get().map(|forecast| {
            let sentences = forecast.sentences().into_iter().map(|sentence| view! { <li>{sentence}</li> });
            let sentences = sentences.collect_view();
            view! {
                <section class="follows">
                    <h3>"What will happen"</h3>
                    <ul>{sentences}</ul>
                </section>
            }
        })
    };
    // The live region is there before it says anything: only then is its text read out.
    view! { <div class="follows-place" aria-live="polite">{section}</div> }
}

fn forecast(draft: &Draft, snapshot: &Snapshot, dialect: Dialect, now: Time) -> Option<Forecast> {
    let Some(before) = known_job(snapshot, draft.target()?.job()) else { return Some(Forecast::Gone) };
    let mut after = before.clone();
    let (target, ruled) = match *draft {
        Draft::AddJob { .. } | Draft::End { outcome: None, .. } => return None,
        Draft::AddStep { .. } if before.job.status.is_running() => return None,
        // Not all that an engine checks: whether the parent exists is for the engine to say.
        Draft::AddStep { parent, .. } => (None, if parent.is_none() { rules::may_change(&before.job) } else { Ok(()) }),
        Draft::End { target: NodeId::Job(_), outcome: Some(outcome), force } => {
            (None, rules::end_job(dialect, &mut after, outcome, force, now))
        }
        Draft::End { target: NodeId::Step(_, step), outcome: Some(outcome), .. } => {
            (Some(step), rules::end_step(dialect, &mut after, step, outcome, now))
        }
        Draft::Clear { .. } => (None, rules::clear_job(&mut after.job)),
    };
    let is_complete = !matches!(draft, Draft::End { .. }) || knows_steps(snapshot, before.job.id);
    // An addition changes something that the rules do not run: the new step itself.
    let may_change_nothing = is_complete && !matches!(draft, Draft::AddStep { .. });
    Some(match ruled {
        Ok(()) => Forecast::Will(consequences(&before, &after, target, may_change_nothing), is_complete),
        Err(refusal) => Forecast::Refused(refusal),
    })
}
