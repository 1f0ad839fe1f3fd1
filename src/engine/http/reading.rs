//! What a GET shows, before anything is followed and whatever form it is sent in.

use super::{Environment, InventoryStore, Kind, Refused, Resource, parameters::Max};
use crate::{
    domain::{JobId, StepId},
    engine::{Engine, Reader, Search, inventory::ActionType},
    wire::{
        Base, Body, Form, describe,
        document::{Document, Entity, List, Value, stream},
        fault::Fault,
    },
};

/// What there is to see at a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// One thing.
    One(Kind),
    /// A list of things.
    Several(Kind),
    /// Nothing: it can only be told something.
    Nothing,
}

/// Which rows of a list are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice<'a> {
    /// Those that it finds.
    pub(super) search: &'a str,
    /// So many of them.
    pub(super) max: Max,
}

impl Choice<'_> {
    /// All of them. What is followed is never cut (`LinkFollower.java`).
    pub(super) const ALL: Self = Self { search: "", max: Max::Unlimited };

    /// How many rows a list of anything but steps may have.
    pub(super) fn rows(&self) -> Result<Option<usize>, Refused> {
        match self.max {
            Max::Unlimited => Ok(None),
            Max::Rows(rows) => Ok(Some(rows)),
            Max::Negative(rows) => Err(illegal_max(rows)),
        }
    }

    /// The same for steps. There, and only there, an engine takes -1 for no limit.
    pub(super) fn steps(&self) -> Result<usize, Refused> {
        match self.max {
            Max::Unlimited | Max::Negative(-1) => Ok(usize::MAX),
            Max::Rows(rows) => Ok(rows),
            Max::Negative(rows) => Err(illegal_max(rows)),
        }
    }
}

fn illegal_max(rows: i64) -> Refused {
    Refused::Fault(400, Fault::new("Operation Failed", format!("illegal max count {rows}")))
}

/// What was read.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// One thing.
    One(Kind, Box<Entity<'static>>),
    /// A list of things.
    Several(Kind, Vec<Entity<'static>>),
}

impl Content {
    pub(super) fn one(kind: Kind, entity: Entity<'_>) -> Self {
        Self::One(kind, Box::new(entity.into_owned()))
    }

    pub(super) fn several<'e>(kind: Kind, entities: impl Iterator<Item = Entity<'e>>) -> Self {
        Self::Several(kind, entities.map(Entity::into_owned).collect())
    }

    /// The things themselves.
    pub(super) fn entities_mut(&mut self) -> &mut [Entity<'static>] {
        match self {
            Self::One(_, entity) => std::slice::from_mut(entity),
            Self::Several(_, entities) => entities,
        }
    }

    /// As a whole body in that form; `touched` when links were followed in it. A list becomes text only as it is sent: what
    /// many of its items share would be there as often as they are.
    pub(super) fn into_body(self, form: Form, touched: bool) -> Body {
        match self {
            Self::One(kind, entity) => Body::Bytes(Document::entity(kind.name(), *entity).to_bytes(form)),
            Self::Several(kind, entities) => {
                stream(form, (kind.list_name(), kind.name()), touched, entities.into_iter(), as_it_is)
            }
        }
    }

    /// As a member of something else.
    pub(super) fn into_value(self, touched: bool) -> Value<'static> {
        match self {
            Self::One(_, entity) => (*entity).into(),
            Self::Several(kind, entities) => list(kind, entities, touched).into(),
        }
    }
}

fn as_it_is<'e>(entity: &'e Entity<'static>) -> Entity<'e> {
    entity.clone()
}

fn list(kind: Kind, entities: Vec<Entity<'static>>, touched: bool) -> List<'static> {
    let list = List::of(kind.name(), entities);
    if touched { list.touched() } else { list }
}

/// Reads for somebody.
#[derive(Debug)]
pub(super) struct Reading<'a, S, E> {
    pub(super) engine: &'a Engine<S, E>,
    /// For whom.
    pub(super) reader: Reader<'a>,
    /// Where the request found the API.
    pub(super) base: Base,
}

/// What it refers to has other copies.
impl<S, E> Clone for Reading<'_, S, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, E> Copy for Reading<'_, S, E> {}

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// What a GET of that resource shows.
    pub(super) async fn read(&self, resource: Resource, choice: &Choice<'_>) -> Result<Content, Refused> {
        match resource {
            Resource::Root => {
                let caller = self.reader.caller().user.id;
                Ok(Content::one(Kind::Api, describe::root(self.base, caller, self.engine.now())))
            }
            Resource::Capabilities => Ok(Content::one(Kind::Capabilities, capabilities())),
            Resource::Jobs => self.jobs(choice).await,
            Resource::Job(id) => self.job(id).await,
            Resource::Steps(job) => self.steps(job, choice).await,
            Resource::Step(job, id) => self.step(job, id).await,
            Resource::Statistics(id) => self.statistics(id).await,
            Resource::Directory(wanted) => self.directory(wanted, choice).await,
            Resource::Thing(thing) => self.thing(thing, choice).await,
            Resource::EndJob(_) | Resource::ClearJob(_) | Resource::EndStep(_) => {
                Err(Refused::Method(resource.allowed()))
            }
        }
    }

    async fn jobs(&self, choice: &Choice<'_>) -> Result<Content, Refused> {
        let records = self.engine.jobs(self.reader, &Search::parse(choice.search), choice.rows()?, false).await?;
        let shown = records.iter().map(|record| describe::job(self.base, &record.content.job, None));
        Ok(Content::several(Kind::Job, shown))
    }

    async fn job(&self, id: JobId) -> Result<Content, Refused> {
        let content = found(self.engine.job(self.reader, id).await?)?;
        Ok(Content::one(Kind::Job, describe::job(self.base, &content.job, None)))
    }

    async fn steps(&self, job: JobId, choice: &Choice<'_>) -> Result<Content, Refused> {
        let limit = choice.steps()?;
        let steps = self.engine.steps(self.reader, job).await?;
        Ok(Content::several(Kind::Step, steps.iter().take(limit).map(|step| describe::step(self.base, job, step))))
    }

    async fn step(&self, job: JobId, id: StepId) -> Result<Content, Refused> {
        let step = found(self.engine.step(self.reader, id).await?)?;
        Ok(Content::one(Kind::Step, describe::step(self.base, job, &step)))
    }

    async fn statistics(&self, step: StepId) -> Result<Content, Refused> {
        found(self.engine.step(self.reader, step).await?)?;
        Ok(statistics())
    }
}

/// The statistics of a step that is there: none, for only Gluster's steps have any.
pub(super) const fn statistics() -> Content {
    Content::Several(Kind::Statistic, Vec::new())
}

/// The commands that can be told to join a job, as the feature page asks for them: name and id are attributes in XML.
fn capabilities() -> Entity<'static> {
    let monitored = ActionType::ALL.into_iter().filter(|action_type| action_type.is_monitored());
    let command =
        |action_type: ActionType| Entity::identified(i64::from(action_type.number())).labelled(action_type.name());
    Entity::new().with("monitored_commands", List::of("monitored_command", monitored.map(command)))
}

/// What is not there is 404, with nothing to read (`BaseBackendResource.handleError`).
pub(super) fn found<T>(found: Option<T>) -> Result<T, Refused> {
    found.ok_or(Refused::Status(404))
}
