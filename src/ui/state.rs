//! The page's state. Each part has one owner here. `sync` writes the engine's answers into it. Components read it, and write
//! what the admin does. Components get a part by its hook, such as [`use_grid`]. The state does not use components.

mod announcer;
mod axis;
mod clock;
mod connection;
mod grid;
mod host_names;
mod log_in;
mod navigation;
mod overlays;
mod preferences;
mod reasons;
mod session;
mod toasts;

use leptos::prelude::*;

pub use announcer::{Announcer, use_announcer};
pub use axis::{AxisState, use_axis};
pub use clock::{ClockState, use_clock};
pub use connection::{ConnectionState, use_connection};
pub use grid::{GridState, use_grid};
pub use host_names::{HostNames, use_host_names};
pub use log_in::{LogInState, use_log_in};
pub use navigation::{Navigation, use_navigation};
pub use overlays::{Overlays, RowMenu, use_overlays};
pub use preferences::{PreferencesState, use_preferences};
pub use reasons::{ReasonsState, use_reasons};
pub use session::{EngineInfo, Epoch, Session, SessionState, SessionTicket, use_session};
pub use toasts::{Toast, ToastKind, Toasts, use_toasts};

use crate::host::PageHost;

/// All parts of the state. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct AppState {
    /// The session, its user and its client.
    pub session: SessionState,
    /// Jobs, outline, cursor and viewport.
    pub grid: GridState,
    /// The state of the connection and of the polls.
    pub connection: ConnectionState,
    /// The engine's time.
    pub clock: ClockState,
    /// The time axis.
    pub axis: AxisState,
    /// The names of hosts.
    pub host_names: HostNames,
    /// Why jobs failed.
    pub reasons: ReasonsState,
    /// The target of the address.
    pub navigation: Navigation,
    /// Forms, menus and the help.
    pub overlays: Overlays,
    /// Messages about the admin's actions.
    pub toasts: Toasts,
    /// Announcements for screen readers.
    pub announcer: Announcer,
    /// The log-in form.
    pub log_in: LogInState,
    /// The admin's preferences.
    pub preferences: PreferencesState,
}

impl AppState {
    /// The state of a page that has just been opened.
    pub fn new(host: PageHost) -> Self {
        let preferences = PreferencesState::load(&host);
        let clock = ClockState::new();
        let grid = GridState::new(clock);
        Self {
            connection: ConnectionState::new(preferences, &host),
            session: SessionState::new(host),
            navigation: Navigation::new(grid),
            grid,
            axis: AxisState::new(clock, preferences),
            clock,
            host_names: HostNames::default(),
            reasons: ReasonsState::default(),
            overlays: Overlays::default(),
            toasts: Toasts::default(),
            announcer: Announcer::default(),
            log_in: LogInState::default(),
            preferences,
        }
    }

    /// Provides the parts to the components below.
    pub fn provide(self) {
        provide_context(self.session);
        provide_context(self.grid);
        provide_context(self.connection);
        provide_context(self.clock);
        provide_context(self.axis);
        provide_context(self.host_names);
        provide_context(self.reasons);
        provide_context(self.navigation);
        provide_context(self.overlays);
        provide_context(self.toasts);
        provide_context(self.announcer);
        provide_context(self.log_in);
        provide_context(self.preferences);
    }

    /// Removes all data of the engine, and the admin's view of it.
    pub fn forget(self) {
        let now = self.clock.engine_now();
        self.grid.update(|grid| grid.clear(now));
        self.connection.forget();
        self.session.engine.set(EngineInfo::default());
        self.host_names.forget();
        self.reasons.forget();
        self.navigation.invalid.set(None);
        self.overlays.close_all();
        self.toasts.clear();
        self.announcer.say(String::new());
        self.log_in.reset();
    }
}
