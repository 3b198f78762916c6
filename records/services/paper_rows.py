"""資料から読む行: 保護措置 and 添付資料, kept in step with the text of their paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from history.writing import Write
from records.models import Attachment, Paper, PaperAttachment, ProtectiveMeasure
from records.papers.extracting import FoundAttachment, FoundMeasure, attachments, figures, guessed_kind, measures


def keep_measures(
    paper: Paper,
    sections: Iterable[tuple[Mapping[str, Any], str]],
    categories: Mapping[int, str],
    write: Write,
) -> bool:
    """Write the measures that the sections' texts hold; one that is still there keeps the kind a person gave it.

    Part of edit_paper or correct_paper, which has asked the table. Answers whether anything was written.
    """
    standing = list(paper.measures.in_use())
    found = [measure for section, text in sections for measure in measures(section, text)]
    rows = _matched(standing, found)
    written = False
    for position, measure in enumerate(found, start=1):
        row = rows.get(position - 1) or ProtectiveMeasure(paper=paper, category=guessed_kind(measure.wording))
        category = categories.get(row.pk, row.category)
        after = (position, measure.side, measure.number, measure.wording, category)
        if row.pk is None or after != (row.position, row.side, row.number, row.wording, row.category):
            row.position, row.side, row.number, row.wording, row.category = after
            written = _write(row, write)
    for row in [row for row in standing if row not in rows.values()]:
        row.is_removed = True
        written = _write(row, write)
    return written


def keep_attachments(paper: Paper, text: str, texts: Iterable[str], write: Write) -> bool:
    """Write the attachments that `text` names, and the figures in `texts`, those of all sections.

    Of an attachment that serves another paper of the department, a reference.
    """
    rows = paper.attachments.in_use().select_related("attachment")
    # Of a line that moves below 「同一のため省略」 another attachment is meant.
    standing = {(row.attachment.name, row.is_omitted, row.in_text): row for row in rows}
    written = False
    for position, found in enumerate([*attachments(text), *figures(texts)], start=1):
        row = standing.pop((found.name, found.is_omitted, found.in_text), None) or PaperAttachment(
            paper=paper,
            attachment=_attachment(paper, found, write),
            is_omitted=found.is_omitted,
            in_text=found.in_text,
        )
        if row.pk is None or row.position != position:
            row.position = position
            written = _write(row, write)
    for row in standing.values():
        row.is_removed = True
        written = _write(row, write)
    return written


def _attachment(paper: Paper, found: FoundAttachment, write: Write) -> Attachment:
    """The one that the paper means: of its own file, or for 「同一のため省略」 the department's newest."""
    same_name = Attachment.objects.filter(name=found.name).order_by("-pk")
    others = same_name.filter(proposal__department=paper.proposal.department).exclude(proposal=paper.proposal)
    known = (others.first() if found.is_omitted else None) or same_name.filter(proposal=paper.proposal).first()
    if known is not None:
        return known
    attachment = Attachment(proposal=paper.proposal, name=found.name)
    attachment.full_clean()
    return attachment.save_as(write.actor, action=write.action, reason=write.reason)


def _matched(standing: list[ProtectiveMeasure], found: list[FoundMeasure]) -> dict[int, ProtectiveMeasure]:
    """The row of each measure found, by its place: first those of the same words, then those of the same number."""
    rows: dict[int, ProtectiveMeasure] = {}
    for same in (lambda row, one: row.wording == one.wording, lambda row, one: row.number == one.number != ""):
        for at, measure in enumerate(found):
            left = [row for row in standing if row.side == measure.side and row not in rows.values()]
            match = next((row for row in left if same(row, measure)), None)
            if at not in rows and match is not None:
                rows[at] = match
    return rows


def _write(row: Any, write: Write) -> bool:
    row.full_clean()
    row.save_as(write.actor, action=write.action, reason=write.reason)
    return True
