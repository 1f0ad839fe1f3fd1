//! Action groups: what a role can allow (`ActionGroup.java`). The API calls those of a role its *permits*.

use std::fmt;

use super::RoleType;

/// A kind of action that a role allows. The constants below are all there are.
#[derive(Clone, Copy)]
pub struct ActionGroup {
    number: u16,
    name: &'static str,
    role_type: RoleType,
    reach: Reach,
}

/// Whether a role that allows an action on an object also shows the objects below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// It does.
    Below,
    /// It does not.
    Alone,
}

impl ActionGroup {
    /// oVirt's number of it, which is also the permit's id.
    pub const fn number(self) -> u16 {
        self.number
    }

    /// oVirt's name of it, in capitals.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The type of role that may have it. Only predefined roles have groups of the other type.
    pub const fn role_type(self) -> RoleType {
        self.role_type
    }

    /// Whether it lets users see what is in the system (`allowsViewingChildren`).
    pub const fn shows_what_is_below(self) -> bool {
        matches!(self.reach, Reach::Below)
    }

    /// The group with that number.
    pub fn numbered(number: u16) -> Option<Self> {
        Self::ALL.iter().copied().find(|group| group.number == number)
    }

    /// The group with that name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|group| group.name.eq_ignore_ascii_case(name))
    }
}

impl PartialEq for ActionGroup {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for ActionGroup {}

impl fmt::Debug for ActionGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! action_groups {
    ($($name:ident = $number:literal, $role_type:ident, $reach:ident;)*) => {
        impl ActionGroup {
            /// All of them, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            $(
                #[doc = concat!("Number ", stringify!($number), ".")]
                pub const $name: Self = Self {
                    number: $number,
                    name: stringify!($name),
                    role_type: RoleType::$role_type,
                    reach: Reach::$reach,
                };
            )*
        }
    };
}

