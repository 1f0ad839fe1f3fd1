//! The values of conditions.

use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveTime};

use super::{Comparison, Condition, Relation, SearchField, Wanted};
use crate::domain::Time;

/// A condition, if the field can be compared so with that value (`SyntaxChecker`).
pub(super) fn condition<F: SearchField>(field: F, relation: Relation, value: &str, now: Time) -> Option<Condition<F>> {
    let only_equal = matches!(relation, Relation::Is | Relation::IsNot);
    let wanted = match field.comparison() {
        // Text fields know `=` and `!=` only (`StringConditionRelationAutoCompleter`).
        Comparison::Exact if only_equal => Wanted::Exact(value.to_owned()),
        Comparison::Pattern if only_equal => Wanted::Pattern(value.to_owned()),
        Comparison::Number if only_equal => Wanted::Number(value.parse().ok()?),
        Comparison::Id if only_equal => Wanted::Id(value.parse().ok()?),
        Comparison::Ranked(words) => {
            let (_, rank) = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(value))?;
            Wanted::Number(*rank)
        }
        Comparison::Day if matches!(relation, Relation::Is | Relation::Below | Relation::Above) => {
            Wanted::Day(day(value, now)?)
        }
        Comparison::Exact | Comparison::Pattern | Comparison::Number | Comparison::Id | Comparison::Day => return None,
    };
    Some(Condition { field, relation, wanted })
}

/// `today`, `yesterday`, or a date as in the United States: `11/28/2026`. Days begin at midnight in UTC.
fn day(value: &str, now: Time) -> Option<Range<i64>> {
    let today = now.date_naive();
    let date = match value.to_ascii_lowercase().as_str() {
        "today" => today,
        "yesterday" => today.pred_opt()?,
        date => NaiveDate::parse_from_str(date, "%m/%d/%Y").ok()?,
    };
    let begin = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    Some(begin(date)..begin(date.checked_add_days(Days::new(1))?))
}
