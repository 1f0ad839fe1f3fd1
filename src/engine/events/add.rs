//! Adds an event of a program (`AddExternalEventCommand`).

use super::{EventKind, NewEvent};
use crate::{
    domain::{
        ClusterId, DataCenterId, Event, HostId, Job, JobId, JobWithSteps, Status, Step, StepId, StepType,
        StorageDomainId, TemplateId, Time, UserId, VmId,
        event::{Reference, Severity},
    },
    engine::{ActionGroup, Caller, Engine, Environment, JobRecord, SaveError, StoreError, inventory::InventoryStore},
};

/// How many seconds an engine suppresses the same event, if the program does not say.
const FLOOD_RATE: i64 = 30;
/// The largest number of bytes of a description and of custom data.
const LONGEST: usize = 64 * 1024;
/// The largest number of bytes of an origin and of a correlation id.
const LONGEST_NAME: usize = 255;

/// An event that a program adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalEvent {
    /// The program's name. It must not be the engine's.
    pub origin: String,
    /// How serious it is.
    pub severity: Severity,
    /// Its number, unique for the origin.
    pub custom_id: i64,
    /// What happened.
    pub description: String,
    /// The correlation id of the job that it is about.
    pub correlation_id: Option<String>,
    /// When it happened; now, if the program does not say.
    pub time: Option<Time>,
    /// See [`Event::flood_rate`].
    pub flood_rate: Option<i64>,
    /// More about it.
    pub custom_data: Option<String>,
    /// What it is about.
    pub about: About,
}

/// What a program's event is about, by ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// A user.
    pub user: Option<UserId>,
    /// A machine.
    pub vm: Option<VmId>,
    /// A host.
    pub host: Option<HostId>,
    /// A storage domain.
    pub storage_domain: Option<StorageDomainId>,
    /// A template.
    pub template: Option<TemplateId>,
    /// A cluster.
    pub cluster: Option<ClusterId>,
    /// A data center.
    pub data_center: Option<DataCenterId>,
}

/// Why an event was not added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddEventError {
    /// The caller lacks `INJECT_EXTERNAL_EVENTS`.
    NotAuthorized,
    /// The origin is the engine's (`ACTION_TYPE_FAILED_EXTERNAL_EVENT_ILLEGAL_ORIGIN`).
    Origin,
    /// There is an event with this origin and this custom id.
    CustomIdTaken,
    /// A text contains NUL.
    Nul,
    /// A text is too long.
    Long,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for AddEventError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SaveError> for AddEventError {
    fn from(error: SaveError) -> Self {
        Self::Store(match error {
            SaveError::Stale => StoreError::broken("the id of a new job is taken"),
            SaveError::Store(error) => error,
        })
    }
}

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// Adds an event of a program. Like an engine, it leaves a job that shows this, which failed if the event was refused.
    /// `correlation_id` is that of the request; the event has only its own.
    pub async fn add_event(
        &self,
        caller: &Caller,
        event: ExternalEvent,
        correlation_id: &str,
    ) -> Result<Event, AddEventError> {
        if !caller.may(ActionGroup::INJECT_EXTERNAL_EVENTS) {
            return Err(AddEventError::NotAuthorized);
        }
        let addition = |succeeded| self.addition(caller, correlation_id, succeeded);
        let refused = match check(&event) {
            Ok(()) => {
                let event = self.external_event(event).await?;
                match self.store.add_event(&event, &addition(true)).await? {
                    Some(id) => return Ok(event.numbered(id)),
                    None => AddEventError::CustomIdTaken,
                }
            }
            Err(refused) => refused,
        };
        self.store.save(&addition(false), None).await?;
        Err(refused)
    }

    /// The event as it is written: with the names of what it is about, as far as this engine knows them.
    async fn external_event(&self, new: ExternalEvent) -> Result<NewEvent, StoreError> {
        let About { user, vm, host, storage_domain, template, cluster, data_center } = new.about;
        let user = match user {
            Some(id) => Some(named(id, self.environment.user(id).await?.map(|user| user.user_name))),
            None => None,
        };
        let vm = match vm {
            Some(id) => Some(named(id, self.store.vm(id).await?.map(|stored| stored.value.name))),
            None => None,
        };
        let host = match host {
            Some(id) => {
                let hosts = self.store.hosts().await?;
                Some(named(id, hosts.into_iter().find(|host| host.id == id).map(|host| host.name)))
            }
            None => None,
        };
        let written = NewEvent::new(EventKind::external(new.severity), self.now(), new.description);
        Ok(written.with(|event| {
            event.time = new.time.unwrap_or(event.time);
            event.correlation_id = new.correlation_id;
            event.origin = new.origin;
            event.custom_id = new.custom_id;
            event.flood_rate = new.flood_rate.unwrap_or(FLOOD_RATE);
            event.custom_data = new.custom_data;
            (event.user, event.vm, event.host) = (user, vm, host);
            event.storage_domain = storage_domain.map(|id| named(id, None));
            event.template = template.map(|id| named(id, None));
            event.cluster = cluster.map(|id| named(id, None));
            event.data_center = data_center.map(|id| named(id, None));
        }))
    }

    /// The job that shows an addition, which takes no time.
    fn addition(&self, caller: &Caller, correlation_id: &str, succeeded: bool) -> JobRecord {
        let now = Some(self.now());
        let status = if succeeded { Status::Finished } else { Status::Failed };
        let job = Job {
            id: JobId::new(self.environment.new_uuid()),
            description: "Adding an External Event".to_owned(),
            status,
            external: false,
            auto_cleared: true,
            owner: Some(caller.user.id),
            start_time: now,
            end_time: now,
            last_updated: now,
        };
        let step = |(number, (step_type, description)): (u32, (StepType, &str))| Step {
            id: StepId::new(self.environment.new_uuid()),
            job: job.id,
            parent: None,
            step_type,
            description: description.to_owned(),
            number: Some(number),
            status,
            progress: None,
            start_time: now,
            end_time: now,
            external: false,
            external_system: None,
            execution_host: None,
        };
        let steps: &[_] = &[(StepType::Validating, "Validating"), (StepType::Executing, "Executing")];
        // Nothing is executed after a refusal.
        let shown = if succeeded { steps } else { &steps[..1] };
        let steps = (0..).zip(shown.iter().copied()).map(step).collect();
        JobRecord { content: JobWithSteps { job, steps }, correlation_id: correlation_id.to_owned(), scenario: false }
    }
}

fn named<I>(id: I, name: Option<String>) -> Reference<I> {
    Reference { id: Some(id), name }
}

fn check(event: &ExternalEvent) -> Result<(), AddEventError> {
    if event.origin.eq_ignore_ascii_case(NewEvent::ENGINE) {
        return Err(AddEventError::Origin);
    }
    let texts = [
        (Some(&event.origin), LONGEST_NAME),
        (event.correlation_id.as_ref(), LONGEST_NAME),
        (Some(&event.description), LONGEST),
        (event.custom_data.as_ref(), LONGEST),
    ];
    for (text, longest) in texts {
        let text = text.map_or("", String::as_str);
        if text.contains('\0') {
            return Err(AddEventError::Nul);
        }
        if text.len() > longest {
            return Err(AddEventError::Long);
        }
    }
    Ok(())
}
