"""業務登録の移行: existing businesses come in at their old dates, past the procedure, many at a time.

The import and the demo ward write through here. A version that came in so is marked 移行; what it says and when it
holds is checked as every other version is, without a statement for each row.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from common import persons
from common.business_number import BusinessNumberError, parse
from exchange.lives import ACTION, Faults, Life, LifeWriter
from history.bulk import create_all_as, save_all_as
from history.writing import Actor
from organization import rules
from registry.models import Activity, ActivityStatus, ActivityVersion, CollectingForm

CHUNK = 500


class ActivityWriter(LifeWriter):
    """Writes lives of businesses. Extras: `number` (canonical or None), `forms` ((name, edition, items), …)."""

    version = ActivityVersion
    link = "activity"
    registered = ActivityStatus.REGISTERED
    sample_identity = Activity()

    def new_identity(self, life: Life) -> Activity:
        """A business with its number."""
        return Activity(number=life.extras.get("number") or None, token=uuid4())

    def derive(self, version: ActivityVersion) -> None:
        """The bounds of the number of persons; an unreadable number is told by its validator."""
        version.persons_lowest = version.persons_highest = None
        if version.persons.strip():
            try:
                counted = persons.parse(version.persons)
            except persons.PersonsTextError:
                return
            version.persons_lowest, version.persons_highest = counted.lowest, counted.highest

    def end(self, version: ActivityVersion, life: Life) -> None:
        """The abolition stands on the version."""
        version.valid_to = version.abolished_on = life.abolished_on
        version.abolition_reason = life.abolition_reason

    def ending_of(self, version: ActivityVersion) -> tuple[Any, ...]:
        """The reason of an abolition may be corrected by itself."""
        return version.abolished_on, version.abolition_reason

    def attach(self, lives: Sequence[Life], *, actor: Actor, reason: str) -> None:
        """Numbers that standing businesses are given, and 帳票."""
        numbered = [life.entry.identity for life in lives if self._gives_number(life)]
        save_all_as(numbered, actor, action=self.action, reason=reason)
        new: list[CollectingForm] = []
        touched: list[CollectingForm] = []
        for life in lives:
            standing = life.entry.extras.get("forms", [])
            if life.begun:
                lines = life.extras.get("forms", [form_line(form) for form in standing])
                new += [_form(version, at, line) for version in life.begun for at, line in enumerate(lines)]
            elif "forms" in life.extras:
                _correct_forms(life.newest, standing, life.extras["forms"], new, touched)
        create_all_as(new, actor, action=self.action, reason=reason)
        save_all_as(touched, actor, action=self.action, reason=reason)

    def _gives_number(self, life: Life) -> bool:
        identity, number = life.entry.identity, life.extras.get("number")
        if not number or identity.number == number:
            return False
        identity.number = number
        return True


def form_line(form: CollectingForm) -> tuple[str, str, str]:
    """帳票 as a line of a table."""
    return form.name, form.edition, form.items


def form_faults(lines: Iterable[tuple[str, str, str]]) -> list[str]:
    """What the table of 帳票 refuses."""
    faults = []
    for name, edition, _ in lines:
        if not name:
            faults.append("帳票の名称がない行があります。")
        if len(name) > 200:
            faults.append("帳票の名称は200文字までです。")
        if len(edition) > 60:
            faults.append("帳票の版は60文字までです。")
    return list(dict.fromkeys(faults))


@transaction.atomic
def migrate_activities(lives: Sequence[Life], *, actor: Actor, reason: str, action: str = ACTION) -> None:
    """業務登録の移行: write `lives`, new entries, all or none; their `newest` are the versions that stand.

    `values` are those of a version, department included; `extras` may hold `number` in any spelling, and `forms`.
    Raises NotPermitted, ReasonRequired, ValidationError naming every entry that cannot stand.
    """
    rules.require_action(actor, ACTION)
    writer = ActivityWriter(action)
    faults = []
    for place, life in enumerate(lives, 1):
        words = [message for messages in _read_number(life).values() for message in messages]
        words += [message for messages in writer.faults(life).values() for message in messages]
        faults += [f"{place}件目：{word}" for word in words]
    faults += _taken_numbers(lives)
    if faults:
        raise ValidationError(faults)
    writer.write(lives, actor=actor, reason=reason)


def _read_number(life: Life) -> Faults:
    text = life.extras.get("number") or ""
    if not text:
        return {}
    try:
        number = parse(text)
    except BusinessNumberError as error:
        return {"number": [str(error)]}
    life.extras["number"] = number.number
    life.values.setdefault("number_as_printed", number.text.strip())
    return {}


def _taken_numbers(lives: Sequence[Life]) -> list[str]:
    numbers = [number for life in lives if (number := life.extras.get("number"))]
    twice = {number for number in numbers if numbers.count(number) > 1} if len(set(numbers)) < len(numbers) else set()
    taken = [number for start in range(0, len(numbers), CHUNK) for number in _given_out(numbers[start : start + CHUNK])]
    return [f"業務登録番号 {number} は、ほかの業務に付いています。" for number in sorted({*twice, *taken})]


def _given_out(numbers: Sequence[str]) -> list[str]:
    return [str(number) for number in Activity.objects.filter(number__in=numbers).values_list("number", flat=True)]


def _form(version: ActivityVersion, position: int, line: tuple[str, str, str]) -> CollectingForm:
    name, edition, items = line
    return CollectingForm(version=version, position=position, name=name, edition=edition, items=items)


def _correct_forms(
    version: ActivityVersion,
    standing: Sequence[CollectingForm],
    lines: Sequence[tuple[str, str, str]],
    new: list[CollectingForm],
    touched: list[CollectingForm],
) -> None:
    """Write `lines` onto the forms that stand, in their order; what is left over is taken out, not deleted."""
    for at, line in enumerate(lines):
        if at >= len(standing):
            new.append(_form(version, at, line))
        elif (standing[at].position, *form_line(standing[at])) != (at, *line):
            form = standing[at]
            form.position, (form.name, form.edition, form.items) = at, line
            touched.append(form)
    for form in standing[len(lines) :]:
        form.is_removed = True
        touched.append(form)
