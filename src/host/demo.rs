//! The demo: files on a static host, without a server. The page contains the same jobs engine as the server. Changes by the user are
//! stored in the browser, and all tabs share them.

mod entries;
mod environment;
mod events;
mod fault;
mod session;
mod store;
mod tab_lock;
mod web_lock;
mod world;

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};

use gloo_timers::future::sleep;

pub use fault::Fault;
pub use world::World;

use crate::{
    api::{Transport, TransportError},
    engine::{EndsAhead, Engine, http},
    wire::{Method, Request, Response},
};
use environment::DemoEnvironment;
use store::SharedStore;
use tab_lock::TabLock;

/// The engine inside the page. Copies are handles to the same one.
#[derive(Clone)]
pub struct DemoEngine(Rc<DemoState>);

type Watcher = Rc<dyn Fn(&DemoEngine)>;

struct DemoState {
    engine: Engine<SharedStore, DemoEnvironment>,
    /// The sample world in the store, once there is one.
    world: Cell<Option<World>>,
    /// The number of the last sweep.
    swept: Cell<Option<i64>>,
    ends_ahead: EndsAhead,
    lock: TabLock,
    fault: Cell<Fault>,
    watcher: RefCell<Option<Watcher>>,
}

impl DemoEngine {
    /// The engine of this tab. It reads the browser's storage at its first request.
    pub fn open() -> Self {
        Self(Rc::new(DemoState {
            engine: Engine { store: SharedStore::default(), environment: DemoEnvironment },
            world: Cell::new(None),
            swept: Cell::new(None),
            ends_ahead: EndsAhead::default(),
            lock: TabLock::default(),
            fault: Cell::new(Fault::stored()),
            watcher: RefCell::default(),
        }))
    }

    /// The fault that is simulated now.
    pub fn fault(&self) -> Fault {
        self.0.fault.get()
    }

    /// Chooses the fault to simulate from now on, in this tab.
    pub fn set_fault(&self, fault: Fault) {
        self.0.fault.set(fault);
        fault.store();
        self.notify();
    }

    /// Whether the browser allows storage. If not, all jobs are lost when this tab closes.
    pub fn can_store(&self) -> bool {
        !self.0.engine.store.is_blocked()
    }

    /// Sets the function to call after [`Self::fault`] or [`Self::can_store`] may have changed.
    pub fn watch(&self, watcher: impl Fn(&Self) + 'static) {
        *self.0.watcher.borrow_mut() = Some(Rc::new(watcher));
    }

    /// Removes all changes by users, in all tabs, and begins a new sample world.
    pub async fn reset(&self) {
        self.with_tab_lock(async |state| state.begin_new_world().await).await;
    }

    fn notify(&self) {
        let watcher = self.0.watcher.borrow().clone();
        if let Some(watcher) = watcher {
            watcher(self);
        }
    }

    /// Answers as a healthy engine does.
    async fn answer(&self, request: Request) -> Response {
        match session::answer(&request) {
            Some(session::Answer::LoggedIn(response)) => {
                if self.fault() == Fault::SessionEnded {
                    self.set_fault(Fault::None);
                }
                response
            }
            Some(session::Answer::Other(response)) => response,
            None => self.carry_out(request).await,
        }
    }

    async fn carry_out(&self, request: Request) -> Response {
        self.with_tab_lock(async |state| match state.catch_up().await {
            Ok(()) => http::handle(&state.engine, &session::caller(state.fault.get()), request).await,
            Err(_) => Response::empty(503),
        })
        .await
    }

    /// Runs this work on the latest state, while no other tab works on it.
    async fn with_tab_lock<T>(&self, work: impl AsyncFnOnce(&DemoState) -> T) -> T {
        let could_store = self.can_store();
        let (lock, store) = (&self.0.lock, &self.0.engine.store);
        let guard = lock.acquire(store).await;
        let done = work(&self.0).await;
        lock.release(guard, store).await;
        if could_store != self.can_store() {
            self.notify();
        }
        done
    }
}

impl Transport for DemoEngine {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let is_about_session = session::concerns(&request);
        match self.fault() {
            Fault::None | Fault::NotAllowed => (),
            Fault::Unreachable => return Err(TransportError::Unreachable),
            Fault::Slow => sleep(Fault::DELAY).await,
            Fault::NoAnswer => {
                sleep(Fault::TIMEOUT).await;
                return Err(TransportError::TimedOut);
            }
            Fault::SessionEnded if is_about_session => (),
            Fault::SessionEnded => return Ok(session::unauthenticated()),
            Fault::LostReply if request.method == Method::Get || is_about_session => (),
            Fault::LostReply => {
                self.set_fault(Fault::None);
                self.answer(request).await;
                return Err(TransportError::Unreachable);
            }
        }
        Ok(self.answer(request).await)
    }
}

impl fmt::Debug for DemoEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DemoEngine").field(&self.fault()).finish()
    }
}
