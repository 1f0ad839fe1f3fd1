//! Keeps the page true: polls the engine, fetches steps and names, carries out what the admin asks. When and what to ask is
//! decided by the state machines of [`crate::view`]; this only does it.

mod act;
mod announcement;
mod names;
mod poll;
mod session;
mod steps;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use leptos::leptos_dom::helpers::TimeoutHandle;

use super::clock::Skew;
use crate::{
    api::{Client, CorrelationId, Credentials},
    domain::{JobId, UserId},
    host::Host,
    view::steps::Ledger,
};

/// A handle; copies are the same monitor.
#[derive(Clone)]
pub struct Monitor(Rc<State>);

struct State {
    client: RefCell<Rc<Client<Host>>>,
    /// The engine's clock.
    skew: Skew,
    /// The next timed poll.
    timer: Cell<Option<TimeoutHandle>>,
    /// Somebody asked for a poll while one was under way.
    again: Cell<bool>,
    ledger: RefCell<Ledger>,
    /// Steps are being fetched, one request after the other.
    fetching: Cell<bool>,
    /// Names are being fetched, likewise.
    naming: Cell<bool>,
    /// Owners whose names nobody will tell.
    nameless: RefCell<Vec<UserId>>,
    /// The jobs that were added from this page, as the engine's events know them.
    added: RefCell<Vec<(JobId, CorrelationId)>>,
    /// Whether the engine has told what it is, or is being asked.
    identified: Cell<bool>,
    /// Goes up with each log-in and log-out: what was asked in an earlier session is of no use in this one.
    era: Cell<u32>,
}

impl Monitor {
    /// A monitor that is not logged in.
    pub fn new(host: Host) -> Self {
        Self(Rc::new(State {
            client: RefCell::new(Rc::new(Client::new(host, Credentials::none()))),
            skew: Skew::default(),
            timer: Cell::new(None),
            again: Cell::new(false),
            ledger: RefCell::default(),
            fetching: Cell::new(false),
            naming: Cell::new(false),
            nameless: RefCell::default(),
            added: RefCell::default(),
            identified: Cell::new(false),
            era: Cell::new(0),
        }))
    }

    /// The client of this session.
    pub fn client(&self) -> Rc<Client<Host>> {
        Rc::clone(&self.0.client.borrow())
    }

    /// The engine's clock.
    pub fn skew(&self) -> &Skew {
        &self.0.skew
    }
}
