"""様式の版: one layout of a sheet for every day, its words complete, its history kept."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from history.writing import SYSTEM
from printing import layouts, sheets
from printing.errors import NoLayout, UnknownSheet
from printing.models import SheetLayout
from tests.printing.forms import COLLECTION, LAYOUTS, fragment, sheet_of

pytestmark = pytest.mark.django_db
CODE = "linkage-record"
WORDING = LAYOUTS[CODE]["wording"]


@pytest.fixture(autouse=True)
def registered():
    """The two forms as they are registered by the application that files them."""
    before = {sheet.code: sheet for sheet in sheets.all_sheets()}
    for code in LAYOUTS:
        sheets.register(sheet_of(code))
    yield
    for sheet in before.values():
        sheets.register(sheet)


def layout(**changes):
    return SheetLayout(**LAYOUTS[CODE] | changes)


def write(row):
    return row.save_as(SYSTEM, action=layouts.SEED)


def test_seeds_are_written_once_with_a_history_row_each():
    first = layouts.seed_layouts(SYSTEM)
    assert {row.code for row in first} == {seed["code"] for seed in layouts.read_seeds()}
    assert layouts.seed_layouts(SYSTEM) == []
    assert [row.history.get().actor_name for row in first] == ["システム"] * len(first)


def test_a_stored_layout_prints_the_same_sheet_as_its_seed():
    layouts.seed_layouts(SYSTEM)
    stored = SheetLayout.objects.get(code=CODE)
    assert sheets.render_fragment(sheet_of(CODE), COLLECTION, stored) == fragment(CODE, COLLECTION)


def test_the_day_of_the_form_chooses_the_layout():
    write(layout(valid_to=date(2022, 4, 1), draft_mark=True))
    write(layout(valid_from=date(2022, 4, 1)))
    dated = sheet_of(CODE)
    for day, draft in ((date(2013, 1, 17), True), (date(2022, 3, 31), True), (date(2022, 4, 1), False)):
        assert sheets.layout_for(dated, COLLECTION, today=day).draft_mark is draft


def test_a_form_keeps_its_own_days_layout_when_it_is_printed_again_later():
    write(layout(valid_to=date(2022, 4, 1), draft_mark=True))
    write(layout(valid_from=date(2022, 4, 1)))
    submitted = sheets.Sheet(**sheet_of(CODE).__dict__ | {"form_date": lambda row: date(2022, 1, 12)})
    assert sheets.layout_for(submitted, COLLECTION, today=date(2026, 4, 1)).draft_mark is True


def test_a_day_without_a_layout_is_named():
    write(layout(valid_from=date(2022, 4, 1)))
    with pytest.raises(NoLayout, match="電算結合記録票には、令和4年3月31日に使う様式の版がありません。"):
        sheets.layout_for(sheet_of(CODE), COLLECTION, today=date(2022, 3, 31))


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"valid_from": date(2022, 4, 1)},
        {"valid_to": date(2023, 4, 1)},
        {"valid_from": date(2022, 4, 1), "valid_to": date(2022, 4, 1)},
    ],
)
def test_the_database_refuses_two_first_two_open_and_empty_periods(second):
    write(layout())
    with pytest.raises(IntegrityError), transaction.atomic():
        write(layout(**second))
    assert SheetLayout.objects.count() == 1


def test_the_database_refuses_two_versions_from_the_same_day():
    write(layout(valid_from=date(2022, 4, 1), valid_to=date(2023, 4, 1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        write(layout(valid_from=date(2022, 4, 1), valid_to=date(2024, 4, 1)))
    assert SheetLayout.objects.count() == 1


def test_periods_that_overlap_are_refused_with_a_message():
    write(layout(valid_to=date(2022, 4, 1)))
    with pytest.raises(ValidationError, match="期間が重なっています"):
        layout(valid_from=date(2022, 3, 1), valid_to=date(2023, 4, 1)).full_clean()
    layout(valid_from=date(2022, 4, 1)).full_clean()


@pytest.mark.parametrize(
    ("wording", "message"),
    [
        ({key: WORDING[key] for key in WORDING if key != "labels"}, "文言に「labels」がありません。"),
        (WORDING | {"labels": {}}, "文言に「activity_number」がありません。"),
        (WORDING | {"phrases": []}, "文言の組立てが、この様式に合いません。"),
    ],
)
def test_words_that_do_not_fill_the_sheet_are_refused_before_anyone_prints(wording, message):
    with pytest.raises(ValidationError) as refusal:
        layout(wording=wording).full_clean()
    assert refusal.value.message_dict["wording"] == [message]


def test_a_layout_of_an_unknown_sheet_is_refused():
    with pytest.raises(ValidationError, match="「no-such-sheet」という様式はありません。"):
        layout(code="no-such-sheet").full_clean()
    with pytest.raises(UnknownSheet):
        sheets.get("no-such-sheet")


def test_a_database_in_use_gets_the_layouts_that_are_new_and_keeps_the_others(monkeypatch):
    seeds = [seed for seed in layouts.read_seeds() if seed["code"] != "minutes"]
    with monkeypatch.context() as before:
        before.setattr(layouts, "read_seeds", lambda: seeds)
        layouts.seed_layouts(SYSTEM)
    kept = SheetLayout.objects.get(code="agenda").pk
    out = StringIO()
    call_command("seed_layouts", stdout=out)
    assert out.getvalue() == "会議要録（minutes）の版を登録しました。\n"
    assert SheetLayout.objects.get(code="agenda").pk == kept
    call_command("seed_layouts", stdout=out)
    assert out.getvalue().count("\n") == 1
