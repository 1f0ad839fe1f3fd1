//! Tests in a real browser: web admin as the page sees it. Its functions may be absent, or may throw. The windows in these tests are
//! plain objects, because the page uses only a few members of web admin's window.
//! `cargo test --target wasm32-unknown-unknown --no-default-features --test web_admin`
#![cfg(target_arch = "wasm32")]
// Clippy's settings for tests cover `#[test]` only.
#![allow(clippy::unwrap_used)]

use task_monitor::{
    api::TransportError,
    domain::Status,
    host::ovirt_plugin::WebAdmin,
    view::{
        panel::POLL_SECONDS,
        route::{Route, Target},
    },
    wire::{Method, Request},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Window,
    js_sys::{Array, Function, JSON},
};

wasm_bindgen_test_configure!(run_in_browser);

const TOKEN: &str = "s3cret-token";

/// A window that is the result of this script. The script writes its calls into the list `calls`.
fn window(script: &str) -> (Window, Array) {
    let calls = Array::new();
    let make = Function::new_with_args("calls", &format!("return ({script});"));
    let window = make.call1(&JsValue::UNDEFINED, &calls).unwrap();
    (window.unchecked_into(), calls)
}

/// Web admin with these members of its API, at an address.
fn web_admin(api: &str, hash: &str) -> (WebAdmin, Array) {
    let (window, calls) = window(&format!(
        "{{
            location: {{ hash: '{hash}', href: 'https://engine/ovirt-engine/webadmin/?locale=de_DE{hash}',
                reload() {{ calls.push('reload'); }} }},
            history: {{ replaceState(state, title, url) {{ calls.push(url); }} }},
            pluginApi(name) {{ calls.push(name); return {{ name, {api} }}; }},
        }}"
    ));
    let web_admin = WebAdmin::of(window).unwrap();
    assert_eq!(calls_of(&calls), r#"["task-monitor"]"#);
    calls.set_length(0);
    (web_admin, calls)
}

fn calls_of(calls: &Array) -> String {
    JSON::stringify(calls).unwrap().into()
}

fn signed(api: &str) -> Result<(String, Option<String>), TransportError> {
    let (web_admin, _) = web_admin(api, "");
    let request =
        web_admin.signed(Request::new(Method::Get, "/ovirt-engine/api/jobs").with_query("follow", "steps"))?;
    assert_eq!(request.query("follow"), Some("steps"));
    let proof = request.header("authorization").map(str::to_owned);
    Ok((request.path, proof))
}

#[wasm_bindgen_test]
fn a_window_is_web_admin_if_it_has_the_api() {
    let rows = [
        ("{ pluginApi() { return {}; } }", true),
        ("{}", false),
        ("{ pluginApi: 7 }", false),
        ("{ pluginApi() {} }", false),
        ("{ pluginApi() { return null; } }", false),
        ("{ pluginApi() { throw new Error('not now'); } }", false),
        // Browsers throw for a window of another origin.
        ("new Proxy({}, { get() { throw new DOMException('cross-origin', 'SecurityError'); } })", false),
    ];
    for (script, expected) in rows {
        assert_eq!(WebAdmin::of(window(script).0).is_some(), expected, "{script}");
    }
    assert!(WebAdmin::find().is_none(), "this page is a tab of its own");
}

#[wasm_bindgen_test]
fn absent_values_are_none() {
    for api in [
        "",
        "loginUserName: 'x', loginUserId: {}, currentLocale: null, configObject: 1",
        "loginUserName() {}, loginUserId() {}, currentLocale() {}, configObject() {}",
        "loginUserName() { return ''; }, loginUserId() { return 7; }, currentLocale() { return {}; },
         configObject() { return { pollSeconds: 'often', locale: 7 }; }",
        "loginUserName() { throw 1; }, loginUserId() { throw 1; }, currentLocale() { throw 1; },
         configObject() { throw 1; }, revealPlace() { throw 1; }, setSearchString() { throw 1; }",
    ] {
        let (web_admin, calls) = web_admin(api, "#task-monitor");
        assert_eq!((web_admin.user(), web_admin.user_id()), (None, None), "{api}");
        assert_eq!((web_admin.language(), web_admin.number(POLL_SECONDS)), ("en-US", 5), "{api}");
        web_admin.show_events("7");
        assert_eq!(calls_of(&calls), "[]", "{api}");
    }
}

