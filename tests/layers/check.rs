//! Compares the paths in source files with the tables of layers.

use std::collections::BTreeSet;

use crate::{
    paths::{WrittenPath, paths},
    table::Layer,
};

/// The beginnings of the names of all crates that need a browser.
const BROWSER_CRATES: [&str; 6] = ["gloo", "js_sys", "leptos", "wasm_bindgen", "wasm_streams", "web_sys"];

/// What a module that may use these crates has in its row.
pub const THE_BROWSER: &str = "the browser";

/// A file of `src/`.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path, such as `src/ui/state.rs`.
    pub name: String,
    /// The parts of its module's path. None for `src/lib.rs`.
    module: Vec<String>,
    paths: Vec<WrittenPath>,
}

impl SourceFile {
    /// Reads the text of a file.
    pub fn new(name: &str, text: &str) -> Self {
        let path = name.strip_prefix("src/").and_then(|name| name.strip_suffix(".rs")).unwrap();
        let path = if path == "lib" { "" } else { path };
        let module = path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { name: name.to_owned(), module, paths: paths(text) }
    }

    /// The path of its module, such as `ui::state`.
    pub fn module_name(&self) -> String {
        self.module.join("::")
    }
}

/// Both tables.
pub struct Layers {
    pub of_crate: Vec<Layer>,
    pub of_ui: Vec<Layer>,
}

/// What a path leads to.
enum Target {
    /// Something in this crate.
    Own(Vec<String>),
    /// A crate that needs a browser.
    Browser,
}

impl Layers {
    /// The rows of both tables.
    pub fn all(&self) -> impl Iterator<Item = &Layer> {
        self.of_crate.iter().chain(&self.of_ui)
    }

    /// All violations in these files, as `FILE:LINE: FROM -> TO (PATH)`.
    pub fn violations(&self, files: &[SourceFile]) -> Vec<String> {
        files.iter().flat_map(|file| self.violations_of(file, files)).collect()
    }

    /// The violations in one file. The others tell which modules there are.
    pub fn violations_of(&self, file: &SourceFile, files: &[SourceFile]) -> Vec<String> {
        let mut violations = Vec::new();
        for (path, from, to) in self.uses(file, files) {
            let row = self.all().find(|layer| layer.module == from);
            let is_allowed =
                row.is_some_and(|row| if to == THE_BROWSER { row.uses_browser } else { row.uses.contains(&to) });
            if !is_allowed {
                violations.push(format!("{}:{}: {from} -> {to} ({})", file.name, path.line, path.parts.join("::")));
            }
        }
        violations
    }

    /// Which row uses which, anywhere in these files.
    pub fn arrows(&self, files: &[SourceFile]) -> BTreeSet<(String, String)> {
        let uses = files.iter().flat_map(|file| self.uses(file, files));
        uses.map(|(_, from, to)| (from, to)).collect()
    }

    /// The paths in a file that lead from one row to another, or to the browser.
    fn uses<'a>(&self, file: &'a SourceFile, files: &[SourceFile]) -> Vec<(&'a WrittenPath, String, String)> {
        let mut uses = Vec::new();
        // `src/lib.rs` only declares the modules.
        if file.module.is_empty() {
            return uses;
        }
        let from = row(&self.of_crate, "", &file.module);
        for path in &file.paths {
            match resolve(path, file, files) {
                None => (),
                Some(Target::Browser) => uses.push((path, from.clone(), THE_BROWSER.to_owned())),
                Some(Target::Own(target)) => {
                    let to = row(&self.of_crate, "", &target);
                    if from != to {
                        uses.push((path, from.clone(), to));
                    } else if from == "ui" && file.module.len() > 1 {
                        let (from, to) = (row(&self.of_ui, "ui", &file.module), row(&self.of_ui, "ui", &target));
                        if from != to {
                            uses.push((path, from, to));
                        }
                    }
                }
            }
        }
        uses
    }
}

/// The name of the row that a module belongs to: that of the longest path. If none fits, the module's name below `base`.
fn row(table: &[Layer], base: &str, module: &[String]) -> String {
    let name = module.join("::");
    let fits = |layer: &&Layer| name == layer.module || name.starts_with(&format!("{}::", layer.module));
    match table.iter().filter(fits).max_by_key(|layer| layer.module.len()) {
        Some(layer) => layer.module.clone(),
        None if base.is_empty() => module.first().cloned().unwrap_or_default(),
        // An item of the module that has the table.
        None => base.to_owned(),
    }
}

/// What a path leads to, as the compiler finds it. `None` for other crates, and for names that a `use` line has brought here.
fn resolve(path: &WrittenPath, file: &SourceFile, files: &[SourceFile]) -> Option<Target> {
    let mut module = file.module.clone();
    module.extend(path.inline_modules.iter().cloned());
    let (first, mut rest) = path.parts.split_first()?;
    match first.as_str() {
        "crate" | "task_monitor" => module.clear(),
        "self" => (),
        "super" => {
            module.pop();
            while let Some((next, others)) = rest.split_first()
                && next == "super"
            {
                module.pop();
                rest = others;
            }
        }
        name if BROWSER_CRATES.iter().any(|browser| name == *browser || name.starts_with(&format!("{browser}_"))) => {
            return Some(Target::Browser);
        }
        name => {
            module.push(name.to_owned());
            if !files.iter().any(|file| file.module == module) {
                return None;
            }
        }
    }
    module.extend(rest.iter().cloned());
    Some(Target::Own(module))
}
