//! What the admin is doing, as pure state machines: no browser, no clock, no framework.
//!
//! The page sends them events and shows their state. The tests send them thousands of random events.

pub mod budget;
pub mod columns;
pub mod connection;
pub mod cursor;
pub mod failed_row;
pub mod failure;
pub mod form;
pub mod grid;
pub mod jobs;
pub mod keyboard;
pub mod outline;
pub mod panel;
pub mod poll;
pub mod preferences;
pub mod reasons;
pub mod reconcile;
pub mod renewal;
pub mod route;
pub mod running;
pub mod same_failure;
pub mod skew;
pub mod step_timeline;
pub mod steps;
pub mod subject;
pub mod ticket;
pub mod ticks;
pub mod timeline;
pub mod times;
pub mod unsettled;
pub mod usually_next;
pub mod viewport;
pub mod wanted;
pub mod watch;
pub mod words;
