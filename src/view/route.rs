//! The URL is the view: `#/jobs/{id}/steps/{id}?q=…&status=failed&sort=-started` and back.

use std::{fmt, str::FromStr};

use form_urlencoded::{Serializer, parse};

use crate::domain::{
    Status,
    outline::{Column, Direction, Filter, NodeId, Sort},
};

/// What a URL's fragment says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// What is open in the detail.
    pub target: Target,
    /// What the list leaves.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
}

/// What is open in the detail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Target {
    /// Nothing: the list alone.
    #[default]
    List,
    /// A job or step.
    Node(NodeId),
    /// Something that no id can name, as the link had it. The list stays usable.
    Nonsense(String),
}

impl Target {
    /// The node, if it names one.
    pub const fn node(&self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(*node),
            Self::List | Self::Nonsense(_) => None,
        }
    }
}

impl Route {
    /// Reads a fragment, with or without its `#`. Any text gives a route: what it does not understand is left out.
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut route = Self { target: parse_target(path), ..Self::default() };
        for (name, value) in parse(query.as_bytes()) {
            match name.as_ref() {
                "q" => route.filter.text = value.into_owned(),
                "status" => route.filter.statuses = value.split(',').filter_map(|word| word.parse().ok()).collect(),
                "external" => route.filter.external = value.parse().ok(),
                "attention" => route.filter.attention = value == "true",
                "sort" => route.sort = parse_sort(&value).unwrap_or_default(),
                _ => (),
            }
        }
        route
    }

    /// The same list with something else open.
    #[must_use]
    pub fn with_target(&self, target: Target) -> Self {
        Self { target, ..self.clone() }
    }
}

/// The fragment, with its `#`. What is as by default is left out.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#/jobs")?;
        match &self.target {
            Target::List => (),
            Target::Node(NodeId::Job(job)) => write!(f, "/{job}")?,
            Target::Node(NodeId::Step(job, step)) => write!(f, "/{job}/steps/{step}")?,
            Target::Nonsense(path) => write!(f, "/{path}")?,
        }
        let query = query(&self.filter, self.sort);
        if query.is_empty() { Ok(()) } else { write!(f, "?{query}") }
    }
}

fn query(filter: &Filter, sort: Sort) -> String {
    let mut query = Serializer::new(String::new());
    if !filter.text.is_empty() {
        query.append_pair("q", &filter.text);
    }
    if !filter.statuses.is_any() {
        let words: Vec<&str> = filter.statuses.iter().map(Status::as_str).collect();
        query.append_pair("status", &words.join(","));
    }
    if let Some(external) = filter.external {
        query.append_pair("external", if external { "true" } else { "false" });
    }
    if filter.attention {
        query.append_pair("attention", "true");
    }
    if sort != Sort::default() {
        let minus = if sort.direction == Direction::Descending { "-" } else { "" };
        query.append_pair("sort", &format!("{minus}{}", sort.column.as_str()));
    }
    query.finish()
}

/// The leading `jobs` may be missing, so that nonsense written out again reads as the same.
fn parse_target(path: &str) -> Target {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let parts = parts.strip_prefix(&["jobs"]).unwrap_or(&parts);
    let node = match *parts {
        [] => return Target::List,
        [job] => job.parse().ok().map(NodeId::Job),
        [job, "steps", step] => job.parse().ok().zip(step.parse().ok()).map(|(job, step)| NodeId::Step(job, step)),
        _ => None,
    };
    node.map_or_else(|| Target::Nonsense(parts.join("/")), Target::Node)
}

fn parse_sort(text: &str) -> Option<Sort> {
    let (word, direction) = match text.strip_prefix('-') {
        Some(word) => (word, Direction::Descending),
        None => (text, Direction::Ascending),
    };
    Some(Sort { column: Column::from_str(word).ok()?, direction })
}
