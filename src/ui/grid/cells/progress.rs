//! The progress of a step, with a number. For a job or a step with children, the share of ended steps, without a number. If it has
//! failed, the share of failed steps.

use leptos::prelude::*;

use super::GridCell;
use crate::{
    domain::{Percent, Status, outline::Share},
    view::{columns::Cell, grid::RowView},
};

/// What the bar shows, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// No bar.
    None,
    /// The step's own progress. Whether it has failed there.
    Own(u32, bool),
    /// The share of ended steps, of a running job or step.
    Running(u32),
    /// The share of ended steps, of an ended job or step.
    Ended(u32),
    /// The share of failed steps, of a failed job or step.
    Failed(u32),
}

impl Progress {
    fn of(row: &RowView) -> Self {
        let has_failed = row.status == Status::Failed;
        match (row.progress, row.share) {
            (Some(percent), _) => Self::Own(u32::from(Percent::get(percent)), has_failed),
            (None, Some(Share { failed, all, .. })) if has_failed && failed > 0 => Self::Failed(failed * 100 / all),
            (None, Some(Share { ended, all, .. })) if row.status.is_running() => {
                Self::Running(ended * 100 / all.max(1))
            }
            (None, Some(Share { ended, all, .. })) => Self::Ended(ended * 100 / all.max(1)),
            (None, None) => Self::None,
        }
    }

    const fn percent(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Own(percent, _) | Self::Running(percent) | Self::Ended(percent) | Self::Failed(percent) => percent,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::None => "progress none",
            Self::Own(_, false) => "progress own",
            Self::Own(_, true) | Self::Failed(_) => "progress failed",
            Self::Running(_) => "progress",
            Self::Ended(_) => "progress over",
        }
    }

    fn number(self) -> String {
        match self {
            Self::Own(percent, _) => format!("{percent}%"),
            Self::None | Self::Running(_) | Self::Ended(_) | Self::Failed(_) => String::new(),
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
