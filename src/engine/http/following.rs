//! Follows links: shows what they lead to, just as a GET of them would.
//!
//! An engine asks once for each link (`LinkFollower.java`). Here all links of one name are followed together, and whatever
//! was read is not read again.

use std::{
    collections::{HashMap, HashSet},
    future::Future,
    pin::Pin,
};

use super::{
    Environment, InventoryStore, Kind, Refused, Resource,
    directory::Directory,
    follow::Follow,
    inventory::Thing,
    path,
    reading::{Choice, Content, Reading, found, statistics},
};
use crate::{
    domain::{JobWithSteps, Step},
    engine::JobRecord,
    wire::{
        Href, describe,
        document::{Entity, Value},
    },
};

type Shown<'f> = Pin<Box<dyn Future<Output = Result<(), Refused>> + Send + 'f>>;

/// One request's following of links.
pub(super) struct Following<'a, S, E> {
    reading: Reading<'a, S, E>,
    /// What was read, by where it stands; `None` for what is not there.
    known: HashMap<Resource, Option<Content>>,
}

impl<'a, S: InventoryStore, E: Environment> Following<'a, S, E> {
    pub(super) fn new(reading: Reading<'a, S, E>) -> Self {
        Self { reading, known: HashMap::new() }
    }

    /// What a GET of the resource shows, with its links followed.
    pub(super) async fn read(
        mut self,
        resource: Resource,
        choice: &Choice<'_>,
        follow: &Follow,
    ) -> Result<Content, Refused> {
        let mut content = match resource {
            Resource::Job(_) => found(self.ask(resource, follow).await?)?,
            _ => self.reading.read(resource, choice).await?,
        };
        self.show(content.entities_mut().iter_mut().collect(), follow).await?;
        Ok(content)
    }

