//! The cells of a row, one component for each column.

mod description;
mod progress;
mod remark;
mod share;
mod timeline;

use leptos::{ev::MouseEvent, prelude::*};

pub(super) use self::{description::DescriptionCell, progress::ProgressCell, timeline::TimelineCell};
use super::{
    focus::GridFocus,
    keyboard::open_row_menu,
    row::{cell_tab_index, tab_index},
};
use crate::{
    domain::{description::readable, outline::NodeId},
    ui::{
        components::{Glyph, Icon},
        state::{use_clock, use_overlays},
    },
    view::{columns::Cell, grid::RowView, words},
};

/// The text for an unknown value.
const UNKNOWN: &str = "—";

/// A cell of a row.
#[component]
fn GridCell(
    /// The row.
    row: Memo<RowView>,
    /// The column of the cell.
    cell: Cell,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class=class_of(cell)
            role="gridcell"
            aria-colindex=cell.position()
            tabindex=cell_tab_index(row, cell)
        >
            {children()}
        </div>
    }
}

/// The classes of a cell, and of its column's header.
pub(super) const fn class_of(cell: Cell) -> &'static str {
    match cell {
        Cell::Description => "cell cell-description",
        Cell::Status => "cell cell-status",
        Cell::Progress => "cell cell-progress",
        Cell::Timeline => "cell cell-timeline",
        Cell::Started => "cell cell-started",
        Cell::Duration => "cell cell-duration",
        Cell::Owner => "cell cell-owner",
        Cell::Actions => "cell cell-actions",
    }
}

/// The status in words.
#[component]
pub(super) fn StatusCell(
    /// The row.
    row: Memo<RowView>,
) -> impl IntoView {
    let status = move || row.with(|row| row.status);
    view! {
        <GridCell row cell=Cell::Status attr:data-status=move || status().as_str()>
            {move || words::status(status())}
        </GridCell>
    }
}

/// When it started.
#[component]
pub(super) fn StartedCell(
    /// The row.
    row: Memo<RowView>,
) -> impl IntoView {
    let today = use_clock().today();
    let text = move || match row.with(|row| row.start) {
        Some(start) => today.with(|today| today.short(start)),
        None => UNKNOWN.to_owned(),
    };
    view! { <GridCell row cell=Cell::Started>{text}</GridCell> }
}

/// The duration. Reads the clock only while the row runs, so that a tick does not notify other rows.
#[component]
pub(super) fn DurationCell(
    /// The row.
    row: Memo<RowView>,
) -> impl IntoView {
    let clock = use_clock();
    let text = move || {
        let (start, end, is_running) = row.with(|row| (row.start, row.end, row.status.is_running()));
        match (start, end) {
            (Some(start), Some(end)) => words::duration(end - start),
            (Some(start), None) if is_running => words::duration(clock.now() - start),
            // Ended without an end time, or never started: the duration is unknown.
            _ => UNKNOWN.to_owned(),
        }
    };
    view! { <GridCell row cell=Cell::Duration>{text}</GridCell> }
}

/// The owner's name, if it is known.
#[component]
pub(super) fn OwnerCell(
    /// The row.
    row: Memo<RowView>,
) -> impl IntoView {
    let text = move || row.with(|row| row.owner.clone()).unwrap_or_default();
    view! { <GridCell row cell=Cell::Owner><bdi>{text}</bdi></GridCell> }
}

/// The button that opens the row's menu.
#[component]
pub(super) fn ActionsCell(
    /// The row.
    row: Memo<RowView>,
    /// The node of the row.
    id: NodeId,
    /// The focus of the grid.
    focus: GridFocus,
) -> impl IntoView {
    let overlays = use_overlays();
    let is_open = Memo::new(move |_| overlays.row_menu.get().is_some_and(|menu| menu.node == id));
    let toggle = move |event: MouseEvent| {
        event.stop_propagation();
        if is_open.get_untracked() {
            overlays.row_menu.set(None);
        } else {
            open_row_menu(overlays, id);
        }
    };
    let label = move || row.with(|row| format!("Actions for {}", words::named(&readable(&row.description), 60)));
    // From outside the grid, the Tab key first moves to the row.
    let is_tab_stop = move || row.with(|row| row.tab_stop) && focus.had_focus();
    view! {
        <GridCell row cell=Cell::Actions>
            <button
                type="button"
                class="quiet icon-only row-menu"
                tabindex=move || tab_index(is_tab_stop())
                aria-label=label
                aria-haspopup="menu"
                aria-expanded=move || is_open.get().to_string()
                on:click=toggle
            >
                <Icon glyph=Glyph::Dots/>
            </button>
        </GridCell>
    }
}
