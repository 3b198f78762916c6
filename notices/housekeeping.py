"""片付け: what the worker writes down and clears away, once a day when it works and each time it starts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.management import call_command
from django.db import transaction

from notices import jobs
from notices.models import UNFINISHED, Job, Notice

KEEP_RESULTS = 14  # days: the queue's own rows of what was done, of use only for finding a fault
KEEP_JOBS = 90  # days after the end; what the work wrote is not touched
KEEP_NOTICES = 365  # days after they were read

_tidied: set[date] = set()  # by this process


_more: list[Callable[[datetime], object]] = []


def register(call: Callable[[datetime], object]) -> None:
    """Have other applications' old things cleared away too; called while the applications start."""
    _more.append(call)


def tidy(now: datetime) -> None:
    """Note what broke off; remove old entries of the queue, jobs that ended long ago, notices read long ago."""
    jobs.note_interrupted()
    call_command("prune_db_task_results", min_age_days=KEEP_RESULTS, verbosity=0)
    with transaction.atomic():
        ended = Job.objects.exclude(state__in=UNFINISHED)
        ended.filter(finished_at__lt=now - timedelta(days=KEEP_JOBS)).delete()
        Notice.objects.filter(read_at__lt=now - timedelta(days=KEEP_NOTICES)).delete()
    for call in _more:
        call(now)
    _tidied.add(now.date())


def tidy_daily(now: datetime) -> None:
    """As `tidy`, unless this process did it on that day."""
    if now.date() not in _tidied:
        tidy(now)
