//! The bar below: how much there is, what is not loaded, whether the clocks agree.

use std::sync::Arc;

use leptos::ev;

use super::{
    context::Context,
    part::{
        element::{button, el},
        live::live,
        state::Derived,
        view::{Draw, View},
    },
};
use crate::{domain::outline::Snapshot, view::words};

/// A snapshot, told from another without a look at what is in it.
struct Seen(Arc<Snapshot>);

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The bar below the tree.
pub fn footer(context: Context) -> View {
    // Counting all steps is worth a memo of what it depends on: the snapshot, not the scroll position.
    let snapshot = Derived::new(move |_| context.grid.with(|grid| Seen(Arc::clone(grid.snapshot()))));
    let counts = Derived::new(move |_| snapshot.with(|Seen(snapshot)| (snapshot.known_steps(), snapshot.unfetched())));
    let shown =
        move || context.grid.with(|grid| (grid.job_count(), grid.snapshot().counts().all(), grid.filter().is_empty()));
    let searching = move || context.grid.with(|grid| !grid.filter().text.trim().is_empty());
    let jobs = move || match shown() {
        (_, all, true) => words::count(all, "job"),
        (left, all, false) => format!("{} of {}", words::grouped(left), words::count(all, "job")),
    };
    let not_searched = move || match (counts.get().1, searching()) {
        (0, _) => String::new(),
        (jobs, searching) => {
            let so = if searching { ", so they are not searched." } else { " yet." };
            format!("Steps of {} are not loaded{so}", words::count(jobs, "job"))
        }
    };
    let unreadable = move || match context.unreadable.get() {
        0 => String::new(),
        entries => format!("{} of the engine's entries could not be read.", words::grouped(entries)),
    };
    let unread = move || match context.unread.get() {
        0 => String::new(),
        jobs => format!("The steps of {} could not be read.", words::count(jobs, "job")),
    };
    let skew = move || {
        context.now.track();
        let ahead = context.monitor().skew().ahead();
        let sign = if ahead.num_milliseconds() < 0 { "−" } else { "+" };
        if ahead.is_zero() { String::new() } else { format!("Engine clock {sign}{}", words::duration(ahead.abs())) }
    };
    let product = move || context.engine.get().product.unwrap_or_default();
    let steps = move || words::count(counts.get().0, "step");
    let help = button()
        .class("quiet")
        .attr("aria-keyshortcuts", context.shortcut("?"))
        .on(ev::click, move |_| context.help.set(true))
        .child(el("kbd").attr("aria-hidden", "true").child("?"))
        .child(" keyboard help");
    el("footer")
        .class("bottom")
        .child(el("span").class("totals").child(live(jobs)).child(" · ").child(live(steps)))
        .child(el("span").class("note").child(live(not_searched)))
        .child(el("span").class("note").child(live(unreadable)))
        .child(el("span").class("note").child(live(unread)))
        .child(el("span").class("note").child(live(skew)))
        .child(el("span").class("stretch"))
        .child(el("span").class("note product").child(live(product)))
        .child(help)
        .view()
}
