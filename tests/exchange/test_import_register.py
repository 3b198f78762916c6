"""取込みのページ: upload, look, correct, confirm."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.tables.limits import MAX_BYTES
from common.tables.writing import xlsx_bytes
from exchange.models import ImportRun, RunState
from history.writing import SYSTEM
from organization.models import Role
from registry.models import Activity, ActivityVersion
from tests.exchange.conftest import HEADER, table
from tests.organization.factories import person
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)
RIGHT = ("1309-14", "児童生徒指導に関する業務", "収納課", "平成12年4月1日")
WRONG = ("1309-15", "指導に関する業務", "収能課", "令和3年2月30日")


@pytest.fixture
def office(section, sign_in):
    """The office's browser."""
    return sign_in(person(Role.OFFICE, section, name="情報 花子"))


def upload(client, content, name="台帳.csv", code="registry"):
    return client.post(reverse("import_register", args=[code]), {"file": SimpleUploadedFile(name, content)})


def page(client, run):
    return client.get(reverse("view_import", args=[run.pk])).content.decode()


def confirm(client, run):
    """What the person reads after pressing the button."""
    assert client.post(reverse("confirm_import", args=[run.pk])).status_code == 303
    return page(client, run)


def test_shows_each_row_before_anything_is_written(office):
    assert upload(office, table(RIGHT, WRONG, encoding="cp932")).status_code == 303
    run = ImportRun.objects.get()
    shown = page(office, run)
    for words in ("CP932", "新規 1件", "誤り 1件", "収能課", "名称の近い組織：「区民部 収納課」", "令和3年2月30日"):
        assert words in shown
    assert "この内容で取り込む" not in shown
    assert "この内容で取り込む" not in confirm(office, run)
    assert not Activity.objects.exists()


def test_a_corrected_file_comes_in_with_its_history(office):
    upload(office, table(RIGHT, WRONG))
    upload(office, table(RIGHT, ("1309-15", "指導に関する業務", "収納課", "R3.2.28")))
    run = ImportRun.objects.latest("pk")
    assert "この内容で取り込む（新規2件、変更0件）" in page(office, run)
    assert "台帳.csvを取り込みました（新規2件、変更0件）。" in confirm(office, run)
    assert [version.activity.number for version in ActivityVersion.objects.order_by("pk")] == ["1309-14", "1309-15"]
    entries = list(ActivityVersion.history.values_list("action", "history_change_reason", "actor_name"))
    assert entries == [("import_register", "台帳.csv", "情報 花子")] * 2


def test_the_errors_come_as_csv_with_row_column_value_and_words(office):
    upload(office, table(RIGHT, WRONG))
    answer = office.get(reverse("import_errors", args=[ImportRun.objects.get().pk]))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["行", "列", "値", "誤り"]
    assert [line[:3] for line in lines[1:]] == [["3", "所管課", "収能課"], ["3", "登録年月日", "令和3年2月30日"]]


def test_a_confirmation_counts_only_for_the_register_that_was_seen(office, section):
    standing = registered_activity(section, number_as_printed="1309-14", name="前の名称")
    upload(office, table(("1309-14", "新しい名称", "収納課", "R3.4.1")))
    run = ImportRun.objects.get()
    assert "前の名称" in page(office, run)
    standing.name = "別の名称"
    standing.save_as(SYSTEM, action="load_demo")
    assert "確認のあとに台帳が変わったため" in confirm(office, run)
    run.refresh_from_db()
    assert run.status == RunState.UPLOADED
    office.post(reverse("check_import", args=[run.pk]))
    assert "別の名称" in page(office, run)
    confirm(office, run)
    assert ActivityVersion.objects.get().name == "新しい名称"


def test_a_number_given_out_in_between_breaks_nothing(office, section):
    upload(office, table(RIGHT))
    registered_activity(section, number_as_printed="1309-14", name="先の業務")
    assert "確認のあとに台帳が変わったため" in confirm(office, ImportRun.objects.get())
    assert [version.name for version in ActivityVersion.objects.all()] == ["先の業務"]


def test_two_at_once_the_second_is_told_who_and_since_when(office, section, sign_in):
    upload(office, table(RIGHT))
    first = ImportRun.objects.get()
    first.status, first.applying_since = RunState.APPLYING, first.uploaded_at
    first.save_as(SYSTEM, action="import_register", reason="台帳.csv")
    second = sign_in(person(Role.ADMIN, section))
    upload(second, table(("1309-15", "別の業務", "収納課", "R3.4.1")), "別.csv")
    run = ImportRun.objects.latest("pk")
    words = confirm(second, run)
    assert "情報 花子さんが" in words
    assert "この台帳に取り込んでいます。" in words
    run.refresh_from_db()
    assert run.status == RunState.READY
    office.post(reverse("cancel_import", args=[first.pk]))
    confirm(second, run)
    assert Activity.objects.get().number == "1309-15"


