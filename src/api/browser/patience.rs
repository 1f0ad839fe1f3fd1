//! How long a request may be silent.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;

use super::in_flight::Flight;
use crate::api::TransportError;

/// How long a request may go without a byte of its answer, in milliseconds.
const LONGEST_SILENCE: u32 = 30_000;

/// Ends a request that is silent for too long. When this is dropped, the request may take any time.
pub(super) struct Patience {
    flight: Rc<Flight>,
    timeout: Cell<Option<Timeout>>,
}

impl Patience {
    /// From now on.
    pub(super) fn with(flight: &Rc<Flight>) -> Self {
        let patience = Self { flight: Rc::clone(flight), timeout: Cell::default() };
        patience.restart();
        patience
    }

    /// Something has come.
    pub(super) fn restart(&self) {
        let late = Rc::clone(&self.flight);
        self.timeout.set(Some(Timeout::new(LONGEST_SILENCE, move || late.abort(TransportError::TimedOut))));
    }
}
