//! Events.

use uuid::Uuid;

use super::{
    Call, EntityKind, Environment, InventoryStore, Refused,
    act::{Usage, not_empty, unreadable},
    inventory::invalid_id,
    reading::{Content, Reading, Rows, found},
    refused::FaultResult,
};
use crate::{
    domain::{ClusterId, DataCenterId, Event, HostId, StorageDomainId, TemplateId, UserId, VmId, event::EventId},
    engine::{
        EventSearch, SearchTerms,
        events::{About, AddEventError, ExternalEvent},
    },
    wire::{
        ResourcePath, Response, describe,
        document::Document,
        fault::Fault,
        input::{AddingEvent, read_add_event, read_guid},
    },
};

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// The events that are asked for.
    pub(super) async fn events(&self, rows: &Rows<'_>) -> Result<Vec<Event>, Refused> {
        let terms = SearchTerms { now: self.engine.now(), case_sensitive: rows.case_sensitive };
        let search = EventSearch::parse_with(rows.search, terms);
        Ok(self.engine.events(self.reader, search, rows.from.map(EventId), rows.max()?).await?)
    }

    /// One event.
    pub(super) async fn event(&self, id: EventId) -> Result<Content, Refused> {
        let event = found(self.engine.event(self.reader, id).await?)?;
        Ok(Content::one(EntityKind::Event, describe::event(self.base, &event)))
    }
}

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// A list of events, written as it is sent.
    pub(super) async fn read_events(&self) -> Result<Response, Refused> {
        let events = self.reading().events(&self.rows()).await?;
        Ok(self.stream(200, describe::events(self.format(), self.base, events.into_iter())))
    }

    /// Adds an event (`BackendEventsResource.add`).
    pub(super) async fn add_event(&self) -> Result<Response, Refused> {
        let sent = read_add_event(self.sent()?, &self.request.body);
        let usage = Usage { operation: "events/methods/add", body: "Parameter 'event'" };
        let event = external(sent.map_err(unreadable(usage))?)?;
        self.refuse_attachment()?;
        match self.engine.add_event(self.caller, event, &self.correlation_id).await {
            Ok(event) => {
                let document = Document::entity("event", describe::event(self.base, &event));
                Ok(self.created(ResourcePath::Event(event.id), &document))
            }
            Err(error) => Err(Refused::addition(fault_of(error))),
        }
    }
}

/// The event of a body that has all that an event needs.
fn external(sent: AddingEvent) -> Result<ExternalEvent, Refused> {
    let custom_id = sent.custom_id.ok_or_else(|| Refused::missing("event.custom_id"))?;
    let description = sent.description.ok_or_else(|| Refused::missing("event.description"))?;
    let origin = sent.origin.ok_or_else(|| Refused::missing("event.origin"))?;
    let severity = sent.severity.ok_or_else(|| Refused::missing("event.severity"))?;
    not_empty("Event", "origin", &origin)?;
    not_empty("Event", "description", &description)?;
    let about = About {
        user: guid(sent.user.as_deref(), UserId::new)?,
        vm: guid(sent.vm.as_deref(), VmId::new)?,
        host: guid(sent.host.as_deref(), HostId::new)?,
        storage_domain: guid(sent.storage_domain.as_deref(), StorageDomainId::new)?,
        template: guid(sent.template.as_deref(), TemplateId::new)?,
        cluster: guid(sent.cluster.as_deref(), ClusterId::new)?,
        data_center: guid(sent.data_center.as_deref(), DataCenterId::new)?,
    };
    let AddingEvent { correlation_id, time, flood_rate, custom_data, .. } = sent;
    Ok(ExternalEvent { origin, severity, custom_id, description, correlation_id, time, flood_rate, custom_data, about })
}

fn guid<I>(text: Option<&str>, id: impl Fn(Uuid) -> I) -> Result<Option<I>, Refused> {
    let read = text.map(read_guid).transpose();
    Ok(read.map_err(|message| Refused::Fault(400, invalid_id(message)))?.map(id))
}

fn fault_of(error: AddEventError) -> FaultResult {
    let (status, sentence) = match error {
        AddEventError::Store(error) => return Err(error),
        AddEventError::NotAuthorized => (403, "User is not authorized to perform this action."),
        AddEventError::Origin => (400, "Cannot add External Event. The origin 'oVirt' is the engine's own."),
        AddEventError::CustomIdTaken => {
            (400, "Cannot add External Event. There is an event with this origin and this custom id.")
        }
        // The database cannot store it.
        AddEventError::Nul => (400, "Internal Engine Error"),
        AddEventError::Long => (
            400,
            "Cannot add External Event. Origin and correlation id can have 255 bytes, description and custom data 65536.",
        ),
    };
    Ok((status, Fault::new("Operation Failed", format!("[{sentence}]"))))
}
