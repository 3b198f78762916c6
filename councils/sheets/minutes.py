"""会議要録 as a sheet (print_sheet code `minutes`): the layout of the 要録 of 2013-01-17 (domain §6.8)."""

from collections.abc import Iterable, Mapping
from typing import Any

from councils.models import Minutes, Utterance
from councils.sheets import agenda
from printing.sheets import Sheet, register

CODE = "minutes"


def values(minutes: Minutes) -> Mapping[str, Any]:
    """title, when, place, members, ward_side, observers, parts (see the 次第), and said [{speaker, paragraphs}]."""
    return {
        **{name: getattr(minutes, name) for name in ("title", "when", "place", "members", "ward_side", "observers")},
        "parts": agenda.values(minutes.meeting)["parts"],
        "said": [
            {"speaker": one.speaker, "paragraphs": one.text.splitlines()}
            for one in minutes.utterances.filter(is_removed=False)
        ],
    }


def public_values(minutes: Minutes) -> Mapping[str, Any]:
    """The same for everybody: of an item that was closed to the public, only that it was."""
    said = minutes.utterances.filter(is_removed=False).select_related("item")
    return {**values(minutes), "said": public_said(said)}


def public_said(utterances: Iterable[Utterance]) -> list[dict[str, Any]]:
    """[{speaker, paragraphs}] of one 要録 in its order (read with `item`), without what belongs to closed items."""
    found: list[dict[str, Any]] = []
    told: set[int] = set()
    for one in utterances:
        if one.item is None or one.item.is_public:
            found.append({"speaker": one.speaker, "paragraphs": one.text.splitlines()})
        elif one.item_id not in told:
            told.add(one.item_id)
            found.append({"speaker": "非公開", "paragraphs": [f"「{one.item}」は、非公開で審議しました。"]})
    return found


def context(values: Mapping[str, Any], layout: Mapping[str, Any], baseline: object = None) -> dict[str, Any]:
    """The template's context (keys of `values`: see above)."""
    wording = layout["wording"]
    labels, phrases = wording["labels"], wording["phrases"]
    ward_side = values.get("ward_side", "")
    present = [values.get("members", ""), phrases["ward_side"].format(titles=ward_side) if ward_side else ""]
    return {
        "sheet": {"code": layout["code"], "title": values.get("title", "") or layout["title"]},
        "head": [
            (labels["when"], [values.get("when", "")]),
            (labels["place"], [values.get("place", "")]),
            (labels["present"], [text for text in present if text]),
            (labels["observers"], [values.get("observers", "")]),
        ],
        "agenda_label": labels["agenda"],
        "said_label": labels["said"],
        "parts": agenda.printed_parts(values.get("parts", ()), phrases),
        "closed": phrases["closed"],
        "said": values.get("said", ()),
    }


def register_minutes() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=CODE,
            title="会議要録",
            template="councils/_sheet_minutes.html",
            queryset=Minutes.objects.select_related("meeting__body", "meeting__term").order_by("pk").all,
            values=values,
            context=context,
            form_date=lambda minutes: minutes.meeting.held_on,
            label=str,
        )
    )
