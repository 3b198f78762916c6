"""会議要録の取込み: an existing 要録 becomes a meeting with its roster, agenda, papers, outcomes and utterances."""

import uuid

from django.db import transaction

from councils.importing import Plan, plan_of
from councils.keeping import MINUTES
from councils.models import (
    AgendaItem,
    Answer,
    Appointment,
    Meeting,
    MeetingStatus,
    Minutes,
    Result,
    Subject,
    Term,
    Utterance,
)
from councils.reading.minutes import Item, Name, fold
from councils.services import agenda
from councils.services.attendance import call_members, name_ward_side, record_presence, take_chair
from councils.services.meetings import create_meeting
from councils.services.members import appoint
from councils.services.outcomes import record_outcome, take_vote
from councils.services.papers import add_paper
from files import services as files
from files.models import StoredFile
from history.errors import DomainError
from history.writing import Actor
from organization import rules

_TOKENS = uuid.UUID("0a6f3a34-5f0b-4f5a-8f8e-3f5a6e5d2c11")
_ON_DESK = "机上配布された資料"


class CannotImport(DomainError):
    """取り込めない要録: the reasons that the preview names."""

    def __init__(self, refusals: list[str]) -> None:
        super().__init__("".join(refusals))


class UnknownMembers(DomainError):
    """名簿にない委員: they are added only when that was asked for."""

    def __init__(self, names: list[Name]) -> None:
        words = "、".join(map(str, names))
        super().__init__(f"名簿にない委員がいます（{words}）。名簿に加えて取り込むか、さきに名簿を直してください。")


def keep_file(name: str, content: bytes, *, actor: Actor) -> StoredFile:
    """ファイルの受付: stored until it is confirmed. Raises what `plan_of` and the store refuse."""
    rules.require_action(actor, "import_minutes")
    plan_of(content)
    return files.store(name, content, actor=actor, purpose=MINUTES)


@transaction.atomic
def import_minutes(stored: StoredFile, *, actor: Actor, add_members: bool = False, source_note: str = "") -> Minutes:
    """要録の取込み: all of it or nothing; the 要録 stands as 案 afterwards, its meeting as 終了.

    A file that the council decided on that day under that number is linked, and not decided again. The same file a
    second time gives the first 要録 back. Raises CannotImport, UnknownMembers and what `plan_of` raises.
    """
    rules.require_action(actor, "import_minutes")
    content = files.content_of(stored)
    if (there := Minutes.objects.filter(imported_from__digest=stored.digest).first()) is not None:
        return there
    plan = plan_of(content)
    if plan.refusals:
        raise CannotImport(plan.refusals)
    if plan.unknown and not add_members:
        raise UnknownMembers(plan.unknown)
    note = source_note or f"会議要録の取込み：{stored.name}"
    text = plan.text
    meeting = create_meeting(
        body=plan.body,
        term=plan.term,
        held_on=text.held_on,
        number=text.session,
        starts_at=text.starts_at,
        place=text.place,
        token=uuid.uuid5(_TOKENS, stored.digest),
        actor=actor,
        source_note=note,
    )
    items = _write_agenda(plan, meeting, actor)
    _write_roster(plan, meeting, items, actor)
    meeting.status, meeting.ends_at = MeetingStatus.CLOSED, text.ends_at
    meeting.observers = _count(text.observers)
    meeting.full_clean()
    meeting.save_as(actor, action="import_minutes", reason=stored.name)
    _write_outcomes(plan, meeting, items, actor)
    return _write_minutes(plan, meeting, items, stored, note, actor)


