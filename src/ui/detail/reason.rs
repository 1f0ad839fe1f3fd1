//! Why a job failed, from the engine's events. Each level stands by itself: what is logged for the job is not mixed with what only
//! happened at the same time.

use std::sync::Arc;

use leptos::{either::Either, prelude::*};

use crate::{
    domain::{Event, JobId, Status, description::readable, event::Reference, reason::Explanation},
    host::ovirt_plugin::WebAdmin,
    ui::state::{use_clock, use_reasons, use_session},
    view::{
        subject::Subject,
        words::reason::{level, silence},
    },
};

/// So many events of a level are shown at once.
const FIRST: usize = 5;

/// The reasons of a failed job, or of the job of a failed step.
#[component]
pub(super) fn Reasons(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let reasons = use_reasons();
    let job = Memo::new(move |_| subject.with(|subject| failed_job(subject.as_ref()?)));
    let found = Memo::new(move |_| reasons.of(job.get()?));
    let given = Memo::new(move |_| reasons.given(subject.with(|subject| subject.as_ref().map(Subject::id))?));
    let is_refused = Memo::new(move |_| reasons.is_refused());
    let content = move || {
        job.get()?;
        let explanation = found.get();
        let given = given.get().map(|given| view! { <Given given/> });
        if is_refused.get() && !explanation.as_ref().is_some_and(|explanation| explanation.has_events()) {
            return given.map(Either::Left);
        }
        let explanation = explanation.unwrap_or_default();
        Some(Either::Right(view! {
            {given}
            <Levels explanation/>
        }))
    };
    // The live region must be in the document before it has a text. Otherwise screen readers do not read the text.
    view! { <div class="reasons" aria-live="polite">{content}</div> }
}

/// The job, if it failed, and the step, too, if it is one.
fn failed_job(subject: &Subject) -> Option<JobId> {
    let job = &subject.job.job;
    (job.status == Status::Failed && subject.status() == Status::Failed).then_some(job.id)
}

/// What this admin typed when ending it.
#[component]
fn Given(
    /// The text.
    given: String,
) -> impl IntoView {
    view! {
        <section class="reason">
            <h3>"The reason that you gave"</h3>
            <p class="event"><bdi>{readable(&given).into_owned()}</bdi></p>
        </section>
    }
}

#[component]
fn Levels(
    /// What is known.
    explanation: Arc<Explanation>,
) -> impl IntoView {
    if !explanation.has_events() {
        return Either::Left(view! { <p class="quiet-text">{silence(explanation.silence)}</p> });
    }
    let levels = explanation.levels().map(|(of, events)| {
        view! {
            <section class="reason">
                <h3>{level(of)}</h3>
                <Events events=events.to_vec()/>
            </section>
        }
    });
    Either::Right(levels.collect_view())
}

#[component]
fn Events(
    /// The events, in the order in which they are shown.
    events: Vec<Arc<Event>>,
) -> impl IntoView {
    let line = |event: &Arc<Event>| view! { <EventLine event=Arc::clone(event)/> };
    let (first, rest) = events.split_at(events.len().min(FIRST));
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{format!("{} more", rest.len())}</summary>
                <ul>{rest.iter().map(line).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <ul>{first.iter().map(line).collect_view()}</ul>
        {more}
    }
}

#[component]
fn EventLine(
    /// The event.
    event: Arc<Event>,
) -> impl IntoView {
    let (today, session) = (use_clock().today(), use_session());
    let time = event.time;
    let text = readable(&event.description).into_owned();
    let places = session.web_admin().map(|web_admin| view! { <Places event=Arc::clone(&event) web_admin/> });
    view! {
        <li class=event.severity.as_str()>
            <p class="event"><bdi>{text}</bdi></p>
            <p class="quiet-text"><time>{move || today.with(|today| today.full(time))}</time>{places}</p>
        </li>
    }
}

/// Links to what an event is about, in web admin.
#[component]
fn Places(
    /// The event.
    event: Arc<Event>,
    /// The web admin around the page.
    web_admin: WebAdmin,
) -> impl IntoView {
    let named = [
        ("hosts-general", name(event.host.as_ref())),
        ("vms-general", name(event.vm.as_ref())),
        ("storage-general", name(event.storage_domain.as_ref())),
    ];
    let links = named.into_iter().filter_map(|(place, name)| {
        let name = name?;
        let address = web_admin.place_address(place, &name);
        Some(view! { " · "<a href=address target="_parent"><bdi>{name}</bdi></a> })
    });
    let links = links.collect_view();
    let user = name(event.user.as_ref()).map(|name| {
        let (web_admin, wanted) = (StoredValue::new_local(web_admin), name.clone());
        let show = move |_| web_admin.with_value(|web_admin| web_admin.show_events_of_user(&wanted));
        view! { " · "<button type="button" class="link" on:click=show><bdi>{name}</bdi></button> }
    });
    view! { {links}{user} }
}

/// The name of something that has a page in web admin: what is gone has a name without an id.
fn name<I>(reference: Option<&Reference<I>>) -> Option<String> {
    let Reference { id: Some(_), name } = reference? else { return None };
    name.clone()
}
