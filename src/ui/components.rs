//! General components, which do not depend on jobs.

mod dialog;
mod icon;
mod menu;
mod select;
mod status;
mod toast;
mod tooltip;

pub use dialog::Dialog;
pub use icon::{Glyph, Icon, Logo};
pub use menu::{Menu, MenuButton, MenuItem, whole_pixels};
pub use select::{Choice, Select};
pub use status::{StatusIcon, StatusWord};
pub use toast::ToastBox;
pub use tooltip::Tooltip;
