//! What a GET shows, before links are followed and before it is written in a format.

use super::{EntityKind, Environment, InventoryStore, Refused, Resource, follow::Follow, parameters::Max};
use crate::{
    domain::{JobId, StepId},
    engine::{Engine, JobRecord, JobSearch, Reader, inventory::ActionType},
    wire::{
        Base, Body, Format, describe,
        document::{Document, Entity, List, Value, stream},
    },
};

/// What a resource shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// One entity.
    One(EntityKind),
    /// A list of entities.
    List(EntityKind),
    /// Nothing: it is an action.
    Nothing,
}

/// Which rows of a list are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    /// Those that this search finds.
    pub(super) search: &'a str,
    /// At most so many of them.
    pub(super) max: Max,
    /// Events only: those with a greater number.
    pub(super) from: Option<i64>,
    /// Events only: whether case matters in the search.
    pub(super) case_sensitive: bool,
}

impl Rows<'_> {
    /// All of them.
    pub(super) const ALL: Self = Self { search: "", max: Max::Unlimited, from: None, case_sensitive: false };

    /// How many rows a list may have; for lists of steps see [`Rows::max_steps`].
    pub(super) fn max(&self) -> Result<Option<usize>, Refused> {
        match self.max {
            Max::Unlimited => Ok(None),
            Max::Rows(rows) => Ok(Some(rows)),
            Max::Negative(rows) => Err(illegal_max(rows)),
        }
    }

    /// How many steps a list may have. Only there does an engine take -1 for no limit.
    pub(super) fn max_steps(&self) -> Result<usize, Refused> {
        match self.max {
            Max::Unlimited | Max::Negative(-1) => Ok(usize::MAX),
            Max::Rows(rows) => Ok(rows),
            Max::Negative(rows) => Err(illegal_max(rows)),
        }
    }
}

fn illegal_max(rows: i64) -> Refused {
    Refused::failed(format!("illegal max count value for query : {rows}"))
}

/// What was read.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// One entity.
    One(EntityKind, Box<Entity<'static>>),
    /// A list of entities.
    List(EntityKind, Vec<Entity<'static>>),
}

impl Content {
    pub(super) fn one(kind: EntityKind, entity: Entity<'_>) -> Self {
        Self::One(kind, Box::new(entity.into_owned()))
    }

    pub(super) fn list<'e>(kind: EntityKind, entities: impl Iterator<Item = Entity<'e>>) -> Self {
        Self::List(kind, entities.map(Entity::into_owned).collect())
    }

    /// The entities themselves.
    pub(super) fn entities_mut(&mut self) -> &mut [Entity<'static>] {
        match self {
            Self::One(_, entity) => std::slice::from_mut(entity),
            Self::List(_, entities) => entities,
        }
    }

    /// As a body in that format. `followed` tells whether links were followed in it.
    pub(super) fn into_body(self, format: Format, followed: bool) -> Body {
        match self {
            Self::One(kind, entity) => Body::Bytes(Document::entity(kind.name(), *entity).to_bytes(format)),
            Self::List(kind, entities) => {
                stream(format, (kind.list_name(), kind.name()), followed, entities.into_iter(), as_it_is)
            }
        }
    }

    /// As a member of an entity.
    pub(super) fn into_value(self) -> Value<'static> {
        match self {
            Self::One(_, entity) => (*entity).into(),
            Self::List(kind, entities) => List::of(kind.name(), entities).into(),
        }
    }
}

fn as_it_is<'e>(entity: &'e Entity<'static>) -> Entity<'e> {
    entity.clone()
}

