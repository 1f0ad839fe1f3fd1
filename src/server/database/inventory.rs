//! Hosts, storage domains, machines and disks, and the commands that run on them.

mod row;

use uuid::Uuid;

use self::row::{DiskRow, HostRow, VmRow};
use super::{Database, connection::Connection, saving, statement::Statement};
use crate::{
    domain::{DiskId, HostId, StorageDomainId, VmId},
    engine::{
        SaveError, StoreError,
        inventory::{
            Change, CommandChange, Disk, Host, Inventory, InventoryStore, Object, ObjectChange, Running, StorageDomain,
            Versioned, Vm,
        },
    },
};

const VMS: &str = "SELECT id, version, name, memory, status, host_id, target_host_id FROM vm";
const DISKS: &str =
    "SELECT id, version, name, description, provisioned_size, format, storage_domain_id, status FROM disk";

impl InventoryStore for Database {
    async fn hosts(&self) -> Result<Vec<Host>, StoreError> {
        let rows: Vec<HostRow> =
            self.all(Statement::new("SELECT id, name, address, status FROM host ORDER BY name, id")).await?;
        rows.into_iter().map(Host::try_from).collect()
    }

    async fn storage_domains(&self) -> Result<Vec<StorageDomain>, StoreError> {
        let rows: Vec<(Uuid, String)> =
            self.all(Statement::new("SELECT id, name FROM storage_domain ORDER BY name, id")).await?;
        Ok(rows.into_iter().map(|(id, name)| StorageDomain { id: StorageDomainId::new(id), name }).collect())
    }

    async fn vms(&self) -> Result<Vec<Vm>, StoreError> {
        let rows: Vec<VmRow> = self.all(Statement::new(VMS).then(" ORDER BY name, id")).await?;
        rows.into_iter().map(|row| Versioned::try_from(row).map(|kept| kept.value)).collect()
    }

    async fn vm(&self, id: VmId) -> Result<Option<Versioned<Vm>>, StoreError> {
        let row: Option<VmRow> = self.optional(Statement::new(VMS).then(" WHERE id = ").then_value(id.uuid())).await?;
        row.map(Versioned::try_from).transpose()
    }

    async fn disks(&self) -> Result<Vec<Disk>, StoreError> {
        let rows: Vec<DiskRow> = self.all(Statement::new(DISKS).then(" ORDER BY name, id")).await?;
        rows.into_iter().map(|row| Versioned::try_from(row).map(|kept| kept.value)).collect()
    }

    async fn disk(&self, id: DiskId) -> Result<Option<Versioned<Disk>>, StoreError> {
        let row: Option<DiskRow> =
            self.optional(Statement::new(DISKS).then(" WHERE id = ").then_value(id.uuid())).await?;
        row.map(Versioned::try_from).transpose()
    }

    async fn running(&self) -> Result<Vec<Running>, StoreError> {
        let rows: Vec<(String,)> = self.all(Statement::new("SELECT body FROM command ORDER BY begin_time, id")).await?;
        let read = |(body,): (String,)| {
            serde_json::from_str(&body).map_err(|error| StoreError(format!("a command cannot be read: {error}")))
        };
        rows.into_iter().map(read).collect()
    }

    /// The command goes first: its row is what everybody who drives it wants to change.
    async fn commit(&self, change: &Change) -> Result<(), SaveError> {
        let mut transaction = self.write().await.map_err(SaveError::Store)?;
        let mut connection = transaction.connection();
        if !change_command(&mut connection, &change.command).await.map_err(SaveError::Store)? {
            return Err(SaveError::Stale);
        }
        if let Some(object) = &change.object
            && !change_object(&mut connection, object).await.map_err(SaveError::Store)?
        {
            return Err(SaveError::Stale);
        }
        if let Some(job) = &change.job {
            saving::save(&mut connection, &job.record, job.replaces).await?;
        }
        transaction.commit().await.map_err(SaveError::Store)
    }

