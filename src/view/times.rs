//! Times as text, in the user's zone and language. The search reads what is written here.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::words;
use crate::domain::{Time, outline::Zone};

/// The present day in the user's zone. What is the same for all times of it is left out of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    zone: Zone,
    date: NaiveDate,
    /// The present offset from UTC.
    ahead: TimeDelta,
}

impl Today {
    /// The day of a moment.
    pub fn new(now: Time, zone: Zone) -> Self {
        Self { date: zone.local(now).date(), ahead: zone.ahead(now), zone }
    }

    /// The user's zone.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// `02:15:04` today, `21 Nov, 02:15` this year, `21 Nov 2025, 02:15` in another. With the offset of that moment if it is not the
    /// present one: `25 Oct, 02:30 UTC+02:00`.
    pub fn short(&self, time: Time) -> String {
        let (local, ahead) = (self.zone.local(time), self.zone.ahead(time));
        let mut text = if local.date() == self.date {
            local.format("%H:%M:%S").to_string()
        } else {
            let has_year = local.year() != self.date.year();
            format!("{}, {}", self.zone.words().write(local.date(), has_year), local.format("%H:%M"))
        };
        if ahead != self.ahead {
            text.push(' ');
            text.push_str(&offset(ahead));
        }
        text
    }

    /// `02:15:04 to 02:29:26, 14 m 22 s`, and what is known of it otherwise.
    pub fn span(&self, start: Option<Time>, end: Option<Time>, runs_until: Option<Time>) -> String {
        let Some(start) = start else { return "Not started".to_owned() };
        let from = self.short(start);
        match (runs_until, end) {
            (Some(now), _) => format!("Since {from}, {} so far", words::duration(now - start)),
            (None, Some(end)) => format!("{from} to {}, {}", self.short(end), words::duration(end - start)),
            (None, None) => format!("Started {from}, ended at an unknown time"),
        }
    }

    /// `22 Nov 2026, 02:15:04 UTC+01:00`
    pub fn full(&self, time: Time) -> String {
        let local = self.zone.local(time);
        let day = self.zone.words().write(local.date(), true);
        format!("{day}, {} {}", local.format("%H:%M:%S"), offset(self.zone.ahead(time)))
    }
}

/// `UTC`, `UTC+05:45`, `UTC-03:30`
fn offset(ahead: TimeDelta) -> String {
    let minutes = ahead.num_minutes();
    let (sign, length) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    if minutes == 0 { "UTC".to_owned() } else { format!("UTC{sign}{:02}:{:02}", length / 60, length % 60) }
}
