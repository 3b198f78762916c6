"""範囲: how a table says whose rows its rows are; the permission table asks these."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from history.writing import Actor
    from organization.models import Department


class DepartmentScoped:
    """自課・他課: mixed into every model that the permission table guards by department."""

    @classmethod
    def owned_by(cls, departments: Iterable[int]) -> Q:
        """The rows that belong to one of `departments`."""
        return Q(department__in=departments)

    @classmethod
    def shared_with(cls, departments: Iterable[int]) -> Q:
        """Rows of others that people of `departments` may see; none unless a table says so."""
        return Q(pk__in=[])

    @classmethod
    def provided_by(cls, departments: Iterable[int]) -> Q:
        """Rows in which one of `departments` is the providing side; none unless a table says so."""
        return Q(pk__in=[])

    @classmethod
    def addressed_to(cls, departments: Iterable[int]) -> Q:
        """Rows that wait for an answer of `departments`; none unless a table says so."""
        return Q(pk__in=[])

    @classmethod
    def put_to_it(cls) -> Q:
        """Rows that 情報政策課 was asked about, or asks about; none unless a table says so."""
        return Q(pk__in=[])

    @classmethod
    def once_submitted(cls) -> Q:
        """The rows with a day of submission, which a later return or withdrawal does not take away."""
        return Q(form_date__isnull=False)


class PersonScoped:
    """本人: mixed into the tables whose rows belong to one person; `PERSON` is the field that names them."""

    PERSON = "owner"

    @classmethod
    def belonging_to(cls, actor: "Actor") -> Q:
        """The rows of `actor`; none of nobody in particular."""
        return Q(**{cls.PERSON: actor.pk}) if actor.pk is not None else Q(pk__in=[])


def heir_for(actor: "Actor", department: "Department", day: date) -> "Department":
    """Under which department `actor` continues on `day` what `department` filed.

    Itself while it exists, else its one successor; after a split the one that the actor belongs to.
    """
    from organization.models.departments import successors_on  # the models mix in DepartmentScoped from here

    found = successors_on(department, day)
    own = getattr(actor, "department_ids_today", set())
    if len(found) > 1:
        found = [one for one in found if one.pk in own]
    return found[0] if found else department
