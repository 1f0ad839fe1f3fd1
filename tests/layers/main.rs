//! The layers of the code. The tables in `src/lib.rs` and `src/ui.rs` tell which module may use which. These tests read the paths
//! in all files of `src/` and compare them with the tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]

mod check;
mod paths;
mod table;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use check::{Layers, SourceFile};

/// The layers, as the two tables describe them.
fn layers() -> Layers {
    let read = |file: &str| fs::read_to_string(root().join(file)).unwrap();
    Layers { of_crate: table::read(&read("src/lib.rs"), ""), of_ui: table::read(&read("src/ui.rs"), "ui") }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of `src/`, by their path from the root of the repository.
fn source_files() -> Vec<SourceFile> {
    let mut folders = vec![root().join("src")];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let file = |path: &PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
        SourceFile::new(name, &fs::read_to_string(path).unwrap())
    };
    paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).map(file).collect()
}

#[test]
fn every_use_is_in_the_tables() {
    let files = source_files();
    assert!(files.len() > 200, "only {} source files were found", files.len());
    let violations = layers().violations(&files);
    assert!(violations.is_empty(), "{} forbidden uses:\n{}", violations.len(), violations.join("\n"));
}

#[test]
fn every_row_of_the_tables_is_true() {
    let (layers, files) = (layers(), source_files());
    let modules: BTreeSet<String> = files.iter().map(SourceFile::module_name).collect();
    let used = layers.arrows(&files);
    for layer in layers.all() {
        let is_there =
            modules.contains(&layer.module) || modules.iter().any(|module| module.starts_with(&layer.module));
        assert!(is_there, "the table names `{}`, but there is no such module", layer.module);
        for target in &layer.uses {
            let arrow = (layer.module.clone(), target.clone());
            assert!(used.contains(&arrow), "the table allows `{}` to use `{target}`, but nothing does", layer.module);
        }
        let uses_browser = used.contains(&(layer.module.clone(), check::THE_BROWSER.to_owned()));
        assert!(
            uses_browser || !layer.uses_browser,
            "the table allows `{}` to use the browser, but it does not",
            layer.module
        );
    }
}

#[test]
fn a_row_uses_only_rows_above_it() {
    let layers = layers();
    for table in [&layers.of_crate, &layers.of_ui] {
        for (index, layer) in table.iter().enumerate() {
            for target in &layer.uses {
                let is_above = table[..index].iter().any(|above| above.module == *target);
                assert!(is_above, "`{}` uses `{target}`, which is not above it in the table", layer.module);
            }
        }
    }
}

