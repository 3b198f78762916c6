"""正誤: an obvious slip in what was decided or reported is mended without a new 諮問, and stays visible as such.

What a slip can be is data: each kind names the boxes that only identify (`RecordKind.slips`). Every other box says what
the council was asked; it is corrected only with a document that shows that the decision always said so, else it is a
変更 (decision 0011).
"""

from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from history.errors import DomainError
from history.writing import Actor, Write
from records.kinds import kind_of
from records.models import Paper, PaperSection, RecordVersion
from records.services.papers import keep_rows
from records.states import UNDECIDED

CARRY = "carry_correction"


class NothingToCorrect(DomainError):
    """直したところのない正誤."""

    def __init__(self) -> None:
        super().__init__("直したところがありません。")


class NotASlip(DomainError):
    """明らかな誤りではない正誤: what the council was asked changes by a 変更, unless the decision always said so."""

    def __init__(self, labels: Collection[str]) -> None:
        self.labels = list(labels)
        super().__init__(
            f"「{'」「'.join(labels)}」は、審議会に諮った内容です。内容が変わるときは、変更の案件をつくってください。"
            "決定のときからそうであったものを書き誤っていたときは、それを示す文書を「決定の内容を示す文書」に書いてください。"
        )


def columns_of(record: RecordVersion) -> dict[str, Any]:
    """What the boxes of a sheet hold, as the database keeps it: a date respelt is a correction too."""
    return {name: _column(record, name) for name in kind_of(record).editable}


def _column(record: RecordVersion, name: str) -> Any:
    field = record._meta.get_field(name)
    value = field.get_prep_value(field.value_from_object(record))
    if isinstance(value, str):
        return value.replace("\r\n", "\n")  # a browser's line ends
    ticked = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return sorted(value) if ticked else value


def fill_in(record: RecordVersion, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Set what `values` say otherwise; a box that only a browser's line ends or the order of ticks change stays."""
    for name in kind_of(record).editable:
        if name in values:
            kept = getattr(record, name)
            setattr(record, name, values[name])
            if _column(record, name) == before[name]:
                setattr(record, name, kept)


def require_slip(record: RecordVersion, before: Mapping[str, Any], evidence: str) -> list[str]:
    """The names of the boxes that `record` now says otherwise. Raises NothingToCorrect, NotASlip.

    A number that leads from one business to another is no slip of the pen, whatever the box.
    """
    after = columns_of(record)
    changed = [name for name, value in after.items() if value != before[name]]
    if not changed:
        raise NothingToCorrect
    kind = kind_of(record)
    moved = {"activity"} if before["activity"] is None else set()
    beyond = [name for name in changed if name not in kind.slips and name not in moved]
    if beyond and not evidence.strip():
        raise NotASlip([str(record._meta.get_field(name).verbose_name) for name in beyond])
    return changed


def with_evidence(reason: str, evidence: str) -> str:
    """理由 as the trail keeps it."""
    both = reason.strip() and evidence.strip()
    return f"{reason.strip()}（決定の内容を示す文書：{evidence.strip()}）" if both else reason


def carry_into_change(
    record: RecordVersion, names: Collection[str], before: Mapping[str, Any], *, actor: Actor, reason: str
) -> None:
    """A 変更 under way began as a copy: where it still holds the wrong words, it gets the right ones.

    So its marks go on showing what changes, and nothing of the slip.
    """
    draft = record.replaced_by.filter(valid_from__isnull=True, status__in=UNDECIDED).first()
    if draft is None:
        return
    kind, theirs = kind_of(record), columns_of(draft)
    same = [name for name in names if name not in kind.not_copied and theirs[name] == before[name]]
    if not same:
        return
    for name in same:
        setattr(draft, name, getattr(record, name))
    kind.derive(draft)
    draft.lock += 1
    draft.full_clean()
    draft.save_as(actor, action=CARRY, reason=reason)


def carry_into_copies(
    paper: Paper, changed: Mapping[str, tuple[str, str]], *, actor: Actor, reason: str
) -> list[Paper]:
    """Papers under way that began as a copy get the right words into text and baseline; answers those that could not.

    `changed`: section → (wrong, right). Where the text was rewritten just there, both its sides stay as they are.
    """
    under_way = Q(proposal__status__in=UNDECIDED)
    copies = paper.copies.in_use().filter(under_way).select_related("proposal__department__parent")
    left = []
    for copy in copies.select_for_update(of=("self",)):
        sections = {section.key: section for section in copy.sections.filter(key__in=changed)}
        carried = [_carry(section, *changed[key], actor, reason) for key, section in sections.items()]
        if any(carried):
            keep_rows(copy, write=Write(actor, CARRY, reason))
            copy.lock += 1
            copy.full_clean()
            copy.save_as(actor, action=CARRY, reason=reason)
        if not all(carried):
            left.append(copy)
    return left


def _carry(section: PaperSection, wrong: str, right: str, actor: Actor, reason: str) -> bool:
    text = merged(section.text, wrong, right)
    if text is None or section.baseline_text != wrong:
        return False
    section.text, section.baseline_text = text, right
    section.full_clean()
    section.save_as(actor, action=CARRY, reason=reason)
    return True


def merged(text: str, wrong: str, right: str) -> str | None:
    """`text`, which began as `wrong`, with the lines in which `right` differs; None where these were rewritten."""
    ours, old, new = text.split("\n"), wrong.split("\n"), right.split("\n")
    for op, i1, i2, j1, j2 in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if op == "equal":
            continue
        if i1 == i2:  # lines come in: where is found by the line before them, or after them at the beginning
            i1, i2, j1, j2 = (i1 - 1, i2, j1 - 1, j2) if i1 else (0, 1, j1, j2 + 1)
        places = [at for at in range(len(ours) - (i2 - i1) + 1) if ours[at : at + i2 - i1] == old[i1:i2]]
        if len(places) != 1:
            return None
        ours[places[0] : places[0] + i2 - i1] = new[j1:j2]
    return "\n".join(ours)
