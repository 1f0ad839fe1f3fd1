//! The poll itself.

use std::sync::Arc;

use chrono::TimeDelta;
use leptos::leptos_dom::helpers::TimeoutHandle;
use web_sys::js_sys::Math;

use super::{Monitor, announcement};
use crate::ui::part::run::{later, spawn};
use crate::{
    api::{Answer, ApiError},
    domain::{
        JobId, Status, Time,
        change::diff,
        outline::{Snapshot, StepTree},
    },
    ui::{
        clock::browser_now,
        context::{Context, Session},
    },
    view::{
        link::Link,
        poll::{Polled, Poller, Reply, Ticket},
    },
    wire::json::{FollowedJob, Listed},
};

type Jobs = Result<Answer<Listed<FollowedJob>>, ApiError>;

impl Monitor {
    /// Asks now; if a poll is under way, once more after it.
    pub fn poll(&self, context: Context) {
        if !context.session.with_untracked(|session| matches!(session, Session::In { .. })) {
            return;
        }
        let Some(ticket) = context.poller.try_update(|poller| poller.begin(context.now.get_untracked())).flatten()
        else {
            self.0.again.set(true);
            return;
        };
        self.stop_timer();
        let monitor = self.clone();
        spawn(async move {
            let sent = browser_now();
            let client = monitor.client();
            let mut follow = monitor.is_next_to_follow(context);
            let answer = loop {
                let answer = client.jobs(follow).await;
                if !(follow && monitor.is_refused(&answer)) {
                    break answer;
                }
                follow = false;
            };
            monitor.take(context, ticket, sent, answer);
        });
    }

    /// Asks now, unless the admin wants no news that he did not ask for.
    pub fn catch_up(&self, context: Context) {
        if context.poller.with_untracked(|poller| poller.wait(0.0).is_some()) {
            self.poll(context);
        }
    }

    /// Sets the timer for the next poll anew, after a change of what decides about it.
    pub fn schedule(&self, context: Context) {
        self.stop_timer();
        // It sets the timer itself when it ends: by what it took, not by what the one before it took.
        if context.poller.with_untracked(Poller::is_under_way) {
            return;
        }
        let wait = context.poller.with_untracked(|poller| poller.wait(Math::random()));
        if let Some(wait) = wait {
            let monitor = self.clone();
            self.0.timer.set(later(wait, move || monitor.poll(context)));
        }
        if context.link.with_untracked(Link::is_lost) {
            let due = wait.and_then(|wait| TimeDelta::from_std(wait).ok()).map(|wait| self.skew().engine_now() + wait);
            context.link.update(|link| {
                if let Link::Lost { next, .. } = link {
                    *next = due;
                }
            });
        }
    }

    /// Stops everything that is timed or under way.
    pub fn stop(&self, context: Context) {
        self.stop_timer();
        context.poller.update_untracked(Poller::give_up);
        self.client().transport().give_up();
    }

    pub(super) fn stop_timer(&self) {
        if let Some(timer) = self.0.timer.take() {
            TimeoutHandle::clear(&timer);
        }
    }

    /// Following all steps is one request for many, but engines may refuse it in many ways; then it is not tried again.
    /// Says whether the jobs have to be asked for without.
    fn is_refused(&self, answer: &Jobs) -> bool {
        let (refused, brought) = match answer {
            // Engines before 4.2 do not know the question, and answer another.
            Ok(Answer { value: list, .. }) => {
                (!list.items.is_empty() && list.items.iter().all(|(_, steps)| steps.is_none()), true)
            }
            Err(ApiError::Unauthenticated | ApiError::Unreachable | ApiError::Cancelled) => return false,
            Err(_) => (true, false),
        };
        if refused {
            self.0.ledger.borrow_mut().refuse_follow();
        }
        !brought
    }

    fn take(&self, context: Context, ticket: Ticket, sent: Time, answer: Jobs) {
        let took = (browser_now() - sent).to_std().unwrap_or_default();
        if let Ok(Answer { engine_time: Some(engine_time), .. }) = &answer {
            self.skew().learn(*engine_time, sent);
        }
        let how = match &answer {
            Ok(answer) => {
                Polled::Well { running: answer.value.items.iter().any(|(job, _)| job.status == Status::Started) }
            }
            Err(error) => Polled::Badly(error),
        };
        match (context.poller.try_update(|poller| poller.end(ticket, took, how)), answer) {
            (None | Some(Reply::Late), _) => return,
            (Some(Reply::Outdated), _) => self.0.again.set(true),
            (Some(Reply::News), Ok(answer)) => self.took_well(context, answer.value),
            (Some(Reply::News), Err(ApiError::Unauthenticated)) => self.session_ended(context),
            // An engine always has a list: this is no engine.
            (Some(Reply::News), Err(ApiError::NotFound)) => {
                let error = ApiError::Undecodable(String::new());
                context.link.update(|link| *link = link.lost(error, None));
            }
            (Some(Reply::News), Err(error)) => context.link.update(|link| *link = link.lost(error, None)),
        }
        if self.0.again.take() {
            self.poll(context);
        } else {
            self.schedule(context);
        }
    }

    fn took_well(&self, context: Context, list: Listed<FollowedJob>) {
        {
            let mut ledger = self.0.ledger.borrow_mut();
            ledger.polled();
            for (job, _) in list.items.iter().filter(|(_, steps)| steps.is_some()) {
                ledger.asked(job.id, job.last_updated);
            }
        }
        context.unreadable.set(list.unreadable);
        let nest = |(job, steps): FollowedJob| (job, steps.map(StepTree::nest));
        let next = context.grid.with_untracked(|grid| grid.snapshot().advance(list.items.into_iter().map(nest)));
        self.show(context, next);
        context.link.set(Link::Live { at: context.now.get_untracked() });
        self.identify(context);
        self.count_unread(context);
        self.fetch_steps(context);
        self.fetch_names(context);
    }

    /// Shows what came of an own action. What was asked for before it knows nothing of it: that is not shown any more.
    pub(super) fn show_own(&self, context: Context, job: JobId, next: Snapshot) {
        context.poller.update_untracked(Poller::outdate);
        self.0.ledger.borrow_mut().touched(job);
        self.show(context, next);
    }

    /// Shows what is known now; leaves the page alone if nothing differs.
    pub(super) fn show(&self, context: Context, next: Snapshot) {
        let (change, loaded) = context.grid.with_untracked(|grid| (diff(grid.snapshot(), &next), grid.is_loaded()));
        let now = self.skew().engine_now();
        context.now.set(now);
        if loaded && change.is_empty() {
            return;
        }
        let next = Arc::new(next);
        if loaded {
            announcement::announce(context, &change, &next);
        }
        context.grid.update(|grid| grid.show(next, now));
    }
}
