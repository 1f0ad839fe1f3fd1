//! Rows of events.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::Statement;
use crate::{
    domain::{
        ClusterId, DataCenterId, Event, HostId, StorageDomainId, TemplateId, Time, UserId, VmId,
        event::{EventId, Reference, Severity},
    },
    engine::{StoreError, events::NewEvent},
};

/// A row of table `event`, as far as it is read.
#[derive(FromRow)]
pub(super) struct EventRow {
    id: i64,
    code: i64,
    severity: i64,
    time: i64,
    correlation_id: Option<String>,
    description: String,
    origin: String,
    custom_id: i64,
    flood_rate: i64,
    custom_data: Option<String>,
    about: String,
}

/// What an event is about, in column `about`. The names of the members must stay.
#[derive(Default, Serialize, Deserialize)]
struct About {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<Reference<UserId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vm: Option<Reference<VmId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    host: Option<Reference<HostId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    storage_domain: Option<Reference<StorageDomainId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    template: Option<Reference<TemplateId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cluster: Option<Reference<ClusterId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data_center: Option<Reference<DataCenterId>>,
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let invalid =
            |what: &str| StoreError::broken(format!("event {} has an invalid {what} in the database", row.id));
        let severity = Severity::ALL.into_iter().find(|severity| severity.number() == row.severity);
        let about: About = serde_json::from_str(&row.about).map_err(|_| invalid("object"))?;
        let About { user, vm, host, storage_domain, template, cluster, data_center } = about;
        Ok(Self {
            id: EventId(row.id),
            code: row.code,
            severity: severity.ok_or_else(|| invalid("severity"))?,
            time: Time::from_timestamp_millis(row.time).ok_or_else(|| invalid("time"))?,
            correlation_id: row.correlation_id,
            description: row.description,
            origin: row.origin,
            custom_id: row.custom_id,
            flood_rate: row.flood_rate,
            custom_data: row.custom_data,
            user,
            vm,
            host,
            storage_domain,
            template,
            cluster,
            data_center,
        })
    }
}

/// Adds an event. Changes nothing if its origin has an event with its custom id.
pub(super) fn insert(new: &NewEvent, id: EventId) -> Result<Statement, StoreError> {
    let Event { user, vm, host, storage_domain, template, cluster, data_center, .. } = new.content().clone();
    let about = About { user, vm, host, storage_domain, template, cluster, data_center };
    let about = serde_json::to_string(&about)
        .map_err(|error| StoreError::broken(format!("an event cannot be written as JSON: {error}")))?;
    let event = new.content();
    Ok(Statement::new(
        "INSERT INTO event (id, code, severity, time, logged, correlation_id, description, origin, custom_id, flood_rate, \
         custom_data, about, scenario) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT DO NOTHING",
    )
    .bind(id.0)
    .bind(event.code)
    .bind(event.severity.number())
    .bind(event.time.timestamp_millis())
    .bind(new.logged().timestamp_millis())
    .bind(event.correlation_id.as_deref())
    .bind(event.description.as_str())
    .bind(event.origin.as_str())
    .bind(event.custom_id)
    .bind(event.flood_rate)
    .bind(event.custom_data.as_deref())
    .bind(about.as_str())
    .bind(new.is_of_scenario()))
}