def _write_agenda(plan: Plan, meeting: Meeting, actor: Actor) -> dict[int, AgendaItem]:
    """Blocks, items, 諮問 and papers; answers the items by their lines in the file."""
    said = fold("".join(said.text for said in plan.text.said))
    texts = {paper.item.line: paper for paper in plan.text.papers}
    items: dict[int, AgendaItem] = {}
    for block in plan.text.blocks:
        row = agenda.add_block(meeting, kind=block.kind, heading=block.heading, actor=actor)
        for item in block.items:
            proposal = plan.proposals.get(item.consultation or 0)
            entry = agenda.add_item(
                row,
                title=item.title,
                subject=Subject.PROPOSAL if proposal else _subject_of(item),
                presenter=item.presenter,
                proposal=proposal,
                actor=actor,
            )
            if item.consultation:
                agenda.give_number(entry, number=item.consultation, actor=actor)
            items[item.line] = entry
    for item in sorted(plan.text.items, key=lambda item: (item.paper or 0, item.branch)):
        if item.paper is None:
            continue
        paper, printed = plan.papers.get(item.paper), texts.get(item.line)
        add_paper(
            items[item.line],
            number=item.paper,
            branch=item.branch,
            title=item.title,
            paper=paper,
            text="" if paper or printed is None else printed.text,
            dated="" if paper or printed is None else printed.dated,
            senders="" if paper or printed is None else "\n".join(printed.senders),
            on_desk=f"{fold(_ON_DESK)}{item.paper}" in said,
            is_ready=True,
            actor=actor,
        )
    return items


def _subject_of(item: Item) -> str:
    """What a report is about, by the words of its title."""
    words = {"監査": Subject.AUDIT, "紛失": Subject.INCIDENT, "漏えい": Subject.INCIDENT, "不適切": Subject.INCIDENT}
    words |= {"条例の一部": Subject.AMENDMENT, "保護評価": Subject.ASSESSMENT}
    return next((subject for word, subject in words.items() if word in item.title), Subject.FREE)


def _write_roster(plan: Plan, meeting: Meeting, items: dict[int, AgendaItem], actor: Actor) -> None:
    present = [seat or _seat(name, plan.term, actor) for name, seat in plan.present]
    absent = [seat or _seat(name, plan.term, actor) for name, seat in plan.absent]
    if plan.term is not None:
        call_members(meeting, actor=actor)
    rows = {row.appointment_id: row for row in meeting.attendances.all()}
    for place, seat in enumerate([*present, *absent]):
        row = rows[seat.pk]
        row.position = place
        if seat in absent:
            row.answer = Answer.ABSENT
        record_presence(row, came=seat not in absent, actor=actor)
    for office, item in plan.findings.chairs:
        take_chair(meeting, office=office, from_item=items[item.line] if item else None, actor=actor)
    name_ward_side(meeting, plan.text.ward_side, actor=actor)


def _seat(name: Name, term: Term | None, actor: Actor) -> Appointment:
    if term is None:
        raise UnknownMembers([name])
    return appoint(term, surname=name.surname, distinction=name.distinction, actor=actor)


def _write_outcomes(plan: Plan, meeting: Meeting, items: dict[int, AgendaItem], actor: Actor) -> None:
    for settled in plan.findings.settled:
        vote = None
        if settled.result != Result.REPORTED:
            vote = take_vote(
                meeting,
                method=settled.method,
                extent=settled.extent,
                in_favour=settled.in_favour,
                against=settled.against,
                actor=actor,
            )
        for item in settled.items:
            given = {"result": settled.result, "phrase": settled.phrase, "vote": vote}
            record_outcome(items[item.line], **given, settled_before=True, actor=actor)


def _write_minutes(
    plan: Plan, meeting: Meeting, items: dict[int, AgendaItem], stored: StoredFile, note: str, actor: Actor
) -> Minutes:
    text = plan.text
    minutes = Minutes(
        meeting=meeting,
        title=text.title,
        when=text.when,
        place=text.place,
        members="、".join(f"{name}委員" for name in text.members),
        ward_side="、".join(text.ward_side),
        observers=text.observers,
        imported_from=stored,
        source_note=note,
    )
    minutes.full_clean()
    minutes.save_as(actor, action="import_minutes", reason=stored.name)
    remarks: dict[int, list[str]] = {}
    for doubt in plan.findings.doubts:
        remarks.setdefault(doubt.line, []).append(f"{doubt.words}：{doubt.question}")
    for position, said in enumerate(text.said):
        subject = plan.findings.subjects.get(said.line)
        row = Utterance(
            minutes=minutes,
            position=position,
            speaker=said.speaker,
            text=said.text,
            item=items[subject.line] if subject else None,
            remark="".join(remarks.get(said.line, []))[:300],
        )
        row.full_clean()
        row.save_as(actor, action="import_minutes", reason=stored.name)
    return minutes


def _count(words: str) -> int | None:
    """「1名」 → 1; None where no number stands."""
    digits = fold(words).removesuffix("名").removesuffix("人")
    return int(digits) if digits.isdigit() else None
