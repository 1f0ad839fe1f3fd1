//! Fetching what owners are called: each once, since names hardly change.

use std::sync::Arc;

use super::Monitor;
use crate::ui::part::run::spawn;
use crate::{api::ApiError, domain::UserId, ui::context::Context};

impl Monitor {
    /// Fetches the names of owners that are not known yet, one after the other.
    pub(super) fn fetch_names(&self, context: Context) {
        if self.0.naming.replace(true) {
            return;
        }
        let monitor = self.clone();
        spawn(async move {
            while let Some(owner) = monitor.next_nameless(context) {
                if !monitor.fetch_name(context, owner).await {
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

    /// Whether it is worth going on.
    async fn fetch_name(&self, context: Context, owner: UserId) -> bool {
        let era = self.0.era.get();
        match self.client().user(owner).await {
            _ if self.0.era.get() != era => false,
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
                self.0.nameless.borrow_mut().insert(owner);
                true
            }
            Err(_) => false,
        }
    }
}
