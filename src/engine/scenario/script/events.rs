//! What an engine logs during a script.

use chrono::TimeDelta;

use super::Script;
use crate::{
    domain::{Time, UserId, event::Reference},
    engine::{
        User,
        events::{EventKind, NewEvent},
        scenario::sample_data::{SampleHost, storage_id, users, vm_id},
    },
};

/// What an event is about, by the names of the sample data.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::scenario) struct About {
    pub(in crate::engine::scenario) vm: Option<&'static str>,
    pub(in crate::engine::scenario) host: Option<SampleHost>,
    pub(in crate::engine::scenario) storage: Option<&'static str>,
}

/// An event of a script.
pub(super) struct ScriptEvent {
    at: Time,
    kind: EventKind,
    text: String,
    about: About,
    /// Whether it has the user and the correlation id of the job's command.
    of_command: bool,
}

impl Script {
    /// Logs something that the job's command did.
    pub(in crate::engine::scenario) fn log(&mut self, kind: EventKind, text: impl Into<String>, about: About) {
        self.write_event(kind, text.into(), about, true);
    }

    /// Logs something that the engine noticed while it watched its hosts: it has no correlation id and no user.
    pub(in crate::engine::scenario) fn log_apart(&mut self, kind: EventKind, text: impl Into<String>, about: About) {
        self.write_event(kind, text.into(), about, false);
    }

    /// Logs that a program added the job.
    pub(super) fn log_addition(&mut self) {
        if self.external {
            let text = format!("New external Job {} was added by user {}", self.description, self.user_name());
            let (at, kind) = (self.begin + A_MOMENT, EventKind::USER_ADD_EXTERNAL_JOB);
            self.logged.push(ScriptEvent { at, kind, text, about: About::default(), of_command: true });
        }
    }

    /// The name of the user whom the job belongs to.
    pub(in crate::engine::scenario) fn user_name(&self) -> String {
        self.user().map_or_else(|| SYSTEM.to_owned(), |user| user.user_name)
    }

    /// The events after the one time and until the other. The engine's own commands log as `SYSTEM`.
    pub(in crate::engine::scenario) fn events(&self, after: Time, now: Time) -> Vec<NewEvent> {
        let logged = self.logged.iter().filter(|event| event.at > after && event.at <= now);
        logged.map(|event| self.event(event)).collect()
    }

    fn event(&self, ScriptEvent { at, kind, text, about, of_command }: &ScriptEvent) -> NewEvent {
        let new = NewEvent::new(*kind, *at, text.as_str()).of_scenario().with(|event| {
            event.vm = about.vm.map(|name| reference(vm_id(name), name));
            event.host = about.host.map(|host| reference(Some(host.id), host.name));
            event.storage_domain = about.storage.map(|name| reference(storage_id(name), name));
        });
        match self.user() {
            _ if !of_command => new,
            Some(user) => new.by(&user).correlated(&self.correlation_id),
            None => {
                let system = Reference { id: None, name: Some(SYSTEM.to_owned()) };
                new.with(|event| event.user = Some(system)).correlated(&self.correlation_id)
            }
        }
    }

    fn write_event(&mut self, kind: EventKind, text: String, about: About, of_command: bool) {
        if !self.stopped {
            let at = self.clock + A_MOMENT;
            self.logged.push(ScriptEvent { at, kind, text, about, of_command });
        }
    }

    fn user(&self) -> Option<User> {
        self.owner
            .filter(|owner| *owner != UserId::ENGINE)
            .and_then(|owner| users().into_iter().find(|user| user.id == owner))
    }
}

/// How long after something it is logged.
const A_MOMENT: TimeDelta = TimeDelta::milliseconds(40);

/// The engine as a user.
const SYSTEM: &str = "SYSTEM";

fn reference<I>(id: Option<I>, name: &str) -> Reference<I> {
    Reference { id, name: Some(name.to_owned()) }
}
