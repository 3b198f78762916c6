"""背景処理: long work is begun here, done by the worker (`bin/manage db_worker`), and found again on its own page.

An application registers a kind of work in its AppConfig.ready; the work takes the job, a `Progress` and the arguments,
runs its own transactions, and may set `job.message` and `job.result_url`, which are kept with its end.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from history.errors import DomainError
from history.writing import request_id
from notices import progress as progress_file
from notices.errors import NotRepeatable
from notices.models import Job, JobState
from notices.progress import Progress
from notices.services import tell
from organization import rules
from organization.models import User

logger = logging.getLogger(__name__)

Work = Callable[..., None]  # work(job, progress, **arguments)

INTERRUPTED = "処理の途中で、処理するプログラムが止まりました。"
UNEXPECTED = "予期しない誤りがあり、処理を中止しました。情報システムの担当に、この処理の番号（{pk}）を伝えてください。"


@dataclass(frozen=True)
class Kind:
    """処理の種類: what is done, and whether doing it again after it stopped halfway is the same as doing it once."""

    work: Work
    repeatable: bool


_KINDS: dict[str, Kind] = {}


def register(kind: str, work: Work, *, repeatable: bool = False) -> None:
    """Make a kind of work known; `repeatable` offers やり直す to its owner after it failed or broke off."""
    _KINDS[kind] = Kind(work, repeatable)


@transaction.atomic
def start(kind: str, *, title: str, owner: User, arguments: dict[str, Any] | None = None) -> Job:
    """処理の依頼: the job and its place in the queue, both with the caller's transaction or neither.

    `arguments` must be fit for JSON. KeyError for a kind that nobody registered.
    """
    _KINDS[kind]  # a misspelt kind is a fault of the programme, told at once
    job = Job(owner=owner, kind=kind, title=title, arguments=arguments or {})
    job.full_clean()
    job.save()
    _enqueue(job)
    return job


@transaction.atomic
def restart(job: Job, *, actor: User) -> Job:
    """やり直し: put a failed or broken-off job back into the queue. Raises NotRepeatable, NotPermitted."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    rules.require(actor, "restart_job", job)
    if not can_restart(job):
        raise NotRepeatable
    job.state, job.done, job.total = JobState.WAITING, 0, 0
    job.message, job.failures, job.result_url = "", [], ""
    job.started_at = job.finished_at = None
    job.full_clean()
    job.save()
    _enqueue(job)
    return job


def can_restart(job: Job) -> bool:
    """Whether the job stopped halfway and its kind may be done again."""
    kind = _KINDS.get(job.kind)
    return job.state in {JobState.FAILED, JobState.INTERRUPTED} and kind is not None and kind.repeatable


def brought_up_to_date(job: Job) -> Job:
    """`job` with its progress of this moment; 中断 where its process died silently (the next worker writes it)."""
    if job.state != JobState.RUNNING:
        return job
    now = progress_file.standing(job.pk)
    if not now.alive:
        job.refresh_from_db()  # it may have ended between the two looks
        if job.state == JobState.RUNNING:
            job.state, job.message = JobState.INTERRUPTED, INTERRUPTED
            job.done, job.total = now.done, now.total
        return job
    job.done, job.total = now.done, now.total
    return job


def run(job_pk: int) -> None:
    """Do the work of a waiting job, to whatever end; called by the worker. What is not waiting is left alone."""
    with progress_file.alive(job_pk) as progress, request_id(uuid.uuid4().hex):
        job = _begin(job_pk)
        if job is None:
            return
        try:
            _KINDS[job.kind].work(job, progress, **job.arguments)
        except DomainError as refusal:
            _end(job, progress, JobState.FAILED, str(refusal))
        except Exception:
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            _end(job, progress, JobState.FAILED, UNEXPECTED.format(pk=job.pk))
        else:
            _end(job, progress, JobState.DONE, job.message)


@transaction.atomic
def note_interrupted() -> int:
    """中断の記録: write down which running jobs have no process any more and tell their owners; answers how many."""
    found = 0
    for job in Job.objects.select_for_update().filter(state=JobState.RUNNING).order_by("pk"):
        now = progress_file.standing(job.pk)
        if now.alive:
            continue
        progress_file.forget(job.pk)
        job.state, job.message, job.finished_at = JobState.INTERRUPTED, INTERRUPTED, timezone.now()
        job.done, job.total = now.done, now.total
        job.save()
        _tell_owner(job)
        found += 1
    return found


def _enqueue(job: Job) -> None:
    from notices.tasks import run_job  # the task calls back into this module

    run_job.enqueue(job.pk)


@transaction.atomic
def _begin(job_pk: int) -> Job | None:
    job = Job.objects.select_for_update(of=("self",)).select_related("owner").get(pk=job_pk)
    if job.state != JobState.WAITING:
        return None
    job.state, job.started_at = JobState.RUNNING, timezone.now()
    job.save()
    return job


@transaction.atomic
def _end(job: Job, progress: Progress, state: JobState, message: str) -> None:
    job.state, job.message, job.finished_at = state, message, timezone.now()
    job.done, job.total, job.failures = progress.done, progress.total, progress.failures
    job.save()
    _tell_owner(job)


def _tell_owner(job: Job) -> None:
    words = {
        JobState.DONE: f"「{job.title}」が終わりました。",
        JobState.FAILED: f"「{job.title}」はできませんでした。{job.message}",
        JobState.INTERRUPTED: f"「{job.title}」が中断しました。",
    }[JobState(job.state)]
    if job.state == JobState.DONE and job.failures:
        words += f"できなかったものが{len(job.failures):,}件あります。"
    tell(job.owner, words, reverse("view_job", args=[job.pk]))
