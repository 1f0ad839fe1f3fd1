//! The top bar: what this is, how true it is, who we are.

use chrono::TimeDelta;
use leptos::{ev, prelude::*};

use super::{
    clock,
    context::{Context, Session},
    demo,
    part::{
        element::{Handle, button, el, inert},
        icon::Icon,
        live::{live, yes_no},
        menu::{Item, menu},
        run::effect,
        state::{Derived, State},
        view::{Draw, View, part, several},
    },
    route, storage,
};
use crate::view::{
    link::Link,
    poll::{Pace, Poller},
    words,
};

/// The top bar.
pub fn head(context: Context) -> View {
    let host = window().location().host().unwrap_or_default();
    demo::provide();
    el("header")
        .class("top")
        .child(el("h1").child(logo()).child(el("span").child("Task Monitor")))
        .child(el("span").class("place").child(host))
        .child(demo::mark(context))
        .child(el("span").class("stretch"))
        .child(freshness(context))
        .child(refresh_button(context))
        .child(pause_button(context))
        .child(theme_button(context))
        .child(own_tab_link(context))
        .child(user_button(context))
        .view()
}

/// The page's mark: a task with its steps.
pub fn logo() -> View {
    inert(
        r#"<svg class="logo" viewBox="0 0 20 20" aria-hidden="true">
<path class="logo-line" d="M3 2v12.5a2 2 0 0 0 2 2h4M3 6h6"/>
<rect class="logo-task" x="9" y="3" width="9" height="6" rx="1.5"/>
<rect class="logo-step" x="9" y="13" width="9" height="6" rx="1.5"/></svg>"#,
    )
}

/// How old the data is: quietly while fine, plainly when not.
fn freshness(context: Context) -> View {
    let mood = move || {
        let paused = context.poller.with(|poller| poller.paused_since().is_some() || poller.pace() == Pace::Off);
        context.link.with(|link| match link {
            Link::Loading => "loading",
            Link::Lost { .. } => "lost",
            Link::Live { .. } if context.poller.with(|poller| poller.waits(context.now.get())) => "waiting",
            Link::Live { .. } if paused => "paused",
            Link::Live { .. } => "live",
        })
    };
    let word = move || match mood() {
        "loading" => "Loading…".to_owned(),
        mood => {
            let paused = context.poller.with(Poller::paused_since);
            let paused = paused.map(|since| format!("Paused since {}", clock::short(since, context.now.get())));
            match (mood, paused) {
                ("lost", Some(paused)) => format!("Not live · {paused}"),
                ("lost", None) => "Not live".to_owned(),
                ("waiting", _) => "Waiting…".to_owned(),
                ("paused", paused) => paused.unwrap_or_else(|| "Updates off".to_owned()),
                _ => "Live".to_owned(),
            }
        }
    };
    let age = move || {
        let last = context.link.with(Link::last);
        last.map(|last| ago(context.now.get() - last))
    };
    // It keeps its room.
    let never = move || context.link.with(Link::last).is_none().then_some("hidden");
    el("span")
        .class("freshness")
        .attr("data-mood", live(mood))
        .child(el("span").class("dot"))
        .child(el("span").class("mood").child(live(word)))
        .child(
            el("span")
                .class("age")
                .style("visibility", live(never))
                .child(el("span").class("age-word").child("updated "))
                .child(live(age)),
        )
        .view()
}

fn ago(age: TimeDelta) -> String {
    let seconds = age.num_seconds().max(0);
    if seconds < 1 { "just now".to_owned() } else { format!("{} ago", words::duration(age)) }
}

/// The way out of web admin's frame, with the same view.
fn own_tab_link(context: Context) -> View {
    if context.web_admin().is_none() {
        return ().view();
    }
    el("a")
        .class("quiet icon-only")
        .attr("href", live(move || route::own_tab(context)))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr("aria-label", "Open in own tab")
        .attr("title", "Open in own tab")
        .child(Icon::Leave.draw())
        .view()
}

fn refresh_button(context: Context) -> View {
    button()
        .class("quiet icon-only")
        .attr("aria-label", "Update now")
        .attr("title", "Update now")
        .on(ev::click, move |_| context.monitor().poll(context))
        .child(Icon::Refresh.draw())
        .view()
}

fn pause_button(context: Context) -> View {
    let paused = Derived::new(move |_| context.poller.with(|poller| poller.paused_since().is_some()));
    let toggle = move |_| {
        let since = (!paused.get_untracked()).then(|| context.now.get_untracked());
        context.poller.update(|poller| poller.set_paused(since));
        if since.is_none() {
            context.monitor().poll(context);
        } else {
            context.monitor().schedule(context);
        }
    };
    let words = part(move || {
        let (icon, word) = if paused.get() { (Icon::Play, "Resume") } else { (Icon::Pause, "Pause") };
        Some(several([icon.draw(), el("span").class("button-word").child(word).view()]))
    });
    let label = live(move || if paused.get() { "Resume updates" } else { "Pause updates" });
    button().class("quiet").attr("aria-label", label).on(ev::click, toggle).child(words).view()
}

fn theme_button(context: Context) -> View {
    let theme = move || context.preferences.get().theme;
    effect(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme().as_str());
        }
    });
    let next = move |_| {
        context.preferences.update(|preferences| preferences.theme = preferences.theme.next());
        storage::keep_preferences(context.preferences.get_untracked());
    };
    let label = move || format!("Theme: {}. Switch to {}", theme().as_str(), theme().next().as_str());
    button()
        .class("quiet icon-only")
        .attr("aria-label", live(label))
        .attr("title", live(label))
        .on(ev::click, next)
        .child(Icon::Contrast.draw())
        .view()
}

fn user_button(context: Context) -> View {
    let place = State::new(None::<(i32, i32)>);
    let name = move || match context.session.get() {
        Session::In { user } | Session::Ended { user } => user.unwrap_or_else(|| "logged in".to_owned()),
        Session::LoggedOut => String::new(),
    };
    let can_log_out = context.monitor().client().transport().needs_log_in();
    if context.web_admin().is_some() {
        return ().view();
    }
    if !can_log_out {
        return el("span").class("user button-word").child(live(name)).view();
    }
    let node = Handle::default();
    let open = move |_| {
        if let Some(button) = node.get() {
            let edge = button.get_bounding_client_rect();
            let below = super::grid::whole_pixels(edge.right(), edge.bottom());
            place.update(|place| *place = if place.is_some() { None } else { Some(below) });
        }
    };
    let open_menu = part(move || {
        place.get().map(|place_now| {
            let items = vec![Item::new("Log out", move || context.monitor().log_out(context))];
            let close = Callback::new(move |()| place.set(None));
            menu("Session".to_owned(), place_now, items, close)
        })
    });
    let opener = button()
        .class("quiet user")
        .node(node)
        // Where there is no room for the name, it is still the button's.
        .attr("aria-label", live(name))
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", yes_no(move || place.get().is_some()))
        .on(ev::click, open)
        .child(Icon::User.draw())
        .child(el("span").class("button-word").child(live(name)));
    several([opener.view(), open_menu])
}
