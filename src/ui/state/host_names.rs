//! The names of hosts, as far as they were requested.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::domain::HostId;

/// The state of a host's name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HostName {
    /// It was requested, and no answer has come yet.
    Asked,
    /// This user may not see it, or the engine has no such host.
    Untold,
    /// The name.
    Known(String),
}

/// At most so many names are kept.
const MOST: usize = 1_000;

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
    /// A host's name, if it is known.
    pub fn get(self, host: HostId) -> Option<String> {
        self.0.with(|names| match names.get(&host)? {
            HostName::Known(name) => Some(name.clone()),
            HostName::Asked | HostName::Untold => None,
        })
    }

    /// All known names.
    pub fn known(self) -> Vec<String> {
        self.0.with(|names| {
            let known = names.values().filter_map(|name| match name {
                HostName::Known(name) => Some(name.clone()),
                HostName::Asked | HostName::Untold => None,
            });
            known.collect()
        })
    }

    /// Marks a host's name as requested. Returns false if it was requested before.
    pub fn begin(self, host: HostId) -> bool {
        let is_new = self.0.with_untracked(|names| !names.contains_key(&host));
        if is_new {
            self.0.update_untracked(|names| {
                if names.len() >= MOST {
                    names.clear();
                }
                names.insert(host, HostName::Asked);
            });
        }
        is_new
    }

    /// Takes the engine's answer; none if there is no name.
    pub fn tell(self, host: HostId, name: Option<String>) {
        self.0.update(|names| _ = names.insert(host, name.map_or(HostName::Untold, HostName::Known)));
    }

    /// The engine did not answer: the name may be requested again.
    pub fn give_up(self, host: HostId) {
        self.0.update_untracked(|names| _ = names.remove(&host));
    }

    /// Names that the engine did not tell may be requested again.
    pub fn forget_untold(self) {
        self.0.update_untracked(|names| names.retain(|_, name| *name != HostName::Untold));
    }

    pub(super) fn forget(self) {
        self.0.update(HashMap::clear);
    }
}
