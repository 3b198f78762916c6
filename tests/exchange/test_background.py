"""背景での取込み: a long file is looked at and written by the worker, with progress; by nobody twice."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from exchange import services
from exchange.applying import apply_run, check_run
from exchange.errors import ImportUnderWay, NotConfirmed, NotImported, RegisterChanged
from exchange.models import ImportRun, RunState
from exchange.registers import get
from history.bulk import create_all_as
from history.writing import SYSTEM
from notices import progress
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
    assert (run.status, job.state, job.done, job.total) == (RunState.APPLIED, JobState.DONE, 600, 600)
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


def test_a_refusal_while_writing_keeps_its_own_words(office, monkeypatch):
    run = services.claim(ready(office, *ROWS[:3]), actor=office)

    def refuses(*args, **kwargs):
        raise ValidationError("帳票の名称がありません。")

    monkeypatch.setattr("registry.migrating.ActivityWriter.attach", refuses)
    with pytest.raises(NotImported, match="帳票の名称がありません。"):
        apply_run(run, actor=office)
    run.refresh_from_db()
    assert (run.status, run.message) == (RunState.UPLOADED, "何も取り込みませんでした。帳票の名称がありません。")


def test_only_a_number_taken_in_this_moment_means_that_the_register_has_changed(office, section, monkeypatch):
    def takes(self, lives, **kwargs):
        create_all_as([Activity(number=ROWS[0][0], token=uuid4())], SYSTEM, action="import_register", reason="x")

    monkeypatch.setattr("registry.migrating.ActivityWriter.attach", takes)
    with pytest.raises(RegisterChanged):
        apply_run(services.claim(ready(office, ROWS[0]), actor=office), actor=office)

    def breaks(self, lives, **kwargs):
        create_all_as([Activity(number="9999-99", token=None)], SYSTEM, action="import_register", reason="x")

    monkeypatch.setattr("registry.migrating.ActivityWriter.attach", breaks)
    with pytest.raises(IntegrityError):
        apply_run(services.claim(ready(office, ROWS[1]), actor=office), actor=office)


def test_the_figures_of_a_look_and_of_a_writing_end_with_the_rows(office):
    run = services.begin_import(get("registry"), name="台帳.csv", content=table(*ROWS[:287]), actor=office)
    told = []
    run = check_run(run, actor=office, today=TODAY, step=lambda done, total: told.append((done, total)))
    assert told == [(200, 287), (287, 287)]
    told.clear()
    apply_run(services.claim(run, actor=office), actor=office, step=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((100, 287), (287, 287))


def dying(run, actor):
    """A run whose worker was killed while it wrote: the job runs, and no process holds its lock."""
    run = services.claim(run, actor=actor, in_background=True)
    run.job.state, run.job.started_at = JobState.RUNNING, run.applying_since
    run.job.save()
    return run


def test_an_import_whose_process_died_is_shown_as_such_and_can_be_looked_at_again(office, sign_in):
    run, client = dying(ready(office, ROWS[0]), office), sign_in(office)
    shown = client.get(reverse("view_import", args=[run.pk])).content.decode()
    for words in ("中断", "処理するプログラムが止まりました", "もう一度確認する", "取りやめる"):
        assert words in shown
    assert "中断" in client.get(reverse("import_list")).content.decode()
    client.post(reverse("check_import", args=[run.pk]))
    run.refresh_from_db()
    assert (run.status, run.applying_since) == (RunState.READY, None)


def test_an_import_whose_process_died_holds_its_register_no_longer(office):
    broken = dying(ready(office, ROWS[0]), office)
    services.confirm_import(ready(office, ROWS[1]), actor=office)
    broken.refresh_from_db()
    assert (broken.status, Activity.objects.get().number) == (RunState.UPLOADED, ROWS[1][0])
    assert "止まりました" in broken.message


def test_an_import_that_lives_is_not_looked_at_again_and_holds_its_register(office, sign_in):
    waiting, second = ready(office, ROWS[0]), ready(office, ROWS[1])
    waiting = services.claim(waiting, actor=office, in_background=True)
    shown = sign_in(office).get(reverse("view_import", args=[waiting.pk])).content.decode()
    assert "もう一度確認する" not in shown
    with pytest.raises(NotConfirmed):
        services.look(waiting, actor=office)
    with pytest.raises(ImportUnderWay):
        services.claim(second, actor=office)


@pytest.mark.only_on("sqlite")  # PostgreSQL lets many write at once
def test_while_a_worker_writes_an_upload_is_told_at_once_who_and_since_when(office):
    run = dying(ready(office, ROWS[0]), office)
    with progress.alive(run.job_id), pytest.raises(ImportUnderWay, match=r"情報 花子さんが.+から台帳「業務登録」に"):
        ready(office, ROWS[1])
    assert ready(office, ROWS[1]).status == RunState.READY


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
