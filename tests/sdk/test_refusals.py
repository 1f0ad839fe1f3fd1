"""Every refusal becomes an error of the SDK, with the fault if there is one (section 3 of the contract)."""

import ovirtsdk4 as sdk
import pytest
from ovirtsdk4 import types

NOBODY = "00000000-0000-4000-8000-0000000000ff"
FAILED = "Operation Failed"
INVALID = "Input validation failed."
TYPE = types.StepEnum.EXECUTING


def refusal(call):
    with pytest.raises(sdk.Error) as refused:
        call()
    error = refused.value
    return type(error), error.code, error.fault and (error.fault.reason, error.fault.detail)


def internal(jobs):
    return next(job for job in jobs.list() if not job.external)


def service(jobs, job=NOBODY):
    return jobs.job_service(job)


def follow(connection, href):
    nothing = types.Job()
    nothing.href = href
    return connection.follow_link(nothing)


def steps_of(jobs, job=NOBODY):
    return service(jobs, job).steps_service()


# A call with the service for jobs and a new job, and the expected reason and detail.
NOT_FOUND = {
    "job that is not there": lambda jobs, job: service(jobs).get(),
    "id that is none": lambda jobs, job: service(jobs, "my-job").get(),
    "end of an id that is none": lambda jobs, job: service(jobs, "my-job").end(),
    "step that is not there": lambda jobs, job: steps_of(jobs, job.id).step_service(NOBODY).get(),
    "steps of an id that is none": lambda jobs, job: steps_of(jobs, "my-job").list(),
    "link into nowhere": lambda jobs, job: follow(jobs._connection, f"/ovirt-engine/api/jobs/{NOBODY}"),
}

BAD_REQUEST = {
    "end of a job that is not there": (
        lambda jobs, job: service(jobs).end(),
        (FAILED, "[Cannot Clear External Job. Job not found.]"),
    ),
    "clear of a job that is not there": (
        lambda jobs, job: service(jobs).clear(),
        (FAILED, "[Cannot Clear External Job. Job not found.]"),
    ),
    "end of a step that is not there": (
        lambda jobs, job: steps_of(jobs, job.id).step_service(NOBODY).end(succeeded=True),
        (FAILED, "[Cannot ${action} ${type}. Step not found.]"),
    ),
    "end of the engine's own job": (
        lambda jobs, job: service(jobs, internal(jobs).id).end(),
        (FAILED, "[Cannot Clear External Job. External steps can be added only to external jobs or steps.]"),
    ),
    "step under the engine's own job": (
        lambda jobs, job: steps_of(jobs, internal(jobs).id).add(types.Step(description="x", type=TYPE)),
        (FAILED, "[Cannot add External Job. External steps can be added only to external jobs or steps.]"),
    ),
    "step under a job that is not there": (
        lambda jobs, job: steps_of(jobs).add(types.Step(description="x", type=TYPE)),
        (FAILED, "[Cannot add External Job. Step should be a child of the Job or other Step.]"),
    ),
    "job without description": (
        lambda jobs, job: jobs.add(types.Job()),
        (INVALID, "Parameter 'job.description' is mandatory but was not provided."),
    ),
    "job with a blank description": (
        lambda jobs, job: jobs.add(types.Job(description=" ")),
        (FAILED, "[Cannot ${action} ${type}. Description can not be empty.]"),
    ),
    "step without type": (
        lambda jobs, job: steps_of(jobs, job.id).add(types.Step(description="x")),
        (INVALID, "Parameter 'step.type' is mandatory but was not provided."),
    ),
    "step without description": (
        lambda jobs, job: steps_of(jobs, job.id).add(types.Step(type=TYPE)),
        (INVALID, "Parameter 'step.description' is mandatory but was not provided."),
    ),
    "step under a step without id": (
        lambda jobs, job: steps_of(jobs, job.id).add(types.Step(description="x", type=TYPE, parent_step=types.Step())),
        ("Incomplete parameters", None),
    ),
    "end of a step without succeeded": (
        lambda jobs, job: steps_of(jobs, job.id).step_service(NOBODY).end(),
        (INVALID, "Parameter 'succeeded' is mandatory but was not provided."),
    ),
    "filtered list": (
        lambda jobs, job: jobs.list(query={"filter": "true"}),
        (FAILED, "query execution failed due to insufficient permissions."),
    ),
    "link that cannot be followed": (
        lambda jobs, job: service(jobs, job.id).get(follow="steps.owner"),
        (INVALID, "The link 'steps.owner' can not be followed here."),
    ),
    "search for free text": (lambda jobs, job: jobs.list(search="backup"), (FAILED, None)),
}


@pytest.mark.parametrize("tried", NOT_FOUND)
def test_not_found(jobs, job, tried):
    assert refusal(lambda: NOT_FOUND[tried](jobs, job)) == (sdk.NotFoundError, 404, None)


@pytest.mark.parametrize("tried", BAD_REQUEST)
def test_bad_requests(jobs, job, tried):
    call, (reason, detail) = BAD_REQUEST[tried]
    kind, code, fault = refusal(lambda: call(jobs, job))
    assert (kind, code) == (sdk.Error, 400)
    assert fault == (reason, detail or fault[1])
    assert fault[1]


@pytest.mark.parametrize("name", ["user@internal", "auditor@internal"])
def test_who_may_not_inject_jobs(engine, job, name):
    connection = engine.connect(name)
    jobs = connection.system_service().jobs_service()
    expected = sdk.AuthError, 403, (FAILED, "[User is not authorized to perform this action.]")
    for call in (
        lambda: jobs.add(types.Job(description="not mine to add")),
        lambda: service(jobs, job.id).end(),
        lambda: service(jobs, job.id).clear(),
        lambda: steps_of(jobs, job.id).add(types.Step(description="x", type=TYPE)),
    ):
        assert refusal(call) == expected
    connection.close()


def test_who_may_inject_jobs_but_not_read_those_of_others(engine, job):
    connection = engine.connect("creator@internal")
    jobs = connection.system_service().jobs_service()
    own = jobs.add(types.Job(description="the creator's own"))
    assert service(jobs, own.id).get().description == "the creator's own"
    service(jobs, own.id).end(succeeded=True)
    assert service(jobs, own.id).get().status == types.JobStatus.FINISHED
    forbidden = sdk.Error, 400, (FAILED, "query execution failed due to insufficient permissions.")
    assert refusal(jobs.list) == forbidden
    assert refusal(steps_of(jobs, own.id).list) == forbidden
    assert refusal(service(jobs, job.id).get) == (sdk.NotFoundError, 404, None)
    connection.close()


def test_unsupported_calls(system, jobs, job):
    remove = sdk.service.Service(system._connection, f"/jobs/{job.id}")._internal_remove
    with pytest.raises(sdk.Error) as refused:
        remove(wait=True)
    assert refused.value.code == 405
    assert refusal(system.storage_connections_service().list) == (sdk.NotFoundError, 404, None)


def test_a_body_that_is_too_long(jobs):
    kind, code, fault = refusal(lambda: jobs.add(types.Job(description="x" * 1024 * 1024)))
    assert (kind, code) == (sdk.Error, 413)
    assert fault and all(fault)
