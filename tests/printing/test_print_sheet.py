"""print_sheet: the sheets on the command line (architecture.md §5)."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from history.writing import SYSTEM
from printing import layouts, sheets
from printing.models import SheetLayout
from tests.printing.forms import COLLECTION, LAYOUTS, sheet_of
from tests.printing.papers import text_of

pytestmark = pytest.mark.django_db
CODE = "linkage-record"


@pytest.fixture(autouse=True)
def forms(monkeypatch):
    """Sheets whose rows are the stored layouts: each prints the values in `filled`."""
    layouts.seed_layouts(SYSTEM)
    filled = dict(COLLECTION)
    monkeypatch.setattr(sheets, "_SHEETS", {})
    for code in LAYOUTS:
        fields = {
            "queryset": lambda code=code: SheetLayout.objects.filter(code=code),
            "values": lambda row: filled,
            "label": lambda row: f"見本 {row.title}",
        }
        sheets.register(sheets.Sheet(**sheet_of(code).__dict__ | fields))
    return filled


def run(*arguments):
    out = io.StringIO()
    call_command("print_sheet", *map(str, arguments), stdout=out)
    return out.getvalue()


def row_id():
    return SheetLayout.objects.get(code=CODE).pk


def refusal(*arguments):
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return caught.value.returncode, str(caught.value)


def test_lists_what_can_be_printed_as_json():
    rows = json.loads(run("--list"))
    assert {row["code"] for row in rows} == set(LAYOUTS)
    assert json.loads(run("--list", CODE)) == [{"code": CODE, "id": row_id(), "title": "見本 電算結合記録票"}]


def test_writes_the_sheet_as_pdf(tmp_path):
    out = tmp_path / "x.pdf"
    assert run(CODE, row_id(), "--out", out) == f"{out} に書き出しました。\n"
    assert "特別区民税・都民税に関する業務" in text_of(out.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("--list", "no-such-sheet"),
            3,
            "「no-such-sheet」という様式はありません。"
            "印刷できる様式: activity、file-entry、linkage-record、out-of-purpose-record",
        ),
        (("no-such-sheet", 1, "--out", "x.pdf"), 3, "「no-such-sheet」という様式はありません。"),
        ((CODE, 999999, "--out", "x.pdf"), 3, "電算結合記録票に番号 999999 のものはありません。"),
        ((CODE, "9" * 30, "--out", "x.pdf"), 3, "のものはありません。"),
        ((CODE, "いち", "--out", "x.pdf"), 2, "ID は数字で指定してください"),
        ((CODE,), 2, "CODE、ID、--out FILE の三つを指定してください。"),
        ((), 2, "CODE、ID、--out FILE の三つを指定してください。"),
    ],
)
def test_refuses_a_wrong_call_in_japanese(arguments, code, message):
    returncode, text = refusal(*arguments)
    assert returncode == code
    assert message in text


def test_names_characters_that_the_fonts_lack_and_prints_them_when_allowed(forms, tmp_path):
    forms["purpose"] = "外字\ue000です"
    out = tmp_path / "x.pdf"
    returncode, text = refusal(CODE, row_id(), "--out", out)
    assert returncode == 4
    assert "U+E000" in text
    assert "--allow-missing" in text
    assert not out.exists()
    run(CODE, row_id(), "--out", out, "--allow-missing")
    assert "外字〓です" in text_of(out.read_bytes())


def test_says_when_no_layout_was_in_use(tmp_path):
    row = SheetLayout.objects.get(code=CODE)
    row.valid_to = date(2000, 4, 1)
    row.save_as(SYSTEM, action=layouts.SEED)
    assert refusal(CODE, row.pk, "--out", tmp_path / "x.pdf")[0] == 4


def test_keeps_an_older_file_when_it_cannot_write(tmp_path):
    out = tmp_path / "x.pdf"
    out.mkdir()
    returncode, text = refusal(CODE, row_id(), "--out", out)
    assert returncode == 5
    assert text == f"{out} に書き込めません: 同じ名前のフォルダーがあります。"
    returncode, text = refusal(CODE, row_id(), "--out", tmp_path / "none" / "x.pdf")
    assert returncode == 5
    assert text.endswith("に書き込めません: フォルダーがありません。")
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]
