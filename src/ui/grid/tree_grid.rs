//! The scrolling element, the header and the mounted rows.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use super::{focus::GridFocus, header::Header, keyboard::Keyboard, row::TreeRow, tip::Tip};
use crate::{
    ui::{
        browser::keyboard::press,
        state::{GridState, use_axis, use_grid},
    },
    view::{
        columns::{Cell, Cells},
        keyboard::Meaning,
        viewport::ROW_HEIGHT,
    },
};

/// Height of the header row, in CSS pixels; the rows scroll beneath it.
const HEADER_HEIGHT: u32 = 38;

/// Jobs and their steps as a tree grid.
#[component]
pub fn TreeGrid() -> impl IntoView {
    let grid = use_grid();
    let scroller = NodeRef::<html::Div>::new();
    let body = NodeRef::<html::Div>::new();
    let window = Memo::new(move |_| grid.window());
    let ids = Memo::new(move |_| window.with(|window| window.rows.iter().map(|row| row.id).collect::<Vec<_>>()));
    let focus = GridFocus::new(scroller);
    let keyboard = Keyboard::new(focus);
    let tip = Tip::new(window);
    follow_size(grid, scroller);
    let told = StoredValue::new(None);
    follow_scroll(grid, scroller, body, told);
    focus.follow(ids);

    let on_scroll = move |_| {
        tip.hide();
        if let Some(scroller) = scroller.get_untracked() {
            let top = u32::try_from(scroller.scroll_top()).unwrap_or(0);
            if grid.viewport().with_untracked(|viewport| viewport.scroll_top() != top) {
                told.set_value(Some(top));
            }
            grid.update(|grid| grid.scrolled_to(top));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if press(&event).meaning() == Meaning::Escape && tip.dismiss() {
            event.prevent_default();
        } else {
            keyboard.on_key(&event);
        }
    };
    let on_focus_in = move |event: ev::FocusEvent| {
        focus.on_focus_in(&event);
        tip.come(&event);
    };
    let axis = use_axis();
    let cells = Memo::new(move |_| grid.viewport().get().cells());
    let lacks = move |cell: Cell| move || !cells.get().contains(cell);
    let row_count = move || window.with(|window| window.count + 1);
    let row = move |id| {
        let first = window.with_untracked(|window| window.find(id).cloned());
        first.map(|first| view! { <TreeRow first window focus/> })
    };
    view! {
        <div
            node_ref=scroller
            class="grid-scroller"
            style=("--row-height", format!("{ROW_HEIGHT}px"))
            style=("--header-height", format!("{HEADER_HEIGHT}px"))
            style=("--parts", move || axis.range().marks().0.to_string())
            on:scroll=on_scroll
        >
            <div
                class="grid"
                class:no-owner=lacks(Cell::Owner)
                class:no-timeline=lacks(Cell::Timeline)
                class:no-progress=lacks(Cell::Progress)
                class:no-started=lacks(Cell::Started)
                role="treegrid"
                aria-label="Jobs and their steps"
                aria-rowcount=row_count
                aria-colcount=Cell::ALL.len()
                aria-busy=move || (!grid.is_loaded()).then_some("true")
                on:keydown=on_key
                on:focusin=on_focus_in
                on:focusout=move |event| tip.go(event.related_target())
                on:mouseover=move |event| tip.come(&event)
                on:mouseout=move |event| tip.go(event.related_target())
            >
                <Header/>
                <div node_ref=body class="grid-body" role="rowgroup">
                    <For each=move || ids.get() key=|id| *id children=row/>
                </div>
            </div>
            {tip.view()}
        </div>
    }
}

/// Writes the size of the grid on screen into the state.
fn follow_size(grid: GridState, scroller: NodeRef<html::Div>) {
    scroller.on_load(move |element| {
        let measured: HtmlElement = element.clone().into();
        let measure = move || {
            let height = u32::try_from(measured.client_height()).unwrap_or(0).saturating_sub(HEADER_HEIGHT);
            let width = u32::try_from(measured.client_width()).unwrap_or(0);
            grid.update(|grid| {
                grid.resized(height);
                grid.set_cells(Cells::for_width(width));
            });
        };
        measure();
        let on_resize = Closure::<dyn FnMut()>::new(measure);
        let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local(Some((observer, on_resize)));
        on_cleanup(move || {
            if let Some((observer, _)) = kept.try_update_value(Option::take).flatten() {
                observer.disconnect();
            }
        });
    });
}

/// Sets the height of the body to that of all rows, then scrolls to the position in the state. The order matters, because a
/// browser does not scroll beyond the content. `told` is a position that the browser has told itself. It is not asked for it again:
/// after the rows have changed, it would have to lay them out at once.
fn follow_scroll(
    grid: GridState,
    scroller: NodeRef<html::Div>,
    body: NodeRef<html::Div>,
    told: StoredValue<Option<u32>>,
) {
    let place = Memo::new(move |_| {
        let viewport = grid.viewport().get();
        let rows = grid.outline().with(|outline| outline.row_count());
        (viewport.scroll_top(), viewport.whole_height(rows))
    });
    Effect::new(move |written: Option<Option<u32>>| {
        let (top, height) = place.get();
        let body = body.get();
        if let Some(body) = &body
            && written.flatten() != Some(height)
        {
            let _ = HtmlElement::style(body).set_property("height", &format!("{height}px"));
        }
        let is_there = told.try_update_value(Option::take).flatten() == Some(top);
        if let Some(element) = scroller.get()
            && !is_there
            && u32::try_from(element.scroll_top()) != Ok(top)
        {
            element.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
        }
        body.map(|_| height)
    });
}
