"""検索: what the application finds, as data (architecture.md §5)."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from history.writing import SYSTEM
from search import marking, queries
from search.models import SearchDocument


class Command(BaseCommand):
    """検索する。 Exit code 0 also when nothing is found."""

    help = "台帳を検索します。既定では「システム」として、--public ではだれでも見られる台帳だけを探します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of architecture.md §5."""
        parser.add_argument("text", metavar="TEXT", help="探すことば（空白で区切ると、すべてをふくむもの）")
        parser.add_argument("--format", choices=["json"], default="json", help="書き出す形式（初期値: json）")
        parser.add_argument("--public", action="store_true", help="公表されたものだけを探す")

    def handle(self, *args: Any, **options: Any) -> None:
        """A list of {"kind", "id" (of the identity), "title", "passage"}, best first, at most 1,000."""
        actor = None if options["public"] else SYSTEM
        found = queries.find(options["text"], actor=actor, size=queries.MOST)
        documents = found.documents
        today = timezone.localdate()
        lines = [
            {
                "kind": hit.kind,
                "id": hit.identity,
                "title": marking.title_on(documents[hit.id], today),
                "passage": _passage(documents[hit.id], found.query, today),
            }
            for hit in found.hits
        ]
        self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=2))


def _passage(document: SearchDocument, query: Any, today: date) -> str:
    """The first line that holds what was looked for, else the title."""
    title = marking.title_on(document, today)
    lines = marking.passages(document, query, today, title)
    return f"{lines[0].label}：{lines[0].text}" if lines else title
