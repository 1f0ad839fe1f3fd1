//! General components, which do not depend on jobs.

mod dialog;
mod icon;
mod menu;
mod select;
mod status;

pub use dialog::Dialog;
pub use icon::{Glyph, Icon, Logo};
pub use menu::{Menu, MenuButton, MenuItem, whole_pixels};
pub use select::{Choice, Select};
pub use status::{StatusIcon, StatusWord};
