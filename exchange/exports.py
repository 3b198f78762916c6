"""すべての項目の書き出し: a list's rows with all columns of their register, as an import takes them back."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from organization.models import Assignment, User

if TYPE_CHECKING:
    from exchange.registers import Register


def whole(register: "Register", rows: QuerySet) -> tuple[list[str], Iterable[Sequence[Any]]]:
    """The columns of the register, and the cells of the list's rows in their order.

    The statements grow with the register's batches, not with its rows.
    """
    dataset = register.resource().export(_of_register(rows))
    return list(dataset.headers), dataset


def _of_register(rows: QuerySet) -> QuerySet:
    """The list of 担当 stands for its people: a user comes with every charge."""
    if rows.model is Assignment:
        return User.objects.filter(pk__in=rows.order_by().values("user")).order_by("username")
    return rows
