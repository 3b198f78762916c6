"""漏えい等報告の期限: by when a case has to be reported, and why (architecture.md §5)."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import leaks
from common.wareki import format_date, parse

USAGE = 2


class Command(BaseCommand):
    """漏えい等報告の期限を示す。 Exit codes: 0 done, 2 wrong call."""

    help = "知った日と、あてはまる号から、速報と確報の期限を法律ごとに示します（docs/leak-report.md）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        parser.add_argument(
            "--known-on", required=True, metavar="DATE", help="事態を知った日（2023-12-01、R5.12.1 など）"
        )
        parser.add_argument(
            "--heads", nargs="*", default=[], metavar="HEAD", help=f"あてはまる号：{'、'.join(leaks.BY_CODE)}"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help="書き出す形式（初期値: text）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Days as ISO 8601 in JSON; without a head nothing is owed: empty `why`, null days."""
        try:
            known = parse(options["known_on"])
        except ValueError as refusal:
            raise CommandError(str(refusal), returncode=USAGE) from refusal
        if known.start != known.end or known.start is None:
            raise CommandError(f"「{options['known_on']}」は日まで決まりません。", returncode=USAGE)
        if unknown := [code for code in options["heads"] if code not in leaks.BY_CODE]:
            known_codes = "、".join(leaks.BY_CODE)
            raise CommandError(
                f"「{'、'.join(unknown)}」という号はありません。使えるもの：{known_codes}", returncode=USAGE
            )
        try:
            found = leaks.clocks(known.start, [leaks.BY_CODE[code] for code in options["heads"]])
        except leaks.NotYetLaw as refusal:
            raise CommandError(str(refusal), returncode=USAGE) from refusal
        if options["format"] == "json":
            self.stdout.write(json.dumps(_data(found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(found)) or "報告の義務はありません。")


def _data(found: Sequence[leaks.Clock]) -> dict[str, Any]:
    first = min(found, key=lambda clock: clock.final_by, default=None)
    return {
        "prompt_by": [day.isoformat() for day in first.prompt_by] if first else None,
        "final_by": first.final_by.isoformat() if first else None,
        "why": [
            {
                "law": clock.law.label,
                "heads": [head.code for head in clock.heads],
                "prompt_by": [day.isoformat() for day in clock.prompt_by],
                "final_by": clock.final_by.isoformat(),
            }
            for clock in found
        ],
    }


def _lines(found: Sequence[leaks.Clock]) -> list[str]:
    return [
        f"{clock.law.label}（{'、'.join(head.article for head in clock.heads)}）："
        f"速報は{format_date(clock.prompt_by[0])}から{format_date(clock.prompt_by[1])}まで、"
        f"確報は{format_date(clock.final_by)}まで"
        for clock in found
    ]