    /// Jobs that were read with their steps, if those are to be followed.
    pub(super) async fn jobs(
        mut self,
        records: Vec<JobRecord>,
        follow: &Follow,
    ) -> Result<Vec<Entity<'static>>, Refused> {
        let mut jobs: Vec<_> = records.into_iter().map(|record| self.job(&record.content, follow)).collect();
        self.show(jobs.iter_mut().collect(), follow).await?;
        Ok(jobs)
    }

    /// A job. Its steps came with it: what is shown of both is of one moment.
    fn job(&mut self, content: &JobWithSteps, follow: &Follow) -> Entity<'static> {
        let JobWithSteps { job, steps } = content;
        if follow.lists(Kind::Step) {
            let base = self.reading.base;
            let shown = |step: &'_ Step| describe::step(base, job.id, step).into_owned();
            let steps = Content::Several(Kind::Step, steps.iter().map(shown).collect());
            self.known.insert(Resource::Steps(job.id), Some(steps));
        }
        describe::job(self.reading.base, job, None).into_owned()
    }

    /// Shows in these things what their links lead to.
    fn show<'f>(&'f mut self, mut entities: Vec<&'f mut Entity<'static>>, follow: &'f Follow) -> Shown<'f> {
        Box::pin(async move {
            if follow.leads_to(Kind::Job) || follow.leads_to(Kind::Step) {
                self.remember(&entities);
            }
            for (link, below) in follow.links() {
                let places = entities.iter().flat_map(|entity| entity.leads(link.name)).filter_map(resource);
                let there = self.find(places.collect(), below).await?;
                let member = if link.many { link.to.list_name() } else { link.name };
                let at = |href| there.get(&resource(href)?).cloned();
                entities.iter_mut().for_each(|entity| entity.show(link.name, member, at));
            }
            Ok(())
        })
    }

    /// Jobs and steps refer to one another.
    fn remember(&mut self, entities: &[&mut Entity<'static>]) {
        for entity in entities {
            let content = match entity.place().and_then(resource) {
                Some(at @ Resource::Job(_)) => Some((at, Kind::Job)),
                Some(at @ Resource::Step(..)) => Some((at, Kind::Step)),
                Some(_) | None => None,
            };
            if let Some((at, kind)) = content {
                self.known.insert(at, Some(Content::One(kind, Box::new((*entity).clone()))));
            }
        }
    }

    /// What is at these places, with the links below followed. What is not there is not among it; what the caller may not
    /// read is refused, as a GET of it would be.
    async fn find(
        &mut self,
        wanted: HashSet<Resource>,
        below: &Follow,
    ) -> Result<HashMap<Resource, Value<'static>>, Refused> {
        self.read_lists_of(&wanted).await?;
        let mut there = Vec::with_capacity(wanted.len());
        for at in wanted {
            if let Some(content) = self.at(at, below).await? {
                there.push((at, content));
            }
        }
        if !below.is_empty() {
            let entities = there.iter_mut().flat_map(|(_, content)| content.entities_mut());
            self.show(entities.collect(), below).await?;
        }
        Ok(there.into_iter().map(|(at, content)| (at, content.into_value(!below.is_empty()))).collect())
    }

    async fn at(&mut self, at: Resource, below: &Follow) -> Result<Option<Content>, Refused> {
        match at {
            // Long, and wanted once.
            Resource::Steps(_) => match self.known.remove(&at) {
                Some(known) => Ok(known),
                None => self.ask(at, below).await,
            },
            // Whoever was shown the step may see them.
            Resource::Statistics(_) => Ok(Some(statistics())),
            _ => {
                if let Some(known) = self.known.get(&at)
                    && !(matches!(at, Resource::Job(_)) && below.lists(Kind::Step))
                {
                    return Ok(known.clone());
                }
                let content = self.ask(at, below).await?;
                self.known.insert(at, content.clone());
                Ok(content)
            }
        }
    }

    async fn ask(&mut self, at: Resource, below: &Follow) -> Result<Option<Content>, Refused> {
        let Reading { engine, reader, .. } = self.reading;
        let content = match at {
            Resource::Job(id) => {
                let content = engine.job(reader, id).await?;
                if content.is_some() && below.lists(Kind::Step) {
                    reader.may_read_everything()?;
                }
                return Ok(content.map(|content| Content::One(Kind::Job, Box::new(self.job(&content, below)))));
            }
            Resource::Jobs if below.lists(Kind::Step) => {
                let records = engine.jobs(reader, &crate::engine::Search::Everything, None, true).await?;
                let jobs = records.iter().map(|record| self.job(&record.content, below)).collect();
                return Ok(Some(Content::Several(Kind::Job, jobs)));
            }
            _ => self.reading.read(at, &Choice::ALL).await,
        };
        match content {
            Ok(content) => Ok(Some(content)),
            Err(Refused::Status(404)) => Ok(None),
            Err(refused) => Err(refused),
        }
    }

    /// Where several things of one list are wanted, reads the list: that is one question instead of many.
    async fn read_lists_of(&mut self, wanted: &HashSet<Resource>) -> Result<(), Refused> {
        let mut lists: HashMap<Resource, usize> = HashMap::new();
        for list in wanted.iter().filter(|at| !self.known.contains_key(at)).filter_map(|at| list_of(*at)) {
            *lists.entry(list).or_default() += 1;
        }
        for (list, _) in lists.into_iter().filter(|(_, wanted)| *wanted > 1) {
            if let Content::Several(kind, entities) = self.reading.read(list, &Choice::ALL).await? {
                let placed = entities.into_iter().filter_map(|entity| Some((resource(entity.place()?)?, entity)));
                self.known.extend(placed.map(|(at, entity)| (at, Some(Content::One(kind, Box::new(entity))))));
            }
        }
        Ok(())
    }
}

/// A short list that shows whatever can be read by itself.
const fn list_of(at: Resource) -> Option<Resource> {
    match at {
        Resource::Directory(Directory::User(_)) => Some(Resource::Directory(Directory::Users)),
        Resource::Directory(Directory::Role(_)) => Some(Resource::Directory(Directory::Roles)),
        Resource::Thing(Thing::Host(_)) => Some(Resource::Thing(Thing::Hosts)),
        Resource::Thing(Thing::StorageDomain(_)) => Some(Resource::Thing(Thing::StorageDomains)),
        _ => None,
    }
}

/// What stands there.
fn resource(href: Href) -> Option<Resource> {
    path::parse(&href.to_string()).map(|(_, resource)| resource)
}
