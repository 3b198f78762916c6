"""検索文書をつくり直す: every document anew from the registers; run again it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import documents, writing


class Command(BaseCommand):
    """検索文書をつくり直す。 Exit code 0: every document stands as the registers say."""

    help = "検索文書を台帳からつくり直します。何度行っても結果は同じです。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option, for bin/serve."""
        parser.add_argument(
            "--if-missing", action="store_true", help="台帳に登録があり、検索文書が一つもないときだけ行う"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, then say how many of which kind."""
        if options["if_missing"] and not writing.is_missing():
            return
        for code, count in writing.rebuild().items():
            self.stdout.write(f"{documents.kind_of(code).label}：{count:,}件の検索文書を書きました。")
