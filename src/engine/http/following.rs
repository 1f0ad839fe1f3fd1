//! Follows links: replaces references by the entities that a GET of them shows.
//!
//! An engine sends one query for each link (`LinkFollower.java`). Here each entity is read once, and where several entities
//! of one short list are wanted, the list is read instead.

use std::collections::{HashMap, HashSet};

use super::{
    Environment, InventoryStore, Refused, Resource,
    follow::Follow,
    inventory::InventoryResource,
    path,
    reading::{Content, Reading, Rows, statistics},
};
use crate::wire::{
    Href,
    document::{Entity, Value},
};

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// Replaces the followed links of these entities. A link to something that does not exist stays a reference. A link that
    /// the caller may not read is refused, as a GET of it would be.
    pub(super) async fn follow(&self, entities: &mut [Entity<'static>], follow: &Follow) -> Result<(), Refused> {
        for link in follow.others() {
            let wanted: HashSet<Resource> =
                entities.iter().filter_map(|entity| entity.target(link)).filter_map(resource).collect();
            let found = self.find(wanted).await?;
            let value = |href| found.get(&resource(href)?).cloned();
            entities.iter_mut().for_each(|entity| entity.replace(link, value));
        }
        Ok(())
    }

    async fn find(&self, wanted: HashSet<Resource>) -> Result<HashMap<Resource, Value<'static>>, Refused> {
        let mut found = self.read_lists(&wanted).await?;
        for resource in wanted {
            if !found.contains_key(&resource)
                && let Some(content) = self.read_if_there(resource).await?
            {
                found.insert(resource, content.into_value());
            }
        }
        Ok(found)
    }

    async fn read_lists(&self, wanted: &HashSet<Resource>) -> Result<HashMap<Resource, Value<'static>>, Refused> {
        let mut counts: HashMap<Resource, usize> = HashMap::new();
        for list in wanted.iter().filter_map(|resource| list_with(*resource)) {
            *counts.entry(list).or_default() += 1;
        }
        let mut found = HashMap::new();
        for (list, _) in counts.into_iter().filter(|(_, count)| *count > 1) {
            if let Content::List(_, entities) = self.read(list, &Rows::ALL).await? {
                found
                    .extend(entities.into_iter().filter_map(|entity| Some((resource(entity.href()?)?, entity.into()))));
            }
        }
        Ok(found)
    }

    async fn read_if_there(&self, resource: Resource) -> Result<Option<Content>, Refused> {
        // The step is there: the caller was just shown it.
        if matches!(resource, Resource::Statistics(_)) {
            return Ok(Some(statistics()));
        }
        match self.read(resource, &Rows::ALL).await {
            Ok(content) => Ok(Some(content)),
            Err(Refused::Status(404)) => Ok(None),
            Err(refused) => Err(refused),
        }
    }
}

/// A short list that contains the resource.
const fn list_with(resource: Resource) -> Option<Resource> {
    match resource {
        Resource::Step(job, _) => Some(Resource::Steps(job)),
        Resource::Inventory(InventoryResource::Host(_)) => Some(Resource::Inventory(InventoryResource::Hosts)),
        _ => None,
    }
}

fn resource(href: Href) -> Option<Resource> {
    path::parse(&href.to_string()).map(|(_, resource)| resource)
}
