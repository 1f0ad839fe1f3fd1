//! From text to a search.

use super::{Condition, Order, Query, Relation, Search, SearchField, SearchTerms, value};

/// A piece of a search's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Quoted(String),
    Operator(Relation),
}

/// The operators. One that begins with another comes before it.
const OPERATORS: [(&str, Relation); 6] = [
    ("=", Relation::Is),
    ("!=", Relation::IsNot),
    ("<=", Relation::AtMost),
    ("<", Relation::Below),
    (">=", Relation::AtLeast),
    (">", Relation::Above),
];

/// Words, quoted texts and operators. `None` for characters that no search may contain (`SyntaxChecker`).
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '\'' | ';' => return None,
            '=' | '!' | '<' | '>' => operator(rest)?,
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

fn operator(text: &str) -> Option<(Token, &str)> {
    OPERATORS.into_iter().find_map(|(sign, relation)| Some((Token::Operator(relation), text.strip_prefix(sign)?)))
}

/// Reads tokens one after the other. The error of each method is the search that the whole text then is.
pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    terms: SearchTerms,
}

impl<'a> Parser<'a> {
    pub(super) const fn new(tokens: &'a [Token], terms: SearchTerms) -> Self {
        Self { tokens, terms }
    }

    pub(super) fn search<F: SearchField>(mut self) -> Result<Search<F>, Search<F>> {
        let mut query = Query { any: Vec::new(), order: None, page: 1, case_sensitive: self.terms.case_sensitive };
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

    /// `and` binds tighter than `or`.
    fn conditions<F: SearchField>(&mut self) -> Result<Vec<Vec<Condition<F>>>, Search<F>> {
        let mut any = Vec::new();
        loop {
            let mut all = vec![self.condition()?];
            while self.take_word("and") {
                all.push(self.condition()?);
            }
            any.push(all);
            if !self.take_word("or") {
                return Ok(any);
            }
        }
    }

    /// `field = value`, or a value alone.
    fn condition<F: SearchField>(&mut self) -> Result<Condition<F>, Search<F>> {
        let (condition, rest) = match self.tokens {
            [Token::Word(field), Token::Operator(relation), Token::Word(value) | Token::Quoted(value), rest @ ..] => {
                let field = F::named(field).ok_or_else(|| unknown_field(*relation))?;
                (value::condition(field, *relation, value, self.terms.now).ok_or(Search::Malformed)?, rest)
            }
            [Token::Word(_), Token::Operator(_), ..] => return Err(Search::Malformed),
            [Token::Word(value), ..] if F::named(value).is_some() => return Err(Search::Malformed),
            [Token::Word(value) | Token::Quoted(value), rest @ ..] => {
                let field = F::of_free_text().ok_or(Search::FreeText)?;
                (value::condition(field, Relation::Is, value, self.terms.now).ok_or(Search::Malformed)?, rest)
            }
            _ => return Err(Search::Malformed),
        };
        self.tokens = rest;
        Ok(condition)
    }

    fn order<F: SearchField>(&mut self) -> Result<Order<F>, Search<F>> {
        let [Token::Word(field), rest @ ..] = self.tokens else { return Err(Search::Malformed) };
        let field = F::named(field).ok_or(Search::Malformed)?;
        self.tokens = rest;
        let descending = self.take_word("desc");
        if !descending {
            self.take_word("asc");
        }
        Ok(Order { field, descending })
    }

    fn page<F: SearchField>(&mut self) -> Result<usize, Search<F>> {
        let [Token::Word(number), rest @ ..] = self.tokens else { return Err(Search::Malformed) };
        self.tokens = rest;
        number.parse().ok().filter(|page| *page > 0).ok_or(Search::Malformed)
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

/// Where no words are looked for, an unknown field is a word too, which the database then refuses.
fn unknown_field<F: SearchField>(relation: Relation) -> Search<F> {
    match relation {
        Relation::Is | Relation::IsNot if F::of_free_text().is_none() => Search::FreeText,
        _ => Search::Malformed,
    }
}