def test_the_button_pressed_twice_leads_to_what_is_in(office):
    upload(office, table(RIGHT))
    run = ImportRun.objects.get()
    confirm(office, run)
    assert "すでに取り込まれています。" in confirm(office, run)
    run.refresh_from_db()
    assert (run.status, Activity.objects.count()) == (RunState.APPLIED, 1)


def test_what_is_in_is_neither_confirmed_nor_called_off_again(office):
    upload(office, table(RIGHT))
    run = ImportRun.objects.get()
    confirm(office, run)
    for name in ("confirm_import", "cancel_import", "check_import"):
        office.post(reverse(name, args=[run.pk]))
    run.refresh_from_db()
    assert (run.status, Activity.objects.count(), ActivityVersion.history.count()) == (RunState.APPLIED, 1, 1)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "空です"),
        (bytes(MAX_BYTES + 1), "a.csv", "ファイルが大きすぎます"),
        ("業務の名称\nあ".encode("utf-16"), "a.csv", "UTF-16"),
        (b"MZ\x90\x00" + bytes(300), "a.csv", "表のファイルではありません"),
        (b"PK\x03\x04" + bytes(300), "a.xlsx", "Excelファイルとして開けません"),
        (b"%PDF-1.7", "a.csv", "PDF"),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_the_door(office, content, name, words):
    answer = upload(office, content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(("1309-14", "名称"), header=HEADER[:2]), "必要な列がありません：「所管課」、「登録年月日」"),
        (table(header=HEADER), "行がありません"),
        ("業務の名称,業務の名称\nあ,い".encode(), "「業務の名称」が2列あります"),
    ],
)
def test_a_table_that_cannot_come_in_is_kept_and_answered_in_words(office, content, words):
    upload(office, content)
    run = ImportRun.objects.get()
    assert run.status == RunState.REFUSED
    assert words in page(office, run)
    assert not Activity.objects.exists()


def test_a_book_without_any_of_the_columns_is_told_which_sheet_is_read(office):
    for header, is_told in ((["表紙", "作成日"], True), (HEADER[:2], False)):
        upload(office, xlsx_bytes(header, [("a", "b")]), "台帳.xlsx")
        told = (
            "Excelブックは最初のシートだけを読み、その1行目を見出しとします。" in ImportRun.objects.latest("pk").message
        )
        assert told is is_told


def test_columns_are_found_in_any_order_and_others_are_named(office):
    header = ["備考欄", *reversed(HEADER)]
    upload(office, table(("x", *reversed(RIGHT)), header=header))
    shown = page(office, ImportRun.objects.get())
    assert "取り込まない列</dt><dd>備考欄" in shown
    assert "新規 1件" in shown


def test_the_same_number_in_five_spellings_is_one_number_and_both_rows_are_named(office):
    spellings = ["1309-14", "（1309-14）", "１３０９－１４", "1 3 0 9 _ 1 4", "1309−14"]
    upload(office, table(*[(text, f"業務{at}", "収納課", "R3.4.1") for at, text in enumerate(spellings)]))
    run = ImportRun.objects.get()
    assert run.wrong == 5
    assert "3行目、4行目、5行目、6行目にも同じ業務登録番号があります。" in page(office, run)


def test_a_formula_stays_a_text(office):
    upload(office, table(("1309-14", "=cmd|' /C calc'!A0", "収納課", "R3.4.1")))
    confirm(office, ImportRun.objects.get())
    assert ActivityVersion.objects.get().name == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("code", ["registry", "files", "departments", "users"])
def test_only_office_and_administrator_may_import(section, sign_in, code):
    wanted = {Role.CLERK: 403, Role.HEAD: 403, Role.AUDITOR: 403, Role.ADMIN: 200}
    wanted[Role.OFFICE] = 200 if code in ("registry", "files") else 403
    address = reverse("import_register", args=[code])
    found = {role: sign_in(person(role, section)).get(address).status_code for role in wanted}
    assert found == wanted


def test_an_import_into_a_register_of_others_is_out_of_sight(office, section, sign_in):
    upload(
        sign_in(person(Role.ADMIN, section)),
        table(("課", "新しい課", "区民部"), header=["段階", "名称", "上位の組織"]),
        code="departments",
    )
    run = ImportRun.objects.get()
    assert run.new == 1
    assert office.get(reverse("view_import", args=[run.pk])).status_code == 404
    assert run.file_name not in office.get(reverse("import_list")).content.decode()


def test_the_pages_of_many_rows_ask_as_few_statements(office, django_assert_max_num_queries):
    upload(office, table(*[(f"{at:04}-01", f"業務{at}", "収納課", "R3.4.1") for at in range(120)]))
    run = ImportRun.objects.get()
    page(office, run)
    with django_assert_max_num_queries(10):
        assert "119" in office.get(reverse("view_import", args=[run.pk]), {"page": "3"}).content.decode()
    with django_assert_max_num_queries(7):
        office.get(reverse("import_list"))
