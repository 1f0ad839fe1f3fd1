"""Steps and their sub-steps: add, list, get, end, follow, statistics."""

import pytest
from ovirtsdk4 import types


def add(steps, description, parent=None, kind=types.StepEnum.EXECUTING):
    parent = parent and types.Step(id=parent.id)
    return steps.add(types.Step(description=description, type=kind, parent_step=parent))


@pytest.mark.parametrize("kind", types.StepEnum)
def test_an_added_step_is_read_back(steps, job, kind):
    added = add(steps, "Copy data", kind=kind)
    for step in (added, steps.step_service(added.id).get()):
        assert (step.id, step.description, step.type) == (added.id, "Copy data", kind)
        assert (step.status, step.external, step.number) == (types.StepStatus.STARTED, True, 0)
        assert (step.job.id, step.parent_step, step.progress, step.end_time) == (job.id, None, None, None)
        assert step.start_time >= job.start_time


def test_steps_stand_in_order_under_their_parents(steps):
    assert steps.list() == []
    first, second = add(steps, "first"), add(steps, "second")
    below = [add(steps, "below", second), add(steps, "below too", second)]
    deeper = add(steps, "deeper", below[1])
    listed = steps.list()
    assert [step.id for step in listed[:2]] == [first.id, second.id]
    assert {step.id: (step.number, step.parent_step and step.parent_step.id) for step in listed} == {
        first.id: (0, None),
        second.id: (1, None),
        below[0].id: (0, second.id),
        below[1].id: (1, second.id),
        deeper.id: (0, below[1].id),
    }
    assert len(steps.list(max=2)) == 2


def test_a_step_that_succeeds_ends_alone(jobs, job, steps):
    parent = add(steps, "parent")
    child = add(steps, "child", parent)
    steps.step_service(parent.id).end(succeeded=True)
    status = {step.id: step.status for step in steps.list()}
    assert status == {parent.id: types.StepStatus.FINISHED, child.id: types.StepStatus.STARTED}
    assert jobs.job_service(job.id).get().status == types.JobStatus.STARTED


def test_a_step_that_fails_ends_its_job(jobs, job, steps):
    parent = add(steps, "parent")
    child = add(steps, "child", parent)
    done = add(steps, "done")
    steps.step_service(done.id).end(succeeded=True)
    steps.step_service(child.id).end(succeeded=False)
    ended = {step.id: step for step in steps.list()}
    assert [ended[step.id].status.value for step in (parent, child, done)] == ["failed", "failed", "finished"]
    assert all(step.end_time for step in ended.values())
    assert jobs.job_service(job.id).get().status == types.JobStatus.FAILED


def test_links_lead_from_one_to_the_other(connection, job, steps):
    parent = add(steps, "parent")
    child = add(steps, "child", parent)
    assert connection.follow_link(child).id == child.id
    assert connection.follow_link(child.job).id == job.id
    assert connection.follow_link(child.parent_step).description == "parent"
    assert {step.id for step in connection.follow_link(job.steps)} == {parent.id, child.id}
    assert all(connection.is_link(thing) for thing in (job, job.steps, job.owner, child, child.statistics))


def test_steps_come_with_their_jobs_when_followed(jobs, job, steps):
    add(steps, "followed")
    assert [step.description for step in jobs.job_service(job.id).get(follow="steps").steps] == ["followed"]
    together = {each.id: each.steps for each in jobs.list(follow="steps")}
    assert [step.description for step in together[job.id]] == ["followed"]


def test_links_of_one_level_can_be_followed(system, jobs, job, steps):
    parent = add(steps, "parent")
    child = add(steps, "child", parent)
    followed = jobs.job_service(job.id).get(follow="owner,steps")
    assert (followed.owner.user_name, len(followed.steps)) == ("admin@internal", 2)
    step = steps.step_service(child.id).get(follow="parentStep,job,statistics")
    assert (step.parent_step.description, step.job.description) == ("parent", job.description)
    assert list(step.statistics) == []
    assert {step.job.description for step in steps.list(follow="job")} == {job.description}
    together = {each.id: each for each in jobs.list(follow="owner,steps")}
    assert together[job.id].owner.user_name == "admin@internal"
    on_host = next(step for each in together.values() for step in each.steps if step.execution_host)
    steps_of_job = jobs.job_service(on_host.job.id).steps_service()
    hosts = [step.execution_host for step in steps_of_job.list(follow="execution_host") if step.execution_host]
    assert hosts and all(host.address for host in hosts)
    creator = next(user for user in system.users_service().list() if user.user_name == "creator@internal")
    roles = system.users_service().user_service(creator.id).roles_service().list(follow="permits")
    assert [permit.name for role in roles for permit in role.permits] == ["inject_external_tasks"]


def test_statistics_are_there_and_empty(connection, steps):
    step = add(steps, "measured")
    assert steps.step_service(step.id).statistics_service().list() == []
    assert connection.follow_link(step.statistics) == []
