"""様式の版の初期登録: the layouts that came with a new version of the application, into a database that is in use."""

from typing import Any

from django.core.management.base import BaseCommand

from history.writing import SYSTEM
from printing.layouts import seed_layouts


class Command(BaseCommand):
    """様式の版を登録する。 Exit code 0: every sheet that the application knows has its layouts."""

    help = "新しい様式の版を登録します。すでにある版は変えません。何度行っても結果は同じです。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is missing, and name it."""
        for layout in seed_layouts(SYSTEM):
            self.stdout.write(f"{layout.title}（{layout.code}）の版を登録しました。")
