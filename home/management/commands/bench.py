"""速さを測る: every line a ratio to a baseline of the same run (architecture.md §5, docs/performance.md)."""

import json
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from home.bench.database import throw_away_database
from home.bench.timing import STATEMENTS, Line

ROWS, ROUNDS = 500, 50


class Command(BaseCommand):
    """速さを測る。 Exit codes: 0 measured (also when a target is missed), 1 not measured."""

    help = "使い捨てのデータベースで速さを測り、同じ時に測った基準との比を示します。区のデータには触れません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        parser.add_argument("--rows", type=int, default=ROWS, help=f"各台帳に足す件数（初期値: {ROWS}）")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"各項目を測る回数の上限（初期値: {ROUNDS}）")
        parser.add_argument("--format", choices=["table", "json"], default="table", help="出力の形（初期値: table）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, then print all lines."""
        from home.bench import run

        if options["rows"] < 1 or options["rounds"] < 1:
            raise CommandError("--rows と --rounds は 1 以上で指定してください。")
        # Ended from outside, the throw-away database shall be removed all the same.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            with throw_away_database():
                lines = list(run.lines(options["rows"], options["rounds"]))
        except DatabaseError as error:
            raise CommandError(f"測定用のデータベースを使えません: {error}") from error
        if options["format"] == "json":
            self.stdout.write(json.dumps({"lines": [line.as_json() for line in lines]}, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_table(lines)))


def _table(lines: list[Line]) -> list[str]:
    """One line of text for each; the name comes last, because its width on a screen is nobody's to know."""
    rows = [f"{'値':>9}{'基準':>8}{'単位':>5}{'比':>8}{'目標':>6}  判定  項目（{lines[0].database}）"]
    for line in lines:
        unit, digits = ("文", 0) if line.unit == STATEMENTS else (line.unit, 2)
        verdict = "○" if line.holds else "×"
        rows.append(
            f"{line.value:>10.{digits}f}{line.floor:>10.{digits}f}{unit:>6}{line.ratio:>9.3f}{line.target:>8g}"
            f"   {verdict}   {line.name}"
        )
    return rows
