//! Who may read hosts and machines.
//!
//! Unlike jobs, these are users' queries. Users without an ADMIN-type role see what their roles show. Roles hold for the
//! whole system here, so that is everything or nothing.

use super::{Host, InventorySearch, InventoryStore, Vm, search};
use crate::{
    domain::{HostId, VmId},
    engine::{Engine, Environment, QueryError, Reader},
};

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// The machines that a search finds, by name.
    pub async fn vms(
        &self,
        reader: Reader<'_>,
        search: &InventorySearch,
        max: Option<usize>,
    ) -> Result<Vec<Vm>, QueryError> {
        let shown = if reader.sees_inventory()? { self.store.vms().await? } else { Vec::new() };
        Ok(search.select(shown, max, search::vm_field))
    }

    /// One machine; `None` if there is none, or if this reader does not see it.
    pub async fn vm(&self, reader: Reader<'_>, id: VmId) -> Result<Option<Vm>, QueryError> {
        if !reader.sees_inventory()? {
            return Ok(None);
        }
        Ok(self.store.vm(id).await?.map(|known| known.value))
    }

    /// The hosts that a search finds, by name.
    pub async fn hosts(
        &self,
        reader: Reader<'_>,
        search: &InventorySearch,
        max: Option<usize>,
    ) -> Result<Vec<Host>, QueryError> {
        let shown = if reader.sees_inventory()? { self.store.hosts().await? } else { Vec::new() };
        Ok(search.select(shown, max, search::host_field))
    }

    /// One host; `None` if there is none, or if this reader does not see it.
    pub async fn host(&self, reader: Reader<'_>, id: HostId) -> Result<Option<Host>, QueryError> {
        let hosts = self.hosts(reader, &InventorySearch::Everything, None).await?;
        Ok(hosts.into_iter().find(|host| host.id == id))
    }
}
