//! The demo: only files on a static host. The same jobs engine as the server's runs inside the page. What users change is stored
//! in the browser, and all tabs share it.

mod environment;
mod fault;
mod lock;
mod session;
mod shelf;
mod store;
mod turn;
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
    engine::{Engine, StoreError, http},
    wire::{Method, Request, Response},
};
use environment::DemoEnvironment;
use store::SharedStore;
use turn::Turns;

/// The engine inside the page. Copies are handles to the same one.
#[derive(Clone)]
pub struct DemoEngine(Rc<State>);

type Watcher = Rc<dyn Fn(&DemoEngine)>;

struct State {
    engine: Engine<SharedStore, DemoEnvironment>,
    /// The world that the store holds, once it holds one.
    world: Cell<Option<World>>,
    /// The number of the last sweep.
    swept: Cell<Option<i64>>,
    turns: Turns,
    fault: Cell<Fault>,
    watcher: RefCell<Option<Watcher>>,
}

impl DemoEngine {
    /// The engine of this tab. It reads the browser's storage at its first request.
    pub fn open() -> Self {
        Self(Rc::new(State {
            engine: Engine { store: SharedStore::default(), environment: DemoEnvironment },
            world: Cell::new(None),
            swept: Cell::new(None),
            turns: Turns::default(),
            fault: Cell::new(Fault::kept()),
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
        fault.keep();
        self.tell();
    }

    /// Whether the browser lets the demo store anything. If not, its world is gone when this tab closes.
    pub fn keeps(&self) -> bool {
        !self.0.engine.store.is_blocked()
    }

    /// Calls this whenever [`Self::fault`] or [`Self::keeps`] may have changed.
    pub fn watch(&self, watcher: impl Fn(&Self) + 'static) {
        *self.0.watcher.borrow_mut() = Some(Rc::new(watcher));
    }

    /// Removes what users changed, in all tabs, and starts a new world.
    pub async fn reset(&self) {
        self.in_turn(async |state| state.begin_anew().await).await;
    }

    fn tell(&self) {
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
        self.in_turn(async |state| match state.catch_up().await {
            Ok(()) => http::handle(&state.engine, &session::caller(state.fault.get()), request).await,
            Err(StoreError(_)) => Response::empty(503),
        })
        .await
    }

    /// Runs one piece of work at a time, over all tabs, on the latest state.
    async fn in_turn<T>(&self, work: impl AsyncFnOnce(&State) -> T) -> T {
        let kept = self.keeps();
        let (turns, store) = (&self.0.turns, &self.0.engine.store);
        let turn = turns.begin(store).await;
        let done = work(&self.0).await;
        turns.end(turn, store).await;
        if kept != self.keeps() {
            self.tell();
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
