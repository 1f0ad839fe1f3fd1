//! The progress of a step, with a number. For a job or a step with children, the share of ended steps, without a number.

use leptos::prelude::*;

use super::GridCell;
use crate::{
    domain::Percent,
    view::{columns::Cell, grid::RowView},
};

/// What the bar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// No bar.
    None,
    /// The step's own progress, in percent.
    Own(u32),
    /// The share of ended steps in percent, of a running job or step.
    Running(u32),
    /// The share of ended steps in percent, of an ended job or step.
    Ended(u32),
}

impl Progress {
    fn of(row: &RowView) -> Self {
        let own = row.progress.map(|percent| u32::from(Percent::get(percent)));
        let share = row.share.map(|share| share.ended * 100 / share.all.max(1));
        match (own, share) {
            (Some(percent), _) => Self::Own(percent),
            (None, Some(percent)) if row.status.is_running() => Self::Running(percent),
            (None, Some(percent)) => Self::Ended(percent),
            (None, None) => Self::None,
        }
    }

    const fn percent(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Own(percent) | Self::Running(percent) | Self::Ended(percent) => percent,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::None => "progress none",
            Self::Own(_) => "progress own",
            Self::Running(_) => "progress",
            Self::Ended(_) => "progress over",
        }
    }

    fn number(self) -> String {
        match self {
            Self::Own(percent) => format!("{percent}%"),
            Self::None | Self::Running(_) | Self::Ended(_) => String::new(),
        }
    }
}

/// The progress of a row.
#[component]
pub(in crate::ui::grid) fn ProgressCell(
    /// The row.
    row: Memo<RowView>,
) -> impl IntoView {
    let progress = Memo::new(move |_| row.with(Progress::of));
    view! {
        <GridCell row cell=Cell::Progress>
            <span
                class=move || progress.get().class()
                style=("--part", move || format!("{}%", progress.get().percent()))
            ></span>
            {move || progress.get().number()}
        </GridCell>
    }
}
