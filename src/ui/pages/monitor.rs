//! The page with the jobs, and the layout of its parts.

use leptos::prelude::*;

use super::{
    banner::Banner, bottom_bar::BottomBar, empty_list::EmptyList, help::HelpDialog, log_in::LogInAgain,
    news_strip::NewsStrip, shortcuts::listen_for_shortcuts, toolbar::Toolbar, top_bar::TopBar,
};
use crate::ui::{
    browser::focus::{focus_main, is_main_focused},
    components::Menu,
    demo,
    detail::{DetailPanel, OpenRaw, listen_for_copying, row_actions, use_clipboard, use_tickets},
    forms::OpenForm,
    grid::{TreeGrid, focus_grid},
    state::{GridState, SessionState, use_announcer, use_grid, use_navigation, use_overlays, use_session},
};
use crate::view::words;

/// Tree, detail, and the bars around them.
#[component]
pub fn MonitorPage() -> impl IntoView {
    let session = use_session();
    let is_panel = session.web_admin().is_some();
    listen_for_shortcuts();
    listen_for_copying();
    enter_panel(session, use_grid());
    view! {
        <div class="page" class:panel=is_panel class:stale=move || session.has_ended()>
            <TopBar/>
            <Toolbar/>
            <div class="middle">
                <main class="list" tabindex="-1">
                    <TreeGrid/>
                    <EmptyList/>
                    <NewsStrip/>
                </main>
                <DetailPanel/>
            </div>
            // They are below the tree, which becomes shorter. Above it they would move every row.
            <Banner/>
            <demo::StorageNotice/>
            <BottomBar/>
        </div>
        <OpenRowMenu/>
        <OpenForm/>
        <OpenRaw/>
        <HelpDialog/>
        <LogInAgain/>
    }
}

/// The menu of a row, while it is open.
#[component]
fn OpenRowMenu() -> impl IntoView {
    let (grid, overlays) = (use_grid(), use_overlays());
    let (navigation, clipboard, tickets) = (use_navigation(), use_clipboard(), use_tickets());
    let close = Callback::new(move |()| overlays.row_menu.set(None));
    close_with_its_job();
    move || {
        let menu = overlays.row_menu.get()?;
        let subject = untrack(|| grid.find(menu.node))?;
        let label = format!("Actions for {}", words::named(&subject.name(), 60));
        let items = row_actions(&subject, navigation, overlays, clipboard, tickets);
        Some(view! { <Menu label place=menu.place items on_close=close/> })
    }
}

/// When the job or step of the menu is removed, the menu has nothing to act on: closes it, and says so.
fn close_with_its_job() {
    let (grid, overlays, announcer) = (use_grid(), use_overlays(), use_announcer());
    // The name of its job or step, as last seen, and whether that is gone.
    let subject = Memo::new(move |before: Option<&Option<(String, bool)>>| {
        let menu = overlays.row_menu.get()?;
        let present = grid.find(menu.node).map(|subject| (subject.name(), false));
        present.or_else(|| before.cloned().flatten().map(|(name, _)| (name, true)))
    });
    Effect::new(move || {
        if let Some((name, true)) = subject.get() {
            overlays.row_menu.set(None);
            announcer
                .say(format!("The engine does not have “{}” any more. Its menu was closed.", words::named(&name, 80)));
        }
    });
}

/// In web admin: names the panel's frame. If the user chose the menu entry by keyboard, moves the focus into the tree: otherwise the rest
/// of web admin's menu would come first in the tab order.
fn enter_panel(session: SessionState, grid: GridState) {
    let Some(web_admin) = session.web_admin() else { return };
    web_admin.name_frame("Task Monitor");
    if !web_admin.has_focus_by_keyboard() {
        return;
    }
    request_animation_frame(focus_main);
    let is_loaded = Memo::new(move |_| grid.is_loaded());
    Effect::new(move || {
        if is_loaded.get() {
            request_animation_frame(move || {
                if is_main_focused() {
                    focus_grid(grid);
                }
            });
        }
    });
}
