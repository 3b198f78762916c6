"""範囲: how a table says whose rows its rows are; the permission table asks these."""

from collections.abc import Iterable

from django.db.models import Q


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
    def once_submitted(cls) -> Q:
        """The rows with a day of submission, which a later return or withdrawal does not take away."""
        return Q(form_date__isnull=False)
