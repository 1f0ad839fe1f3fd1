//! Rows of hosts and machines.

use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    domain::{HostId, VmId},
    engine::{
        StoreError,
        inventory::{Host, HostStatus, Versioned, Vm, VmState},
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
        let status = status.ok_or_else(|| invalid_state("host", &row.name))?;
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
        let state = state.ok_or_else(|| invalid_state("VM", &row.name))?;
        let value = Vm { id: VmId::new(row.id), name: row.name, memory: row.memory.cast_unsigned(), state };
        Ok(Self { value, version: row.version.cast_unsigned() })
    }
}

fn invalid_state(what: &str, name: &str) -> StoreError {
    StoreError::broken(format!("{what} {name:?} has an invalid state in the database"))
}
