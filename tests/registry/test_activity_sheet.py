"""業務登録票: the official sheet, its text, its page, and who may print it."""

import subprocess
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from history.writing import SYSTEM
from printing import output, sheets
from printing.layouts import read_seeds, seed_layouts
from printing.models import SheetLayout
from records.kinds import LINKAGE
from registry.collecting import FormEntry, edit_collecting_forms
from registry.kinds import ItemKind
from registry.links import BOXES
from registry.models import ActivityStatus, ActivityVersion
from registry.services import abolish_activity, register_activity, submit_activity
from tests.file_register.factories import registered_file
from tests.printing.papers import fold, pages_of, text_of
from tests.records.cast import somebody
from tests.records.factories import decided, reported
from tests.registry.factories import activity_draft, change_of, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 1)
FULL = {
    "number_as_printed": "（1309-14）",
    "item_kinds": [kind.value for kind in ItemKind],
    "collected_from": ["person", "others"],
    "collection_note": "保護者",
    "has_sensitive": True,
    "has_deceased": False,
}


@pytest.fixture(autouse=True)
def layouts():
    """The wording of the sheet."""
    seed_layouts(SYSTEM)


def printed(version):
    sheet = sheets.get("activity")
    return output.print_rows(sheet, [sheet.queryset().get(pk=version.pk)], today=TODAY, allow_missing=False)


def text(version):
    return fold(text_of(printed(version)))


@pytest.fixture
def full(department):
    """A business with everything filled in, changed once and abolished."""
    draft = activity_draft(department, **FULL)
    forms = [FormEntry("教育相談申込書", "令和4年4月版", "氏名、住所")]
    draft = edit_collecting_forms(draft, entries=forms, lock=draft.lock, actor=SYSTEM)
    first = register_activity(submit_activity(draft, actor=SYSTEM), on=date(2021, 4, 1), actor=SYSTEM)
    changed = register_activity(submitted_change_of(first, persons="約1,300人"), on=date(2022, 4, 1), actor=SYSTEM)
    return abolish_activity(changed, on=date(2023, 4, 1), reason="事業の終了のため", actor=SYSTEM)


def test_prints_every_box_in_the_order_of_the_form(full):
    kinds = "".join(f"☑{kind.label}" for kind in ItemKind)
    expected = (
        "(様式番号は仮)業務登録票"
        "業務登録番号130914業務の名称児童生徒指導上の課題対応に関する業務"
        "業務の目的児童生徒の指導上の課題に対応する。所管課名区民部学校教育支援センター"
        "個人情報保護管理責任者学校教育支援センター所長対象者(個人の範囲)区立小中学校の児童生徒"
        f"対象者の人数約1,300人記録項目の種別{kinds}記録項目氏名、住所、生年月日"
        "収集の方法☑本人から☑本人以外から(保護者)収集に用いる帳票教育相談申込書(令和4年4月版):氏名、住所"
        "記録の媒体文書要注意情報☑あり□なし死者に関する情報□あり☑なし"
        "業務の開始年月日平成12年4月1日登録年月日令和3年4月1日変更年月日令和4年4月1日廃止年月日令和5年4月1日"
        "外部委託□有☑無目的外利用□有☑無外部提供□有☑無電算結合□有☑無個人情報ファイル□有☑無"
    )
    assert text(full) == fold(expected)


def test_fits_on_one_page(full):
    assert len(pages_of(printed(full))) == 1


def test_of_a_draft_prints_blank_dates_and_empty_boxes(department):
    draft = activity_draft(department, item_kinds=[], collected_from=[], has_sensitive=None, started_on="")
    content = text(draft)
    assert "☑" not in content
    assert "業務の開始年月日年月日登録年月日年月日変更年月日年月日廃止年月日年月日外部委託" in content
    assert content.endswith("電算結合□有□無個人情報ファイル□有□無")


