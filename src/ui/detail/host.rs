//! The host that a step runs on.

use leptos::prelude::*;

use crate::{
    domain::HostId,
    ui::{
        state::{use_host_names, use_session},
        sync::use_sync,
    },
};

/// A host by its name, once that is known, and in web admin as a link to it; by its id until then.
#[component]
pub(super) fn ExecutionHost(host: HostId) -> impl IntoView {
    let names = use_host_names();
    let web_admin = use_session().web_admin();
    use_sync().name_host(host);
    move || match (names.get(host), &web_admin) {
        (None, _) => view! { <code>{host.to_string()}</code> }.into_any(),
        (Some(name), None) => name.into_any(),
        (Some(name), Some(web_admin)) => {
            view! { <a href=web_admin.host_address(&name) target="_parent">{name}</a> }.into_any()
        }
    }
}
