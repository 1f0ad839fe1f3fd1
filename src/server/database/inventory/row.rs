//! Rows of the inventory to the things that they are.

use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    domain::{DiskId, HostId, StorageDomainId, VmId},
    engine::{
        StoreError,
        inventory::{Disk, DiskFormat, DiskStatus, Host, HostStatus, Versioned, Vm, VmState},
    },
};

/// A row of table `host`.
#[derive(FromRow)]
pub(super) struct HostRow {
    id: Uuid,
    name: String,
    address: String,
    status: String,
}

impl TryFrom<HostRow> for Host {
    type Error = StoreError;

    fn try_from(row: HostRow) -> Result<Self, StoreError> {
        let status = HostStatus::ALL.into_iter().find(|status| status.as_str() == row.status);
        let status = status.ok_or_else(|| odd("host", &row.name))?;
        Ok(Self { id: HostId::new(row.id), name: row.name, address: row.address, status })
    }
}

/// A row of table `vm`.
#[derive(FromRow)]
pub(super) struct VmRow {
    id: Uuid,
    version: i64,
    name: String,
    memory: i64,
    status: String,
    host_id: Option<Uuid>,
    target_host_id: Option<Uuid>,
}

impl TryFrom<VmRow> for Versioned<Vm> {
    type Error = StoreError;

    fn try_from(row: VmRow) -> Result<Self, StoreError> {
        let state = VmState::of_parts(&row.status, row.host_id.map(HostId::new), row.target_host_id.map(HostId::new));
        let state = state.ok_or_else(|| odd("VM", &row.name))?;
        let value = Vm { id: VmId::new(row.id), name: row.name, memory: row.memory.cast_unsigned(), state };
        Ok(Self { value, version: row.version.cast_unsigned() })
    }
}

/// A row of table `disk`.
#[derive(FromRow)]
pub(super) struct DiskRow {
    id: Uuid,
    version: i64,
    name: String,
    description: String,
    provisioned_size: i64,
    format: String,
    storage_domain_id: Uuid,
    status: String,
}

impl TryFrom<DiskRow> for Versioned<Disk> {
    type Error = StoreError;

    fn try_from(row: DiskRow) -> Result<Self, StoreError> {
        let format = DiskFormat::ALL.into_iter().find(|format| format.as_str() == row.format);
        let status = DiskStatus::ALL.into_iter().find(|status| status.as_str() == row.status);
        let (Some(format), Some(status)) = (format, status) else { return Err(odd("disk", &row.name)) };
        let value = Disk {
            id: DiskId::new(row.id),
            name: row.name,
            description: row.description,
            provisioned_size: row.provisioned_size.cast_unsigned(),
            format,
            storage_domain: StorageDomainId::new(row.storage_domain_id),
            status,
        };
        Ok(Self { value, version: row.version.cast_unsigned() })
    }
}

fn odd(what: &str, name: &str) -> StoreError {
    StoreError(format!("{what} {name:?} is in a state that nobody knows"))
}
