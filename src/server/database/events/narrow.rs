//! From a list of events to a statement that reads the next of its candidates.

use super::Statement;
use crate::{
    domain::event::EventId,
    engine::{Condition, EventField, Query, Relation, Wanted, events::EventList},
};

/// The newest events before that one, at most `size`, among which are all of the list.
pub(super) fn chunk(list: &EventList, before: EventId, size: usize) -> Statement {
    let statement = Statement::new("SELECT * FROM event WHERE id < ").then_value(before.0);
    let statement = match list.from {
        Some(from) => statement.then(" AND id > ").then_value(from.0),
        None => statement,
    };
    let statement = match &list.query {
        Some(query) if !query.any.is_empty() => alternatives(statement.then(" AND ("), query).then(")"),
        Some(_) | None => statement,
    };
    statement.then(" ORDER BY id DESC LIMIT ").then_value(i64::try_from(size).unwrap_or(i64::MAX))
}

fn alternatives(mut statement: Statement, query: &Query<EventField>) -> Statement {
    for (number, all) in query.any.iter().enumerate() {
        statement = statement.then(if number == 0 { "" } else { " OR " });
        for (number, condition) in all.iter().enumerate() {
            statement = statement.then(if number == 0 { "" } else { " AND " });
            statement = self::condition(statement, condition, query.case_sensitive);
        }
    }
    statement
}

/// The condition, if both kinds of database understand it as [`EventList::finds`] does, or one that always holds.
fn condition(statement: Statement, condition: &Condition<EventField>, case_sensitive: bool) -> Statement {
    let column = match condition.field {
        EventField::Severity => "severity",
        EventField::Code => "code",
        EventField::CustomId => "custom_id",
        EventField::CorrelationId => "correlation_id",
        _ => return statement.then("true"),
    };
    match &condition.wanted {
        Wanted::Number(number) => statement.then(column).then(operator(condition.relation)).then_value(*number),
        Wanted::Pattern(text) if case_sensitive && condition.relation == Relation::Is && !text.contains('*') => {
            statement.then(column).then(operator(condition.relation)).then_value(text.as_str())
        }
        _ => statement.then("true"),
    }
}

const fn operator(relation: Relation) -> &'static str {
    match relation {
        Relation::Is => " = ",
        Relation::IsNot => " <> ",
        Relation::Below => " < ",
        Relation::AtMost => " <= ",
        Relation::Above => " > ",
        Relation::AtLeast => " >= ",
    }
}
