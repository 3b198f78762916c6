"""運用状況: the figures of a year as data (architecture.md §5)."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common import fiscal_year
from registry import statistics
from reports.annual import annual_report

USAGE = 2


class Command(BaseCommand):
    """運用状況を書き出す。 Exit codes: 0 done, 2 wrong call."""

    help = "年度の個人情報保護制度の運用状況を示します（docs/annual-report.md）。まだ登録されていない数は null です。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        parser.add_argument("year", metavar="YEAR", type=int, help="年度の始まる年（令和3年度は 2021）")
        parser.add_argument("--format", choices=["json"], default="json", help="書き出す形式（初期値: json）")
        parser.add_argument("--out", metavar="FILE", help="書き出すファイル（初期値: 標準出力）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Values of labels are Japanese; months are YYYY-MM, days ISO 8601."""
        year = options["year"]
        if not statistics.is_year(year):
            raise CommandError(f"{year} は年度として扱えません。", returncode=USAGE)
        if year > fiscal_year.of(timezone.localdate()):
            raise CommandError(f"{fiscal_year.label(year)}の運用状況はまだありません。", returncode=USAGE)
        text = json.dumps(annual_report(year), ensure_ascii=False, indent=2)
        if options["out"]:
            Path(options["out"]).write_text(f"{text}\n", encoding="utf-8")
            self.stdout.write(f"{options['out']} に書き出しました。")
        else:
            self.stdout.write(text)
