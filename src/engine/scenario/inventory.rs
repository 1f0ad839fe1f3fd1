//! What the sample data centre has: users, hosts, virtual machines.

use uuid::{Uuid, uuid};

use super::dice::Dice;
use crate::{
    domain::{HostId, UserId},
    engine::User,
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
