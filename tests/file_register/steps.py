"""The steps of the procedure as plain data: how each is called, and who may take it from which state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from file_register import services
from file_register.models import PersonalFileVersion

REASON = "記入もれのため"


@dataclass(frozen=True)
class Step:
    """One step: the service's further arguments, the states and people that allow it, what the page sends."""

    service: Callable[..., Any]
    arguments: dict[str, Any]
    states: tuple[str, ...]
    people: tuple[str, ...]
    sent: dict[str, str]
    writes: int

    def take(self, version: PersonalFileVersion, actor: Any) -> Any:
        """Carry it out."""
        return self.service(version, actor=actor, **self.arguments)


ON = date(2026, 4, 1)
STEPS = {
    "submit_personal_file": Step(
        services.submit_personal_file, {}, ("draft",), ("担当", "課長", "情報公開課"), {}, writes=1
    ),
    "return_personal_file": Step(
        services.return_personal_file, {"reason": REASON}, ("submitted",), ("情報公開課",), {"reason": REASON}, writes=1
    ),
    "withdraw_personal_file": Step(
        services.withdraw_personal_file,
        {"reason": REASON},
        ("submitted",),
        ("担当", "課長", "情報公開課"),
        {"reason": REASON},
        writes=1,
    ),
    "register_personal_file": Step(
        services.register_personal_file, {"on": ON}, ("submitted",), ("情報公開課",), {"on": "R8.4.1"}, writes=1
    ),
    "revise_personal_file": Step(
        services.revise_personal_file,
        {"reason": REASON},
        ("registered",),
        ("担当", "課長", "情報公開課"),
        {"reason": REASON},
        writes=1,
    ),
    "abolish_personal_file": Step(
        services.abolish_personal_file,
        {"on": ON, "reason": REASON},
        ("registered",),
        ("情報公開課",),
        {"on": "R8.4.1", "reason": REASON},
        writes=2,
    ),
}
