//! Small parts that know nothing of jobs.

pub mod dialog;
pub mod element;
pub mod icon;
pub mod list;
pub mod live;
pub mod menu;
pub mod notices;
pub mod run;
pub mod state;
pub mod view;
