//! Who may read the inventory, and what they find.
//!
//! Unlike jobs these are users' queries: who is no admin sees what their roles show, which is everything or nothing, since
//! roles are given for the whole system here.

use super::{Disk, Host, InventoryStore, ObjectSearch, StorageDomain, Vm, search::Fields};
use crate::{
    domain::{DiskId, HostId, StorageDomainId, VmId},
    engine::{Engine, Environment, QueryError, Reader},
};

impl<S: InventoryStore, E: Environment> Engine<S, E> {
    /// The machines that a search finds, by name.
    pub async fn vms(
        &self,
        reader: Reader<'_>,
        search: &ObjectSearch,
        max: Option<usize>,
    ) -> Result<Vec<Vm>, QueryError> {
        let shown = if reader.sees_inventory()? { self.store.vms().await? } else { Vec::new() };
        Ok(search.select(shown, max, |vm| Fields { name: &vm.name, status: vm.state.as_str() }))
    }

    /// One machine; `None` when there is none, or none for this reader.
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
        search: &ObjectSearch,
        max: Option<usize>,
    ) -> Result<Vec<Host>, QueryError> {
        let shown = if reader.sees_inventory()? { self.store.hosts().await? } else { Vec::new() };
        Ok(search.select(shown, max, |host| Fields { name: &host.name, status: host.status.as_str() }))
    }

    /// One host.
    pub async fn host(&self, reader: Reader<'_>, id: HostId) -> Result<Option<Host>, QueryError> {
        let hosts = self.hosts(reader, &ObjectSearch::Everything, None).await?;
        Ok(hosts.into_iter().find(|host| host.id == id))
    }

    /// The disks that a search finds, by name.
    pub async fn disks(
        &self,
        reader: Reader<'_>,
        search: &ObjectSearch,
        max: Option<usize>,
    ) -> Result<Vec<Disk>, QueryError> {
        let shown = if reader.sees_inventory()? { self.store.disks().await? } else { Vec::new() };
        Ok(search.select(shown, max, |disk| Fields { name: &disk.name, status: disk.status.as_str() }))
    }

    /// One disk.
    pub async fn disk(&self, reader: Reader<'_>, id: DiskId) -> Result<Option<Disk>, QueryError> {
        if !reader.sees_inventory()? {
            return Ok(None);
        }
        Ok(self.store.disk(id).await?.map(|known| known.value))
    }

    /// The storage domains that a search finds, by name.
    pub async fn storage_domains(
        &self,
        reader: Reader<'_>,
        search: &ObjectSearch,
        max: Option<usize>,
    ) -> Result<Vec<StorageDomain>, QueryError> {
        let shown = if reader.sees_inventory()? { self.store.storage_domains().await? } else { Vec::new() };
        Ok(search.select(shown, max, |domain| Fields { name: &domain.name, status: "active" }))
    }

    /// One storage domain.
    pub async fn storage_domain(
        &self,
        reader: Reader<'_>,
        id: StorageDomainId,
    ) -> Result<Option<StorageDomain>, QueryError> {
        let domains = self.storage_domains(reader, &ObjectSearch::Everything, None).await?;
        Ok(domains.into_iter().find(|domain| domain.id == id))
    }
}