def test_says_which_links_the_business_has_on_its_day(department):
    version = registered_activity(department, number_as_printed="1309-14")
    reported(activity_number="1309-14")  # until 2022-03-31
    decided(LINKAGE, activity_number="1309-14")
    registered_file(department, activities=[version.activity])
    expected = "外部委託□有☑無目的外利用□有☑無外部提供□有☑無電算結合☑有□無個人情報ファイル☑有□無"
    assert text(version).endswith(expected)
    abolish_activity(version, on=date(2022, 4, 1), reason="事業の終了のため", actor=SYSTEM)
    # A version that has ended speaks of its last day.
    assert text(version).endswith("外部委託□有☑無目的外利用☑有□無外部提供□有☑無電算結合□有☑無個人情報ファイル□有☑無")


def test_prints_without_the_links_where_the_layout_has_no_rows_for_them(department):
    (layout,) = SheetLayout.objects.filter(code="activity")
    for box in BOXES:
        del layout.wording["labels"][box]
    layout.save_as(SYSTEM, action="edit_reference")
    assert text(registered_activity(department)).endswith("廃止年月日年月日")


def test_many_completed_sheets_take_one_statement(department, django_assert_num_queries):
    sheet = sheets.get("activity")
    for _ in range(3):
        registered_activity(department)
    rows = list(sheet.queryset())
    with django_assert_num_queries(1):
        sheet.complete(rows, TODAY)


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("H12.4", "平成12年4月"),
        ("平成12年4月1日", "平成12年4月1日"),
        ("R3年度", "令和3年度"),
        ("昭和60年ごろ", "昭和60年ごろ"),
        ("S60頃", "昭和60年頃"),
        ("平成12年4月1日（土）頃", "平成12年4月1日頃"),
    ],
)
def test_prints_the_start_as_far_as_it_is_known(typed, paper, department):
    assert f"業務の開始年月日{paper}登録年月日" in text(activity_draft(department, started_on=typed))


def test_the_first_version_keeps_its_own_dates(department):
    first = registered_activity(department)
    change_of(first)
    assert "登録年月日令和3年4月1日変更年月日年月日" in text(first)


def test_many_sheets_ask_no_more_statements_than_one(department, django_assert_num_queries):
    sheet = sheets.get("activity")
    for _ in range(3):
        registered_activity(department)
    with django_assert_num_queries(2):
        assert len([sheet.values(row) for row in sheet.queryset()]) == 3


def test_the_layout_says_that_its_number_is_not_certain():
    (seed,) = [seed for seed in read_seeds() if seed["code"] == "activity"]
    assert "仮" in seed["form_label"]


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("担当", "draft", 200),
        ("他課の担当", "draft", 404),
        ("他課の担当", "registered", 200),
    ],
)
def test_page_prints_for_who_may_see_the_version(who, status, code, department, sign_in):
    version = registered_activity(department) if status == ActivityStatus.REGISTERED else activity_draft(department)
    answer = sign_in(somebody(who, department)).get(reverse("print_activity", args=[version.pk]))
    assert answer.status_code == code
    if code == 200:
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_page_asks_first_when_a_character_has_no_shape(department, sign_in):
    version = registered_activity(department, name="業務\U0001f600")
    client, url = sign_in(somebody("担当", department)), reverse("print_activity", args=[version.pk])
    assert client.get(url).status_code == 422
    assert "業務〓" in fold(text_of(client.get(url, {"allow_missing": "1"}).content))


def test_command_prints_the_businesses_of_the_demo_ward(tmp_path, capsys):
    call_command("load_demo")
    number = ActivityVersion.objects.earliest("pk").pk
    call_command("print_sheet", "--list", "activity")
    assert f'"id": {number}' in capsys.readouterr().out
    call_command("print_sheet", "activity", str(number), out=tmp_path / "sheet.pdf")
    page = subprocess.run(["pdftotext", "-raw", tmp_path / "sheet.pdf", "-"], capture_output=True, check=True)
    assert "業務登録票" in fold(page.stdout.decode())
