"""資料の起案: a department writes the papers of its file. What the rows of a paper say follows from its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from history.errors import StaleEdit
from history.writing import Actor, Write
from organization import rules
from printing import sheets
from printing.models import SheetLayout
from printing.prose.cleaning import clean
from records.models import Checklist, Paper, PaperSection, Proposal
from records.papers.layouts import checklists_of, first_texts, sections_of
from records.papers.sheets import PAPER
from records.services.locks import lock_proposal
from records.services.paper_rows import keep_attachments, keep_measures

MAX_POSITION = 32_000


@dataclass(frozen=True)
class PaperEntry:
    """資料の入力: what a person wrote; a text that is not given stays as it is."""

    title: str = ""
    choices: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    marks_changes: bool = False
    baseline_name: str = ""
    old_texts: Mapping[str, str] = field(default_factory=dict)
    # 保護措置の種別 that the person corrected, by the measure's number in the database.
    categories: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def create_paper(
    proposal: Proposal,
    *,
    layout: SheetLayout,
    token: UUID,
    actor: Actor,
    copy_of: Paper | None = None,
    made_on: date | None = None,
    source_note: str = "",
) -> Paper:
    """資料の追加: with the layout's first words, or with the texts of an earlier paper, whose changes it then shows.

    Measures and attachments are read from the texts when somebody saves them. The same `token` again gives the first
    paper back.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "create_paper", proposal)
    existing = Paper.objects.filter(token=token).first()
    if existing is not None:
        return existing
    last = proposal.papers.order_by("-position").first()
    paper = Paper(
        proposal=proposal,
        position=min(last.position + 1, MAX_POSITION) if last else 1,
        layout_code=layout.code,
        made_on=made_on,
        token=token,
        source_note=source_note,
    )
    texts = first_texts(layout.wording, proposal)
    old: Mapping[str, str] = {}
    if copy_of is None:
        paper.title = "" if layout.wording.get("fixed_title") else proposal.title
    else:
        paper.title, paper.heading_choices, paper.copied_from = copy_of.title, copy_of.heading_choices, copy_of
        paper.marks_changes = True
        old = dict(copy_of.sections.values_list("key", "text"))
        texts = {key: old.get(key, text) for key, text in texts.items()}
    paper.full_clean()
    paper.save_as(actor, action="create_paper")
    _write_sections(paper, texts, {key: old.get(key, "") for key in texts}, actor, "create_paper")
    for code in checklists_of(layout.wording):
        checklist = Checklist(paper=paper, layout_code=code)
        checklist.full_clean()
        checklist.save_as(actor, action="create_paper")
    return paper


@transaction.atomic
def edit_paper(paper: Paper, *, layout: SheetLayout, entry: PaperEntry, lock: int, actor: Actor) -> Paper:
    """資料の編集: save what was typed, cleaned; then 保護措置 and 添付資料 as the texts say.

    What would stay as it is is not written. Raises StaleEdit when somebody saved in between, ValidationError.
    """
    paper = lock_paper(paper)
    rules.require(actor, "edit_paper", paper)
    if lock != paper.lock:
        raise StaleEdit(paper)
    before = _fields(paper)
    paper.title = clean(entry.title)
    paper.heading_choices = {key: number for key, number in entry.choices.items() if number}
    paper.marks_changes, paper.baseline_name = entry.marks_changes, entry.baseline_name.strip()
    written = _write_sections(paper, entry.texts, entry.old_texts, actor, "edit_paper")
    written |= keep_rows(paper, layout=layout, categories=entry.categories, write=Write(actor, "edit_paper", ""))
    if written or _fields(paper) != before:
        paper.lock += 1
        paper.full_clean()
        paper.save_as(actor, action="edit_paper")
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, actor: Actor) -> Paper:
    """資料の取りやめ: the paper leaves the draft; it is not deleted."""
    paper = lock_paper(paper)
    rules.require(actor, "remove_paper", paper)
    paper.is_removed = True
    paper.full_clean()
    return paper.save_as(actor, action="remove_paper")


def lock_paper(paper: Paper) -> Paper:
    """The paper as it stands now, its file locked with it."""
    lock_proposal(paper.proposal)
    return Paper.objects.in_use().select_for_update(of=("self",)).select_related("proposal").get(pk=paper.pk)


def _fields(paper: Paper) -> tuple[Any, ...]:
    return (paper.title, paper.heading_choices, paper.marks_changes, paper.baseline_name)


def _write_sections(
    paper: Paper, texts: Mapping[str, str], old_texts: Mapping[str, str], actor: Actor, action: str
) -> bool:
    """Write the sections that differ; answers whether there were any."""
    standing = {section.key: section for section in paper.sections.all()}
    written = False
    for key in {**texts, **old_texts}:
        section = standing.get(key) or PaperSection(paper=paper, key=key)
        before = (section.text, section.baseline_text)
        section.text = clean(texts.get(key, section.text))
        section.baseline_text = clean(old_texts.get(key, section.baseline_text))
        if section.pk is not None and (section.text, section.baseline_text) == before:
            continue
        section.full_clean()
        section.save_as(actor, action=action)
        written = True
    return written


def keep_rows(
    paper: Paper,
    *,
    write: Write,
    layout: SheetLayout | None = None,
    categories: Mapping[int, str] | None = None,
) -> bool:
    """保護措置 and 添付資料 as the texts say; part of a step that has asked the table and locked the paper."""
    wording = (layout or sheets.layout_for(sheets.get(PAPER), paper, today=timezone.localdate())).wording
    texts = dict(PaperSection.objects.filter(paper=paper).values_list("key", "text"))
    measures = [(section, texts.get(section["key"], "")) for section in sections_of(wording, "measures")]
    attached = [texts.get(section["key"], "") for section in sections_of(wording, "attachments")]
    changed = keep_measures(paper, measures, categories or {}, write)
    return keep_attachments(paper, "\n".join(attached), texts.values(), write) or changed
