//! The page before a log-in, and the page with the jobs.

mod banner;
mod bottom_bar;
mod empty_list;
mod failure_control;
mod freshness;
mod help;
mod log_in;
mod monitor;
mod news_strip;
mod shortcuts;
mod toaster;
mod toolbar;
mod top_bar;
mod view_options;

pub use log_in::LogInPage;
pub use monitor::MonitorPage;
pub use toaster::Toaster;
