"""添付資料とチェックリスト: what belongs to a paper beside its text."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from files.forms import Upload
from files.services import store
from history.writing import Actor
from organization import rules
from printing.models import SheetLayout
from records.models import Attachment, Checklist, ChecklistAnswer
from records.papers.attaching import PURPOSE
from records.services.locks import lock_proposal


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
