"""資料の正誤: an obvious slip in a paper that the council has seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from history.errors import StaleEdit
from history.writing import Actor, Write
from organization import rules
from printing.models import SheetLayout
from printing.prose.cleaning import clean
from records.models import Paper
from records.services.errata import NotASlip, NothingToCorrect, carry_into_copies, with_evidence
from records.services.papers import keep_rows, lock_paper

# The headings that only identify; under every other heading stands what the council was asked (decision 0011).
SLIP_SECTIONS = frozenset({"name", "subject", "department"})


@dataclass(frozen=True)
class CorrectedPaper:
    """What was corrected, and the papers under way whose own words stand where the slip was."""

    paper: Paper
    left: list[Paper]


@transaction.atomic
def correct_paper(
    paper: Paper,
    *,
    layout: SheetLayout,
    texts: Mapping[str, str],
    title: str | None = None,
    reason: str,
    evidence: str = "",
    lock: int,
    actor: Actor,
) -> CorrectedPaper:
    """資料の正誤: the right words, with the reason; what stood before stays in the trail, no mark of a change appears.

    The lines of 添付資料 are not corrected here: they name what is attached. Raises StaleEdit, NothingToCorrect,
    NotASlip, ValidationError.
    """
    paper = lock_paper(paper)
    rules.require(actor, "correct_paper", paper)
    if lock != paper.lock:
        raise StaleEdit(paper)
    sections = {section.key: section for section in paper.sections.all() if section.key in correctable(layout)}
    changed = {
        key: (section.text, clean(texts[key]))
        for key, section in sections.items()
        if key in texts and clean(texts[key]) != section.text
    }
    renamed = title is not None and clean(title) != paper.title
    if not changed and not renamed:
        raise NothingToCorrect
    headings = {section["key"]: section["heading"] or "本文" for section in layout.wording["sections"]}
    beyond = [headings[key].replace("\n", "") for key in changed if key not in SLIP_SECTIONS]
    if beyond and not evidence.strip():
        raise NotASlip(beyond)
    reason = with_evidence(reason, evidence)
    for key, (_, right) in changed.items():
        section = sections[key]
        # A paper that shows its own changes: what was no change then is none now.
        if section.baseline_text == section.text:
            section.baseline_text = right
        section.text = right
        section.full_clean()
        section.save_as(actor, action="correct_paper", reason=reason)
    if title is not None:
        paper.title = clean(title)
    keep_rows(paper, layout=layout, write=Write(actor, "correct_paper", reason))
    paper.lock += 1
    paper.full_clean()
    paper.save_as(actor, action="correct_paper", reason=reason)
    return CorrectedPaper(paper, carry_into_copies(paper, changed, actor=actor, reason=reason))


def correctable(layout: SheetLayout) -> list[str]:
    """The keys of the sections that a 正誤 may touch, in the order of the paper."""
    return [section["key"] for section in layout.wording["sections"] if section.get("part") != "attachments"]
