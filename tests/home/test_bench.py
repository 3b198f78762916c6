"""bin/manage bench, run for real once with few rows on the engine of this run; times are never compared here."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from home.bench.timing import Line

WANTED = [
    "様式1枚の印刷／素のWeasyPrint",
    "起動後の最初の印刷／素のWeasyPrint",
    "字形の点検／素のWeasyPrint",
    "まとめた印刷50枚／素のWeasyPrint50回",
    "記録票500枚を一つのPDFに（1枚あたり）／素のWeasyPrint",
    "案件の一覧：最初のページ／素の管理画面",
    "電算結合の一覧：最初のページ／values_list",
    "業務登録の一覧：最後のページ／最初のページ",
    "検索の画面（保健）／素の管理画面の検索",
    "検索のSQL（保）／LIKE走査",
    "検索の画面：SQL文の数",
    "入力中の下見／記録票のページ",
    "入力中の資料（3枚）の下見／記録票のページ",
    "入力中の資料（3枚）の下見：95％点／300ミリ秒",
    "履歴つきの保存／履歴なしの保存",
    "取込み（確認と履歴）／表への一括登録",
    "取込み（確認と履歴）／表への一括登録：検索文書もふくむ",
    "取込み（確認と履歴）／表への一括登録：メモリーの最大",
    "資料一式：資料を一つ直したあと／初回",
    "会議要録の取込み（126発言）／5,000ミリ秒",
    "先例の検索（10会議）／300ミリ秒",
]
KEYS = ["name", "database", "value", "unit", "floor", "ratio", "target"]


def _bench(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command in a process of its own: it changes the connection that a test is on."""
    return subprocess.run(
        [sys.executable, "manage.py", "bench", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "nerima_privacy.settings.test"} | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.mark.django_db
def test_prints_each_line_once_with_ratios_of_the_same_run_and_leaves_no_database_behind() -> None:
    run = _bench("--rows", "55", "--rounds", "1", "--format", "json")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert list(answer) == ["lines"]
    lines = answer["lines"]
    for line in lines:
        _check(line)
    names = [line["name"] for line in lines]
    assert len(set(names)) == len(names)
    assert [wanted for wanted in WANTED if wanted not in names] == []
    assert {line["ratio"] for line in lines if line["unit"] == "statements"} == {1.0}
    assert _databases_of_benches() == []


def _check(line: dict) -> None:
    assert list(line) == KEYS
    assert line["database"] == connection.vendor
    assert line["unit"] in {"ms", "MB", "statements"}
    figures = (line["value"], line["floor"], line["ratio"], line["target"])
    assert all(math.isfinite(figure) and figure > 0 for figure in figures), line
    assert line["ratio"] == pytest.approx(line["value"] / line["floor"], rel=0.05, abs=0.001)


def _databases_of_benches() -> list:
    if connection.vendor == "sqlite":
        return []  # a file in a temporary folder, which goes with it
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench%'")
        return cursor.fetchall()


def test_a_wrong_call_is_refused_in_one_line_and_writes_nothing(tmp_path: Path) -> None:
    run = _bench("--rows", "0", VAR_DIR=str(tmp_path))
    assert run.returncode == 1
    assert "--rows" in run.stderr
    # Django makes the empty folder of a cache of files while it checks the settings.
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("value", "floor", "ratio", "target", "unit", "holds"),
    [
        (1.2, 1.0, 1.2, 1.3, "ms", True),
        (1.4, 1.0, 1.4, 1.3, "ms", False),
        (7, 7, 1.0, 7, "statements", True),
        (8, 8, 1.0, 7, "statements", False),
        (6, 5, 1.2, 7, "statements", False),
    ],
)
def test_a_line_holds_within_its_target(
    value: float, floor: float, ratio: float, target: float, unit: str, holds: bool
) -> None:
    line = Line("案件の一覧", "sqlite", value, unit, floor, ratio, target)
    assert line.holds is holds
