"""帳簿の一覧: the day and the place that an address asks for, and the boxes in which they are chosen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from common.formfields import WholeDateField
from common.wareki import format_date
from public.registers import Place, Register
from public.setting import Setting

LONGEST = 200  # characters of the name of an organ or a section


@dataclass(frozen=True)
class Asked:
    """しぼりこみ: the day that is shown, what the box says, and what is wrong with it."""

    day: date
    text: str
    error: str
    place: Place

    @property
    def is_usual(self) -> bool:
        """Whether nothing is asked for but today."""
        return not self.text and self.place == Place()


def understand(request: HttpRequest, setting: Setting) -> Asked:
    """The day typed, today for none or nonsense (then with the error); days to come are not public yet."""
    given = request.GET
    text = given.get("as_of", "").strip()[:40]
    place = Place(given.get("organ", "")[:LONGEST], given.get("department", "")[:LONGEST])
    try:
        day = WholeDateField(required=False).clean(text) or setting.today
    except ValidationError as refusal:
        return Asked(setting.today, text, " ".join(refusal.messages), place)
    if day > setting.today:
        error = f"基準日は、きょう（{format_date(setting.today)}）までの日にしてください。"
        return Asked(setting.today, text, error, place)
    return Asked(day, text, "", place)


def selects(places: list[Place], chosen: Place) -> list[dict[str, Any]]:
    """The boxes of 実施機関 and 所管課; none where there is nothing to choose."""
    boxes = [
        ("organ", "実施機関", "すべての実施機関", [place.organ for place in places], chosen.organ),
        ("department", "所管課", "すべての課", [place.section for place in places], chosen.section),
    ]
    return [
        {
            "name": name,
            "label": label,
            "all": every,
            "options": list(dict.fromkeys(filter(None, values))),
            "chosen": mine,
        }
        for name, label, every, values, mine in boxes
        if any(values)
    ]


def removed_since(register: Register, setting: Setting, day: date) -> int:
    """How many entries of a past day are left out because they were removed since; no statement for today."""
    return register.removed_since(setting, day) if day < setting.today and not setting.keeps_names else 0
