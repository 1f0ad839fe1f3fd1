//! The moments in an engine's headers.

use chrono::NaiveDate;

use crate::domain::Time;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads an HTTP date in any of its three forms (RFC 9110, section 5.6.7), which differ in where the year is:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
pub(super) fn read(text: &str) -> Option<Time> {
    let (mut month, mut numbers) = (None, Vec::new());
    for part in text.split([' ', ',', '-', ':']) {
        if let Ok(number) = part.parse::<u16>() {
            numbers.push(number);
        } else {
            month = month.or_else(|| MONTHS.iter().position(|name| *name == part));
        }
    }
    match (numbers.as_slice(), text.ends_with("GMT")) {
        ([day, year, hour, minute, second], true) | ([day, hour, minute, second, year], false) => {
            // Two digits: no engine is of the last century.
            let year = if *year < 100 { year + 2_000 } else { *year };
            let date = NaiveDate::from_ymd_opt(year.into(), u32::try_from(month?).ok()? + 1, (*day).into())?;
            Some(date.and_hms_opt((*hour).into(), (*minute).into(), (*second).into())?.and_utc())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn all_three_forms() {
        let rows = [
            ("Sat, 01 Nov 2025 08:49:37 GMT", Some(1_761_986_977)),
            ("Saturday, 01-Nov-25 08:49:37 GMT", Some(1_761_986_977)),
            ("Sat Nov  1 08:49:37 2025", Some(1_761_986_977)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Sun, 29 Feb 2026 08:49:37 GMT", None),
            ("Sun, 06 Nov 2026 24:49:37 GMT", None),
            ("Sun, 06 Nov 2026 08:49 GMT", None),
            ("Sun, 06 11 2026 08:49:37 GMT", None),
            ("06 Nov 70000 08:49:37 GMT", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text).map(|time| time.timestamp()), expected, "{text}");
        }
    }
}
