//! GET of what the data centre has.

use super::{Choice, Content, Kind, Reading, Refused, Thing, describe};
use crate::{
    engine::{
        Environment,
        inventory::{InventoryStore, ObjectSearch},
    },
    wire::document::Entity,
};

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// What a GET of it shows.
    pub(in crate::engine::http) async fn thing(&self, thing: Thing, choice: &Choice<'_>) -> Result<Content, Refused> {
        let (engine, reader, base) = (self.engine, self.reader, self.base);
        let with_host = !reader.is_filtered();
        Ok(match thing {
            Thing::Vms => {
                let vms = engine.vms(reader, &search(choice), choice.rows()?).await?;
                Content::several(Kind::Vm, vms.iter().map(|vm| describe::vm(base, vm, with_host)))
            }
            Thing::Vm(id) => {
                let vm = engine.vm(reader, id).await?;
                one(Kind::Vm, vm.as_ref().map(|vm| describe::vm(base, vm, with_host)))?
            }
            Thing::Hosts => {
                let hosts = engine.hosts(reader, &search(choice), choice.rows()?).await?;
                Content::several(Kind::Host, hosts.iter().map(|host| describe::host(base, host)))
            }
            Thing::Host(id) => {
                let host = engine.host(reader, id).await?;
                one(Kind::Host, host.as_ref().map(|host| describe::host(base, host)))?
            }
            Thing::Disks => {
                let disks = engine.disks(reader, &search(choice), choice.rows()?).await?;
                Content::several(Kind::Disk, disks.iter().map(|disk| describe::disk(base, disk)))
            }
            Thing::Disk(id) => {
                let disk = engine.disk(reader, id).await?;
                one(Kind::Disk, disk.as_ref().map(|disk| describe::disk(base, disk)))?
            }
            Thing::StorageDomains => {
                let domains = engine.storage_domains(reader, &search(choice), choice.rows()?).await?;
                let shown = domains.iter().map(|domain| describe::storage_domain(base, domain));
                Content::several(Kind::StorageDomain, shown)
            }
            Thing::StorageDomain(id) => {
                let domain = engine.storage_domain(reader, id).await?;
                one(Kind::StorageDomain, domain.as_ref().map(|domain| describe::storage_domain(base, domain)))?
            }
            Thing::VmAction(..) | Thing::MoveDisk(_) => return Err(Refused::Method(thing.allowed())),
        })
    }
}

fn search(choice: &Choice<'_>) -> ObjectSearch {
    ObjectSearch::parse(choice.search)
}

fn one(kind: Kind, entity: Option<Entity<'_>>) -> Result<Content, Refused> {
    Ok(Content::one(kind, entity.ok_or(Refused::Status(404))?))
}
