"""台帳の取込み: a file into a register from the command line (architecture.md §5, docs/import.md)."""

import json
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.tables.shapes import Table
from exchange import importing, registers, services
from exchange.applying import apply_run, check_run
from exchange.drafts import Outcome
from exchange.registers import Register
from exchange.resources import Checked
from history.errors import DomainError
from history.writing import SYSTEM, Actor, request_id
from organization.models import User

USAGE = 2


class Command(BaseCommand):
    """台帳にファイルを取り込む。 Exit codes: 0 done, 1 refused or wrong rows (nothing is written), 2 wrong call."""

    help = "台帳にCSVまたはExcelのファイルを取り込みます。誤りのある行が1つでもあれば、何も書き込みません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        labels = "、".join(f"{entry.code}（{entry.label}）" for entry in registers.every())
        parser.add_argument("register", metavar="REGISTER", choices=registers.codes(), help=labels)
        parser.add_argument("file", metavar="FILE", type=Path, help="取り込むファイル（.csv または .xlsx）")
        parser.add_argument("--dry-run", action="store_true", help="確認だけして、書き込まない")
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="だれの操作とするか（初期値: システム）")
        parser.add_argument("--format", choices=["json"], default="json", help="書き出す形式（初期値: json）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every row, and write them when all are right and it is no rehearsal."""
        register, path = registers.get(options["register"]), options["file"]
        actor = _actor(options["username"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} を読めません（{error.strerror}）。", returncode=USAGE) from error
        try:
            services.require(actor, register)
            table = services.read(path.name, content)
            _, checked = importing.check(register, table, today=timezone.localdate())
            if not options["dry_run"] and not checked.count(Outcome.WRONG):
                _write(register, path.name, content, checked, actor)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(_answer(table, checked), ensure_ascii=False, indent=2))
        if checked.count(Outcome.WRONG):
            raise SystemExit(1)


def _actor(username: str | None) -> Actor:
    if username is None:
        return SYSTEM
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"「{username}」という利用者はいません。", returncode=USAGE)
    return user


def _write(register: Register, name: str, content: bytes, checked: Checked, actor: Actor) -> None:
    """As the page does it, with the look of this moment; a file that would change nothing is not kept."""
    if not checked.written:
        return
    with request_id(uuid.uuid4().hex):
        run = services.begin_import(register, name=name, content=content, actor=actor)
        run = check_run(run, actor=actor, today=timezone.localdate())
        apply_run(services.claim(run, actor=actor), actor=actor)


def _answer(table: Table, checked: Checked) -> dict[str, Any]:
    return {
        "encoding": table.encoding,
        "rows": len(checked.drafts),
        **{outcome.value: checked.count(outcome) for outcome in Outcome},
        "errors": [
            {"row": draft.line, "column": fault.column, "value": fault.value, "message": fault.message}
            for draft in checked.drafts
            for fault in draft.faults
        ],
    }
