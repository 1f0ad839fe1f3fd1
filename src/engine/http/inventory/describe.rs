//! What there is, as documents (`VmMapper`, `HostMapper`, `DiskMapper`, `StorageDomainMapper`): as much of it as is known here.

use crate::{
    domain::{DiskId, VmId},
    engine::inventory::{Disk, Host, StorageDomain, Vm},
    wire::{
        Base, Href, ResourcePath,
        document::{Entity, List},
    },
};

/// A machine. Who sees only their own does not see where it runs (`BackendVmResource.removeRestrictedInfo`).
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

/// A machine that is pointed at.
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

/// A disk.
pub(super) fn disk(base: Base, disk: &Disk) -> Entity<'_> {
    let id = disk.storage_domain.uuid();
    let domain = Entity::at(Href(base, ResourcePath::Item("storagedomains", id)), id);
    let entity = disk_reference(base, disk.id)
        .named(&disk.name)
        .action("move", Href(base, ResourcePath::ItemPart("disks", disk.id.uuid(), "move")))
        .with("alias", disk.name.as_str())
        .with("content_type", "data")
        .with("format", disk.format.as_str())
        .with("provisioned_size", i64::try_from(disk.provisioned_size).unwrap_or(i64::MAX))
        .with("status", disk.status.as_str())
        .with("storage_type", "image")
        .related("storage_domains", List::of("storage_domain", [domain]));
    if disk.description.is_empty() { entity } else { entity.described(&disk.description) }
}

/// A disk that is pointed at.
pub(super) fn disk_reference<'a>(base: Base, id: DiskId) -> Entity<'a> {
    Entity::at(Href(base, ResourcePath::Item("disks", id.uuid())), id.uuid())
}

/// A storage domain.
pub(super) fn storage_domain(base: Base, domain: &StorageDomain) -> Entity<'_> {
    let id = domain.id.uuid();
    Entity::at(Href(base, ResourcePath::Item("storagedomains", id)), id).named(&domain.name).with("type", "data")
}
