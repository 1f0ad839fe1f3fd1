//! The search of the job list. Its one field is `correlation_id` (`JobConditionFieldAutoCompleter`).

use super::{Correlation, JobRecord};

/// A search, understood as far as an engine does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    /// None was asked for.
    Everything,
    /// Bad syntax: an engine answers with an empty list, as if all were well (`SearchQuery`).
    Malformed,
    /// Words without a field; jobs have no column to look for them in.
    FreeText,
    /// A good one.
    Query(Query),
}

/// A search that can be run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Any of these must hold, each of them wholly: `and` binds tighter than `or`, as in SQL. None at all: everything does.
    any: Vec<Vec<Correlation>>,
    /// By correlation id instead of start time.
    order: Option<Order>,
    /// Which page, from 1; its size is the request's `max`.
    page: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Ascending,
    Descending,
}

impl Search {
    /// Reads the text of the `search` parameter.
    pub fn parse(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Everything;
        }
        // NUL is in no text that a database holds, and PostgreSQL does not let anyone ask for it.
        match tokens(text).filter(|_| !text.contains('\0')) {
            Some(tokens) => Parser { tokens: &tokens }.search().unwrap_or_else(|bad| bad),
            None => Self::Malformed,
        }
    }
}

impl Query {
    /// The one condition, if that is all: then the store can find the jobs itself.
    pub fn single(&self) -> Option<&Correlation> {
        match self {
            Self { any, order: None, page: 1 } => match any.as_slice() {
                [all] => match all.as_slice() {
                    [only] => Some(only),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// Those of all records that it finds.
    pub fn select(&self, records: Vec<JobRecord>, max: Option<usize>) -> Vec<JobRecord> {
        let mut found: Vec<_> = records.into_iter().filter(|record| self.finds(&record.correlation_id)).collect();
        match self.order {
            None => (),
            Some(Order::Ascending) => found.sort_by(|a, b| a.correlation_id.cmp(&b.correlation_id)),
            Some(Order::Descending) => found.sort_by(|a, b| b.correlation_id.cmp(&a.correlation_id)),
        }
        let size = max.unwrap_or(usize::MAX);
        let skipped = max.map_or(0, |size| size.saturating_mul(self.page - 1));
        found.into_iter().skip(skipped).take(size).collect()
    }

    fn finds(&self, correlation_id: &str) -> bool {
        self.any.is_empty() || self.any.iter().any(|all| all.iter().all(|wanted| wanted.matches(correlation_id)))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Quoted(String),
    Is,
    IsNot,
}

/// Words, quoted texts and operators; `None` for characters that searches may not have (`SyntaxChecker`).
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            // Nothing here is more or less than something else (`StringConditionRelationAutoCompleter`).
            '\'' | ';' | '<' | '>' => return None,
            '=' => (Token::Is, &rest[1..]),
            '!' => (Token::IsNot, rest.strip_prefix("!=")?),
            '"' => {
                let (quoted, after) = rest[1..].split_once('"')?;
                (Token::Quoted(quoted.to_owned()), after)
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "='!;\"<>".contains(c)).unwrap_or(rest.len());
                (Token::Word(rest[..end].to_owned()), &rest[end..])
            }
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Some(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
}

impl Parser<'_> {
    fn search(mut self) -> Result<Search, Search> {
        let mut query = Query { page: 1, ..Query::default() };
        if !self.at_word("sortby") && !self.at_word("page") {
            query.any = self.conditions()?;
        }
        if self.take_word("sortby") {
            query.order = Some(self.order()?);
        }
        if self.take_word("page") {
            query.page = self.page()?;
        }
        if self.tokens.is_empty() { Ok(Search::Query(query)) } else { Err(Search::Malformed) }
    }

    fn conditions(&mut self) -> Result<Vec<Vec<Correlation>>, Search> {
        let mut any = vec![vec![self.condition()?]];
        loop {
            if self.take_word("or") {
                any.push(vec![self.condition()?]);
            } else if self.take_word("and") {
                let next = self.condition()?;
                if let Some(all) = any.last_mut() {
                    all.push(next);
                }
            } else {
                return Ok(any);
            }
        }
    }

    fn condition(&mut self) -> Result<Correlation, Search> {
        match self.tokens {
            [
                Token::Word(field),
                operator @ (Token::Is | Token::IsNot),
                Token::Word(value) | Token::Quoted(value),
                rest @ ..,
            ] if field.eq_ignore_ascii_case("correlation_id") => {
                self.tokens = rest;
                let value = value.clone();
                Ok(if *operator == Token::Is { Correlation::Is(value) } else { Correlation::IsNot(value) })
            }
            [Token::Word(word), ..] if word.eq_ignore_ascii_case("correlation_id") => Err(Search::Malformed),
            [Token::Word(_), Token::Is | Token::IsNot, ..] => Err(Search::Malformed),
            [Token::Word(_) | Token::Quoted(_), ..] => Err(Search::FreeText),
            _ => Err(Search::Malformed),
        }
    }

    fn order(&mut self) -> Result<Order, Search> {
        if !self.take_word("correlation_id") {
            return Err(Search::Malformed);
        }
        if self.take_word("desc") {
            return Ok(Order::Descending);
        }
        self.take_word("asc");
        Ok(Order::Ascending)
    }

    fn page(&mut self) -> Result<usize, Search> {
        match self.tokens {
            [Token::Word(number), rest @ ..] => {
                self.tokens = rest;
                number.parse().ok().filter(|page| *page > 0).ok_or(Search::Malformed)
            }
            _ => Err(Search::Malformed),
        }
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
