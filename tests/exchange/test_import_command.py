"""取込みの命令: bin/manage import_register."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from common.tables.writing import xlsx_bytes
from exchange.models import ImportRun, RunState
from organization.models import Role
from registry.models import Activity, ActivityVersion
from tests.exchange.conftest import HEADER, table
from tests.organization.factories import person

pytestmark = pytest.mark.django_db
RIGHT = ("1309-14", "児童生徒指導に関する業務", "収納課", "平成12年4月1日")
WRONG = ("1309-15", "指導に関する業務", "収能課", "令和3年2月30日")


@pytest.fixture
def file(tmp_path: Path):
    """Writes a file to import."""

    def write(content: bytes, name: str = "台帳.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def run(*arguments, **options):
    """What the command prints, and its exit code."""
    out = StringIO()
    try:
        call_command("import_register", *map(str, arguments), stdout=out, **options)
    except SystemExit as end:
        return json.loads(out.getvalue()), end.code
    return json.loads(out.getvalue()), 0


def test_writes_the_rows_and_says_how_many(section, file):
    answer, code = run("registry", file(table(RIGHT, encoding="cp932")))
    assert code == 0
    assert answer == {
        "encoding": "cp932", "rows": 1, "new": 1, "changed": 0, "same": 0, "wrong": 0, "errors": [],
    }  # fmt: skip
    version = ActivityVersion.objects.get()
    assert (version.activity.number, str(version.valid_from), version.is_migrated) == ("1309-14", "2000-04-01", True)
    assert ImportRun.objects.get().status == RunState.APPLIED


def test_a_rehearsal_says_the_same_and_writes_nothing(section, file):
    answer, code = run("registry", file(table(RIGHT)), "--dry-run")
    assert (code, answer["new"]) == (0, 1)
    assert not Activity.objects.exists()
    assert not ImportRun.objects.exists()


def test_one_wrong_row_keeps_all_out(section, file):
    answer, code = run("registry", file(table(RIGHT, WRONG)))
    assert code == 1
    assert (answer["rows"], answer["new"], answer["wrong"]) == (2, 1, 1)
    assert answer["errors"] == [
        {
            "row": 3, "column": "所管課", "value": "収能課",
            "message": "「収能課」という組織はありません。名称の近い組織：「区民部 収納課」",
        },
        {
            "row": 3, "column": "登録年月日", "value": "令和3年2月30日",
            "message": "令和3年2月30日という日はありません。",
        },
    ]  # fmt: skip
    assert not Activity.objects.exists()


def test_the_same_file_again_changes_nothing(section, file):
    path = file(table(RIGHT))
    run("registry", path)
    answer, code = run("registry", path)
    assert (code, answer["same"], answer["new"]) == (0, 1, 0)
    assert ActivityVersion.history.count() == 1


def test_writes_as_the_person_named(section, file):
    clerk = person(Role.OFFICE, section, name="情報 花子")
    run("registry", file(table(RIGHT)), "--as", clerk.username)
    row = ActivityVersion.history.get()
    assert (row.actor_name, row.history_change_reason) == ("情報 花子", "台帳.csv")


def test_who_may_not_import_writes_nothing(section, file):
    clerk = person(Role.CLERK, section)
    with pytest.raises(CommandError, match="台帳の取込み"):
        run("registry", file(table(RIGHT)), "--as", clerk.username)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "空です"),
        (b"MZ\x90\x00" + bytes(200), "a.csv", "表のファイルではありません"),
        ("業務の名称\nあ".encode("utf-16"), "a.csv", "UTF-16"),
        (table(("1309-14", "名称"), header=HEADER[:2]), "a.csv", "必要な列がありません：「所管課」、「登録年月日」"),
        (table(header=HEADER), "a.csv", "行がありません"),
        (b"PK\x03\x04", "a.xlsx", "Excelファイルとして開けません"),
    ],
)
def test_a_file_that_is_none_is_answered_in_words(section, file, content, name, words):
    with pytest.raises(CommandError, match=words) as refusal:
        run("registry", file(content, name))
    assert refusal.value.returncode == 1
    assert not ImportRun.objects.exists()


def test_a_wrong_call_is_told_from_a_wrong_file(file, tmp_path):
    for arguments in (["registry", tmp_path / "nothing.csv"], ["registry", file(table(RIGHT)), "--as", "nobody"]):
        with pytest.raises(CommandError) as refusal:
            run(*arguments)
        assert refusal.value.returncode == 2


@pytest.mark.parametrize("character", ["\x0b", "\x07", "\x1f", "\x1a", "\x7f", "\x85"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_control_character_is_told_at_its_cell_whatever_the_file(section, file, character, suffix, options):
    rows = [RIGHT, ("1309-15", f"指導に{character}関する業務", "収納課", "平成12年4月1日")]
    content = xlsx_bytes(HEADER, rows) if suffix == "xlsx" else table(*rows)
    answer, code = run("registry", file(content, f"台帳.{suffix}"), *options)
    assert (code, answer["new"], answer["wrong"]) == (1, 1, 1)
    assert [(error["row"], error["column"], error["message"]) for error in answer["errors"]] == [
        (3, "業務の名称", f"使えない文字（制御文字 U+{ord(character):04X}）がふくまれています。")
    ]
    assert not Activity.objects.exists()


def test_a_rehearsal_refuses_a_file_that_could_not_be_kept(section, file):
    path = file(table((*RIGHT, "\x07" * 30), header=[*HEADER, "備考"]))
    refusals = []
    for options in ((), ("--dry-run",)):
        with pytest.raises(CommandError) as refused:
            run("registry", path, *options)
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]


def test_a_rehearsal_says_that_the_last_administrator_would_go(section, file):
    chief = person(Role.ADMIN, section)
    header = ["利用者名", "氏名・表示名", "有効"]
    content = table((chief.username, chief.name, "無効"), header=header)
    answer, code = run("users", file(content), "--dry-run")
    assert code == 1
    assert [(error["row"], error["column"], error["value"]) for error in answer["errors"]] == [(2, "有効", "無効")]
    assert "管理者がいなくなります" in answer["errors"][0]["message"]
