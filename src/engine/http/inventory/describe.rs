//! Machines and hosts as documents (`VmMapper`, `HostMapper`), with the members that this engine knows.

use crate::{
    domain::VmId,
    engine::inventory::{Host, Vm},
    wire::{Base, Href, ResourcePath, document::Entity},
};

/// A machine. Users who see only their own things do not see its host (`BackendVmResource.removeRestrictedInfo`).
pub(super) fn vm(base: Base, vm: &Vm, with_host: bool) -> Entity<'_> {
    let part = |name| Href(base, ResourcePath::ItemPart("vms", vm.id.uuid(), name));
    let host = vm.state.host().filter(|_| with_host);
    vm_reference(base, vm.id)
        .named(&vm.name)
        .action("freezefilesystems", part("freezefilesystems"))
        .action("migrate", part("migrate"))
        .action("start", part("start"))
        .action("stop", part("stop"))
        .with("memory", i64::try_from(vm.memory).unwrap_or(i64::MAX))
        .with("status", vm.state.as_str())
        .related("host", host.map(|id| Entity::at(Href(base, ResourcePath::Host(id)), id)))
}

/// A reference to a machine.
pub(super) fn vm_reference<'a>(base: Base, id: VmId) -> Entity<'a> {
    Entity::at(Href(base, ResourcePath::Item("vms", id.uuid())), id.uuid())
}

/// A host.
pub(super) fn host(base: Base, host: &Host) -> Entity<'_> {
    Entity::at(Href(base, ResourcePath::Host(host.id)), host.id)
        .named(&host.name)
        .with("address", host.address.as_str())
        .with("status", host.status.as_str())
}
