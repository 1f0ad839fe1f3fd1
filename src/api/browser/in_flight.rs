//! The requests that are under way.

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    rc::Rc,
};

use web_sys::{AbortController, AbortSignal};

use crate::api::TransportError;

/// The requests that are under way. Copies are handles to the same list.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight(Rc<RefCell<Vec<Rc<Flight>>>>);

/// One request, and the error that it ends with should it fail.
#[derive(Debug)]
pub(super) struct Flight {
    controller: AbortController,
    signal: AbortSignal,
    error: Cell<TransportError>,
}

/// A request in the list. When this is dropped, also before its answer, the request is aborted and leaves the list: a new session
/// drops what the old one had under way.
#[derive(Debug)]
pub(super) struct Entry {
    flight: Rc<Flight>,
    list: InFlight,
}

impl InFlight {
    /// Adds a request.
    pub(super) fn begin(&self) -> Result<Entry, TransportError> {
        let controller = AbortController::new().map_err(|_| TransportError::Unreachable)?;
        let signal = controller.signal();
        let flight = Rc::new(Flight { controller, signal, error: Cell::new(TransportError::Unreachable) });
        self.0.borrow_mut().push(Rc::clone(&flight));
        Ok(Entry { flight, list: self.clone() })
    }

    /// Cancels all of them.
    pub(super) fn cancel(&self) {
        for flight in self.0.borrow().iter() {
            flight.abort(TransportError::Cancelled);
        }
    }
}

impl Flight {
    /// Ends the request with this error.
    pub(super) fn abort(&self, error: TransportError) {
        self.error.set(error);
        // Without a reason: gloo-net panics on one that is not a JavaScript error.
        self.controller.abort();
    }

    /// The signal that ends the request.
    pub(super) const fn signal(&self) -> &AbortSignal {
        &self.signal
    }

    /// The error that it ends with.
    pub(super) const fn error(&self) -> TransportError {
        self.error.get()
    }
}

impl Deref for Entry {
    type Target = Rc<Flight>;

    fn deref(&self) -> &Rc<Flight> {
        &self.flight
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // After the end of a request this does nothing.
        self.flight.controller.abort();
        self.list.0.borrow_mut().retain(|other| !Rc::ptr_eq(other, &self.flight));
    }
}
