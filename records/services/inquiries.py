"""照会: the department, the office, a providing department and 情報政策課 ask each other about a file.

Nothing of the file moves: neither its state nor a word of it. Whoever is asked is told, and sees it on the first page.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from history.errors import DomainError
from history.writing import Actor
from notices.services import tell
from organization import rules
from organization.charge_holders import holders
from organization.models import Department, Role, User
from records.models import EntryKind, Inquiry, InquiryEntry, InquiryState, Paper, Party, Proposal, RecordVersion
from records.models.about import column_of
from records.models.inquiries import providers_of
from records.services.locks import lock_proposal
from records.states import FINAL, LEFT_THE_DEPARTMENT, Status

DEPARTMENT_ROLES = (Role.CLERK, Role.HEAD)
_ROLES = {Party.OFFICE: [Role.OFFICE], Party.IT: [Role.IT]}


class NotAParty(DomainError):
    """照会の当事者でない側: this side has no hand in the file, or cannot see it yet."""

    def __init__(self) -> None:
        super().__init__("この案件では、その照会先には照会できません。照会先を選び直してください。")


class NotTheAsker(DomainError):
    """照会した側でない人: only the side that asked ends the question or asks again."""

    def __init__(self) -> None:
        super().__init__("照会を終えること、重ねて照会することは、照会した側だけができます。")


class NotOfThisFile(DomainError):
    """ほかの案件の記録票・資料: a question speaks of what is in its own file."""

    def __init__(self) -> None:
        super().__init__("照会の対象は、この案件の記録票または資料の中から選んでください。")


class InquiryClosed(DomainError):
    """終わった照会: what was ended is not taken up again; a new question is a new 照会."""

    def __init__(self) -> None:
        super().__init__("この照会は終わっています。あらたに照会してください。")


@dataclass(frozen=True)
class Participant:
    """当事者: one side of a question; of a providing department, which one."""

    party: Party
    provider: Department | None = None

    @property
    def code(self) -> str:
        """For a form: "office", "provider-12"."""
        return f"{self.party}-{self.provider.pk}" if self.provider else str(self.party)

    def label(self, proposal: Proposal) -> str:
        """「所管課（区民部 収納課）」."""
        name = self.provider.full_name if self.provider else ""
        if self.party == Party.DEPARTMENT:
            name = proposal.department.full_name
        return f"{self.party.label}（{name}）" if name else str(self.party.label)


def participants(proposal: Proposal) -> list[Participant]:
    """Everybody who may be asked about the file as it stands: those who can see it and have a hand in it."""
    found = [Participant(Party.DEPARTMENT), Participant(Party.OFFICE)]
    if proposal.status in FINAL:
        found += [Participant(Party.PROVIDER, provider) for provider in providers_of(proposal)]
    if proposal.form_date is not None and proposal.status in LEFT_THE_DEPARTMENT:
        found.append(Participant(Party.IT))
    return found


def sides_of(actor: User, proposal: Proposal) -> list[Participant]:
    """For which sides `actor` may speak today, the department's own first."""
    own = actor.departments_of(charge for charge in actor.assignments_today if charge.role in DEPARTMENT_ROLES)
    return [one for one in participants(proposal) if _speaks_for(actor, own, proposal, one)]


def _speaks_for(actor: User, own: set[int], proposal: Proposal, one: Participant) -> bool:
    if one.party in _ROLES:
        return bool(actor.roles_today & set(_ROLES[one.party]))
    department = one.provider.pk if one.provider else proposal.department_id
    return department in own


@transaction.atomic
def ask_inquiry(
    proposal: Proposal,
    *,
    asked: Participant,
    text: str,
    token: UUID,
    actor: User,
    asking: Participant | None = None,
    record: RecordVersion | None = None,
    paper: Paper | None = None,
    place: str = "",
) -> Inquiry:
    """照会: a question to another side, maybe on one sheet or paper and one box of it. The state stays as it is.

    The same `token` again gives the first one back. Raises NotAParty, NotOfThisFile.
    """
    proposal = lock_proposal(proposal)
    rules.require(actor, "ask_inquiry", proposal)
    existing = Inquiry.objects.filter(token=token).first()
    if existing is not None:
        return existing
    sides = sides_of(actor, proposal)
    asking = asking or next((side for side in sides if side.party != asked.party), None)
    if asking not in sides or asked not in participants(proposal) or asked.party == asking.party:
        raise NotAParty
    if any(one is not None and one.proposal_id != proposal.pk for one in (record, paper)):
        raise NotOfThisFile
    inquiry = Inquiry(
        proposal=proposal,
        asking=asking.party,
        asked=asked.party,
        provider=asking.provider or asked.provider,
        asked_by=actor,
        paper=paper,
        place=place,
        waits_for=asked.party,
        token=token,
        **(column_of(record) if record else {}),
    )
    inquiry.full_clean()
    inquiry.save_as(actor, action="ask_inquiry")
    _write(inquiry, EntryKind.QUESTION, text, token, actor, "ask_inquiry")
    _tell(inquiry, inquiry.asked, "照会があります", actor)
    return inquiry


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, *, text: str, token: UUID, actor: User) -> Inquiry:
    """照会への回答: by the side that was asked. The same `token` again writes nothing more."""
    inquiry = _lock(inquiry)
    if inquiry.entries.filter(token=token).exists():
        return inquiry
    rules.require(actor, "answer_inquiry", inquiry)
    inquiry.state, inquiry.waits_for = InquiryState.ANSWERED, ""
    inquiry.full_clean()
    inquiry.save_as(actor, action="answer_inquiry")
    _write(inquiry, EntryKind.ANSWER, text, token, actor, "answer_inquiry")
    _tell(inquiry, inquiry.asking, "照会に回答がありました", actor)
    return inquiry