#[wasm_bindgen_test]
fn values_are_read_at_each_use() {
    let api = "
        names: ['a@internal', 'b@internal'], loginUserName() { return this.names.shift(); },
        loginUserId() { return '7'; }, currentLocale() { return 'ja-JP'; },
        configObject() { return { pollSeconds: 1e9, locale: 'auto', unknown: true }; }";
    let (web_admin, _) = web_admin(api, "");
    assert_eq!(web_admin.user().as_deref(), Some("a@internal"), "as a method, with its object");
    assert_eq!(web_admin.user().as_deref(), Some("b@internal"));
    assert_eq!(web_admin.user_id().as_deref(), Some("7"));
    assert_eq!((web_admin.language(), web_admin.number(POLL_SECONDS)), ("ja-JP", POLL_SECONDS.most));
}

#[wasm_bindgen_test]
fn the_token_is_sent_only_to_the_pages_own_origin() {
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    let token = "ssoToken() { return 's3cret-token'; }";
    let here = format!("{origin}/ovirt-engine/api/jobs");
    let bearer = Some(format!("Bearer {TOKEN}"));
    let base = |base: &str| format!("engineBaseUrl() {{ return '{base}'; }}, {token}");
    let rows = [
        (base(&format!("{origin}/ovirt-engine/")), Ok((here.clone(), bearer.clone()))),
        (base(&format!("{origin}/ovirt-engine")), Ok((here, bearer.clone()))),
        (
            base(&format!("{origin}/tools/ovirt-engine/")),
            Ok((format!("{origin}/tools/ovirt-engine/api/jobs"), bearer.clone())),
        ),
        (token.to_owned(), Ok(("/ovirt-engine/api/jobs".to_owned(), bearer))),
        (base("https://elsewhere.example/ovirt-engine/"), Err(TransportError::Foreign)),
        (base(&format!("{origin}.elsewhere.example/ovirt-engine/")), Err(TransportError::Foreign)),
        (base(&format!("{origin}@elsewhere.example/ovirt-engine/")), Err(TransportError::Foreign)),
        (base("//elsewhere.example/ovirt-engine/"), Err(TransportError::Foreign)),
        (base("javascript:alert(1)"), Err(TransportError::Foreign)),
        (format!("engineBaseUrl() {{ return '{origin}/ovirt-engine/'; }}"), Err(TransportError::NoToken)),
        (
            format!("ssoToken() {{ return ''; }}, engineBaseUrl() {{ return '{origin}/ovirt-engine/'; }}"),
            Err(TransportError::NoToken),
        ),
    ];
    for (api, expected) in rows {
        assert_eq!(signed(&api), expected, "{api}");
    }
}

#[wasm_bindgen_test]
fn debug_output_has_no_token() {
    let (web_admin, _) = web_admin("ssoToken() { return 's3cret-token'; }", "");
    assert!(!format!("{web_admin:?}").contains(TOKEN));
}

#[wasm_bindgen_test]
fn the_view_replaces_only_an_address_of_this_page() {
    let route = Route { target: Target::Invalid("7".to_owned()), ..Route::default() };
    let rows = [
        ("#task-monitor", r##"["#task-monitor;id=7"]"##),
        ("#task-monitor;id=8;q=x", r##"["#task-monitor;id=7"]"##),
        ("#task-monitor;id=7", "[]"),
        ("#dashboard-main", "[]"),
        ("", "[]"),
    ];
    for (hash, expected) in rows {
        let (web_admin, calls) = web_admin("", hash);
        web_admin.keep_view(&route);
        assert_eq!(calls_of(&calls), expected, "{hash}");
        assert_eq!(web_admin.fragment(), hash);
    }
}

#[wasm_bindgen_test]
fn addresses_in_web_admin() {
    let (web_admin, calls) = web_admin(
        "revealPlace(...all) { calls.push('place', ...all); }, setSearchString(text) { calls.push(text); }",
        "#task-monitor;q=x",
    );
    let page = "https://engine/ovirt-engine/webadmin/?locale=de_DE";
    let mut route = Route::default();
    route.filter.statuses = [Status::Failed].into_iter().collect();
    assert_eq!(web_admin.view_address(&route), format!("{page}#task-monitor;status=failed"));
    assert_eq!(web_admin.host_address("host 1;x=y/z"), format!("{page}#hosts-general;name=host%201%3Bx%3Dy%2Fz"));
    web_admin.show_events("0000-7");
    web_admin.reload();
    assert_eq!(calls_of(&calls), r#"["place","events","Events: correlation_id = 0000-7","reload"]"#);
}
