"""委員の名の書き方: the surname, and in brackets what tells two members of one surname apart (中村（三））."""

from collections import Counter
from collections.abc import Iterable

from councils.models import Appointment


def names_of(appointments: Iterable[Appointment], among: Iterable[Appointment] | None = None) -> list[str]:
    """The members' names as lists print them; `among`: the roster in which they must be told apart, else themselves."""
    rows = list(appointments)
    shared = Counter(row.member.surname for row in (rows if among is None else among))
    return [row.member.surname + (row.member.bracketed if shared[row.member.surname] > 1 else "") for row in rows]
