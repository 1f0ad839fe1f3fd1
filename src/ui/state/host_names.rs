//! What hosts are called, as far as somebody asked.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::domain::HostId;

/// What is known of a host's name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HostName {
    /// It is being asked for.
    Asked,
    /// The engine does not tell it to this user, or has no such host.
    Untold,
    /// This.
    Known(String),
}

/// The names of hosts, by id.
#[derive(Clone, Copy)]
pub struct HostNames(RwSignal<HashMap<HostId, HostName>>);

/// The host names of the page.
pub fn use_host_names() -> HostNames {
    expect_context()
}

impl Default for HostNames {
    fn default() -> Self {
        Self(RwSignal::new(HashMap::new()))
    }
}

impl HostNames {
    /// A host's name, once it is known.
    pub fn get(self, host: HostId) -> Option<String> {
        self.0.with(|names| match names.get(&host)? {
            HostName::Known(name) => Some(name.clone()),
            HostName::Asked | HostName::Untold => None,
        })
    }

    /// Notes that a host's name is being asked for. False if it was asked for before.
    pub fn begin(self, host: HostId) -> bool {
        let is_new = self.0.with_untracked(|names| !names.contains_key(&host));
        if is_new {
            self.0.update_untracked(|names| _ = names.insert(host, HostName::Asked));
        }
        is_new
    }

    /// Takes the engine's answer; none if it does not tell the name.
    pub fn tell(self, host: HostId, name: Option<String>) {
        self.0.update(|names| _ = names.insert(host, name.map_or(HostName::Untold, HostName::Known)));
    }

    /// The engine did not answer: the name may be asked for again.
    pub fn give_up(self, host: HostId) {
        self.0.update_untracked(|names| _ = names.remove(&host));
    }

    pub(super) fn forget(self) {
        self.0.update(HashMap::clear);
    }
}
