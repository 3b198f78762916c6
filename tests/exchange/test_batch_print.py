"""まとめた印刷: what is chosen in a list, and what the person may see of it, becomes one PDF, at once or as a job."""

import re
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange import batches
from exchange.batches import AT_ONCE
from files.models import StoredFile
from history.writing import SYSTEM
from notices.models import Job
from organization.models import Role
from printing.layouts import seed_layouts
from printing.models import SheetLayout
from registry.sheets import BATCH
from tests.file_register.factories import file_draft, registered_file
from tests.organization.factories import DepartmentFactory, person
from tests.printing.papers import fold, pages_of
from tests.registry.factories import activity_draft, registered_activity

pytestmark = pytest.mark.django_db(transaction=True)
PRINT = "/activities/print/"
NO_SHAPE = "\ue000"
TODAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def layouts():
    """The sheets' layouts."""
    seed_layouts(SYSTEM)


@pytest.fixture
def department():
    return DepartmentFactory(name="収納課")


@pytest.fixture
def clerk(department):
    return person(Role.CLERK, department)


def businesses(department, count, **values):
    """`count` registered businesses, 0001-01 業務1 and on."""
    return [
        registered_activity(department, number_as_printed=f"{at:04}-01", name=f"業務{at}", **values)
        for at in range(1, count + 1)
    ]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def bookmarks(pdf):
    with pikepdf.open(BytesIO(pdf)) as read, read.open_outline() as outline:
        return [item.title for item in outline.root][1:]


def worker():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_the_ticked_rows_are_printed_in_the_order_of_the_list(department, clerk):
    rows = businesses(department, 4)
    answer = signed_in(clerk).post(PRINT, {"row": [rows[2].pk, rows[0].pk]})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert bookmarks(answer.content) == ["0001-01 業務1", "0003-01 業務3"]
    contents, *sheets = pages_of(answer.content)
    assert "0001-01業務1" in fold(contents)
    assert len(sheets) == 2


@pytest.mark.parametrize("choice", [{"all": "1"}, {"page": "1"}])
def test_all_of_the_filter_or_all_that_are_shown_are_printed_without_a_script(department, clerk, choice):
    businesses(department, 3)
    client = signed_in(clerk)
    page = client.get("/activities/").content.decode()
    shown = re.findall(r'name="shown" value="(\d+)"', page)
    assert len(shown) == 3
    answer = client.post(PRINT, choice | {"shown": shown})
    assert bookmarks(answer.content) == ["0001-01 業務1", "0002-01 業務2", "0003-01 業務3"]


def test_the_filters_of_the_list_go_along_with_the_button(department, clerk):
    businesses(department, 12)
    client = signed_in(clerk)
    page = client.get("/activities/", {"q": "業務1"}).content.decode()
    action = re.search(r'<form class="ph selbar" id="batch" method="post" action="([^"]*)"', page)[1]
    assert bookmarks(client.post(action, {"all": "1"}).content) == [
        "0001-01 業務1", "0010-01 業務10", "0011-01 業務11", "0012-01 業務12"
    ]  # fmt: skip


def test_what_the_person_may_not_see_is_not_printed_whatever_is_sent(department, clerk):
    own, foreign = activity_draft(department, name="自課の下書き"), activity_draft(DepartmentFactory(name="別課"))
    sent = {"row": [own.pk, foreign.pk, 10**17, "x"]}
    assert bookmarks(signed_in(clerk).post(f"{PRINT}?state=draft", sent).content) == ["自課の下書き"]


