//! Reads a table of layers from the documentation of a module.

/// A row of a table: a module, and what it may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// The path of the module in the crate, such as `ui::state`.
    pub module: String,
    /// The other modules that it may use.
    pub uses: Vec<String>,
    /// Whether it may use the crates that need a browser.
    pub uses_browser: bool,
}

/// Reads the first table in the documentation of a file that has a column `uses`. The first column has the names of the modules.
/// `base` is the module that the names begin at.
pub fn read(source: &str, base: &str) -> Vec<Layer> {
    let rows = source.lines().filter_map(|line| line.strip_prefix("//! |")).map(cells);
    let mut rows = rows.skip_while(|cells| !cells.contains(&"uses"));
    let header = rows.next().expect("there is no table with a column `uses`");
    let column = header.iter().position(|cell| *cell == "uses").unwrap();
    let path = |name: &str| if base.is_empty() { name.to_owned() } else { format!("{base}::{name}") };
    let layers_of = |cells: Vec<&str>| -> Vec<Layer> {
        let uses: Vec<String> = code(cells[column]).map(path).collect();
        let uses_browser = cells[column].contains("the browser");
        let layer = |name| Layer { module: path(name), uses: uses.clone(), uses_browser };
        code(cells[0]).map(layer).collect()
    };
    // The line after the header has dashes.
    rows.skip(1).flat_map(layers_of).collect()
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_end_matches('|').split('|').map(str::trim).collect()
}

/// The words in backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}
