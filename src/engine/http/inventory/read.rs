//! GET of what the data centre has.

use super::{Call, Refused, Thing, describe};
use crate::{
    engine::{
        Environment,
        inventory::{InventoryStore, ObjectSearch},
    },
    wire::{
        Response,
        document::{Document, Entity, List},
    },
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Answers a GET of it.
    pub(in crate::engine::http) async fn read_thing(&self, thing: Thing) -> Result<Response, Refused> {
        let (reader, base) = (self.reader(), self.base);
        let with_host = !reader.is_filtered();
        match thing {
            Thing::Vms => {
                let (search, max) = self.list_options()?;
                let vms = self.engine.vms(reader, &search, max).await?;
                let shown = vms.iter().map(|vm| describe::vm(base, vm, with_host));
                Ok(self.send(200, &Document::list("vms", List::of("vm", shown))))
            }
            Thing::Vm(id) => {
                let vm = self.engine.vm(reader, id).await?;
                self.one("vm", vm.as_ref().map(|vm| describe::vm(base, vm, with_host)))
            }
            Thing::Hosts => {
                let (search, max) = self.list_options()?;
                let hosts = self.engine.hosts(reader, &search, max).await?;
                let shown = hosts.iter().map(|host| describe::host(base, host));
                Ok(self.send(200, &Document::list("hosts", List::of("host", shown))))
            }
            Thing::Host(id) => {
                let host = self.engine.host(reader, id).await?;
                self.one("host", host.as_ref().map(|host| describe::host(base, host)))
            }
            Thing::Disks => {
                let (search, max) = self.list_options()?;
                let disks = self.engine.disks(reader, &search, max).await?;
                let shown = disks.iter().map(|disk| describe::disk(base, disk));
                Ok(self.send(200, &Document::list("disks", List::of("disk", shown))))
            }
            Thing::Disk(id) => {
                let disk = self.engine.disk(reader, id).await?;
                self.one("disk", disk.as_ref().map(|disk| describe::disk(base, disk)))
            }
            Thing::StorageDomains => {
                let (search, max) = self.list_options()?;
                let domains = self.engine.storage_domains(reader, &search, max).await?;
                let shown = domains.iter().map(|domain| describe::storage_domain(base, domain));
                Ok(self.send(200, &Document::list("storage_domains", List::of("storage_domain", shown))))
            }
            Thing::StorageDomain(id) => {
                let domain = self.engine.storage_domain(reader, id).await?;
                let shown = domain.as_ref().map(|domain| describe::storage_domain(base, domain));
                self.one("storage_domain", shown)
            }
            Thing::VmAction(..) | Thing::MoveDisk(_) => Err(Refused::Method(thing.allowed())),
        }
    }

    fn list_options(&self) -> Result<(ObjectSearch, Option<usize>), Refused> {
        let search = ObjectSearch::parse(self.parameters.text("search").unwrap_or_default());
        Ok((search, self.max_rows()?))
    }

    fn one(&self, root: &'static str, entity: Option<Entity<'_>>) -> Result<Response, Refused> {
        let entity = entity.ok_or(Refused::Status(404))?;
        Ok(self.send(200, &Document::entity(root, entity)))
    }
}
