"""会議要録の取込み: an existing 要録 from the command line (docs/import.md)."""

import json
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.tables.shapes import TableError
from councils.importing import Plan, plan_of
from councils.services.importing import import_minutes, keep_file
from history.errors import DomainError
from history.writing import SYSTEM, request_id

USAGE = 2


class Command(BaseCommand):
    """会議要録を取り込む。 Exit codes: 0 done, 1 refused (nothing is written), 2 wrong call."""

    help = "会議要録のテキストを、会議・名簿・次第・資料・発言として取り込みます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of docs/import.md."""
        parser.add_argument("file", metavar="FILE", type=Path, help="取り込むファイル（.txt）")
        parser.add_argument("--dry-run", action="store_true", help="確認だけして、書き込まない")
        parser.add_argument("--add-members", action="store_true", help="名簿にない委員を、この期の名簿に加える")
        parser.add_argument("--format", choices=["json"], default="json", help="書き出す形式（初期値: json）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was understood, and take it over unless it is a rehearsal."""
        path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} を読めません（{error.strerror}）。", returncode=USAGE) from error
        try:
            plan = plan_of(content)
            if not options["dry_run"]:
                with request_id(uuid.uuid4().hex):
                    stored = keep_file(path.name, content, actor=SYSTEM)
                    import_minutes(stored, actor=SYSTEM, add_members=options["add_members"])
        except (DomainError, TableError) as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        self.stdout.write(json.dumps(_answer(plan), ensure_ascii=False, indent=2))


def _answer(plan: Plan) -> dict[str, Any]:
    text = plan.text
    return {
        "title": text.title,
        "held_on": text.held_on.isoformat(),
        "present": len(plan.present),
        "absent": len(plan.absent),
        "unknown_members": [str(name) for name in plan.unknown],
        "items": len(text.items),
        "papers": len(text.papers),
        "utterances": len(text.said),
        "doubts": [{"line": one.line, "words": one.words, "question": one.question} for one in plan.doubts],
        "refusals": plan.refusals,
    }
