"""改正の影響: what applications above know of departments that are about to change, for the page of a 組織改正.

They register while they start, as in `reassignment`; the page shows what they answer without knowing their tables.
"""

from collections.abc import Callable
from datetime import date

from django.utils.safestring import SafeString

from organization.models import Department, User

# (who looks, the departments that end, the day of the change) → a piece of the page
Effect = Callable[[User, list[Department], date], SafeString]

_EFFECTS: dict[str, Effect] = {}


def register(effect: Effect) -> None:
    """Make an effect known; the same one registered again replaces itself."""
    _EFFECTS[f"{effect.__module__}.{effect.__qualname__}"] = effect


def shown(user: User, departments: list[Department], day: date) -> list[SafeString]:
    """The pieces of all applications, in the order of their registration."""
    return [effect(user, departments, day) for effect in _EFFECTS.values()]
