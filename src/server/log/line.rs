//! Lines that are made without the logger, in its form.

use chrono::{SecondsFormat, Utc};
use serde_json::{Value, json};

/// The form of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// For people.
    Plain,
    /// One JSON object each.
    Json,
}

impl Format {
    /// A line with that level, message and one more value.
    pub(super) fn line(self, level: &str, message: &str, (name, value): (&str, &Value)) -> String {
        let now = Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true);
        match self {
            Self::Plain => format!("{now} {level:>5} {message} {name}={value}\n"),
            Self::Json => format!(
                "{}\n",
                json!({ "timestamp": now, "level": level, "message": message, name: value, "target": module_path!() })
            ),
        }
    }
}
