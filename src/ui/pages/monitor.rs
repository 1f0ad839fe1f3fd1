//! The page with the jobs: what stands where.

use leptos::prelude::*;

use super::{
    banner::Banner, bottom_bar::BottomBar, empty_list::EmptyList, help::HelpDialog, log_in::LogInAgain,
    shortcuts::listen_for_shortcuts, toolbar::Toolbar, top_bar::TopBar,
};
use crate::ui::{
    components::Menu,
    demo,
    detail::{DetailPanel, row_actions, use_clipboard},
    forms::OpenForm,
    grid::TreeGrid,
    state::{use_grid, use_navigation, use_overlays, use_session},
};
use crate::view::words;

/// Tree, detail, and the bars around them.
#[component]
pub fn MonitorPage() -> impl IntoView {
    let session = use_session();
    let is_panel = session.web_admin().is_some();
    listen_for_shortcuts();
    view! {
        <div class="page" class:panel=is_panel class:stale=move || session.has_ended()>
            <TopBar/>
            <Toolbar/>
            <div class="middle">
                <main class="list" tabindex="-1">
                    <TreeGrid/>
                    <EmptyList/>
                </main>
                <DetailPanel/>
            </div>
            // Below the tree, which gets shorter when they appear: above it they would move every row.
            <Banner/>
            <demo::StorageNotice/>
            <BottomBar/>
        </div>
        <OpenRowMenu/>
        <OpenForm/>
        <HelpDialog/>
        <LogInAgain/>
    }
}

/// The menu of a row, while it is open.
#[component]
fn OpenRowMenu() -> impl IntoView {
    let (grid, overlays) = (use_grid(), use_overlays());
    let (navigation, clipboard) = (use_navigation(), use_clipboard());
    let close = Callback::new(move |()| overlays.row_menu.set(None));
    move || {
        let menu = overlays.row_menu.get()?;
        let subject = untrack(|| grid.find(menu.node))?;
        let label = format!("Actions for {}", words::shortened(&subject.name(), 60));
        let items = row_actions(&subject, navigation, overlays, clipboard);
        Some(view! { <Menu label place=menu.place items on_close=close/> })
    }
}
