"""見本の区の資料: the papers of the sources in their exact words, from fixtures/demo/papers/."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from history.writing import SYSTEM
from organization.demo import field_labels, source_note
from printing.models import SheetLayout
from records.models import Paper, PaperSection, Proposal
from records.services import paper_parts, papers

Token = Callable[[str, Mapping[str, Any]], UUID]
_LABELS = field_labels(Paper) | field_labels(PaperSection)


class PaperLoader:
    """資料の取込み: the papers of one demo ward, each into its file while that is a draft."""

    def __init__(self, ward: str, data: Mapping[str, Any], token: Token) -> None:
        path = Path(settings.BASE_DIR) / "fixtures" / "demo" / "papers" / f"{ward}.json"
        self.items = json.loads(path.read_text(encoding="utf-8"))
        self.sources, self.token = data["sources"], token

    def load(self, proposal: Proposal, key: str) -> None:
        """Write the papers of the file `key`."""
        for item in self.items["papers"]:
            if item["proposal"] == key:
                self._load_paper(proposal, item)

    def _load_paper(self, proposal: Proposal, item: Mapping[str, Any]) -> None:
        made_on = date.fromisoformat(item["made_on"]) if "made_on" in item else None
        day = made_on or timezone.localdate()
        layout = SheetLayout.objects.as_of(day).get(code=item["layout"])
        paper = papers.create_paper(
            proposal,
            layout=layout,
            made_on=made_on,
            token=self.token("paper", item),
            actor=SYSTEM,
            source_note=source_note(item, self.sources, _LABELS),
        )
        entry = papers.PaperEntry(
            title="\n".join(item["title"]),
            choices=item.get("choices", {}),
            texts=_texts(item["sections"]),
            marks_changes="baseline" in item,
            baseline_name=item.get("baseline_name", ""),
            old_texts=_texts(item.get("baseline", {})),
        )
        papers.edit_paper(paper, layout=layout, entry=entry, lock=paper.lock, actor=SYSTEM)
        self._load_attachments(paper, item.get("attachments", {}))

    def _load_attachments(self, paper: Paper, contents: Mapping[str, Mapping[str, Any]]) -> None:
        for row in paper.attachments.in_use().select_related("attachment__proposal"):
            if content := contents.get(row.attachment.name):
                paper_parts.edit_attachment(
                    row.attachment,
                    text="\n".join([*content["text"], *([f"（{content['note']}）"] if "note" in content else [])]),
                    is_third_party=content.get("third_party", False),
                    lock=row.attachment.lock,
                    actor=SYSTEM,
                )


def _texts(sections: Mapping[str, list[str]]) -> dict[str, str]:
    return {key: "\n".join(lines) for key, lines in sections.items()}
