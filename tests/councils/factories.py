"""Bodies, members and meetings for tests; every row is written as the system, with its history."""

import uuid
from datetime import date
from typing import Any

import factory

from councils.models import Amendment, Appointment, Body, BodyKind, BodyRule, Meeting, Member, Quorum, Restart, Term
from councils.services.amendments import EDITABLE, create_amendment
from councils.services.meetings import create_meeting
from history.writing import SYSTEM

HELD_ON = date(2013, 1, 17)


class ReferenceFactory(factory.django.DjangoModelFactory):
    """A factory of reference rows: validated, then written through `save_as` as the system."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        row = model_class(*args, **kwargs)
        row.full_clean()
        return row.save_as(SYSTEM, action="edit_reference", reason="試験のため")


class BodyFactory(ReferenceFactory):
    """審議体."""

    class Meta:
        model = Body

    key = factory.Sequence(lambda number: f"council-{number}")
    name = factory.Sequence(lambda number: f"練馬区情報公開および個人情報保護運営審議会{number or ''}")
    short_name = "審議会"
    kind = BodyKind.COUNCIL
    office = "総務部情報公開課"


class BodyRuleFactory(ReferenceFactory):
    """審議体の定め, without limits in time."""

    class Meta:
        model = BodyRule

    body = factory.SubFactory(BodyFactory)
    session_restart = Restart.TERM
    consultation_restart = Restart.FISCAL_YEAR
    quorum = Quorum.MAJORITY


class TermFactory(ReferenceFactory):
    """期, of a body that has its rule."""

    class Meta:
        model = Term

    body = factory.LazyFunction(lambda: BodyRuleFactory().body)
    number = 7


class MemberFactory(ReferenceFactory):
    """委員."""

    class Meta:
        model = Member

    body = factory.SubFactory(BodyFactory)
    surname = factory.Sequence(lambda number: f"委員{number}")


class AppointmentFactory(ReferenceFactory):
    """委嘱 in a term."""

    class Meta:
        model = Appointment

    term = factory.SubFactory(TermFactory)
    member = factory.LazyAttribute(lambda row: MemberFactory(body=row.term.body))
    position = factory.Sequence(int)


def meeting_of(term: Term, held_on: date = HELD_ON, **values: Any) -> Meeting:
    """A meeting of the term, planned by the system."""
    return create_meeting(body=term.body, term=term, held_on=held_on, token=uuid.uuid4(), actor=SYSTEM, **values)


def an_amendment(
    old: str = "第1条　区長は、総務大臣に届け出る。",
    new: str = "第1条　区長は、内閣総理大臣に届け出る。",
    **values: Any,
) -> Amendment:
    """A 改正案, told to the first body that there is."""
    given = {name: None if name == "effective_on" else "" for name in EDITABLE}
    given |= {"ordinance": "練馬区個人情報保護条例", "title": "練馬区個人情報保護条例の一部改正について"} | values
    body = Body.objects.first() or BodyRuleFactory().body
    return create_amendment(body, values=given, old=old, new=new, shorten=False, token=uuid.uuid4(), actor=SYSTEM)
