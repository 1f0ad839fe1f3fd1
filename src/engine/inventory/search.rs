//! The search of the lists of machines, hosts, disks and the like: by name and status, with `*` for anything, without regard
//! to case, as engines search them in their database (`ILIKE`).

use crate::engine::search::{Token, tokens};

/// A search, understood as far as it goes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectSearch {
    /// None was asked for.
    Everything,
    /// Bad syntax, or a field that is not known here: an empty list, as if all were well (`SearchQuery`).
    Malformed,
    /// A good one.
    Query(ObjectQuery),
}

/// A search that can be run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectQuery {
    /// Any of these must hold, each of them wholly. None at all: everything does.
    any: Vec<Vec<Condition>>,
    descending: bool,
    /// Which page, from 1; its size is the request's `max`.
    page: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    field: Field,
    is: bool,
    /// In lower case.
    pattern: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Status,
}

/// What a search can look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields<'a> {
    /// The object's name.
    pub name: &'a str,
    /// The API's word for its status.
    pub status: &'a str,
}

impl ObjectSearch {
    /// Reads the text of the `search` parameter.
    pub fn parse(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Everything;
        }
        let query = tokens(text).and_then(|tokens| Parser { tokens: &tokens }.query());
        query.map_or(Self::Malformed, Self::Query)
    }

    /// Those of a list, which is ordered by name, that it finds; of them at most `max`.
    pub fn select<T>(&self, items: Vec<T>, max: Option<usize>, fields: impl Fn(&T) -> Fields<'_>) -> Vec<T> {
        let size = max.unwrap_or(usize::MAX);
        match self {
            Self::Everything => items.into_iter().take(size).collect(),
            Self::Malformed => Vec::new(),
            Self::Query(query) => {
                let mut found: Vec<T> = items.into_iter().filter(|item| query.finds(fields(item))).collect();
                if query.descending {
                    found.reverse();
                }
                let skipped = max.map_or(0, |size| size.saturating_mul(query.page - 1));
                found.into_iter().skip(skipped).take(size).collect()
            }
        }
    }
}

impl ObjectQuery {
    fn finds(&self, fields: Fields<'_>) -> bool {
        self.any.is_empty() || self.any.iter().any(|all| all.iter().all(|condition| condition.holds(fields)))
    }
}

impl Condition {
    fn holds(&self, fields: Fields<'_>) -> bool {
        let text = match self.field {
            Field::Name => fields.name,
            Field::Status => fields.status,
        };
        matches(&self.pattern, &text.to_lowercase()) == self.is
    }
}

/// Whether a text is what the pattern says, where `*` stands for anything. The first piece must begin it, the last end it,
/// and those between come one after the other.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in between.split('*') {
        match text.split_once(piece) {
            Some((_, after)) => text = after,
            None => return false,
        }
    }
    text.ends_with(last)
}

struct Parser<'a> {
    tokens: &'a [Token],
}

impl Parser<'_> {
    fn query(mut self) -> Option<ObjectQuery> {
        let mut query = ObjectQuery { page: 1, ..ObjectQuery::default() };
        if !self.at_word("sortby") && !self.at_word("page") {
            query.any = self.conditions()?;
        }
        if self.take_word("sortby") {
            query.descending = self.order()?;
        }
        if self.take_word("page") {
            query.page = self.page()?;
        }
        self.tokens.is_empty().then_some(query)
    }

    fn conditions(&mut self) -> Option<Vec<Vec<Condition>>> {
        let mut any = vec![vec![self.condition()?]];
        loop {
            if self.take_word("or") {
                any.push(vec![self.condition()?]);
            } else if self.take_word("and") {
                let next = self.condition()?;
                any.last_mut()?.push(next);
            } else {
                return Some(any);
            }
        }
    }

    /// `field = value`, or a value alone, which then is a name.
    fn condition(&mut self) -> Option<Condition> {
        let (condition, rest) = match self.tokens {
            [
                Token::Word(field),
                operator @ (Token::Is | Token::IsNot),
                Token::Word(value) | Token::Quoted(value),
                rest @ ..,
            ] => (Condition { field: known(field)?, is: *operator == Token::Is, pattern: value.to_lowercase() }, rest),
            [Token::Word(_), Token::Is | Token::IsNot, ..] => return None,
            [Token::Word(value) | Token::Quoted(value), rest @ ..] => {
                (Condition { field: Field::Name, is: true, pattern: value.to_lowercase() }, rest)
            }
            _ => return None,
        };
        self.tokens = rest;
        Some(condition)
    }

    /// By name is the only order there is; whether from the end.
    fn order(&mut self) -> Option<bool> {
        if !self.take_word("name") && !self.take_word("alias") {
            return None;
        }
        let descending = self.take_word("desc");
        if !descending {
            self.take_word("asc");
        }
        Some(descending)
    }

    fn page(&mut self) -> Option<usize> {
        let [Token::Word(number), rest @ ..] = self.tokens else { return None };
        self.tokens = rest;
        number.parse().ok().filter(|page| *page > 0)
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.tokens.first(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> bool {
        let there = self.at_word(word);
        if there {
            self.tokens = &self.tokens[1..];
        }
        there
    }
}

/// Disks call their name alias.
fn known(field: &str) -> Option<Field> {
    match field.to_ascii_lowercase().as_str() {
        "name" | "alias" => Some(Field::Name),
        "status" => Some(Field::Status),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_name_and_status() {
        let items = || vec![("db01", "up"), ("db02", "down"), ("gitlab", "up"), ("web01", "down"), ("Web02", "up")];
        fn fields<'a>(item: &'a (&'static str, &'static str)) -> Fields<'a> {
            Fields { name: item.0, status: item.1 }
        }
        for (text, max, expected) in [
            ("", None, &["db01", "db02", "gitlab", "web01", "Web02"][..]),
            ("name=web01", None, &["web01"]),
            ("name = \"web01\"", None, &["web01"]),
            ("NAME=WEB*", None, &["web01", "Web02"]),
            ("name=*b0*", None, &["db01", "db02", "web01", "Web02"]),
            ("name=*02", None, &["db02", "Web02"]),
            ("name=w*b*2", None, &["Web02"]),
            ("name=*", None, &["db01", "db02", "gitlab", "web01", "Web02"]),
            ("name=web", None, &[]),
            ("web*", None, &["web01", "Web02"]),
            ("name!=db*", None, &["gitlab", "web01", "Web02"]),
            ("status=down", None, &["db02", "web01"]),
            ("status=up and name=db*", None, &["db01"]),
            ("name=gitlab or status=down", None, &["db02", "gitlab", "web01"]),
            ("alias=db01", None, &["db01"]),
            ("status=up sortby name desc", None, &["Web02", "gitlab", "db01"]),
            ("sortby name asc page 2", Some(2), &["gitlab", "web01"]),
            ("page 3", Some(2), &["Web02"]),
            ("", Some(2), &["db01", "db02"]),
            ("", Some(0), &[]),
            ("memory=5", None, &[]),
            ("name=", None, &[]),
            ("name='x'", None, &[]),
            ("name=a and", None, &[]),
            ("sortby size", None, &[]),
            ("page 0", None, &[]),
        ] {
            let found: Vec<&str> =
                ObjectSearch::parse(text).select(items(), max, fields).iter().map(|item| item.0).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
