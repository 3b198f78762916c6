"""添付資料とチェックリスト: what belongs to a paper beside its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from files.forms import Upload
from files.services import store
from history.writing import Actor, Write
from organization import rules
from printing.models import SheetLayout
from records.models import Attachment, Checklist, ChecklistAnswer, PaperAttachment
from records.papers.attaching import PURPOSE
from records.services.locks import lock_proposal
from records.services.paper_rows import own_copy


@dataclass(frozen=True)
class Answer:
    """チェックリストの回答の入力."""

    answer: str = ""
    note: str = ""


@transaction.atomic
def edit_attachment(
    attachment: Attachment, *, text: str, is_third_party: bool, lock: int, actor: Actor, upload: Upload | None = None
) -> Attachment:
    """添付資料の編集: its content as text, and as a file; an earlier file stays in the trail.

    Raises StaleEdit, ValidationError, and the FileRefused that says what is wrong with the upload.
    """
    lock_proposal(attachment.proposal)
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    rules.require(actor, "edit_attachment", attachment)
    attachment.check_lock(lock)
    attachment.text, attachment.is_third_party = text, is_third_party
    if upload is not None:
        attachment.file = store(upload.name, upload.content, actor=actor, purpose=PURPOSE)
    attachment.full_clean()
    return attachment.save_as(actor, action="edit_attachment")


@transaction.atomic
def own_attachment(row: PaperAttachment, *, actor: Actor) -> Attachment:
    """この資料だけの添付にする: a copy of what the paper shares; the other papers keep theirs."""
    lock_proposal(row.paper.proposal)
    row = PaperAttachment.objects.select_related("paper__proposal", "attachment").get(pk=row.pk)
    rules.require(actor, "own_attachment", row.paper)
    if not is_shared(row):
        return row.attachment
    return own_copy(row, Write(actor, "own_attachment", ""))


def is_shared(row: PaperAttachment) -> bool:
    """共用: whether another paper has the attachment too, or it is kept with another file."""
    if row.attachment.proposal_id != row.paper.proposal_id:
        return True
    return row.attachment.papers.in_use().filter(is_omitted=False).exclude(pk=row.pk).exists()


def may_own(actor: Actor, row: PaperAttachment, papers: Sequence[PaperAttachment]) -> bool:
    """Whether `actor` may make the shared attachment of `row` the paper's own; `papers`: all that have it."""
    if row.is_omitted or row.attachment.is_record:
        return False
    alone = [one for one in papers if not one.is_omitted] == [row]
    is_own = row.attachment.proposal_id == row.paper.proposal_id
    return not (alone and is_own) and rules.may_on(actor, "own_attachment", row.paper)


@transaction.atomic
def edit_checklist(
    checklist: Checklist, *, layout: SheetLayout, answers: Mapping[str, Answer], lock: int, actor: Actor
) -> Checklist:
    """別紙チェックリストの記入: the answers that differ from what stands there. Raises StaleEdit, ValidationError."""
    lock_proposal(checklist.paper.proposal)
    checklist = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
    rules.require(actor, "edit_checklist", checklist)
    checklist.check_lock(lock)
    standing = {answer.item: answer for answer in checklist.answers.all()}
    items = {item["key"] for item in layout.wording["items"]}
    for item, given in answers.items():
        if item not in items or given.answer not in {"", *layout.wording["answers"]}:
            raise ValidationError("チェックリストにない項目または回答です。")
        row = standing.get(item) or ChecklistAnswer(checklist=checklist, item=item)
        after = (given.answer, given.note.strip())
        if (row.answer, row.note) != after:
            row.answer, row.note = after
            row.full_clean()
            row.save_as(actor, action="edit_checklist")
    checklist.full_clean()
    return checklist.save_as(actor, action="edit_checklist")
