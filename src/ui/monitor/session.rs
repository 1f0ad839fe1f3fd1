//! Logging in and out. The token lives in the client, in memory, and nowhere else.

use std::rc::Rc;

use super::Monitor;
use crate::ui::part::run::spawn;
use crate::{
    api::{self, ApiError, Client, Credentials, LogInError},
    domain::rules::Dialect,
    ui::context::{Context, Engine, Session},
    view::{form::Form, link::Link, poll::Poller, steps::Ledger},
};

impl Monitor {
    /// Begins to watch: finds out what is at the other end, and polls.
    pub fn begin(&self, context: Context) {
        self.0.identified.set(false);
        self.identify(context);
        self.poll(context);
    }

    /// Logs in and begins, or goes on where an ended session was.
    pub async fn log_in(&self, context: Context, user: &str, password: &str) -> Result<(), LogInError> {
        let host = self.client().transport().clone();
        let credentials = api::log_in(&host, user, password).await?;
        let before = context.session.get_untracked();
        // Another person must not find the first one's data.
        if matches!(&before, Session::Ended { user: Some(was) } if was != user) {
            self.forget(context);
        }
        self.set_client(context, Client::new(host, credentials));
        context.session.set(Session::In { user: Some(user.to_owned()) });
        // That the session had ended is all that a form can say at this moment.
        context.form.update(|form| form.iter_mut().for_each(Form::calm));
        context.poller.update(Poller::resume);
        self.begin(context);
        Ok(())
    }

    /// Logs out: revokes the token, and forgets everything that the engine said.
    pub fn log_out(&self, context: Context) {
        let client = self.client();
        self.stop(context);
        self.set_client(context, Client::new(client.transport().clone(), Credentials::none()));
        self.forget(context);
        context.session.set(Session::LoggedOut);
        spawn(async move {
            if api::log_out(client.transport(), client.credentials()).await.is_err() {
                context.say("The engine could not be told about the log-out. The session ends by itself.", true, None);
            }
        });
    }

    /// The engine does not know us any more. The data stays, greyed, until somebody logs in again.
    pub(super) fn session_ended(&self, context: Context) {
        let user = match context.session.get_untracked() {
            Session::In { user } | Session::Ended { user } => user,
            Session::LoggedOut => return,
        };
        self.stop_timer();
        self.set_client(context, Client::new(self.client().transport().clone(), Credentials::none()));
        context.link.update(|link| *link = link.lost(ApiError::Unauthenticated, None));
        context.session.set(Session::Ended { user });
    }

    /// Whatever is under way was asked in another session, and its answer is of no use in this one.
    fn set_client(&self, context: Context, client: Client<crate::host::Host>) {
        context.poller.update_untracked(Poller::outdate);
        self.0.era.set(self.0.era.get() + 1);
        *self.0.client.borrow_mut() = Rc::new(client);
    }

    fn forget(&self, context: Context) {
        *self.0.ledger.borrow_mut() = Ledger::default();
        self.0.nameless.borrow_mut().clear();
        self.0.added.borrow_mut().clear();
        context.hosts.set(Vec::new());
        context.unread.set(0);
        let now = self.skew().engine_now();
        context.grid.update(|grid| *grid = grid.emptied(now));
        context.link.set(Link::Loading);
        context.engine.set(Engine::default());
        context.form.set(None);
        context.menu.set(None);
        context.notices.set(Vec::new());
        context.announcement.set(String::new());
    }

    /// Asks what is at the other end, unless that is known or being asked. Until it is told, it counts as an oVirt engine.
    pub(super) fn identify(&self, context: Context) {
        if !self.0.identified.replace(true) {
            let monitor = self.clone();
            spawn(async move { monitor.ask_root(context).await });
        }
    }

    async fn ask_root(&self, context: Context) {
        let (era, client) = (self.0.era.get(), self.client());
        let root = client.root().await;
        if self.0.era.get() != era {
            return;
        }
        // Not worth a word: the poll says what is wrong, and the next that goes well asks again.
        let Ok(root) = root else {
            self.0.identified.set(false);
            return;
        };
        let dialect = Dialect::of_product(root.product.as_deref());
        let product = root.product.map(|name| match root.version {
            Some(version) => name + " " + &version,
            None => name,
        });
        context.engine.set(Engine { dialect, product });
        let known = context.session.with_untracked(|session| matches!(session, Session::In { user: Some(_) }));
        if let Some(id) = root.user.filter(|_| !known)
            && let Ok(name) = client.user(id).await
            && self.0.era.get() == era
        {
            context.session.set(Session::In { user: Some(name.0) });
        }
    }
}
