//! One row. Each cell reads its own part of the row. If that has not changed, the cell's elements do not change.

use leptos::{attr::custom::custom_attribute, prelude::*};

use super::{
    cells::{
        ActionsCell, DescriptionCell, DurationCell, OwnerCell, ProgressCell, StartedCell, StatusCell, TimelineCell,
    },
    focus::GridFocus,
};
use crate::{
    domain::outline::NodeId,
    ui::state::use_navigation,
    view::{
        columns::Cell,
        grid::{RowView, Window},
        viewport::ROW_HEIGHT,
    },
};

/// The row's id in the document.
pub(super) fn element_id(node: NodeId) -> String {
    format!("row-{node}")
}

/// The row of a node.
#[component]
pub(super) fn TreeRow(
    /// The row when it is mounted.
    first: RowView,
    /// All rows.
    window: Memo<Window>,
    /// The focus of the grid.
    focus: GridFocus,
) -> impl IntoView {
    let navigation = use_navigation();
    let id = first.id;
    // A row that leaves the window shows its last state until it is removed.
    let row = Memo::new(move |last: Option<&RowView>| {
        let now = window.with(|window| window.find(id).cloned());
        now.or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    let is_tab_stop = move || row.with(|row| row.tab_stop && row.cell.is_none());
    let top = move || row.with(|row| format!("{}px", row.index.saturating_mul(ROW_HEIGHT as usize)));
    // `view!` does not support `aria-level`.
    let level = custom_attribute("aria-level", move || row.with(|row| row.level.to_string()));
    view! {
        <div
            id=element_id(id)
            class=move || row.with(class_names)
            role="row"
            tabindex=move || tab_index(is_tab_stop())
            {..level}
            aria-posinset=move || row.with(|row| row.position)
            aria-setsize=move || row.with(|row| row.siblings)
            aria-rowindex=move || row.with(|row| row.index + 2)
            aria-selected=move || row.with(|row| row.selected).to_string()
            aria-expanded=move || row.with(|row| row.open).map(|open| open.to_string())
            style:top=top
            style=("--level", move || row.with(|row| row.level.saturating_sub(1)).to_string())
            on:click=move |_| navigation.select(Some(id))
        >
            <DescriptionCell row id/>
            <StatusCell row/>
            <ProgressCell row/>
            <TimelineCell row/>
            <StartedCell row/>
            <DurationCell row/>
            <OwnerCell row/>
            <ActionsCell row id focus/>
        </div>
    }
}

fn class_names(row: &RowView) -> String {
    let marks = [
        (row.selected, " selected"),
        (row.failed_here, " failed-here"),
        (row.ancestor_only, " ancestor-only"),
        (row.level == 1, " is-job"),
    ];
    let marks = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name);
    std::iter::once("row").chain(marks).collect()
}

/// One of all rows and cells is the tab stop.
pub(super) const fn tab_index(is_tab_stop: bool) -> &'static str {
    if is_tab_stop { "0" } else { "-1" }
}

/// Whether a cell of a row is the tab stop.
pub(super) fn cell_tab_index(row: Memo<RowView>, cell: Cell) -> impl Fn() -> &'static str {
    move || tab_index(row.with(|row| row.cell == Some(cell)))
}
