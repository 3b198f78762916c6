"""片付け: old entries of the queue, jobs that ended long ago and notices read long ago go; everything else stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from notices import housekeeping, jobs
from notices.models import Job, JobState, Notice
from notices.services import tell

pytestmark = pytest.mark.django_db(transaction=True)


def days(number):
    return timedelta(days=number)


@pytest.fixture
def job(kind, worker, clerk):
    """A job that is done, with its notice and its entry in the queue."""
    started = jobs.start(kind(lambda job, progress: None), title="処理", owner=clerk)
    worker()
    return Job.objects.get(pk=started.pk)


def test_the_day_after_everything_is_still_there(job):
    housekeeping.tidy(timezone.now() + days(1))
    assert (Job.objects.count(), Notice.objects.count(), DBTaskResult.objects.count()) == (1, 1, 1)


def test_a_job_goes_a_quarter_after_its_end_and_one_that_waits_never(job, kind, clerk):
    waiting = jobs.start(kind(lambda job, progress: None), title="待つ処理", owner=clerk)
    assert job.state == JobState.DONE
    housekeeping.tidy(timezone.now() + days(housekeeping.KEEP_JOBS + 1))
    assert list(Job.objects.all()) == [waiting]


def test_a_notice_goes_a_year_after_it_was_read_and_one_that_was_not_never(clerk):
    read, unread = tell(clerk, "読んだ"), tell(clerk, "まだ")
    read.read_at = timezone.now()
    read.save()
    housekeeping.tidy(timezone.now() + days(housekeeping.KEEP_NOTICES - 1))
    assert Notice.objects.count() == 2
    housekeeping.tidy(timezone.now() + days(housekeeping.KEEP_NOTICES + 1))
    assert list(Notice.objects.all()) == [unread]


def test_the_queue_forgets_what_was_done_a_fortnight_ago(job):
    entry = DBTaskResult.objects.get()
    entry.finished_at -= days(housekeeping.KEEP_RESULTS + 1)
    entry.save()
    housekeeping.tidy(timezone.now())
    assert not DBTaskResult.objects.exists()
    assert Job.objects.exists()


def test_a_worker_that_runs_for_months_tidies_once_a_day(job):
    first = timezone.now() + days(housekeeping.KEEP_JOBS + 10)
    housekeeping.tidy(first)
    late = Job.objects.create(owner=job.owner, kind="x", title="古い", state=JobState.DONE, finished_at=job.finished_at)
    housekeeping.tidy_daily(first)
    assert Job.objects.filter(pk=late.pk).exists()
    housekeeping.tidy_daily(first + days(1))
    assert not Job.objects.filter(pk=late.pk).exists()
