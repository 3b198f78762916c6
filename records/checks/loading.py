"""点検の読取りの元: the rows of a file's papers, put together for the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from printing.models import SheetLayout
from records.checks.reading import PaperReading, Reading
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING
from records.models import Checklist, Paper, Proposal, Side
from records.papers.composing import heading_of

# Which kind of record a paper is about, by the family of its layout; a cover and an overview are about the whole file.
_KINDS = {"paper-linkage": LINKAGE, "paper-outsourcing": OUTSOURCING, "paper-criterion": OUT_OF_PURPOSE}


def read_file(proposal: Proposal) -> Reading:
    """The file as it stands; a fixed number of queries, however many papers it has."""
    rows = proposal.papers.in_use().prefetch_related(
        "sections", "measures", "attachments__attachment", "checklists__answers"
    )
    papers = list(rows)
    codes = {paper.layout_code for paper in papers}
    codes |= {checklist.layout_code for paper in papers for checklist in paper.checklists.all()}
    layouts = list(SheetLayout.objects.filter(code__in=codes).order_by(F("valid_from").asc(nulls_first=True)))
    day = proposal.form_date or timezone.localdate()
    read = [_read_paper(paper, _Wordings(layouts, paper.made_on or day)) for paper in papers]
    return Reading(proposal, proposal.records(), read)


class _Wordings:
    """The wording of each layout on the day of a paper."""

    def __init__(self, layouts: Iterable[SheetLayout], day: date) -> None:
        self._found = {layout.code: layout.wording for layout in layouts if _holds(layout, day)}

    def sections(self, code: str) -> list[Mapping[str, Any]]:
        """Those of a paper's layout."""
        return self._found.get(code, {}).get("sections", [])

    def items(self, code: str) -> dict[str, str]:
        """Those of a checklist by their keys."""
        return {one["key"]: one["text"] for one in self._found.get(code, {}).get("items", [])}


def _holds(layout: SheetLayout, day: date) -> bool:
    begun = layout.valid_from is None or layout.valid_from <= day
    return begun and (layout.valid_to is None or day < layout.valid_to)


def _read_paper(paper: Paper, wordings: _Wordings) -> PaperReading:
    measures = [measure for measure in paper.measures.all() if not measure.is_removed]
    attached = [row.attachment for row in paper.attachments.all() if not row.is_removed]
    return PaperReading(
        paper=paper,
        kind=next((kind.code for family, kind in _KINDS.items() if paper.layout_code.startswith(family)), ""),
        sections={section.key: section.text for section in paper.sections.all()},
        headings={
            one["key"]: (heading_of(one, paper.heading_choices) or "本文").replace("\n", "")
            for one in wordings.sections(paper.layout_code)
        },
        partner_measures=[measure.wording for measure in measures if measure.side == Side.PARTNER],
        attached=[attachment.name for attachment in attached],
        # A partner's policy is about everything that the partner does; it promises nothing for this file.
        own_attachments="\n".join(one.text for one in attached if not one.is_third_party),
        checklists="\n".join(_answered(checklist, wordings) for checklist in paper.checklists.all()),
    )


def _answered(checklist: Checklist, wordings: _Wordings) -> str:
    """What a checklist states: the items answered with はい, and every explanation."""
    items = wordings.items(checklist.layout_code)
    stated = [items.get(one.item, "") for one in checklist.answers.all() if one.answer == "yes"]
    return "\n".join([*stated, *(one.note for one in checklist.answers.all())])
