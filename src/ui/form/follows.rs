//! What will follow, before anything is sent: the engine's own rules, run on a copy.

use crate::{
    api::ApiError,
    domain::{
        outline::NodeId,
        rules::{self, Consequence, Refusal, consequences},
    },
    ui::{
        context::Context,
        monitor::Monitor,
        part::{
            element::el,
            state::Derived,
            view::{Draw, View, part},
        },
    },
    view::form::Draft,
};

/// What will follow.
#[derive(Debug, Clone, PartialEq)]
enum Forecast {
    /// This; and whether the steps are known that it may happen to.
    Will(Vec<Consequence>, bool),
    /// Nothing: the engine will refuse it.
    Refused(Refusal),
    /// Nothing: the job is not there any more.
    Gone,
}

/// The section that says it.
pub(super) fn follows(context: Context) -> View {
    let forecast = Derived::new(move |_| forecast(context));
    let section = part(move || {
        let told = match forecast.get()? {
            Forecast::Will(told, known) => {
                let unknown =
                    (!known).then(|| "Its steps are not loaded yet: those that still run end with it.".to_owned());
                told.iter().map(ToString::to_string).chain(unknown).collect()
            }
            Forecast::Refused(refusal) => vec![refusal.to_string()],
            Forecast::Gone => vec![ApiError::NotFound.to_string()],
        };
        let told = told.into_iter().map(|words| el("li").child(words));
        Some(
            el("section")
                .class("follows")
                .child(el("h3").child("What will happen"))
                .child(el("ul").children(told))
                .view(),
        )
    });
    // It is there before it says anything: only then is what it says read out.
    el("div").class("follows-place").attr("aria-live", "polite").child(section).view()
}

fn forecast(context: Context) -> Option<Forecast> {
    let draft = context.form.with(|form| form.as_ref().map(|form| form.draft.clone()))?;
    let Some(before) = Monitor::known(context, draft.target()?.job()) else { return Some(Forecast::Gone) };
    let mut after = before.clone();
    let dialect = context.engine.get().dialect;
    let now = context.now.get_untracked();
    let ending = matches!(draft, Draft::End { .. });
    // The new step is not part of `after`.
    let adding = matches!(draft, Draft::AddStep { .. });
    let (target, ruled) = match draft {
        Draft::AddJob { .. } | Draft::End { outcome: None, .. } => return None,
        Draft::AddStep { .. } if before.job.status.is_running() => return None,
        // Not all that an engine checks: whether there is such a parent is for it to say.
        Draft::AddStep { parent, .. } => (None, if parent.is_none() { rules::may_change(&before.job) } else { Ok(()) }),
        Draft::End { target: NodeId::Job(_), outcome: Some(outcome), force } => {
            (None, rules::end_job(dialect, &mut after, outcome, force, now))
        }
        Draft::End { target: NodeId::Step(_, step), outcome: Some(outcome), .. } => {
            (Some(step), rules::end_step(dialect, &mut after, step, outcome, now))
        }
        Draft::Clear { .. } => (None, rules::clear_job(&mut after.job)),
    };
    let known = !ending || Monitor::knows_steps(context, before.job.id);
    Some(match ruled {
        Ok(()) => Forecast::Will(consequences(&before, &after, target, known && !adding), known),
        Err(refusal) => Forecast::Refused(refusal),
    })
}
