//! Fetching what owners and hosts are called: each once, since names hardly change.

use std::sync::Arc;

use super::Monitor;
use crate::ui::part::run::spawn;
use crate::{
    api::ApiError,
    domain::{HostId, UserId},
    ui::context::Context,
    wire::json::UserName,
};

impl Monitor {
    /// Fetches the names of owners that are not known yet, one after the other.
    pub(super) fn fetch_names(&self, context: Context) {
        if self.0.naming.replace(true) {
            return;
        }
        let monitor = self.clone();
        spawn(async move {
            let era = monitor.0.era.get();
            while let Some(owner) = monitor.next_nameless(context) {
                let client = monitor.client();
                let answer = client.user(owner).await;
                if monitor.0.era.get() != era || !monitor.take_name(context, owner, answer) {
                    break;
                }
            }
            monitor.0.naming.set(false);
        });
    }

    fn next_nameless(&self, context: Context) -> Option<UserId> {
        let given_up = self.0.nameless.borrow();
        context.grid.with_untracked(|grid| {
            let owners = grid.snapshot().jobs().iter().filter_map(|node| node.job.owner);
            owners
                .filter(|owner| *owner != UserId::ENGINE)
                .find(|owner| !grid.names().contains_key(owner) && !given_up.contains(owner))
        })
    }

    /// Shows a name. Says whether it is worth going on.
    fn take_name(&self, context: Context, owner: UserId, answer: Result<UserName, ApiError>) -> bool {
        match answer {
            Ok(name) => {
                context.grid.update(|grid| {
                    let mut names = (**grid.names()).clone();
                    names.insert(owner, name.0);
                    grid.name(Arc::new(names));
                });
                true
            }
            // Removed, or not for us to know: the id will do, and it is not asked again.
            Err(ApiError::NotFound | ApiError::Forbidden(_) | ApiError::Rejected(_) | ApiError::Undecodable(_)) => {
                self.0.nameless.borrow_mut().push(owner);
                true
            }
            Err(_) => false,
        }
    }

    /// Fetches the name of a host, if nobody has yet. An engine that cannot be reached now is asked the next time that the
    /// name is wanted; any other that does not tell is not asked again.
    pub fn name_host(&self, context: Context, host: HostId) {
        if context.hosts.with_untracked(|hosts| hosts.iter().any(|(known, _)| *known == host)) {
            return;
        }
        context.hosts.update_untracked(|hosts| hosts.push((host, None)));
        let (era, client) = (self.0.era.get(), self.client());
        let monitor = self.clone();
        spawn(async move {
            let answer = client.host(host).await;
            if monitor.0.era.get() != era {
                return;
            }
            let name = match answer {
                Err(error) if error.is_no_answer() => None,
                answer => Some((host, answer.ok())),
            };
            context.hosts.update(|hosts| {
                hosts.retain(|(known, _)| *known != host);
                hosts.extend(name);
            });
        });
    }
}
