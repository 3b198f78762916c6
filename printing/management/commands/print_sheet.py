"""様式を印刷: lists what can be printed and writes official sheets as PDF files (architecture.md §5)."""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from printing import checks, output, sheets
from printing.errors import MissingGlyphs, NoLayout, UnknownSheet

USAGE, NOT_FOUND, NOT_PRINTABLE, NOT_WRITTEN = 2, 3, 4, 5
REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "フォルダーがありません。",
    NotADirectoryError: "フォルダーではない場所です。",
    IsADirectoryError: "同じ名前のフォルダーがあります。",
    PermissionError: "書き込む権限がありません。",
}


class Command(BaseCommand):
    """様式を印刷する。 Exit codes: 0 done, 2 wrong call, 3 no such sheet or row, 4 not printable, 5 not written."""

    help = "様式をPDFで書き出します。--list で、印刷できるものの一覧をJSONで示します。"
    requires_system_checks = [checks.TAG]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        parser.add_argument("code", nargs="?", metavar="CODE", help="様式（例: linkage-record）")
        parser.add_argument("id", nargs="?", metavar="ID", help="記録の版の番号")
        parser.add_argument("--out", metavar="FILE", type=Path, help="書き出すPDFファイル")
        parser.add_argument("--list", action="store_true", help="印刷できるものの一覧（CODE を指定すればその様式だけ）")
        parser.add_argument("--allow-missing", action="store_true", help="字体にない文字を〓で印刷する")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or print one row."""
        try:
            if options["list"]:
                self._list(options["code"])
            else:
                self._print(options)
        except UnknownSheet as error:
            codes = "、".join(sheet.code for sheet in sheets.all_sheets())
            raise CommandError(f"{error}印刷できる様式: {codes}", returncode=NOT_FOUND) from error
        except MissingGlyphs as error:
            hint = "〓で印刷するには --allow-missing を付けてください。"
            raise CommandError(f"{error}\n{hint}", returncode=NOT_PRINTABLE) from error
        except NoLayout as error:
            raise CommandError(str(error), returncode=NOT_PRINTABLE) from error

    def _list(self, code: str | None) -> None:
        wanted = [sheets.get(code)] if code else sheets.all_sheets()
        rows = [
            {"code": sheet.code, "id": row.pk, "title": sheet.label(row)}
            for sheet in wanted
            for row in sheet.queryset().order_by("pk")
        ]
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))

    def _print(self, options: dict[str, Any]) -> None:
        code, number, out = options["code"], options["id"], options["out"]
        if not (code and number and out):
            raise CommandError("CODE、ID、--out FILE の三つを指定してください。", returncode=USAGE)
        sheet = sheets.get(code)
        if not (number.isascii() and number.isdigit()):
            raise CommandError(f"ID は数字で指定してください（いまの値: {number}）。", returncode=USAGE)
        row = sheet.queryset().filter(pk=int(number)).first() if len(number) < 19 else None
        if row is None:
            raise CommandError(f"{sheet.title}に番号 {number} のものはありません。", returncode=NOT_FOUND)
        pdf = output.print_rows(sheet, [row], today=timezone.localdate(), allow_missing=options["allow_missing"])
        _write(out, pdf)
        self.stdout.write(f"{out} に書き出しました。")


def _write(path: Path, content: bytes) -> None:
    """All or nothing: a file that is there stays as it was until the new one is complete."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            complete = Path(folder) / path.name
            complete.write_bytes(content)
            complete.replace(path)
    except OSError as error:
        reason = next((words for kind, words in REASONS.items() if isinstance(error, kind)), error.strerror)
        raise CommandError(f"{path} に書き込めません: {reason}", returncode=NOT_WRITTEN) from error