    async fn furnish(&self, inventory: &Inventory) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        if connection.optional::<(Uuid,)>(Statement::new("SELECT id FROM host LIMIT 1")).await?.is_some() {
            return Ok(false);
        }
        for host in &inventory.hosts {
            // Another process may do the same at this moment.
            if connection.execute(insert_host(host)).await? == 0 {
                return Ok(false);
            }
        }
        for domain in &inventory.storage_domains {
            let statement = Statement::new("INSERT INTO storage_domain (id, name) VALUES ($1, $2)");
            connection.execute(statement.bind(domain.id.uuid()).bind(domain.name.as_str())).await?;
        }
        for vm in &inventory.vms {
            connection.execute(insert_vm(vm)).await?;
        }
        for disk in &inventory.disks {
            connection.execute(insert_disk(disk)).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}

/// Whether the command was there, or was not yet there if it begins.
async fn change_command(connection: &mut Connection<'_>, change: &CommandChange) -> Result<bool, StoreError> {
    let statement = match change {
        CommandChange::Begins(running) => {
            let body = serde_json::to_string(running)
                .map_err(|error| StoreError(format!("a command cannot be written: {error}")))?;
            let insert = "INSERT INTO command (id, begin_time, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            Statement::new(insert).bind(running.id.0).bind(running.begin.timestamp_millis()).bind(body.as_str())
        }
        // Changes nothing, but makes everybody else who drives it wait.
        CommandChange::GoesOn(id) => {
            Statement::new("UPDATE command SET begin_time = begin_time WHERE id = $1").bind(id.0)
        }
        CommandChange::Ends(id) => Statement::new("DELETE FROM command WHERE id = $1").bind(id.0),
    };
    Ok(connection.execute(statement).await? == 1)
}

/// Whether the object was still as it was loaded, or was not yet there if it is new.
async fn change_object(connection: &mut Connection<'_>, change: &ObjectChange) -> Result<bool, StoreError> {
    let statement = match (&change.object, change.replaces) {
        (Object::Vm(vm), None) => insert_vm(vm),
        (Object::Disk(disk), None) => insert_disk(disk),
        (Object::Vm(vm), Some(version)) => Statement::new(
            "UPDATE vm SET version = version + 1, name = $1, memory = $2, status = $3, host_id = $4, \
             target_host_id = $5 WHERE id = $6 AND version = $7",
        )
        .bind(vm.name.as_str())
        .bind(vm.memory.cast_signed())
        .bind(vm.state.as_str())
        .bind(vm.state.host().map(HostId::uuid))
        .bind(vm.state.target().map(HostId::uuid))
        .bind(vm.id.uuid())
        .bind(version.cast_signed()),
        (Object::Disk(disk), Some(version)) => Statement::new(
            "UPDATE disk SET version = version + 1, name = $1, description = $2, provisioned_size = $3, format = $4, \
             storage_domain_id = $5, status = $6 WHERE id = $7 AND version = $8",
        )
        .bind(disk.name.as_str())
        .bind(disk.description.as_str())
        .bind(disk.provisioned_size.cast_signed())
        .bind(disk.format.as_str())
        .bind(disk.storage_domain.uuid())
        .bind(disk.status.as_str())
        .bind(disk.id.uuid())
        .bind(version.cast_signed()),
    };
    Ok(connection.execute(statement).await? == 1)
}

fn insert_host(host: &Host) -> Statement {
    Statement::new("INSERT INTO host (id, name, address, status) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(host.id.uuid())
        .bind(host.name.as_str())
        .bind(host.address.as_str())
        .bind(host.status.as_str())
}

fn insert_vm(vm: &Vm) -> Statement {
    Statement::new(
        "INSERT INTO vm (id, version, name, memory, status, host_id, target_host_id) \
         VALUES ($1, 1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(vm.id.uuid())
    .bind(vm.name.as_str())
    .bind(vm.memory.cast_signed())
    .bind(vm.state.as_str())
    .bind(vm.state.host().map(HostId::uuid))
    .bind(vm.state.target().map(HostId::uuid))
}

fn insert_disk(disk: &Disk) -> Statement {
    Statement::new(
        "INSERT INTO disk (id, version, name, description, provisioned_size, format, storage_domain_id, status) \
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(disk.id.uuid())
    .bind(disk.name.as_str())
    .bind(disk.description.as_str())
    .bind(disk.provisioned_size.cast_signed())
    .bind(disk.format.as_str())
    .bind(disk.storage_domain.uuid())
    .bind(disk.status.as_str())
}