@transaction.atomic
def ask_again(inquiry: Inquiry, *, text: str, token: UUID, actor: User) -> Inquiry:
    """再度の照会: a further question in the same thread. Raises NotTheAsker, InquiryClosed."""
    inquiry = _lock(inquiry)
    if inquiry.entries.filter(token=token).exists():
        return inquiry
    rules.require(actor, "ask_again", inquiry)
    _require_asker(inquiry, actor)
    if inquiry.state == InquiryState.CLOSED:
        raise InquiryClosed
    inquiry.state, inquiry.waits_for = InquiryState.OPEN, inquiry.asked
    inquiry.full_clean()
    inquiry.save_as(actor, action="ask_again")
    _write(inquiry, EntryKind.QUESTION, text, token, actor, "ask_again")
    _tell(inquiry, inquiry.asked, "重ねて照会があります", actor)
    return inquiry


@transaction.atomic
def close_inquiry(inquiry: Inquiry, *, actor: User) -> Inquiry:
    """照会の終了: by the side that asked, answered or not; a second time changes nothing. Raises NotTheAsker."""
    inquiry = _lock(inquiry)
    rules.require(actor, "close_inquiry", inquiry)
    _require_asker(inquiry, actor)
    if inquiry.state == InquiryState.CLOSED:
        return inquiry
    inquiry.state, inquiry.waits_for = InquiryState.CLOSED, ""
    inquiry.full_clean()
    return inquiry.save_as(actor, action="close_inquiry")


def is_asker(inquiry: Inquiry, actor: User) -> bool:
    """Whether `actor` speaks today for the side that asked; also who came after the person that wrote it."""
    own = actor.departments_of(charge for charge in actor.assignments_today if charge.role in DEPARTMENT_ROLES)
    provider = inquiry.provider if inquiry.asking == Party.PROVIDER else None
    return _speaks_for(actor, own, inquiry.proposal, Participant(Party(inquiry.asking), provider))


def open_inquiries(proposal: Proposal) -> int:
    """How many questions on the file have no answer yet."""
    return Inquiry.objects.filter(proposal=proposal, state=InquiryState.OPEN).count()


def _require_asker(inquiry: Inquiry, actor: User) -> None:
    if not is_asker(inquiry, actor):
        raise NotTheAsker


def _lock(inquiry: Inquiry) -> Inquiry:
    lock_proposal(inquiry.proposal)
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("proposal__department__parent")
    return rows.get(pk=inquiry.pk)


def _write(inquiry: Inquiry, kind: EntryKind, text: str, token: UUID, actor: User, action: str) -> InquiryEntry:
    writing = actor.acting_as(action)
    entry = InquiryEntry(
        inquiry=inquiry,
        kind=kind,
        text=text,
        written_by=actor,
        writer=f"{writing.department}　{writing.name}".strip(),
        written_at=timezone.now(),
        token=token,
    )
    entry.full_clean()
    return entry.save_as(actor, action=action)


def _tell(inquiry: Inquiry, party: str, words: str, actor: Actor) -> None:
    """Everybody of that side but the one who writes."""
    text = f"{words}：案件「{inquiry.proposal}」（{inquiry.subject}）"
    for user in people_of(inquiry, party, timezone.localdate()):
        if user.pk != actor.pk:
            tell(user, text, inquiry.get_absolute_url())


def people_of(inquiry: Inquiry, party: str, day: date) -> list[User]:
    """Who speaks on `day` for a side of the question."""
    if party in _ROLES:
        return holders(_ROLES[Party(party)], day)
    department: Any = inquiry.provider if party == Party.PROVIDER else inquiry.proposal.department
    return holders(DEPARTMENT_ROLES, day, department)


def warning(proposal: Proposal) -> str:
    """What the office is told before it accepts or decides; empty when every question has its answer."""
    number = open_inquiries(proposal) if proposal.status != Status.WITHDRAWN else 0
    return f"回答のない照会が{number}件あります。このまま進めても、照会は残ります。" if number else ""
