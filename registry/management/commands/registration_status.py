"""登録状況: the yearly movement of the register as data (architecture.md §5)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common import fiscal_year
from registry import statistics
from registry.statistics import Figures

USAGE = 2
COLUMNS = ("start", "new", "abolished", "changed", "end")


class Command(BaseCommand):
    """登録状況を書き出す。 Exit codes: 0 done, 2 wrong call."""

    help = "年度の登録状況（年度末(A)、新規(B)、廃止(C)、変更(D)、年度末(A+B−C)）を実施機関ごとに示します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        parser.add_argument("year", metavar="YEAR", type=int, help="年度の始まる年（令和4年度は 2022）")
        parser.add_argument("--format", choices=["json"], default="json", help="書き出す形式（初期値: json）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Figures in businesses; the keys are described in docs/registration-status.md."""
        if not statistics.is_year(options["year"]):
            raise CommandError(f"{options['year']} は年度として扱えません。", returncode=USAGE)
        if options["year"] > fiscal_year.of(timezone.localdate()):
            label = fiscal_year.label(options["year"])
            raise CommandError(f"{label}の登録状況はまだありません。", returncode=USAGE)
        status = statistics.registration_status(options["year"])
        data: dict[str, Any] = {
            "fiscal_year": status.year,
            "rows": [{"organ": row.organ.name, **_figures(row.figures)} for row in status.rows],
            "total": _figures(status.total),
        }
        if notes := statistics.notes(status):
            data["notes"] = notes
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))


def _figures(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in COLUMNS}
