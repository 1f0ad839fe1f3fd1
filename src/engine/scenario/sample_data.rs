//! The users, hosts and virtual machines of the sample data centre.

use uuid::{Uuid, uuid};

use crate::{
    domain::{HostId, StorageDomainId, UserId, VmId},
    engine::{
        User,
        inventory::{Host, HostStatus, Inventory, Vm, VmState},
    },
};

/// The admin, by the id that a fresh oVirt engine gives them.
pub(super) const ADMIN: UserId = UserId::new(uuid!("58101876-0383-0239-02a3-00000000014d"));
/// The backup program.
pub(super) const BACKUP: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b01"));
/// The patching program.
pub(super) const PATCHING: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b02"));
/// The build system.
pub(super) const CI: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b03"));
/// The import tool.
pub(super) const IMPORT: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b04"));
/// Another admin.
pub(super) const OPERATOR: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b05"));

/// The owners of the sample jobs, the same for every seed. `admin@internal` is the first.
pub fn users() -> Vec<User> {
    let user = |id, user_name: &str| User { id, user_name: user_name.to_owned() };
    vec![
        user(ADMIN, "admin@internal"),
        user(BACKUP, "backup@internal"),
        user(PATCHING, "patching@internal"),
        user(CI, "ci@internal"),
        user(IMPORT, "import@internal"),
        user(OPERATOR, "mlopez@corp"),
    ]
}

/// A hypervisor, as recipes use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SampleHost {
    pub(super) id: HostId,
    pub(super) name: &'static str,
}

impl From<SampleHost> for HostId {
    fn from(host: SampleHost) -> Self {
        host.id
    }
}

const fn host(number: u128, name: &'static str) -> SampleHost {
    SampleHost { id: HostId::new(Uuid::from_u128(0x2f3e_4d5c_0000_4000_8000_aabb_ccdd_ee00 + number)), name }
}

/// The hypervisors.
pub(super) const HOSTS: [SampleHost; 8] = [
    host(1, "hv01"),
    host(2, "hv02"),
    host(3, "hv03"),
    host(4, "hv04"),
    host(5, "hv05"),
    host(6, "hv06"),
    host(7, "hv07"),
    host(8, "hv08"),
];

/// The virtual machines.
pub(super) const VMS: [&str; 16] = [
    "web01",
    "web02",
    "web03",
    "db01",
    "db02",
    "db-replica",
    "mail01",
    "gitlab",
    "grafana",
    "ldap01",
    "files",
    "erp-app",
    "erp-test",
    "proxy01",
    "jenkins",
    "vdi-pool-7",
];

/// The storage domains that descriptions name; the API does not show any.
pub(super) const STORAGE: [&str; 4] = ["fast-nvme", "bulk-nfs", "iscsi-a", "iscsi-b"];

/// The hosts and machines for a store, the same for every seed. Commands change them; the sample jobs do not.
pub fn sample_inventory() -> Inventory {
    let host = |host: &SampleHost| Host {
        id: host.id,
        name: host.name.to_owned(),
        address: format!("{}.example.com", host.name),
        status: HostStatus::Up,
    };
    let vms = VMS.iter().zip(HOSTS.iter().cycle());
    Inventory {
        hosts: HOSTS.iter().map(host).collect(),
        vms: vms.filter_map(|(name, host)| vm(name, host.id)).collect(),
    }
}

/// The machines that are down at first.
const DOWN: [&str; 3] = ["erp-test", "jenkins", "vdi-pool-7"];

/// The id of the machine with that name.
pub(super) fn vm_id(name: &str) -> Option<VmId> {
    let number = (0..).zip(VMS).find(|(_, known)| *known == name)?.0;
    Some(VmId::new(Uuid::from_u128(0x3f1d_77aa_0000_4000_8000_0000_0000_0100 + number)))
}

/// The id of the storage domain with that name.
pub(super) fn storage_id(name: &str) -> Option<StorageDomainId> {
    let number = (0..).zip(STORAGE).find(|(_, known)| *known == name)?.0;
    Some(StorageDomainId::new(Uuid::from_u128(0x4a5b_88cc_0000_4000_8000_0000_0000_0200 + number)))
}

const GIBIBYTE: u64 = 1 << 30;

fn vm(name: &str, host: HostId) -> Option<Vm> {
    Some(Vm {
        id: vm_id(name)?,
        name: name.to_owned(),
        memory: if name.starts_with("db") { 16 * GIBIBYTE } else { 4 * GIBIBYTE },
        state: if DOWN.contains(&name) { VmState::Down } else { VmState::Up(host) },
    })
}
