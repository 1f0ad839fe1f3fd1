//! What a row says behind its name: where, why and when it failed, or why it is stuck. And its mark.

use leptos::prelude::*;

use crate::{
    ui::state::{use_clock, use_reasons},
    view::{failed_row::FailedRow, grid::RowView, words},
};

/// The mark of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A failure that nobody has looked at yet.
    New,
    /// It runs, and seems to hang.
    Stuck,
}

impl Mark {
    pub(super) const fn class(mark: Option<Self>) -> &'static str {
        match mark {
            None => "flag",
            Some(Self::New) => "flag new",
            Some(Self::Stuck) => "flag stuck",
        }
    }

    pub(super) const fn word(mark: Option<Self>) -> &'static str {
        match mark {
            None => "",
            Some(Self::New) => "New",
            Some(Self::Stuck) => "Stuck",
        }
    }
}

/// What a row says behind its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Remark {
    /// The text.
    pub(super) text: String,
    /// Where a usual length comes from.
    pub(super) source: Option<String>,
    /// The mark that belongs to it.
    pub(super) mark: Option<Mark>,
}

/// The remark of a row. It reads the clock only while the row runs, and of a failed row once a minute.
pub(super) fn remark(row: Memo<RowView>) -> Memo<Remark> {
    let (clock, reasons) = (use_clock(), use_reasons());
    let failed = Memo::new(move |_| row.with(|row| row.failed.clone()));
    let run = Memo::new(move |_| row.with(|row| row.run));
    Memo::new(move |_| {
        if let Some(failed) = failed.get() {
            let reason = failed.cause().and_then(|job| reasons.proven(job)).map(|proven| proven.text);
            return Remark { text: FailedRow::text(&failed, reason.as_deref(), clock.minute()), ..Remark::default() };
        }
        let Some(run) = run.get().filter(|run| run.stuck_from().is_some()) else { return Remark::default() };
        run.stuck(clock.now()).map_or_else(Remark::default, |stuck| Remark {
            text: format!("· {}", words::stuck(&stuck)),
            source: stuck.long.map(|(usual, _)| words::usual_of(usual.of)),
            mark: Some(Mark::Stuck),
        })
    })
}
