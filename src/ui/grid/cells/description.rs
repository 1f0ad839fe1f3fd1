//! Expander, status icon, text, mark, remark, share of ended steps, and tag.

use leptos::{ev::MouseEvent, prelude::*};

use super::{
    class_of,
    remark::{Mark, remark},
    share::ShareTold,
};
use crate::{
    domain::{
        description::{isolated, original, readable},
        outline::NodeId,
    },
    ui::{
        browser::focus::is_within, components::StatusIcon, grid::row::cell_tab_index, state::use_grid, sync::use_sync,
    },
    view::{columns::Cell, grid::RowView, words},
};

/// The first cell of a row.
#[component]
pub(in crate::ui::grid) fn DescriptionCell(
    /// The row.
    row: Memo<RowView>,
    /// The node of the row.
    id: NodeId,
) -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let toggle = move |event: MouseEvent| {
        if is_within(event.target(), ".expander") {
            event.stop_propagation();
            sync.refresh_steps_of(id.job());
            grid.update(|grid| grid.toggle(id));
        }
    };
    let status = Signal::derive(move || row.with(|row| row.status));
    let open = Memo::new(move |_| row.with(|row| row.open));
    let share = Memo::new(move |_| row.with(ShareTold::of));
    let remark = remark(row);
    let mark = Memo::new(move |_| row.with(|row| row.is_news).then_some(Mark::New).or(remark.get().mark));
    let is_job_tag = move || row.with(|row| row.external && row.level == 1);
    view! {
        <div
            class=class_of(Cell::Description)
            role="rowheader"
            aria-colindex=Cell::Description.position()
            tabindex=cell_tab_index(row, Cell::Description)
            on:click=toggle
        >
            {move || open.get().map(|open| view! { <Expander open/> })}
            <StatusIcon status/>
            <bdi class="text" title=move || row.with(tip)>{move || row.with(text)}</bdi>
            // These are always in the document, so that a poll that changes other values does not change them.
            <span class=move || Mark::class(mark.get())>{move || Mark::word(mark.get())}</span>
            <bdi class="remark" title=move || remark.get().source>{move || remark.get().text}</bdi>
            <span
                class=move || if share.get().is_failed() { "share failed" } else { "share" }
                role="img"
                aria-label=move || share.get().spoken()
                data-short=move || share.get().short()
            >
                {move || share.get().text()}
            </span>
            <span class=move || if is_job_tag() { "tag" } else { "kind" }>{move || row.with(tag)}</span>
        </div>
    }
}

/// Expands and collapses the row. Its click area is larger than that of other icons.
#[component]
fn Expander(
    /// Whether the row is expanded.
    open: bool,
) -> impl IntoView {
    let class = if open { "icon expander open" } else { "icon expander" };
    view! { <svg class=class viewBox="-4 -4 24 24" aria-hidden="true"><path d="M6 3.5 10.5 8 6 12.5"></path></svg> }
}

fn text(row: &RowView) -> String {
    readable(&row.description).into_owned()
}

/// The engine's own text, if the page shows another one.
fn tip(row: &RowView) -> Option<String> {
    original(&row.description).map(|text| isolated(&text).into_owned())
}

/// A step's type, unless its text says it, and a mark if it is external but its job is not.
fn tag(row: &RowView) -> String {
    let kind = row.step_type.and_then(|kind| words::kind_beside(&row.description, kind));
    [kind, row.external.then_some("external")].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
