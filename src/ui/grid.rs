//! The tree grid: a window of rows over the state in [`crate::view::grid`].

mod header;
mod keyboard;
mod row;
mod tip;

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

pub use self::header::range_select;
use self::{
    header::header,
    keyboard::Keyboard,
    row::{element_id, grid_row},
    tip::Tip,
};
use super::{
    context::{Context, RowMenu},
    detail,
    part::{
        element::{Handle, el, focus_main, is_main_focused},
        list::list,
        live::{live, yes},
        run::{effect, next_frame},
        state::Derived,
        view::{Draw, View},
    },
};
use crate::{
    domain::outline::NodeId,
    view::grid::{Cell, Cells, Pressed, ROW_HEIGHT, Window},
};

/// Height of the header row, in CSS pixels; the rows scroll beneath it.
const HEADER_HEIGHT: u32 = 30;

/// Jobs and their steps as a tree grid.
pub fn tree_grid() -> View {
    let context = Context::get();
    let grid = context.grid;
    let scroller = Handle::default();
    let window = Derived::new(move |_| grid.with(crate::view::grid::Grid::window));
    let ids = Derived::new(move |_| window.with(|window| window.rows.iter().map(|row| row.id).collect::<Vec<_>>()));
    let keyboard = Keyboard::default();
    let tip = Tip::default();
    let body = Handle::default();
    follow_size(context, scroller);
    follow_scroll(context, scroller, body);
    follow_focus(context, scroller, keyboard, ids);

    let on_scroll = move |_| {
        tip.hide();
        let Some(scroller) = scroller.get() else { return };
        let top = u32::try_from(scroller.scroll_top()).unwrap_or(0);
        if grid.with_untracked(|grid| grid.scroll_top()) != top {
            grid.update(|grid| grid.scrolled_to(top));
            context.monitor().fetch_steps(context);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && tip.dismiss() {
            event.prevent_default();
            return;
        }
        match keyboard.press(context, &event) {
            Pressed::Ignored => (),
            pressed => {
                event.prevent_default();
                act_on(context, pressed);
            }
        }
    };
    let hidden = move |cell: Cell| move || grid.with(|grid| !grid.cells().contains(cell));
    let rows = el("div").class("grid-body").node(body).attr("role", "rowgroup").child(list(
        move || ids.get(),
        |id| element_id(*id),
        move |id| grid_row(context, id, window, keyboard),
    ));
    let grid = el("div")
        .class("grid")
        .attr("role", "treegrid")
        .attr("aria-label", "Jobs and their steps")
        .attr("aria-rowcount", live(move || window.with(|window| window.count + 1).to_string()))
        .attr("aria-colcount", Cell::ALL.len().to_string())
        .attr("aria-busy", yes(move || !grid.with(|grid| grid.is_loaded())))
        .class_when("no-owner", hidden(Cell::Owner))
        .class_when("no-timeline", hidden(Cell::Timeline))
        .class_when("no-progress", hidden(Cell::Progress))
        .class_when("no-started", hidden(Cell::Started))
        .on(ev::keydown, on_key)
        .on(ev::focusin, move |event| {
            keyboard.focus_came(context, &event);
            tip.come(&event);
        })
        .on(ev::focusout, move |event| tip.go(event.related_target()))
        .on(ev::mouseover, move |event| tip.come(&event))
        .on(ev::mouseout, move |event| tip.go(event.related_target()));
    el("div")
        .class("grid-scroller")
        .node(scroller)
        .on(ev::scroll, on_scroll)
        .style("--row-height", format!("{ROW_HEIGHT}px"))
        .style("--header-height", format!("{HEADER_HEIGHT}px"))
        .child(grid.child(header(context)).child(rows))
        .child(tip.draw())
        .view()
}

/// Does what a key asked for beyond the grid itself.
fn act_on(context: Context, pressed: Pressed) {
    match pressed {
        Pressed::Ignored => (),
        Pressed::Done => context.monitor().fetch_steps(context),
        Pressed::Select(node) => context.select(Some(node)),
        Pressed::Open(node) => {
            context.select(Some(node));
            detail::focus_heading();
        }
        Pressed::Use(node, _) => open_menu(context, node),
    }
}

/// Opens a row's menu at its button, or at the row if that is not in the document.
fn open_menu(context: Context, node: NodeId) {
    let Some(row) = row_element(node) else { return };
    let button = row.query_selector(".row-menu").ok().flatten();
    let place = button.unwrap_or_else(|| row.into()).get_bounding_client_rect();
    let (x, y) = whole_pixels(place.left(), place.bottom());
    context.menu.set(Some(RowMenu { node, x, y }));
}

/// A place in the view, near enough for a menu.
#[expect(clippy::cast_possible_truncation, reason = "screens are not that large, and casts saturate")]
pub const fn whole_pixels(x: f64, y: f64) -> (i32, i32) {
    (x as i32, y as i32)
}

/// The row of a node, if it is in the document.
pub fn row_element(node: NodeId) -> Option<HtmlElement> {
    document().get_element_by_id(&element_id(node))?.dyn_into().ok()
}

/// Tells the state how much of it can be seen.
fn follow_size(context: Context, scroller: Handle) {
    scroller.when_built(move |element| {
        let measured = element.clone();
        let measure = move || {
            let height = u32::try_from(measured.client_height()).unwrap_or(0).saturating_sub(HEADER_HEIGHT);
            let width = u32::try_from(measured.client_width()).unwrap_or(0);
            context.grid.update(|grid| {
                grid.resized(height);
                grid.set_cells(Cells::for_width(width));
            });
            context.monitor().fetch_steps(context);
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

/// Makes the body as high as all rows are, and scrolls to where the state is, when a key or a poll has moved it. In that order:
/// a browser scrolls no further than there is something.
fn follow_scroll(context: Context, scroller: Handle, body: Handle) {
    let place = Derived::new(move |_| context.grid.with(|grid| (grid.scroll_top(), grid.whole_height())));
    effect(move || {
        let (top, height) = place.get();
        if let Some(body) = body.get() {
            let _ = body.style().set_property("height", &format!("{height}px"));
        }
        if let Some(element) = scroller.get()
            && u32::try_from(element.scroll_top()) != Ok(top)
        {
            element.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
        }
    });
}

/// Moves the browser's focus to the row or cell that has it in the state, once the document has caught up. Only while the
/// focus is in the grid: a poll must not take it away from a form.
fn follow_focus(context: Context, scroller: Handle, keyboard: Keyboard, ids: Derived<Vec<NodeId>>) {
    let focus = Derived::new(move |_| context.grid.with(|grid| grid.focus().map(|focus| (focus.node, focus.cell))));
    // The last row took the focus along.
    let stranded = StoredValue::new(false);
    let mut before = None;
    effect(move || {
        let now = focus.get();
        // Rows that come, go or change places may take the browser's focus along.
        ids.track();
        let moved = before.replace(now) != Some(now);
        let Some((node, cell)) = now else {
            // The rows have gone, or come again.
            return next_frame(move || {
                // By now the grid itself may be gone, with its signals.
                if scroller.get().is_none() {
                    return;
                }
                let lost = keyboard.lost_focus();
                if lost || (stranded.get_value() && is_main_focused()) {
                    stranded.set_value(lost);
                    focus_grid(context);
                }
            });
        };
        // A dialog that closes gives the focus back first.
        next_frame(move || {
            // By now another key may have moved it on: focusing this one would take it back.
            let still = context.grid.with_untracked(|grid| grid.focus().map(|focus| (focus.node, focus.cell))) == now;
            let wanted = || keyboard.lost_focus() || (moved && keyboard.follows(context, scroller));
            if still && wanted() && !detail::covers_tree() {
                keyboard.focus(context, node, cell);
            }
        });
    });
    for place in ["focusin", "pointerdown"] {
        let listener = window_event_listener_untyped(place, move |event| keyboard.went_to(scroller, &event));
        on_cleanup(move || listener.remove());
    }
}

/// Gives the focus to the grid: to its focused row, or to its first; while there is none, to what stands in its place.
pub fn focus_grid(context: Context) {
    let node = context.grid.with_untracked(|grid| {
        grid.focus().map(|focus| focus.node).or_else(|| grid.window().rows.first().map(|row| row.id))
    });
    match node.and_then(row_element) {
        Some(row) => _ = row.focus(),
        None => focus_main(),
    }
}

/// What a component of the grid reads: the rows in the document.
type Rows = Derived<Window>;
