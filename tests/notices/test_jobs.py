"""背景処理: what the worker does with a job, and what becomes of work that fails or dies."""

import multiprocessing
import os
import signal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse

from history.errors import DomainError
from notices import jobs, progress
from notices.errors import NotRepeatable
from notices.models import Job, JobState, Notice
from organization.models import Department, Role
from organization.rules import NotPermitted
from tests.organization.factories import OrganFactory, person

# The worker has transactions of its own; so have the tests.
pytestmark = pytest.mark.django_db(transaction=True)


class Refused(DomainError):
    """A refusal that a person can mend."""


def counted(job, progress, *, items):
    """Work: each item in turn; one named 悪い fails."""
    for number, item in enumerate(items, 1):
        if item == "悪い":
            progress.fail(item, "読めません")
        progress.step(number, len(items))
    job.message, job.result_url = f"{len(items)}件を調べました。", "/result/"


def start(kind, clerk, **arguments):
    return jobs.start(kind, title="試しの処理", owner=clerk, arguments=arguments)


def test_the_worker_does_the_work_and_keeps_how_it_ended(kind, worker, clerk):
    job = start(kind(counted), clerk, items=["一", "悪い", "三"])
    assert (job.state, job.started_at) == (JobState.WAITING, None)
    worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert (job.message, job.result_url) == ("3件を調べました。", "/result/")
    assert job.failures == [{"item": "悪い", "reason": "読めません"}]
    assert job.created_at <= job.started_at <= job.finished_at


def test_its_owner_is_told_where_to_look_and_how_much_was_left_out(kind, worker, clerk):
    job = start(kind(counted), clerk, items=["悪い"])
    worker()
    notice = Notice.objects.get(user=clerk)
    assert notice.text == "「試しの処理」が終わりました。できなかったものが1件あります。"
    assert notice.url == reverse("view_job", args=[job.pk])


def test_nothing_waits_when_the_step_that_asked_for_it_is_undone(kind, worker, clerk):
    name = kind(counted)
    with transaction.atomic():
        start(name, clerk, items=["一"])
        transaction.set_rollback(True)
    worker()
    assert not Job.objects.exists()
    assert not Notice.objects.exists()


def test_a_kind_that_nobody_registered_is_a_fault_at_once(clerk):
    with pytest.raises(KeyError):
        start("no-such-kind", clerk)


def test_a_title_that_is_too_long_is_refused(kind, clerk):
    with pytest.raises(ValidationError):
        jobs.start(kind(counted), title="長" * 201, owner=clerk)


def test_a_refusal_ends_the_job_with_its_own_words_and_nothing_half_saved(kind, worker, clerk):
    def work(job, progress):
        progress.step(1, 2)
        with transaction.atomic():
            Notice.objects.create(user=job.owner, text="途中")
            raise Refused("3行目の業務登録番号が重なっています。")

    job = start(kind(work), clerk)
    worker()
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "3行目の業務登録番号が重なっています。")
    assert (job.done, job.total) == (1, 2)
    assert [notice.text for notice in Notice.objects.all()] == [
        "「試しの処理」はできませんでした。3行目の業務登録番号が重なっています。"
    ]


def test_a_fault_is_logged_with_its_traceback_and_told_without_it(kind, worker, clerk, caplog):
    def work(job, progress):
        raise RuntimeError("secret detail")

    job = start(kind(work), clerk)
    worker()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert f"番号（{job.pk}）" in job.message
    assert "secret detail" not in job.message
    assert "secret detail" in caplog.text


def test_the_work_can_be_watched_from_outside_its_transaction(kind, worker, clerk):
    seen = []

    def work(job, progress):
        with transaction.atomic():
            progress.step(250, 1000)
            seen.append(jobs.brought_up_to_date(Job.objects.get(pk=job.pk)))
            raise Refused("やめます。")

    start(kind(work), clerk)
    worker()
    assert [(job.state, job.done, job.total) for job in seen] == [(JobState.RUNNING, 250, 1000)]


def test_what_the_work_writes_is_tied_together_in_the_trail(kind, worker, clerk):
    def work(job, progress):
        for name in ("教育委員会", "議会"):
            OrganFactory(name=name)

    start(kind(work), clerk)
    worker()
    written = Department.history.filter(name__in=["教育委員会", "議会"])
    assert (written.count(), len({row.request_id for row in written} - {""})) == (2, 1)


def test_a_job_is_done_once_however_often_it_stands_in_the_queue(kind, worker, clerk):
    done = []
    job = start(kind(lambda job, progress: done.append(job.pk)), clerk)
    worker()
    jobs.run(job.pk)
    assert done == [job.pk]


def test_more_than_everything_is_not_believed(kind, worker, clerk):
    job = start(kind(lambda job, progress: progress.step(3, 2)), clerk)
    worker()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.FAILED, 0)


def _begin_and_die(job_pk):
    """In a process of its own: begin the job, report half of it, and be killed."""
    connection.close()
    with progress.alive(job_pk) as reported:
        Job.objects.filter(pk=job_pk).update(state=JobState.RUNNING)
        connection.close()
        reported.step(5, 10)
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def broken_off(kind, clerk):
    """A job whose process was killed in the middle."""

    def make(*, repeatable=False):
        job = start(kind(counted, repeatable=repeatable), clerk, items=["一", "二"])
        connection.close()
        process = multiprocessing.get_context("fork").Process(target=_begin_and_die, args=[job.pk])
        process.start()
        process.join(timeout=60)
        assert process.exitcode == -signal.SIGKILL
        return Job.objects.get(pk=job.pk)

    return make


def test_a_job_whose_process_was_killed_shows_at_once_as_broken_off(broken_off):
    job = broken_off()
    assert job.state == JobState.RUNNING
    shown = jobs.brought_up_to_date(job)
    assert (shown.state, shown.done, shown.total) == (JobState.INTERRUPTED, 5, 10)


def test_the_next_worker_writes_it_down_and_tells_the_owner(broken_off, worker, clerk):
    job = broken_off()
    worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.message) == (JobState.INTERRUPTED, 5, jobs.INTERRUPTED)
    assert Notice.objects.get(user=clerk).text == "「試しの処理」が中断しました。"


def test_a_job_that_runs_is_not_taken_for_broken_off(kind, worker, clerk):
    noted = []
    job = start(kind(lambda job, progress: noted.append(jobs.note_interrupted())), clerk)
    worker()
    job.refresh_from_db()
    assert (noted, job.state) == ([0], JobState.DONE)


def test_what_may_be_done_twice_is_done_again_from_the_start(broken_off, worker, clerk):
    job = broken_off(repeatable=True)
    jobs.note_interrupted()
    jobs.restart(job, actor=clerk)
    worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.message) == (JobState.DONE, 2, "2件を調べました。")


def test_what_may_not_be_done_twice_is_not_begun_again(broken_off, clerk):
    job = broken_off()
    jobs.note_interrupted()
    with pytest.raises(NotRepeatable):
        jobs.restart(job, actor=clerk)


@pytest.mark.parametrize("state", sorted({JobState.WAITING, JobState.DONE}))
def test_nothing_is_begun_again_that_did_not_stop_halfway(kind, worker, clerk, state):
    job = start(kind(counted, repeatable=True), clerk, items=["一"])
    if state == JobState.DONE:
        worker()
    with pytest.raises(NotRepeatable):
        jobs.restart(job, actor=clerk)


def test_somebody_else_does_not_begin_it_again(broken_off):
    job = broken_off(repeatable=True)
    jobs.note_interrupted()
    with pytest.raises(NotPermitted):
        jobs.restart(job, actor=person(Role.OFFICE))
