"""委員と役職: a member, the seat in a term, and who is 会長 or 副会長 from when to when."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from common.wareki import format_date
from councils.models import Appointment, Body, Member, OfficeHolding, Term
from history.errors import DomainError, StaleEdit
from history.writing import Actor
from organization import rules


class SameSurname(DomainError):
    """同姓の委員: lists tell them apart by 中村（三）, 中村（弘）."""

    def __init__(self, surname: str, mark: str) -> None:
        words = f"「（{mark}）」のほかの区別" if mark else "区別"
        super().__init__(
            f"この期には、「{surname}」委員がすでにいます。名簿で見分けられるよう、名か{words}を記入してください。"
        )


class CameOutside(DomainError):
    """出席した会議が委嘱の外: the seat would no longer cover a meeting to which its member came."""

    def __init__(self, appointment: Appointment, days: list[date]) -> None:
        words = "、".join(format_date(day) for day in days)
        super().__init__(f"{appointment}は{words}の会議に出席しています。委嘱の期間から、その日をはずせません。")


@transaction.atomic
def begin_term(
    body: Body, *, number: int, actor: Actor, starts_on: date | None = None, ends_on: date | None = None
) -> Term:
    """期の登録. Raises ValidationError (a number twice, days in the wrong order)."""
    rules.require_action(actor, "begin_term")
    row = Term(body=body, number=number, starts_on=starts_on, ends_on=ends_on)
    row.full_clean()
    return row.save_as(actor, action="begin_term")


@transaction.atomic
def appoint(
    term: Term,
    *,
    surname: str,
    actor: Actor,
    given_name: str = "",
    distinction: str = "",
    category: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    source_note: str = "",
) -> Appointment:
    """委嘱: the member of the term's body by that name, or a new one, sits in `term`.

    Raises SameSurname, ValidationError (the member has the seat already, days in the wrong order).
    """
    rules.require_action(actor, "appoint_member")
    Term.objects.select_for_update().get(pk=term.pk)
    _tell_apart(term, surname, distinction or given_name[:1])
    name = {"surname": surname, "given_name": given_name, "distinction": distinction}
    member = Member.objects.filter(body=term.body, **name).first()
    if member is None:
        member = Member(body=term.body, source_note=source_note, **name)
        member.full_clean()
        member.save_as(actor, action="appoint_member")
    last = term.appointments.aggregate(last=Max("position"))["last"]
    row = Appointment(
        member=member,
        term=term,
        category=category,
        position=0 if last is None else last + 1,
        starts_on=starts_on,
        ends_on=ends_on,
        source_note=source_note,
    )
    row.full_clean()
    return row.save_as(actor, action="appoint_member")


@transaction.atomic
def edit_appointment(
    appointment: Appointment,
    *,
    given_name: str,
    distinction: str,
    category: str,
    starts_on: date | None,
    ends_on: date | None,
    lock: int,
    member_lock: int,
    actor: Actor,
) -> Appointment:
    """委嘱の編集: what became known of the member and the seat.

    Two locks, for the member's name is that of the seats in all terms.
    Raises StaleEdit, SameSurname, CameOutside, ValidationError.
    """
    rules.require_action(actor, "edit_appointment")
    appointment = _locked(appointment)
    member = appointment.member
    if member_lock != member.lock:
        raise StaleEdit(appointment)
    appointment.check_lock(lock)
    _tell_apart(appointment.term, member.surname, distinction or given_name[:1], without=appointment)
    if (given_name, distinction) != (member.given_name, member.distinction):
        member.check_lock(member_lock)
        member.given_name, member.distinction = given_name, distinction
        member.full_clean()
        member.save_as(actor, action="edit_appointment")
    appointment.category, appointment.starts_on, appointment.ends_on = category, starts_on, ends_on
    appointment.full_clean()
    appointment.save_as(actor, action="edit_appointment")
    came = appointment.attendances.filter(came=True)
    outside = came.exclude(pk__in=came.seated()).order_by("meeting__held_on")
    if days := list(outside.values_list("meeting__held_on", flat=True)):
        raise CameOutside(appointment, days)
    return appointment


@transaction.atomic
def hold_office(
    appointment: Appointment, *, office: str, actor: Actor, starts_on: date | None = None, ends_on: date | None = None
) -> OfficeHolding:
    """役職の就任: the member is 会長 or 副会長 from a day on.

    Raises ValidationError (days in the wrong order or outside the seat, somebody else holds the office then).
    """
    rules.require_action(actor, "hold_office")
    appointment = _locked(appointment)
    row = OfficeHolding(appointment=appointment, office=office, starts_on=starts_on, ends_on=ends_on)
    row.full_clean()
    return row.save_as(actor, action="hold_office")


@transaction.atomic
def edit_office(
    holding: OfficeHolding, *, office: str, starts_on: date | None, ends_on: date | None, lock: int, actor: Actor
) -> OfficeHolding:
    """役職の編集: most often the day of leaving it. Raises StaleEdit, ValidationError."""
    rules.require_action(actor, "edit_office")
    holding = _standing(holding)
    holding.check_lock(lock)
    holding.office, holding.starts_on, holding.ends_on = office, starts_on, ends_on
    holding.full_clean()
    return holding.save_as(actor, action="edit_office")


@transaction.atomic
def remove_office(holding: OfficeHolding, *, actor: Actor) -> OfficeHolding:
    """役職の取消し: what was entered by mistake; the trail keeps it."""
    rules.require_action(actor, "remove_office")
    holding = _standing(holding)
    holding.is_removed = True
    return holding.save_as(actor, action="remove_office")


def _locked(appointment: Appointment) -> Appointment:
    """The seat as it stands; whoever writes about the members of its term waits for the others."""
    Term.objects.select_for_update().get(pk=appointment.term_id)
    return Appointment.objects.select_related("member", "term").get(pk=appointment.pk)


def _standing(holding: OfficeHolding) -> OfficeHolding:
    appointment = _locked(holding.appointment)
    row = OfficeHolding.objects.get(pk=holding.pk)
    row.appointment = appointment
    return row


def _tell_apart(term: Term, surname: str, mark: str, *, without: Appointment | None = None) -> None:
    """Raise SameSurname where another member of the term has the surname and nothing tells the two apart."""
    others = term.appointments.filter(member__surname=surname).select_related("member")
    if without is not None:
        others = others.exclude(pk=without.pk)
    marks = {other.member.distinction or other.member.given_name[:1] for other in others}
    if marks and (not mark or mark in marks):
        raise SameSurname(surname, mark)