/// Reads on behalf of a caller.
#[derive(Debug)]
pub(super) struct Reading<'a, S, E> {
    pub(super) engine: &'a Engine<S, E>,
    /// The caller.
    pub(super) reader: Reader<'a>,
    /// The prefix of the request's path.
    pub(super) base: Base,
}

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// What a GET of that resource shows.
    pub(super) async fn read(&self, resource: Resource, rows: &Rows<'_>) -> Result<Content, Refused> {
        match resource {
            Resource::Root => {
                let caller = self.reader.caller().user.id;
                Ok(Content::one(EntityKind::Api, describe::root(self.base, caller, self.engine.now())))
            }
            Resource::Capabilities => Ok(Content::one(EntityKind::Capabilities, capabilities())),
            Resource::Jobs => self.jobs(rows).await,
            Resource::Job(id) => self.job(id, false).await,
            Resource::Steps(job) => self.steps(job, rows).await,
            Resource::Step(job, id) => self.step(job, id).await,
            Resource::Statistics(id) => self.statistics(id).await,
            Resource::Events => {
                let events = self.events(rows).await?;
                Ok(Content::list(EntityKind::Event, events.iter().map(|event| describe::event(self.base, event))))
            }
            Resource::Event(id) => self.event(id).await,
            Resource::Directory(resource) => self.directory(resource, rows).await,
            Resource::Inventory(resource) => self.inventory(resource, rows).await,
            Resource::EndJob(_) | Resource::ClearJob(_) | Resource::EndStep(_) => {
                Err(Refused::Method(resource.allowed()))
            }
        }
    }

    /// One job, with or without its steps. Who may read a job need not be allowed to list its steps.
    pub(super) async fn job(&self, id: JobId, with_steps: bool) -> Result<Content, Refused> {
        let content = found(self.engine.job(self.reader, id).await?)?;
        if with_steps {
            self.reader.may_read_everything()?;
        }
        let steps = with_steps.then_some(content.steps.as_slice());
        Ok(Content::one(EntityKind::Job, describe::job(self.base, &content.job, steps)))
    }

    /// Jobs that were read with their steps if those are followed, with their other links followed too.
    pub(super) async fn followed_jobs(
        &self,
        records: &[JobRecord],
        follow: &Follow,
    ) -> Result<Vec<Entity<'static>>, Refused> {
        let described = |JobRecord { content, .. }: &JobRecord| {
            let steps = follow.has_steps().then_some(content.steps.as_slice());
            describe::job(self.base, &content.job, steps).into_owned()
        };
        let mut jobs: Vec<_> = records.iter().map(described).collect();
        self.follow(&mut jobs, follow).await?;
        Ok(jobs)
    }

    async fn jobs(&self, rows: &Rows<'_>) -> Result<Content, Refused> {
        let records = self.engine.jobs(self.reader, &JobSearch::parse(rows.search), rows.max()?, false).await?;
        let shown = records.iter().map(|record| describe::job(self.base, &record.content.job, None));
        Ok(Content::list(EntityKind::Job, shown))
    }

    async fn steps(&self, job: JobId, rows: &Rows<'_>) -> Result<Content, Refused> {
        let limit = rows.max_steps()?;
        let steps = self.engine.steps(self.reader, job).await?;
        Ok(Content::list(EntityKind::Step, steps.iter().take(limit).map(|step| describe::step(self.base, job, step))))
    }

    async fn step(&self, job: JobId, id: StepId) -> Result<Content, Refused> {
        let step = found(self.engine.step(self.reader, id).await?)?;
        Ok(Content::one(EntityKind::Step, describe::step(self.base, job, &step)))
    }

    async fn statistics(&self, step: StepId) -> Result<Content, Refused> {
        found(self.engine.step(self.reader, step).await?)?;
        Ok(statistics())
    }
}

/// The statistics of a step: always none, since only Gluster's steps have any.
pub(super) const fn statistics() -> Content {
    Content::List(EntityKind::Statistic, Vec::new())
}

/// The commands that can run under an external job, as the feature page asks for them: name and id are attributes in XML.
fn capabilities() -> Entity<'static> {
    let monitored = ActionType::ALL.into_iter().filter(|action_type| action_type.is_monitored());
    let command =
        |action_type: ActionType| Entity::identified(i64::from(action_type.number())).labelled(action_type.name());
    Entity::new().with("monitored_commands", List::of("monitored_command", monitored.map(command)))
}

/// Something that does not exist is 404 with an empty body (`BaseBackendResource.handleError`).
pub(super) fn found<T>(found: Option<T>) -> Result<T, Refused> {
    found.ok_or(Refused::Status(404))
}
