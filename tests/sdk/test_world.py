"""Users and their roles, hosts and machines."""

import time

import ovirtsdk4 as sdk
import pytest
from ovirtsdk4 import types

from engine import ADMIN, ROLES


def until(condition, seconds=60):
    """Waits until the condition holds. The limit is long, for slow machines."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
    raise AssertionError("the condition did not hold in time")


def machine(system, status):
    return next(vm for vm in system.vms_service().list() if vm.status == status)


def test_users_and_their_roles(connection, system):
    users = system.users_service()
    names = {user.user_name: user.id for user in users.list()}
    assert set(names) >= set(ROLES)
    service = users.user_service(names[ADMIN])
    assert (service.get().user_name, service.get().id) == (ADMIN, names[ADMIN])
    assert [role.name for role in service.roles_service().list()] == ["SuperUser"]
    assert {role.name for role in system.roles_service().list()} >= set(ROLES.values())


@pytest.mark.parametrize("kind", ["vms", "hosts"])
def test_what_is_listed_can_be_got(connection, system, kind):
    things = getattr(system, f"{kind}_service")().list()
    assert things and all(thing.id and thing.name and thing.status for thing in things)
    for thing in things[:3]:
        got = connection.follow_link(thing)
        assert (type(got), got.id, got.name) == (type(thing), thing.id, thing.name)


def test_machines_are_found_by_name(system):
    vms = system.vms_service()
    some = vms.list()[0]
    assert some.id in {vm.id for vm in vms.list(search=f"name={some.name}")}
    assert vms.list(search="name=no-machine-has-this-name") == []


def test_a_command_on_a_machine_shows_under_ones_job(system, jobs, job, steps):
    vm = machine(system, types.VmStatus.DOWN)
    service = system.vms_service().vm_service(vm.id)
    service.start(query={"JobId": job.id})
    with pytest.raises(sdk.Error) as refused:
        service.start()
    assert refused.value.code == 409 and refused.value.fault.detail
    step = until(lambda: [step for step in steps.list() if not step.external])[0]
    assert step.job.id == job.id
    assert until(lambda: service.get().status == types.VmStatus.UP)
    assert jobs.job_service(job.id).get().status == types.JobStatus.STARTED
