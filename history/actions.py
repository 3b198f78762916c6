"""操作: the names of what can be done, as the trail prints them.

The permission table (organization.rules) registers every action once, at start; a code that is not registered cannot
be written into the trail.
"""

from dataclasses import dataclass

from history.errors import ReasonRequired


@dataclass(frozen=True)
class Action:
    """One action: its code in the programme, its Japanese name, and whether the person must say why."""

    code: str
    label: str
    needs_reason: bool


_ACTIONS: dict[str, Action] = {}


def register(code: str, label: str, *, needs_reason: bool = False) -> None:
    """Make `code` known; called while the applications start."""
    _ACTIONS[code] = Action(code, label, needs_reason)


def label(code: str) -> str:
    """The Japanese name of an action; KeyError for one that was never registered."""
    return _ACTIONS[code].label


def reason_or_label(code: str, reason: str) -> str:
    """The text to keep as 理由: what was typed, or the action's own name where no reason is demanded.

    Raises ReasonRequired when the action demands one and only blanks were typed.
    """
    action = _ACTIONS[code]
    text = reason.strip()
    if action.needs_reason and not text:
        raise ReasonRequired(action.label)
    return text or action.label
