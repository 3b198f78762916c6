"""背景での取込み: a long file is looked at and written by the worker, with progress; by nobody twice."""

import pytest
from django.urls import reverse

from exchange import services
from exchange.applying import apply_run, check_run
from exchange.errors import ImportUnderWay, NotConfirmed, RegisterChanged
from exchange.models import ImportRun, RunState
from exchange.registers import get
from history.writing import SYSTEM
from notices.models import Job, JobState, Notice
from organization.models import Role
from registry.models import Activity, ActivityVersion
from tests.exchange.conftest import table
from tests.exchange.test_import_register import TODAY, upload
from tests.notices.conftest import worker
from tests.organization.factories import person
from tests.registry.factories import registered_activity

__all__ = ["worker"]
pytestmark = pytest.mark.django_db
ROWS = [(f"{at // 100:04}-{at % 100:02}", f"業務{at}", "収納課", "R3.4.1") for at in range(600)]


@pytest.fixture
def office(section):
    return person(Role.OFFICE, section, name="情報 花子")


def ready(actor, *rows):
    run = services.begin_import(get("registry"), name="台帳.csv", content=table(*rows), actor=actor)
    return check_run(run, actor=actor, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_looked_at_and_written_by_the_worker(office, sign_in, worker):
    client = sign_in(office)
    looked = upload(client, table(*ROWS))
    run = ImportRun.objects.get()
    assert looked.headers["Location"] == reverse("view_job", args=[run.job_id])
    worker()
    run.refresh_from_db()
    assert (run.status, run.new, run.job.state) == (RunState.READY, 600, JobState.DONE)
    confirmed = client.post(reverse("confirm_import", args=[run.pk]))
    run.refresh_from_db()
    assert confirmed.headers["Location"] == reverse("view_job", args=[run.job_id])
    assert not Activity.objects.exists()
    worker()
    run.refresh_from_db()
    job = Job.objects.get(pk=run.job_id)
    assert (run.status, job.state, job.done, job.total) == (RunState.APPLIED, JobState.DONE, 1200, 1200)
    assert (job.message, job.result_url) == (run.summary, reverse("view_import", args=[run.pk]))
    assert ActivityVersion.history.filter(history_change_reason="台帳.csv", actor_name="情報 花子").count() == 600
    assert Notice.objects.filter(user=office).count() == 2


def test_the_way_to_the_progress_is_shown_to_whom_it_is_open_only(office, section, sign_in):
    run = services.claim(ready(office, *ROWS[:3]), actor=office, in_background=True)
    told = {}
    for role, user in ((Role.OFFICE, office), (Role.ADMIN, person(Role.ADMIN, section))):
        client = sign_in(user)
        page = client.get(reverse("view_import", args=[run.pk])).content.decode()
        code = client.get(reverse("view_job", args=[run.job_id])).status_code
        told[role] = (code, "進みぐあいを見る" in page)
    assert told == {Role.OFFICE: (200, True), Role.ADMIN: (404, False)}


@pytest.mark.django_db(transaction=True)
def test_an_import_called_off_before_the_worker_comes_writes_nothing(office, worker):
    run = services.claim(ready(office, *ROWS), actor=office, in_background=True)
    services.cancel_import(run, actor=office)
    worker()
    assert Job.objects.get().state == JobState.FAILED
    assert not Activity.objects.exists()


def test_what_breaks_off_leaves_nothing_and_frees_the_register(office, monkeypatch):
    run = services.claim(ready(office, *ROWS[:3]), actor=office)

    def breaks(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("registry.migrating.ActivityWriter.attach", breaks)
    with pytest.raises(OSError, match="disk"):
        apply_run(run, actor=office)
    run.refresh_from_db()
    assert (run.status, Activity.objects.count(), ActivityVersion.history.count()) == (RunState.UPLOADED, 0, 0)
    assert "何も取り込みませんでした" in run.message


def test_only_one_comes_into_a_register_at_a_time_but_into_another_one_may(office, section):
    first, second = ready(office, ROWS[0]), ready(office, ROWS[1])
    services.claim(first, actor=office)
    with pytest.raises(ImportUnderWay, match=r"情報 花子さんが.+から"):
        services.claim(second, actor=office)
    header = ["個人情報ファイルの名称", "所管課", "登録年月日"]
    content = table(("ファイル", "収納課", "R5.4.1"), header=header)
    other = services.begin_import(get("files"), name="簿.csv", content=content, actor=office)
    services.confirm_import(check_run(other, actor=office, today=TODAY), actor=office)
    other.refresh_from_db()
    assert other.status == RunState.APPLIED


def test_the_register_seen_is_the_register_written(office, section):
    run = ready(office, ROWS[0], ROWS[1])
    registered_activity(section, number_as_printed=ROWS[1][0])
    with pytest.raises(RegisterChanged):
        services.confirm_import(run, actor=office)
    assert Activity.objects.count() == 1


def test_nothing_is_written_twice(office):
    run = services.confirm_import(ready(office, ROWS[0]), actor=office)
    with pytest.raises(NotConfirmed):
        apply_run(run, actor=office)
    with pytest.raises(NotConfirmed):
        check_run(run, actor=office, today=TODAY)
    assert ActivityVersion.history.count() == 1


def test_a_command_of_the_system_stands_in_the_list_as_such(office, sign_in):
    ready(SYSTEM, ROWS[0])
    assert "システム" in sign_in(office).get(reverse("import_list")).content.decode()
