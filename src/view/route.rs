//! The URL contains the whole view. In a tab of its own it is `#/jobs/{id}/steps/{id}?q=…&status=failed&sort=-started`. In
//! oVirt's web admin it is `#task-monitor;id={id};step={id};q=…;status=failed;sort=-started`.

use std::{fmt, str::FromStr};

use form_urlencoded::{Serializer, parse};

use crate::domain::{
    Status,
    outline::{Column, Direction, Filter, NodeId, Sort},
};

/// The name of this page's place in web admin. The fragment begins with it. `plugin/plugin.html` adds the place.
pub const PLACE: &str = "task-monitor";

/// The content of a URL's fragment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// What is open in the detail.
    pub target: Target,
    /// What the list is filtered by.
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
    /// The link does not name a job or step. This is its text. The list can still be used.
    Invalid(String),
}

impl Target {
    /// The node, if it names one.
    pub const fn node(&self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(*node),
            Self::List | Self::Invalid(_) => None,
        }
    }
}

impl From<NodeId> for Target {
    fn from(node: NodeId) -> Self {
        Self::Node(node)
    }
}

impl Route {
    /// Reads a fragment, with or without its `#`. Any text gives a route: unknown parameters are ignored.
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut route = Self { target: parse_target(path), ..Self::default() };
        for (name, value) in parse(query.as_bytes()) {
            route.take(&name, &value);
        }
        route
    }

    /// Reads a fragment of web admin's address; `None` if it names another place.
    pub fn parse_place(fragment: &str) -> Option<Self> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (place, parameters) = fragment.split_once(';').unwrap_or((fragment, ""));
        if place != PLACE {
            return None;
        }
        let mut route = Self::default();
        let (mut job, mut step) = (String::new(), String::new());
        for (name, value) in parse(parameters.replace(';', "&").as_bytes()) {
            match name.as_ref() {
                "id" => job = format!("jobs/{value}"),
                "step" => step = format!("/steps/{value}"),
                _ => route.take(&name, &value),
            }
        }
        route.target = parse_target(&(job + &step));
        Some(route)
    }

    /// The fragment of web admin's address, with its `#`. In values `/`, `;` and `=` have a special meaning for web admin (GWTP's
    /// `ParameterTokenFormatter`), so values contain only `[A-Za-z0-9._~%-]`.
    pub fn to_place(&self) -> String {
        let mut named = match &self.target {
            Target::List => Vec::new(),
            Target::Node(NodeId::Job(job)) => vec![("id", job.to_string())],
            Target::Node(NodeId::Step(job, step)) => vec![("id", job.to_string()), ("step", step.to_string())],
            Target::Invalid(path) => vec![("id", path.clone())],
        };
        named.append(&mut parameters(&self.filter, self.sort));
        let mut fragment = "#".to_owned() + PLACE;
        if !named.is_empty() {
            fragment.push(';');
            fragment += &encoded(named).replace('&', ";").replace('+', "%20").replace('*', "%2A");
        }
        fragment
    }

    /// Reads one parameter. An unknown one is ignored.
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "q" => value.clone_into(&mut self.filter.text),
            "status" => self.filter.statuses = value.split(',').filter_map(|word| word.parse().ok()).collect(),
            "external" => self.filter.external = value.parse().ok(),
            "attention" => self.filter.attention = value == "true",
            "stuck" => self.filter.stuck = value == "true",
            "events" => self.filter.event_jobs = value == "true",
            "sort" => self.sort = parse_sort(value).unwrap_or_default(),
            _ => (),
        }
    }

    /// The same list with another target.
    #[must_use]
    pub fn with_target(&self, target: Target) -> Self {
        Self { target, ..self.clone() }
    }
}

/// The fragment, with its `#`. Default values are left out.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#/jobs")?;
        match &self.target {
            Target::List => (),
            Target::Node(NodeId::Job(job)) => write!(f, "/{job}")?,
            Target::Node(NodeId::Step(job, step)) => write!(f, "/{job}/steps/{step}")?,
            Target::Invalid(path) => write!(f, "/{path}")?,
        }
        let named = parameters(&self.filter, self.sort);
        if named.is_empty() { Ok(()) } else { write!(f, "?{}", encoded(named)) }
    }
}

/// Encodes parameters as in a query: a space becomes `+`, and `*` stays.
fn encoded(named: Vec<(&'static str, String)>) -> String {
    Serializer::new(String::new()).extend_pairs(named).finish()
}

/// The values that are not the default, by name.
fn parameters(filter: &Filter, sort: Sort) -> Vec<(&'static str, String)> {
    let mut named = Vec::new();
    if !filter.text.is_empty() {
        named.push(("q", filter.text.clone()));
    }
    if !filter.statuses.is_any() {
        let words: Vec<&str> = filter.statuses.iter().map(Status::as_str).collect();
        named.push(("status", words.join(",")));
    }
    if let Some(external) = filter.external {
        named.push(("external", word(external)));
    }
    if filter.attention {
        named.push(("attention", word(true)));
    }
    if filter.stuck {
        named.push(("stuck", word(true)));
    }
    if filter.event_jobs {
        named.push(("events", word(true)));
    }
    if sort != Sort::default() {
        let minus = if sort.direction == Direction::Descending { "-" } else { "" };
        named.push(("sort", minus.to_owned() + sort.column.as_str()));
    }
    named
}

fn word(flag: bool) -> String {
    (if flag { "true" } else { "false" }).to_owned()
}

/// The leading `jobs` may be missing: an invalid target is then the same after it was written and read again.
fn parse_target(path: &str) -> Target {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let parts = parts.strip_prefix(&["jobs"]).unwrap_or(&parts);
    let node = match *parts {
        [] => return Target::List,
        [job] => job.parse().ok().map(NodeId::Job),
        [job, "steps", step] => job.parse().ok().zip(step.parse().ok()).map(|(job, step)| NodeId::Step(job, step)),
        _ => None,
    };
    node.map_or_else(|| Target::Invalid(parts.join("/")), Target::Node)
}

fn parse_sort(text: &str) -> Option<Sort> {
    let (word, direction) = match text.strip_prefix('-') {
        Some(word) => (word, Direction::Descending),
        None => (text, Direction::Ascending),
    };
    Some(Sort { column: Column::from_str(word).ok()?, direction })
}
