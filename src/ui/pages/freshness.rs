//! The age of the data. It is emphasized if there is a problem.

use leptos::prelude::*;

use crate::{
    ui::state::{use_clock, use_connection},
    view::{
        connection::Connection,
        poll::{Pace, Poller},
        words,
    },
};

/// How current the data on screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Loading,
    Live,
    /// The poll in flight takes long.
    Waiting,
    Paused,
    Lost,
}

impl Mood {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Live => "live",
            Self::Waiting => "waiting",
            Self::Paused => "paused",
            Self::Lost => "lost",
        }
    }
}

/// The mark in the top bar.
#[component]
pub(super) fn Freshness() -> impl IntoView {
    let (connection, clock) = (use_connection(), use_clock());
    let mood = Memo::new(move |_| {
        let is_manual = connection.paused_since().is_some() || connection.pace() == Pace::Off;
        connection.connection.with(|state| match state {
            Connection::Loading => Mood::Loading,
            Connection::Lost { .. } => Mood::Lost,
            Connection::Live { .. } if connection.poller.with(|poller| poller.is_slow(clock.now())) => Mood::Waiting,
            Connection::Live { .. } if is_manual => Mood::Paused,
            Connection::Live { .. } => Mood::Live,
        })
    });
    let word = move || {
        let paused = connection.poller.with(Poller::paused_since);
        let paused = paused.map(|since| format!("Paused since {}", clock.today().with(|today| today.short(since))));
        match (mood.get(), paused) {
            (Mood::Loading, _) => match connection.arrived.get() {
                0 => "Loading…".to_owned(),
                jobs => format!("{} so far…", words::count(jobs, "job")),
            },
            (Mood::Lost, Some(paused)) => format!("Not live · {paused}"),
            (Mood::Lost, None) => "Not live".to_owned(),
            (Mood::Waiting, _) => "Waiting…".to_owned(),
            (Mood::Paused, paused) => paused.unwrap_or_else(|| "Refresh off".to_owned()),
            (Mood::Live, _) => "Live".to_owned(),
        }
    };
    let last = move || connection.connection.with(Connection::last);
    let age = move || last().map(|last| ago((clock.now() - last).num_seconds().max(0)));
    view! {
        <span class="freshness" data-mood=move || mood.get().as_str()>
            <span class="dot"></span>
            <span class="mood">{word}</span>
            // It is hidden but keeps its width.
            <span class="age" style:visibility=move || last().is_none().then_some("hidden")>
                <span class="age-word">"updated "</span>
                {age}
            </span>
        </span>
    }
}

fn ago(seconds: i64) -> String {
    if seconds < 1 {
        "just now".to_owned()
    } else {
        format!("{} ago", words::duration(chrono::TimeDelta::seconds(seconds)))
    }
}
