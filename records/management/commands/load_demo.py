"""見本データの取込み: fills an empty database with a demo ward (architecture.md §5)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organization import demo
from records.demo import DatabaseFilled, load_ward


class Command(BaseCommand):
    """見本データを取り込む。 Exit codes: 0 done (or nothing to do with --if-empty), 1 the database is not empty."""

    help = "空のデータベースに見本の区を取り込みます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5, and two for bin/serve."""
        parser.add_argument("--ward", choices=demo.WARDS, default="nerima", help="取り込む区（初期値: nerima）")
        parser.add_argument("--if-empty", action="store_true", help="空でないデータベースでは、何もせずに正常に終わる")
        parser.add_argument("--accounts", action="store_true", help="見本の利用者の一覧を示すだけ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or list the accounts."""
        if options["accounts"]:
            self._list_accounts()
            return
        try:
            load_ward(options["ward"])
        except DatabaseFilled as error:
            if options["if_empty"]:
                return
            raise CommandError(str(error)) from error
        self.stdout.write("見本データを取り込みました。")

    def _list_accounts(self) -> None:
        accounts = demo.accounts()
        if not accounts:
            self.stdout.write("見本の利用者はいません。")
            return
        self.stdout.write(f"見本の利用者（パスワードはすべて {demo.DEMO_PASSWORD}）")
        for account in accounts:
            self.stdout.write(f"  {account.username}\t{account.name}（{account.role}）")
