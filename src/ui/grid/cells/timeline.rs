//! The row's bar on the time axis that all rows share.

use leptos::prelude::*;

use super::GridCell;
use crate::{
    ui::state::use_axis,
    view::{
        columns::Cell,
        grid::RowView,
        timeline::{Bar, OnAxis},
        words,
    },
};

/// The bar of a row.
#[component]
pub(in crate::ui::grid) fn TimelineCell(
    /// The row.
    row: Memo<RowView>,
) -> impl IntoView {
    let axis = use_axis();
    let bar = Memo::new(move |_| {
        let (start, end, is_running) = row.with(|row| (row.start, row.end, row.status.is_running()));
        // Ended without an end time: the duration is unknown, and only the start is marked.
        let end = if is_running { end } else { end.or(start) };
        Bar::of(start, end, axis.end(), axis.range())
    });
    let class = move || match bar.get() {
        OnAxis::Bar(Bar { cut: false, .. }) => "bar",
        OnAxis::Bar(Bar { cut: true, .. }) => "bar cut",
        OnAxis::Earlier => "bar earlier",
        OnAxis::Nothing => "bar none",
    };
    let part = move |part: fn(Bar) -> u32| match bar.get() {
        OnAxis::Bar(bar) => Some(words::percent(part(bar))),
        OnAxis::Earlier | OnAxis::Nothing => None,
    };
    let left = move || part(|bar| bar.start);
    let width = move || part(|bar| bar.length);
    view! {
        <GridCell row cell=Cell::Timeline>
            <span
                class=class
                data-status=move || row.with(|row| row.status).as_str()
                style:left=left
                style:width=width
            ></span>
        </GridCell>
    }
}
