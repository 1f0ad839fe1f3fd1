//! Fetches the names of owners and hosts. Each is fetched once, because names rarely change.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    api::{ApiError, UserName},
    domain::{HostId, UserId},
    view::jobs::Jobs,
};

impl Sync {
    /// Fetches unknown names of owners, one after the other. Runs again whenever the jobs change.
    pub(super) fn fetch_names(self) {
        self.state.grid.jobs().track();
        let ticket = self.state.session.ticket();
        if self.is_held() || self.next_nameless().is_none() || !Self::claim(self.fetching_names, &ticket) {
            return;
        }
        spawn_local(async move {
            while let Some(owner) = self.next_nameless() {
                let answer = ticket.client.user(owner).await;
                if !ticket.is_current() || !self.take_name(owner, answer) {
                    break;
                }
            }
            Self::release(self.fetching_names, &ticket);
        });
    }

    fn next_nameless(self) -> Option<UserId> {
        let is_nameless = |jobs: &Jobs| {
            let mut owners = jobs.snapshot().jobs().iter().filter_map(|node| node.job.owner);
            self.nameless.with_value(|nameless| {
                owners.find(|owner| {
                    *owner != UserId::ENGINE && !jobs.names().contains_key(owner) && !nameless.contains(owner)
                })
            })
        };
        self.state.grid.jobs().with_untracked(is_nameless)
    }

    /// Shows a name. Returns whether to continue.
    fn take_name(self, owner: UserId, answer: Result<UserName, ApiError>) -> bool {
        match answer {
            Ok(name) => {
                self.state.grid.update(|grid| {
                    let mut names = (**grid.jobs.names()).clone();
                    names.insert(owner, name.0);
                    grid.name_owners(Arc::new(names));
                });
                true
            }
            // The owner was removed, or this user may not see the name. The id is shown, and the name is not requested again.
            Err(ApiError::NotFound | ApiError::Forbidden(_) | ApiError::Rejected(_) | ApiError::Undecodable(_)) => {
                self.nameless.update_value(|nameless| nameless.push(owner));
                true
            }
            Err(error) => {
                self.heed(&error);
                false
            }
        }
    }

    /// Forgets names that no row shows any more, once there are many.
    pub(super) fn forget_names(self) {
        let in_use = self.state.grid.jobs().with_untracked(Jobs::names_in_use);
        if let Some(names) = in_use {
            self.nameless.set_value(Vec::new());
            self.state.grid.update(|grid| grid.name_owners(Arc::new(names)));
        }
    }

    /// Fetches the name of a host, unless it was requested before.
    pub fn name_host(self, host: HostId) {
        let names = self.state.host_names;
        if !names.begin(host) {
            return;
        }
        let ticket = self.state.session.ticket();
        spawn_local(async move {
            let answer = ticket.client.host(host).await;
            match answer {
                _ if !ticket.is_current() => (),
                // There was no answer. The name is requested again when it is needed again.
                Err(error) if error.is_no_answer() => {
                    self.heed(&error);
                    names.give_up(host);
                }
                answer => names.tell(host, answer.ok()),
            }
        });
    }
}
