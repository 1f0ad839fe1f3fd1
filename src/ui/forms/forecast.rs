//! The consequences of a form before it is sent: the engine's rules, applied to a copy of the job.

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

/// The consequences of a form.
#[derive(Debug, Clone, PartialEq)]
enum Forecast {
    /// These consequences; and whether all affected steps are known.
    Will(Vec<Consequence>, bool),
    /// None: the engine will refuse it.
    Refused(Refusal),
    /// None: the job was removed.
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

/// The section with the consequences.
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
    // The live region must be in the document before it has a text. Otherwise screen readers do not read the text.
    view! { <div class="follows-place" aria-live="polite">{section}</div> }
}

fn forecast(draft: &Draft, snapshot: &Snapshot, dialect: Dialect, now: Time) -> Option<Forecast> {
    let Some(before) = known_job(snapshot, draft.target()?.job()) else { return Some(Forecast::Gone) };
    let mut after = before.clone();
    let (target, ruled) = match draft {
        Draft::AddJob { .. } | Draft::End { outcome: None, .. } => return None,
        Draft::AddStep { .. } if before.job.status.is_running() => return None,
        // The engine checks more, for example whether the parent exists.
        Draft::AddStep { parent, .. } => (None, if parent.is_none() { rules::may_change(&before.job) } else { Ok(()) }),
        Draft::End { target: NodeId::Job(_), outcome: Some(outcome), force, .. } => {
            (None, rules::end_job(dialect, &mut after, *outcome, *force, now))
        }
        Draft::End { target: NodeId::Step(_, step), outcome: Some(outcome), .. } => {
            (Some(*step), rules::end_step(dialect, &mut after, *step, *outcome, now))
        }
        Draft::Clear { .. } => (None, rules::clear_job(&mut after.job)),
    };
    let is_complete = !matches!(draft, Draft::End { .. }) || knows_steps(snapshot, before.job.id);
    // The rules do not show the new step, which is a change, too.
    let may_change_nothing = is_complete && !matches!(draft, Draft::AddStep { .. });
    Some(match ruled {
        Ok(()) => Forecast::Will(consequences(&before, &after, target, may_change_nothing), is_complete),
        Err(refusal) => Forecast::Refused(refusal),
    })
}
