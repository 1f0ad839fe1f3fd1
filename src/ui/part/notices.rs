//! What became of own actions, in a corner. Good news goes by itself; bad news stays until it is closed.

use std::time::Duration;

use leptos::{ev, prelude::*};

use super::{
    element::{button, el},
    icon::Icon,
    list::list,
    run::later,
    view::{Draw, View},
};
use crate::{
    ui::context::{Context, Notice},
    view::form::Form,
};

/// Long enough to read two sentences twice.
const STAY: Duration = Duration::from_secs(10);

/// All notices, the latest last.
pub fn notices(context: Context) -> View {
    let notices =
        list(move || context.notices.get(), |notice| notice.id.to_string(), move |notice| one_notice(context, notice));
    el("div").class("notices").attr("role", "status").child(notices).view()
}

fn one_notice(context: Context, notice: Notice) -> View {
    let Notice { id, text, bad, about, again } = notice;
    let close = move || context.notices.update(|notices| notices.retain(|notice| notice.id != id));
    if !bad && let Some(timer) = later(STAY, close) {
        on_cleanup(move || timer.clear());
    }
    let show = about.map(|node| button().class("link").on(ev::click, move |_| context.show(node)).child("Show"));
    let again = again.map(|draft| {
        let open = move |_| {
            close();
            context.form.set(Some(Form::new(draft.clone())));
        };
        button().class("link").on(ev::click, open).child("Open the form again")
    });
    let cross = button()
        .class("quiet icon-only")
        .attr("aria-label", "Close this notice")
        .on(ev::click, move |_| close())
        .child(Icon::Close.draw());
    el("div")
        .class(if bad { "notice bad" } else { "notice" })
        .attr("role", bad.then_some("alert"))
        .child(el("p").child(text))
        .children(show)
        .children(again)
        .child(cross)
        .view()
}
