"""同時の書込み: the worker and the pages write at once, each in its own transactions, and neither is told "locked"."""

import multiprocessing

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from notices import jobs
from notices.models import Job, JobState, Notice
from notices.services import tell

pytestmark = pytest.mark.django_db(transaction=True)

JOBS, WRITES = 10, 20


def writing(job, progress):
    """Work that holds a transaction while it writes row after row."""
    with transaction.atomic():
        for number in range(WRITES):
            Notice.objects.create(user=job.owner, text=f"背景 {job.pk}-{number}")
            progress.step(number + 1, WRITES)


def _work():
    connections.close_all()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    connections.close_all()


def test_a_worker_and_a_page_that_write_at_once_both_come_to_their_end(kind, clerk):
    name = kind(writing)
    for number in range(JOBS):
        jobs.start(name, title=f"処理{number}", owner=clerk)
    connections.close_all()  # a process must not share a connection with the one it was forked from
    worker = multiprocessing.get_context("fork").Process(target=_work)
    worker.start()
    written = 0
    while worker.is_alive() or written < JOBS:
        tell(clerk, f"画面 {written}")
        written += 1
    worker.join(timeout=60)
    assert worker.exitcode == 0
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert Notice.objects.filter(text__startswith="背景").count() == JOBS * WRITES
    assert Notice.objects.filter(text__startswith="画面").count() == written
