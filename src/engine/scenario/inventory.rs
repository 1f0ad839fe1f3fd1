//! What the sample data centre has: users, hosts, virtual machines, disks.

use uuid::{Uuid, uuid};

use super::dice::Dice;
use crate::{
    domain::{DiskId, HostId, StorageDomainId, UserId, VmId},
    engine::{
        User,
        inventory::{self, Disk, DiskFormat, DiskStatus, HostStatus, Inventory, StorageDomain, Vm, VmState},
    },
};

/// The admin, by the id that a fresh oVirt engine gives them.
pub(super) const ADMIN: UserId = UserId::new(uuid!("58101876-0383-0239-02a3-00000000014d"));
/// The backup script.
pub(super) const BACKUP: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b01"));
/// The patching script.
pub(super) const PATCHING: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b02"));
/// The build farm.
pub(super) const CI: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b03"));
/// The import tool.
pub(super) const IMPORT: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b04"));
/// A colleague.
pub(super) const OPERATOR: UserId = UserId::new(uuid!("7b1f2b66-8f0f-4c35-9a3e-0d2c4a9e1b05"));

/// The users who own the world's jobs. They are the same for every seed; `admin@internal` is the first.
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

/// A hypervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) id: HostId,
    pub(super) name: &'static str,
}

impl From<Host> for HostId {
    fn from(host: Host) -> Self {
        host.id
    }
}

const fn host(number: u128, name: &'static str) -> Host {
    Host { id: HostId::new(Uuid::from_u128(0x2f3e_4d5c_0000_4000_8000_aabb_ccdd_ee00 + number)), name }
}

/// The hypervisors.
pub(super) const HOSTS: [Host; 8] = [
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

/// Where disks lie.
pub(super) const STORAGE: [&str; 4] = ["fast-nvme", "bulk-nfs", "iscsi-a", "iscsi-b"];

/// The same things for a store, as they are when the world begins. They are the same for every seed; what the world's own
/// jobs tell of does not change them, what people ask for does.
pub fn furniture() -> Inventory {
    let host = |host: &Host| inventory::Host {
        id: host.id,
        name: host.name.to_owned(),
        address: format!("{}.example.com", host.name),
        status: HostStatus::Up,
    };
    let vms = VMS.iter().zip(0..).zip(HOSTS.iter().cycle());
    let disks = VMS.iter().zip(0..).zip((0..STORAGE.len()).cycle());
    Inventory {
        hosts: HOSTS.iter().map(host).collect(),
        storage_domains: STORAGE.iter().zip(0..).map(|(name, number)| storage_domain(number, name)).collect(),
        vms: vms.map(|((name, number), host)| vm(number, name, host.id)).collect(),
        disks: disks.map(|((vm, number), storage)| disk(number, vm, storage)).collect(),
    }
}

/// The machines that are down when the world begins.
const DOWN: [&str; 3] = ["erp-test", "jenkins", "vdi-pool-7"];

const GIBIBYTE: u64 = 1 << 30;

fn vm(number: u128, name: &str, host: HostId) -> Vm {
    Vm {
        id: VmId::new(Uuid::from_u128(0x3f1d_77aa_0000_4000_8000_0000_0000_0100 + number)),
        name: name.to_owned(),
        memory: if name.starts_with("db") { 16 * GIBIBYTE } else { 4 * GIBIBYTE },
        state: if DOWN.contains(&name) { VmState::Down } else { VmState::Up(host) },
    }
}

fn disk(number: u128, vm: &str, storage: usize) -> Disk {
    Disk {
        id: DiskId::new(Uuid::from_u128(0x6c0a_51de_0000_4000_8000_0000_0000_0200 + number)),
        name: format!("{vm}_Disk1"),
        description: String::new(),
        provisioned_size: if vm.starts_with("db") { 200 * GIBIBYTE } else { 40 * GIBIBYTE },
        format: DiskFormat::Cow,
        storage_domain: storage_domain_id(storage as u128),
        status: DiskStatus::Ok,
    }
}

fn storage_domain(number: u128, name: &str) -> StorageDomain {
    StorageDomain { id: storage_domain_id(number), name: name.to_owned() }
}

const fn storage_domain_id(number: u128) -> StorageDomainId {
    StorageDomainId::new(Uuid::from_u128(0x5d0e_3c4b_0000_4000_8000_0000_0000_0300 + number))
}

/// Two different hosts.
pub(super) fn two_hosts(dice: &mut Dice) -> (Host, Host) {
    let first = dice.pick(&HOSTS);
    loop {
        let second = dice.pick(&HOSTS);
        if second != first {
            return (first, second);
        }
    }
}
