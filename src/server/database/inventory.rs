//! Hosts, machines, and the commands that run on them.

mod row;

use uuid::Uuid;

use self::row::{HostRow, VmRow};
use super::{Database, connection::Connection, events, saving, statement::Statement};
use crate::{
    domain::{HostId, VmId},
    engine::{
        SaveError, StoreError,
        inventory::{Change, CommandChange, Host, Inventory, InventoryStore, RunningCommand, Versioned, Vm, VmChange},
    },
};

const VMS: &str = "SELECT id, version, name, memory, status, host_id, target_host_id FROM vm";

impl InventoryStore for Database {
    async fn hosts(&self) -> Result<Vec<Host>, StoreError> {
        let rows: Vec<HostRow> =
            self.all(Statement::new("SELECT id, name, address, status FROM host ORDER BY name, id")).await?;
        rows.into_iter().map(Host::try_from).collect()
    }

    async fn vms(&self) -> Result<Vec<Vm>, StoreError> {
        let rows: Vec<VmRow> = self.all(Statement::new(VMS).then(" ORDER BY name, id")).await?;
        rows.into_iter().map(|row| Versioned::try_from(row).map(|stored| stored.value)).collect()
    }

    async fn vm(&self, id: VmId) -> Result<Option<Versioned<Vm>>, StoreError> {
        let row: Option<VmRow> = self.optional(Statement::new(VMS).then(" WHERE id = ").then_value(id.uuid())).await?;
        row.map(Versioned::try_from).transpose()
    }

    async fn running(&self) -> Result<Vec<RunningCommand>, StoreError> {
        let rows: Vec<(String,)> = self.all(Statement::new("SELECT body FROM command ORDER BY begin_time, id")).await?;
        let read = |(body,): (String,)| {
            serde_json::from_str(&body)
                .map_err(|error| StoreError::broken(format!("invalid command in the database: {error}")))
        };
        rows.into_iter().map(read).collect()
    }

    /// The command's row is changed first, so that processes that advance the same command wait for each other there.
    async fn commit(&self, change: &Change) -> Result<(), SaveError> {
        let mut transaction = self.write().await.map_err(SaveError::Store)?;
        let mut connection = transaction.connection();
        if !change_command(&mut connection, &change.command).await.map_err(SaveError::Store)? {
            return Err(SaveError::Stale);
        }
        if let Some(vm) = &change.vm
            && connection.execute(update_vm(vm)).await.map_err(SaveError::Store)? != 1
        {
            return Err(SaveError::Stale);
        }
        if let Some(job) = &change.job {
            saving::save(&mut connection, &job.record, job.replaces).await?;
        }
        events::log(&mut connection, &change.events).await.map_err(SaveError::Store)?;
        transaction.commit().await.map_err(SaveError::Store)
    }

    async fn seed(&self, inventory: &Inventory) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        if connection.optional::<(Uuid,)>(Statement::new("SELECT id FROM host LIMIT 1")).await?.is_some() {
            return Ok(false);
        }
        for host in &inventory.hosts {
            // Another process may be inserting the same hosts.
            if connection.execute(insert_host(host)).await? == 0 {
                return Ok(false);
            }
        }
        for vm in &inventory.vms {
            connection.execute(insert_vm(vm)).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}

/// Whether the command existed; for one that begins: whether it did not exist yet.
async fn change_command(connection: &mut Connection<'_>, change: &CommandChange) -> Result<bool, StoreError> {
    let statement = match change {
        CommandChange::Begins(running) => {
            let body = serde_json::to_string(running.as_ref())
                .map_err(|error| StoreError::broken(format!("a command cannot be written as JSON: {error}")))?;
            let insert = "INSERT INTO command (id, begin_time, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            Statement::new(insert).bind(running.id.0).bind(running.begin.timestamp_millis()).bind(body.as_str())
        }
        // Changes nothing, but locks the row.
        CommandChange::Continues(id) => {
            Statement::new("UPDATE command SET begin_time = begin_time WHERE id = $1").bind(id.0)
        }
        CommandChange::Ends(id) => Statement::new("DELETE FROM command WHERE id = $1").bind(id.0),
    };
    Ok(connection.execute(statement).await? == 1)
}

/// Changes one row if the machine still has the version that was loaded.
fn update_vm(VmChange { vm, replaces }: &VmChange) -> Statement {
    Statement::new(
        "UPDATE vm SET version = version + 1, name = $1, memory = $2, status = $3, host_id = $4, target_host_id = $5 \
         WHERE id = $6 AND version = $7",
    )
    .bind(vm.name.as_str())
    .bind(vm.memory.cast_signed())
    .bind(vm.state.as_str())
    .bind(vm.state.host().map(HostId::uuid))
    .bind(vm.state.target().map(HostId::uuid))
    .bind(vm.id.uuid())
    .bind(replaces.cast_signed())
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
