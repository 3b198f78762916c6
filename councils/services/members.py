"""委員を名簿に加える: a member and the seat in a term."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from councils.models import Appointment, Member, OfficeHolding, Term
from history.errors import DomainError
from history.writing import Actor
from organization import rules


class SameSurname(DomainError):
    """同姓の委員: lists tell them apart by 中村（三）, 中村（弘）."""

    def __init__(self, surname: str, mark: str) -> None:
        words = f"「（{mark}）」のほかの区別" if mark else "区別"
        super().__init__(
            f"この期には、「{surname}」委員がすでにいます。名簿で見分けられるよう、名か{words}を記入してください。"
        )


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
    """委嘱: the member of the term's body by that name, or a new one, sits in `term` from now on.

    Raises SameSurname, ValidationError (the member has the seat already, days in the wrong order).
    """
    rules.require_action(actor, "appoint_member")
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
    actor: Actor,
) -> Appointment:
    """委嘱の編集: what became known of the member and the seat. Raises SameSurname, ValidationError."""
    rules.require_action(actor, "edit_appointment")
    appointment = (
        Appointment.objects.select_for_update(of=("self",)).select_related("member", "term").get(pk=appointment.pk)
    )
    member = appointment.member
    _tell_apart(appointment.term, member.surname, distinction or given_name[:1], without=appointment)
    if (given_name, distinction) != (member.given_name, member.distinction):
        member.given_name, member.distinction = given_name, distinction
        member.full_clean()
        member.save_as(actor, action="edit_appointment")
    appointment.category, appointment.starts_on, appointment.ends_on = category, starts_on, ends_on
    appointment.full_clean()
    return appointment.save_as(actor, action="edit_appointment")


@transaction.atomic
def hold_office(
    appointment: Appointment, *, office: str, actor: Actor, starts_on: date | None = None, ends_on: date | None = None
) -> OfficeHolding:
    """役職の就任: the member is 会長 or 副会長 from a day on. Raises ValidationError (days in the wrong order)."""
    rules.require_action(actor, "hold_office")
    row = appointment.offices.filter(office=office, starts_on=starts_on).first()
    row = row or OfficeHolding(appointment=appointment, office=office, starts_on=starts_on)
    row.ends_on = ends_on
    row.full_clean()
    return row.save_as(actor, action="hold_office")


def _tell_apart(term: Term, surname: str, mark: str, *, without: Appointment | None = None) -> None:
    """Raise SameSurname where another member of the term has the surname and nothing tells the two apart."""
    others = term.appointments.filter(member__surname=surname).select_related("member")
    if without is not None:
        others = others.exclude(pk=without.pk)
    marks = {other.member.distinction or other.member.given_name[:1] for other in others}
    if marks and (not mark or mark in marks or "" in marks):
        raise SameSurname(surname, mark)
