//! What lies over the page: a form, a row's menu, the help.

use leptos::prelude::*;

use crate::{
    domain::{outline::NodeId, rules::Dialect},
    view::form::{Draft, Form},
};

/// What is open over the page. There is at most one of each.
#[derive(Clone, Copy)]
pub struct Overlays {
    /// The form.
    pub form: RwSignal<Option<Form>>,
    /// The menu of a row.
    pub row_menu: RwSignal<Option<RowMenu>>,
    /// Whether the help is open.
    pub help: RwSignal<bool>,
}

/// An open menu of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowMenu {
    /// The row.
    pub node: NodeId,
    /// Where it opens, in CSS pixels of the browser's window: from the left, from the top.
    pub place: (i32, i32),
}

/// The overlays of the page.
pub fn use_overlays() -> Overlays {
    expect_context()
}

impl Default for Overlays {
    fn default() -> Self {
        Self { form: RwSignal::new(None), row_menu: RwSignal::new(None), help: RwSignal::new(false) }
    }
}

impl Overlays {
    /// Opens a form with a draft.
    pub fn open_form(self, draft: Draft) {
        self.form.set(Some(Form::new(draft)));
    }

    /// Reads a value of the open form; the default if there is none.
    pub fn read_form<T: Default>(self, read: impl FnOnce(&Form) -> T) -> T {
        self.form.with(|form| form.as_ref().map(read).unwrap_or_default())
    }

    /// Takes what was typed or chosen in the open form.
    pub fn edit_form(self, dialect: Dialect, change: impl FnOnce(&mut Draft)) {
        self.form.update(|form| {
            if let Some(form) = form {
                form.edit(dialect, change);
            }
        });
    }

    pub(super) fn close_all(self) {
        self.form.set(None);
        self.row_menu.set(None);
    }
}
