"""資料から読む行: 保護措置 and 添付資料, kept in step with the text of their paper."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from history.writing import Write
from records.models import Attachment, Paper, PaperAttachment, ProtectiveMeasure
from records.papers.extracting import FoundAttachment, FoundMeasure, attachments, figures, guessed_kind, measures

# How like two names of an attachment are when a line was reworded and not another one written.
ALIKE = 0.6


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

    Of an attachment that serves another paper of the department, a reference. A line that was reworded keeps what is
    attached to it, under its new name.
    """
    rows = paper.attachments.in_use().select_related("attachment")
    # Of a line that moves below 「同一のため省略」 another attachment is meant.
    standing = {(row.attachment.name, row.is_omitted, row.in_text): row for row in rows}
    named = [*attachments(text), *figures(texts)]
    reworded = _reworded(standing, named)
    written = False
    for position, found in enumerate(named, start=1):
        row = standing.pop((found.name, found.is_omitted, found.in_text), None)
        if row is None and (row := reworded.get(found)) is not None:
            standing.pop((row.attachment.name, row.is_omitted, row.in_text))
            _rename(row, found.name, write)
            written = True
        row = row or PaperAttachment(
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


def _reworded(
    standing: Mapping[tuple[str, bool, bool], PaperAttachment], named: list[FoundAttachment]
) -> dict[FoundAttachment, PaperAttachment]:
    """By a line that is new the attachment with a content whose own line is gone and reads alike, the likest first."""
    here = {(found.name, found.is_omitted, found.in_text) for found in named}
    gone = [
        row
        for key, row in standing.items()
        if key not in here and not row.is_omitted and (row.attachment.text or row.attachment.file_id)
    ]
    new = [found for found in named if not found.is_omitted and (found.name, False, found.in_text) not in standing]
    pairs = sorted(
        (
            (SequenceMatcher(None, row.attachment.name, found.name).ratio(), row.pk, row, found)
            for row in gone
            for found in new
            if row.in_text == found.in_text
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    kept: dict[FoundAttachment, PaperAttachment] = {}
    for alike, _, row, found in pairs:
        if alike >= ALIKE and found not in kept and row not in kept.values():
            kept[found] = row
    return kept


def _rename(row: PaperAttachment, name: str, write: Write) -> None:
    """The attachment under its new name; what other papers have too stays, and this one gets its own."""
    attachment = row.attachment
    if attachment.proposal_id != row.paper.proposal_id or attachment.papers.in_use().exclude(pk=row.pk).exists():
        own_copy(row, write, name=name)
        return
    attachment.name, attachment.lock = name, attachment.lock + 1
    _write(attachment, write)


def own_copy(row: PaperAttachment, write: Write, *, name: str = "") -> Attachment:
    """The content of a shared attachment as one of the paper's own file, and the paper's line tied to it."""
    shared = row.attachment
    own = Attachment(
        proposal=row.paper.proposal,
        name=name or shared.name,
        partner=shared.partner,
        text=shared.text,
        file=shared.file,
        is_third_party=shared.is_third_party,
        source_note=shared.source_note,
    )
    _write(own, write)
    row.attachment = own
    _write(row, write)
    return own


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
