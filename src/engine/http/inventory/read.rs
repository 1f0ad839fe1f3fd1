//! GET of hosts and machines.

use super::{Content, EntityKind, InventoryResource, Reading, Refused, Rows, describe};
use crate::engine::{
    Environment,
    http::reading::found,
    inventory::{InventorySearch, InventoryStore},
};

impl<S: InventoryStore, E: Environment> Reading<'_, S, E> {
    /// What a GET of it shows.
    pub(in crate::engine::http) async fn inventory(
        &self,
        resource: InventoryResource,
        rows: &Rows<'_>,
    ) -> Result<Content, Refused> {
        let (engine, reader, base) = (self.engine, self.reader, self.base);
        let search = InventorySearch::parse(rows.search);
        let with_host = !reader.is_filtered();
        Ok(match resource {
            InventoryResource::Vms => {
                let vms = engine.vms(reader, &search, rows.max()?).await?;
                Content::list(EntityKind::Vm, vms.iter().map(|vm| describe::vm(base, vm, with_host)))
            }
            InventoryResource::Vm(id) => {
                let vm = found(engine.vm(reader, id).await?)?;
                Content::one(EntityKind::Vm, describe::vm(base, &vm, with_host))
            }
            InventoryResource::Hosts => {
                let hosts = engine.hosts(reader, &search, rows.max()?).await?;
                Content::list(EntityKind::Host, hosts.iter().map(|host| describe::host(base, host)))
            }
            InventoryResource::Host(id) => {
                let host = found(engine.host(reader, id).await?)?;
                Content::one(EntityKind::Host, describe::host(base, &host))
            }
            InventoryResource::VmAction(..) => return Err(Refused::Method(resource.allowed())),
        })
    }
}