/// A file, its text, and the violation that must be found: its line, and the arrow.
type Case = (&'static str, &'static str, Option<(usize, &'static str)>);

const CASES: &[Case] = &[
    // What the rules forbid.
    ("src/domain/job.rs", "use crate::wire::Request;", Some((1, "domain -> wire"))),
    ("src/domain/job.rs", "use web_sys::js_sys::Date;", Some((1, "domain -> the browser"))),
    ("src/domain/status.rs", "fn now() { leptos::logging::log!(\"\"); }", Some((1, "domain -> the browser"))),
    ("src/wire/form.rs", "use crate::api::Client;", Some((1, "wire -> api"))),
    ("src/api/client.rs", "use super::browser::BrowserTransport;", Some((1, "api -> api::browser"))),
    ("src/api/client.rs", "use gloo_net::http::Request;", Some((1, "api -> the browser"))),
    ("src/engine/http.rs", "use crate::{\n    domain::Time,\n    api::Client,\n};", Some((3, "engine -> api"))),
    ("src/engine/store.rs", "pub use crate::server::database::Database;", Some((1, "engine -> server"))),
    ("src/view/route.rs", "use crate::wire;", Some((1, "view -> wire"))),
    ("src/view/grid/keys.rs", "use super::super::super::ui::App;", Some((1, "view -> ui"))),
    ("src/view/words.rs", "use wasm_bindgen::JsValue;", Some((1, "view -> the browser"))),
    ("src/server/tls.rs", "use crate::host::Host;", Some((1, "server -> host"))),
    ("src/host/demo.rs", "use crate::ui::App;", Some((1, "host -> ui"))),
    ("src/ui/app.rs", "use crate::{domain::Status, wire::Body};", Some((1, "ui -> wire"))),
    ("src/ui/app.rs", "\n\nfn read() { crate::wire::json::read_jobs(b\"\"); }", Some((3, "ui -> wire"))),
    ("src/ui/state/grid.rs", "use crate::ui::sync::Sync;", Some((1, "ui::state -> ui::sync"))),
    ("src/ui/state/grid.rs", "use super::super::components::Icon;", Some((1, "ui::state -> ui::components"))),
    ("src/ui/sync/poll.rs", "use crate::ui::{state::AppState, grid::TreeGrid};", Some((1, "ui::sync -> ui::grid"))),
    ("src/ui/sync.rs", "mod tests { use super::super::pages::LogInPage; }", Some((1, "ui::sync -> ui::pages"))),
    ("src/ui/components/menu.rs", "use crate::ui::state::use_grid;", Some((1, "ui::components -> ui::state"))),
    ("src/ui/grid/row.rs", "use super::super::detail::DetailPanel;", Some((1, "ui::grid -> ui::detail"))),
    ("src/ui/pages/monitor.rs", "use crate::ui::App;", Some((1, "ui::pages -> ui"))),
    ("src/bin/jobs-engine.rs", "use task_monitor::api::Client;", Some((1, "bin -> api"))),
    ("src/stray.rs", "use crate::domain::Time;", Some((1, "stray -> domain"))),
    // What they allow.
    ("src/wire/form.rs", "use crate::domain::Time;", None),
    ("src/api/browser.rs", "use web_sys::AbortSignal;\nuse super::{Transport, TransportError};", None),
    ("src/ui/grid/row.rs", "use crate::{domain::Status, ui::{state::use_grid, browser::focus::find}};", None),
    ("src/ui/grid/row.rs", "use super::focus::GridFocus;", None),
    ("src/domain/job.rs", "use super::{id::JobId, status::Status};\nuse std::fmt;", None),
    // What is no use of anything.
    ("src/domain/job.rs", "// use crate::wire::Request;\n/// [`crate::wire`]\n/* crate::wire::x */", None),
    ("src/domain/job.rs", "const A: &str = \"crate::wire::x\"; const B: &str = r#\"use crate::wire::\"x\";\"#;", None),
    ("src/domain/job.rs", "fn f<'a>(c: char) -> impl Fn() + use<'a> { c == '\"' || c == '\\'' }", None),
    ("src/domain/job.rs", "pub(in crate::domain) fn wire() { wire::x() }", None),
];

#[test]
fn a_forbidden_use_is_found() {
    let (layers, files) = (layers(), source_files());
    for (file, text, expected) in CASES {
        let file = SourceFile::new(file, text);
        let found = layers.violations_of(&file, &files);
        match expected {
            None => assert!(found.is_empty(), "{text}: {found:?}"),
            Some((line, arrow)) => {
                let [violation] = found.as_slice() else { panic!("{text}: {found:?}") };
                assert!(violation.starts_with(&format!("{}:{line}: {arrow}", file.name)), "{text}: {violation}");
            }
        }
    }
}

#[test]
fn a_table_is_read() {
    let text = "//! | floor | what it is for | uses |\n//! |---|---|---|\n//! | [`one`] | the first | nothing |\n\
                //! | [`two`], `three::four` | others, like [`one`] | `one`, the browser |\n\npub mod one;";
    let rows: Vec<_> =
        table::read(text, "ui").into_iter().map(|row| (row.module, row.uses, row.uses_browser)).collect();
    let one = || vec!["ui::one".to_owned()];
    assert_eq!(
        rows,
        [
            ("ui::one".to_owned(), Vec::new(), false),
            ("ui::two".to_owned(), one(), true),
            ("ui::three::four".to_owned(), one(), true),
        ]
    );
}
