//! The host that a step runs on.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    domain::HostId,
    ui::{
        state::{use_host_names, use_session},
        sync::use_sync,
    },
};

/// A host's name, in web admin as a link to its page. Until the name is known, the host's id.
#[component]
pub(super) fn ExecutionHost(
    /// The host.
    host: HostId,
) -> impl IntoView {
    let (names, session) = (use_host_names(), use_session());
    use_sync().name_host(host);
    move || match (names.get(host), session.web_admin()) {
        (None, _) => EitherOf3::A(view! { <code>{host.to_string()}</code> }),
        (Some(name), None) => EitherOf3::B(view! { <bdi>{name}</bdi> }),
        (Some(name), Some(web_admin)) => {
            let address = web_admin.host_address(&name);
            EitherOf3::C(view! { <a href=address target="_parent"><bdi>{name}</bdi></a> })
        }
    }
}