def test_nothing_chosen_leads_back_to_the_list_with_words(clerk):
    client = signed_in(clerk)
    answer = client.post(f"{PRINT}?q=業務", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/activities/?q=%E6%A5%AD%E5%8B%99")
    assert "印刷する票を選んでください。" in client.get(answer.headers["Location"]).content.decode()


def test_files_of_the_law_are_printed_as_their_entries(department, clerk):
    registered_file(department, name="不登校実態調査ファイル")
    answer = signed_in(clerk).post("/personal-files/print/", {"all": "1"})
    assert bookmarks(answer.content) == ["不登校実態調査ファイル"]
    assert "個人情報ファイルの名称" in pages_of(answer.content)[0]


def test_a_draft_of_a_file_is_printed_by_its_department(department, clerk):
    file_draft(department, name="下書きのファイル")
    answer = signed_in(clerk).post("/personal-files/print/?state=draft", {"all": "1"})
    assert bookmarks(answer.content) == ["下書きのファイル"]


def test_characters_without_a_shape_are_asked_about_first_with_the_choice_kept(department, clerk):
    businesses(department, 1)
    bad = registered_activity(department, number_as_printed="0009-01", name=f"{NO_SHAPE}の業務")
    client = signed_in(clerk)
    asked = client.post(PRINT, {"all": "1"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "字体にない文字：U+E000" in page
    assert "業務1</" not in page
    assert '<input type="hidden" name="all" value="1">' in page
    geta = client.post(PRINT, {"all": "1", "missing": "geta"}).content
    assert bookmarks(geta) == ["0001-01 業務1", f"0009-01 {bad.name}"]
    assert "〓の業務" in pages_of(geta)[0]
    assert "〓で印刷" in pages_of(geta)[0]
    assert bookmarks(client.post(PRINT, {"all": "1", "missing": "leave"}).content) == ["0001-01 業務1"]


def test_when_no_sheet_is_left_the_page_says_so(department, clerk):
    registered_activity(department, name=NO_SHAPE)
    answer = signed_in(clerk).post(PRINT, {"all": "1", "missing": "leave"})
    assert answer.status_code == 409
    assert "印刷できる票がありません。" in answer.content.decode()


def test_fifty_rows_ask_as_many_statements_as_two(department, clerk):
    rows = businesses(department, AT_ONCE)
    client = signed_in(clerk)
    client.post(PRINT, {"row": [rows[0].pk]})
    with CaptureQueriesContext(connection) as few:
        client.post(PRINT, {"row": [row.pk for row in rows[:2]]})
    with CaptureQueriesContext(connection) as many:
        answer = client.post(PRINT, {"all": "1"})
    assert len(bookmarks(answer.content)) == AT_ONCE
    assert len(few) == len(many) <= 10


@pytest.fixture
def at_once(monkeypatch):
    """More than two rows are printed in the background, three to a chunk."""
    monkeypatch.setattr("exchange.batch_pages.AT_ONCE", 2)
    monkeypatch.setattr("exchange.batches.CHUNK", 3)


def test_more_than_fifty_are_printed_in_the_background_after_a_question(department, clerk, at_once):
    businesses(department, 7)
    client = signed_in(clerk)
    asked = client.post(PRINT, {"all": "1"})
    assert asked.status_code == 200
    assert "印刷は背景で行います" in asked.content.decode()
    assert not Job.objects.exists()
    answer = client.post(PRINT, {"all": "1", "missing": "geta"})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("view_job", args=[job.pk])
    assert job.title == "業務登録票の印刷（7件）"
    worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.failures) == ("done", 7, 7, [])
    pdf = b"".join(client.get(job.result_url).streaming_content)
    assert bookmarks(pdf) == [f"{at:04}-01 業務{at}" for at in range(1, 8)]
    assert [fold(page)[-1] for page in pages_of(pdf)[1:]] == [str(at) for at in range(1, 8)]


def test_the_result_is_its_owners_alone(department, clerk, at_once):
    businesses(department, 3)
    signed_in(clerk).post(PRINT, {"all": "1", "missing": "geta"})
    worker()
    stored = StoredFile.objects.get()
    assert (stored.owner, stored.type) == (clerk, "pdf")
    url = reverse("download_file", args=[stored.pk])
    assert signed_in(clerk).get(url).status_code == 200
    for role in (Role.OFFICE, Role.ADMIN, Role.CLERK):
        assert signed_in(person(role)).get(url).status_code == 404


@pytest.mark.parametrize(("missing", "printed"), [("geta", 3), ("leave", 2)])
def test_the_job_names_each_sheet_with_characters_without_a_shape(department, clerk, at_once, missing, printed):
    businesses(department, 2)
    registered_activity(department, number_as_printed="0009-01", name=f"{NO_SHAPE}の業務")
    signed_in(clerk).post(PRINT, {"all": "1", "missing": missing})
    worker()
    job = Job.objects.get()
    (failure,) = job.failures
    assert failure["item"] == f"0009-01　{NO_SHAPE}の業務"
    assert failure["reason"].startswith("字体にない文字：U+E000")
    assert ("印刷していません" in failure["reason"]) == (missing == "leave")
    assert job.message.startswith(f"{printed}件の票")


def test_a_sheet_that_fails_is_named_and_the_rest_is_printed(department, clerk, at_once, monkeypatch):
    rows = businesses(department, 4)
    pks = [row.pk for row in rows]
    job = batches.start(BATCH, [*pks, 10**12], missing="geta", owner=clerk, today=TODAY)
    original = batches.sheets.Layouts.of

    def of(self, row, *, today):
        if row.pk == pks[1]:
            raise RuntimeError("a fault in one sheet")
        return original(self, row, today=today)

    monkeypatch.setattr(batches.sheets.Layouts, "of", of)
    worker()
    job.refresh_from_db()
    assert job.state == "done"
    assert [failure["item"] for failure in job.failures] == ["0002-01　業務2", "1件"]
    assert job.message.startswith("3件の票")


def test_a_job_prints_what_its_owner_may_see_when_it_runs(department, clerk, at_once):
    draft = activity_draft(DepartmentFactory(name="別課"))
    shown = businesses(department, 1)[0]
    job = batches.start(BATCH, [draft.pk, shown.pk], missing="geta", owner=clerk, today=TODAY)
    worker()
    job.refresh_from_db()
    assert job.message.startswith("1件の票")
    assert [failure["item"] for failure in job.failures] == ["1件"]


def test_a_job_without_any_sheet_fails_with_words(clerk):
    job = batches.start(BATCH, [10**12], missing="geta", owner=clerk, today=TODAY)
    worker()
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "印刷できる票がありません。")
    assert not StoredFile.objects.exists()


def test_without_a_layout_the_sheets_are_named_with_the_reason(department, clerk):
    businesses(department, 1)
    for layout in SheetLayout.objects.filter(code="activity"):
        layout.valid_from, layout.valid_to = TODAY.replace(year=2050), None
        layout.save_as(SYSTEM, action="edit_reference")
    answer = signed_in(clerk).post(PRINT, {"all": "1"})
    assert answer.status_code == 422
    assert "使う様式の版がありません" in answer.content.decode()


def test_a_sheet_of_the_volume_says_what_the_same_sheet_says_alone(department, clerk):
    (row,) = businesses(department, 1)
    registered_file(department, activities=[row.activity])
    alone = signed_in(clerk).get(reverse("print_activity", args=[row.pk])).content
    _, bound = pages_of(signed_in(clerk).post(PRINT, {"row": [row.pk]}).content)
    (page,) = pages_of(alone)
    assert "☑有" in fold(page)
    assert fold(page) in fold(bound)
