//! The overlays of the page: a form, a row's menu, raw JSON, the help.

use leptos::prelude::*;

use crate::{
    domain::{outline::NodeId, rules::Dialect},
    view::form::{Draft, Form},
};

/// The open overlays. There is at most one of each kind.
#[derive(Clone, Copy)]
pub struct Overlays {
    /// The form.
    pub form: RwSignal<Option<Form>>,
    /// The menu of a row.
    pub row_menu: RwSignal<Option<RowMenu>>,
    /// The raw JSON of a job or step, or why it could not be read.
    pub raw: RwSignal<Option<Result<String, String>>>,
    /// Whether the help is open.
    pub help: RwSignal<bool>,
}

/// An open menu of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowMenu {
    /// The row.
    pub node: NodeId,
    /// The position of its upper left corner (left, top), in CSS pixels of the browser's window.
    pub place: (i32, i32),
}

/// The overlays of the page.
pub fn use_overlays() -> Overlays {
    expect_context()
}

impl Default for Overlays {
    fn default() -> Self {
        Self {
            form: RwSignal::new(None),
            row_menu: RwSignal::new(None),
            raw: RwSignal::new(None),
            help: RwSignal::new(false),
        }
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

    /// Changes the draft of the open form.
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
        self.raw.set(None);
    }
}