action_groups! {
    CREATE_VM = 1, User, Alone;
    DELETE_VM = 2, User, Below;
    EDIT_VM_PROPERTIES = 3, User, Below;
    CHANGE_VM_CD = 5, User, Below;
    MIGRATE_VM = 6, User, Below;
    CONNECT_TO_VM = 7, User, Below;
    IMPORT_EXPORT_VM = 8, Admin, Below;
    CONFIGURE_VM_NETWORK = 9, User, Below;
    CONFIGURE_VM_STORAGE = 10, User, Below;
    MOVE_VM = 11, User, Below;
    MANIPULATE_VM_SNAPSHOTS = 12, User, Below;
    RECONNECT_TO_VM = 13, User, Below;
    CHANGE_VM_CUSTOM_PROPERTIES = 14, Admin, Below;
    EDIT_ADMIN_VM_PROPERTIES = 15, Admin, Below;
    CREATE_INSTANCE = 16, User, Alone;
    REBOOT_VM = 17, User, Below;
    STOP_VM = 18, User, Below;
    SHUT_DOWN_VM = 19, User, Below;
    HIBERNATE_VM = 21, User, Below;
    RUN_VM = 22, User, Below;
    RESET_VM = 23, User, Below;
    CREATE_HOST = 100, Admin, Below;
    EDIT_HOST_CONFIGURATION = 101, Admin, Below;
    DELETE_HOST = 102, Admin, Below;
    MANIPULATE_HOST = 103, Admin, Below;
    CONFIGURE_HOST_NETWORK = 104, Admin, Below;
    CREATE_TEMPLATE = 200, User, Alone;
    EDIT_TEMPLATE_PROPERTIES = 201, User, Below;
    DELETE_TEMPLATE = 202, User, Below;
    COPY_TEMPLATE = 203, User, Below;
    CONFIGURE_TEMPLATE_NETWORK = 204, User, Below;
    EDIT_ADMIN_TEMPLATE_PROPERTIES = 205, Admin, Below;
    CREATE_VM_POOL = 300, User, Alone;
    EDIT_VM_POOL_CONFIGURATION = 301, User, Below;
    DELETE_VM_POOL = 302, User, Below;
    VM_POOL_BASIC_OPERATIONS = 303, User, Below;
    CREATE_CLUSTER = 400, Admin, Below;
    EDIT_CLUSTER_CONFIGURATION = 401, Admin, Below;
    DELETE_CLUSTER = 402, Admin, Below;
    CONFIGURE_CLUSTER_NETWORK = 403, Admin, Below;
    ASSIGN_CLUSTER_NETWORK = 404, Admin, Below;
    MANIPULATE_USERS = 500, Admin, Below;
    MANIPULATE_ROLES = 501, Admin, Below;
    MANIPULATE_PERMISSIONS = 502, User, Below;
    ADD_USERS_AND_GROUPS_FROM_DIRECTORY = 503, User, Below;
    EDIT_PROFILE = 504, User, Below;
    CREATE_STORAGE_DOMAIN = 600, Admin, Below;
    EDIT_STORAGE_DOMAIN_CONFIGURATION = 601, Admin, Below;
    DELETE_STORAGE_DOMAIN = 602, Admin, Below;
    MANIPULATE_STORAGE_DOMAIN = 603, Admin, Below;
    CREATE_STORAGE_POOL = 700, Admin, Below;
    DELETE_STORAGE_POOL = 701, Admin, Below;
    EDIT_STORAGE_POOL_CONFIGURATION = 702, Admin, Below;
    CONFIGURE_STORAGE_POOL_NETWORK = 703, Admin, Below;
    CREATE_STORAGE_POOL_NETWORK = 704, Admin, Below;
    DELETE_STORAGE_POOL_NETWORK = 705, Admin, Below;
    CONFIGURE_ENGINE = 800, Admin, Below;
    CONFIGURE_QUOTA = 900, Admin, Below;
    CONSUME_QUOTA = 901, User, Below;
    CREATE_GLUSTER_VOLUME = 1000, Admin, Below;
    MANIPULATE_GLUSTER_VOLUME = 1001, Admin, Below;
    DELETE_GLUSTER_VOLUME = 1002, Admin, Below;
    MANIPULATE_GLUSTER_HOOK = 1003, Admin, Below;
    MANIPULATE_GLUSTER_SERVICE = 1004, Admin, Below;
    CREATE_DISK = 1100, User, Alone;
    ATTACH_DISK = 1101, User, Below;
    EDIT_DISK_PROPERTIES = 1102, User, Below;
    CONFIGURE_DISK_STORAGE = 1103, User, Below;
    DELETE_DISK = 1104, User, Below;
    CONFIGURE_SCSI_GENERIC_IO = 1105, Admin, Below;
    ACCESS_IMAGE_STORAGE = 1106, User, Alone;
    DISK_LIVE_STORAGE_MIGRATION = 1107, User, Below;
    SPARSIFY_DISK = 1108, User, Below;
    REDUCE_DISK = 1109, Admin, Below;
    BACKUP_DISK = 1110, Admin, Below;
    CONFIGURE_NETWORK_VNIC_PROFILE = 1203, Admin, Below;
    CREATE_NETWORK_VNIC_PROFILE = 1204, Admin, Below;
    DELETE_NETWORK_VNIC_PROFILE = 1205, Admin, Below;
    LOGIN = 1300, User, Alone;
    TAG_MANAGEMENT = 1301, Admin, Alone;
    BOOKMARK_MANAGEMENT = 1302, Admin, Alone;
    EVENT_NOTIFICATION_MANAGEMENT = 1303, Admin, Alone;
    AUDIT_LOG_MANAGEMENT = 1304, Admin, Alone;
    INJECT_EXTERNAL_EVENTS = 1400, Admin, Alone;
    INJECT_EXTERNAL_TASKS = 1500, Admin, Alone;
    MANIPULATE_AFFINITY_GROUPS = 1550, Admin, Below;
    CONFIGURE_STORAGE_DISK_PROFILE = 1560, Admin, Below;
    CREATE_STORAGE_DISK_PROFILE = 1561, Admin, Below;
    DELETE_STORAGE_DISK_PROFILE = 1562, Admin, Below;
    ATTACH_DISK_PROFILE = 1563, User, Below;
    CREATE_MAC_POOL = 1660, Admin, Below;
    EDIT_MAC_POOL = 1661, Admin, Below;
    DELETE_MAC_POOL = 1662, Admin, Below;
    CONFIGURE_MAC_POOL = 1663, Admin, Below;
    CONNECT_TO_SERIAL_CONSOLE = 1664, User, Below;
    DELETE_CPU_PROFILE = 1665, Admin, Below;
    UPDATE_CPU_PROFILE = 1666, Admin, Below;
    CREATE_CPU_PROFILE = 1667, Admin, Below;
    ASSIGN_CPU_PROFILE = 1668, Admin, Below;
}
