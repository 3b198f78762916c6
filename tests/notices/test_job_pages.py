"""処理の状況: what a job's page and the list of jobs show, and to whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices import jobs, progress
from notices.models import Job, JobState
from organization.models import Role
from tests.organization.factories import person

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def job(kind, clerk):
    """A job that waits."""
    return jobs.start(kind(lambda job, progress: None, repeatable=True), title="10,000行の取込み", owner=clerk)


def ended(job, state, **values):
    """The job as it stands after its end."""
    for name, value in (values | {"state": state, "finished_at": timezone.now()}).items():
        setattr(job, name, value)
    job.save()
    return job


def shown(client, job, query="", **headers):
    return client.get(reverse("view_job", args=[job.pk]) + query, **headers)


def test_its_owner_and_the_office_see_it_others_do_not(job, clerk, sign_in):
    assert shown(sign_in(clerk), job).status_code == 200
    assert shown(sign_in(person(Role.OFFICE)), job).status_code == 200
    for role in (Role.CLERK, Role.HEAD, Role.AUDITOR, Role.ADMIN):
        assert shown(sign_in(person(role)), job).status_code == 404


def test_while_it_waits_the_page_asks_again_and_has_a_plain_link(job, clerk, sign_in):
    page = shown(sign_in(clerk), job).content.decode()
    assert "順番待ち" in page
    assert 'hx-trigger="every 1s"' in page
    assert f'<a class="btn btn-n" href="{reverse("view_job", args=[job.pk])}">いまの状態を見る</a>' in page


def test_while_it_runs_the_bar_and_the_figures_come_from_the_work(job, clerk, sign_in):
    job.state = JobState.RUNNING
    job.save()
    with progress.alive(job.pk) as reported:
        reported.step(2500, 10000)
        page = shown(sign_in(clerk), job).content.decode()
    assert '<progress value="2500" max="10000"' in page
    assert "10,000件中2,500件" in page


def test_the_fragment_says_aloud_only_what_is_new(job, clerk, sign_in):
    client = sign_in(clerk)
    job.state = JobState.RUNNING
    job.save()
    with progress.alive(job.pk) as reported:
        reported.step(1, 10)
        first = shown(client, job, **HTMX).content.decode()
        assert not first.lstrip().startswith("<!doctype")
        assert "処理中　10件中1件" in re.search(r'role="status"[^>]*>([^<]*)<', first)[1]
        said = re.search(r"said=(\w+)", first)[0]
        assert 'role="status"' not in shown(client, job, f"?{said}", **HTMX).content.decode()
        reported.step(2, 10)
        assert 'role="status"' in shown(client, job, f"?{said}", **HTMX).content.decode()


def test_after_the_end_it_shows_the_result_and_what_was_left_out_and_asks_no_more(job, clerk, sign_in):
    failures = [{"item": "0119-01 <b>収納</b>", "reason": "様式の版がありません"}]
    ended(
        job, JobState.DONE, done=2, total=2, failures=failures, result_url="/stored/1/", message="2件を印刷しました。"
    )
    page = shown(sign_in(clerk), job).content.decode()
    assert "hx-trigger" not in page
    assert '<a class="btn btn-p" href="/stored/1/">結果を開く</a>' in page
    assert "0119-01 &lt;b&gt;収納&lt;/b&gt;：様式の版がありません" in page


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.INTERRUPTED])
def test_its_owner_is_offered_to_do_it_again_and_the_office_is_not(job, clerk, sign_in, state):
    ended(job, state, message="止まりました。")
    again = reverse("restart_job", args=[job.pk])
    assert again in shown(sign_in(clerk), job).content.decode()
    assert again not in shown(sign_in(person(Role.OFFICE)), job).content.decode()
    answer = sign_in(clerk).post(again)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("view_job", args=[job.pk]))
    assert Job.objects.get().state == JobState.WAITING


def test_doing_again_what_has_not_stopped_is_refused_with_words(job, clerk, sign_in):
    answer = sign_in(clerk).post(reverse("restart_job", args=[job.pk]))
    assert answer.status_code == 409
    assert "やり直せません" in answer.content.decode()
    assert sign_in(clerk).get(reverse("restart_job", args=[job.pk])).status_code == 405


def test_the_list_holds_ones_own_jobs_the_newest_first(job, kind, clerk, sign_in):
    jobs.start(kind(lambda job, progress: None), title="まとめた印刷", owner=clerk)
    jobs.start(kind(lambda job, progress: None), title="他人の処理", owner=person(Role.CLERK))
    page = sign_in(clerk).get(reverse("job_list")).content.decode()
    assert "他人の処理" not in page
    assert page.index("まとめた印刷") < page.index("10,000行の取込み")


def test_the_list_asks_as_much_for_many_jobs_as_for_one(job, kind, clerk, sign_in):
    client = sign_in(clerk)
    client.get(reverse("job_list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("job_list"))
    for _ in range(60):
        jobs.start(kind(lambda job, progress: None), title="まとめた印刷", owner=clerk)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(reverse("job_list"))
    assert "次" in answer.content.decode()
    assert len(few) == len(many) <= 7
