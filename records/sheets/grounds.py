"""根拠のらん: the ordinance's boxes come from the layout, the Act's from the law; a sheet shows those that hold."""

from collections.abc import Mapping
from typing import Any

from printing.cells import Values
from records.models import ActGround
from records.models.grounds import NEED_REASON

GROUND_PLACES = (
    "ground_law", "ground_reason", "council_date", "consultation_number", "criterion_article", "criterion_type",
)  # fmt: skip
_LAW_PLACE = "（根拠法令等　{ground_law}）"
_REASON_PLACE = "（理由　{ground_reason}）"
_BLANKS = {"ground_law": "　　　　　", "ground_reason": "　　　　　"}


def with_boxes(layout: Mapping[str, Any], values: Values) -> Mapping[str, Any]:
    """The layout with the boxes that hold for this sheet.

    Without `act_grounds` in `values` those of the layout; with it (codes of ActGround) the Act's, and behind them what
    is still ticked of the ordinance's, so that nothing ticked vanishes from the paper.
    """
    codes = values.get("act_grounds")
    wording = layout["wording"]
    ticked = set(values.get("grounds") or ())
    if not codes and not ticked & set(ActGround.values):
        return layout | {"wording": wording | {"blanks": _BLANKS | wording["blanks"]}}
    shown = codes or [code for code in ActGround.values if code in ticked]
    of_the_act = [_box(ActGround(code), code in ticked) for code in shown]
    of_the_ordinance = wording["options"]["grounds"]
    boxes = [*of_the_act, *(box for box in of_the_ordinance if box["code"] in ticked)]
    if not codes:
        boxes = [*of_the_ordinance, *of_the_act]
    options = wording["options"] | {"grounds": boxes}
    return layout | {"wording": wording | {"options": options, "blanks": _BLANKS | wording["blanks"]}}


def _box(ground: ActGround, is_ticked: bool) -> dict[str, str]:
    """A box with its bracket; the one reason of a sheet is written only where it belongs."""
    places = {ActGround.LAW: _LAW_PLACE, **dict.fromkeys(NEED_REASON, _REASON_PLACE)}
    place = places.get(ground, "")
    if not is_ticked:
        for name, blank in _BLANKS.items():
            place = place.replace(f"{{{name}}}", blank)
    return {"code": ground.value, "text": f"{ground.label}{place}"}


def ground_texts(record: Any, act_grounds: tuple[ActGround, ...], under_act: bool) -> dict[str, Any]:
    """The values of 根拠, 種別 and 形態 that a record version prints."""
    return {
        "act_grounds": [ground.value for ground in act_grounds] if under_act else [],
        "kinds": record.kinds,
        "kinds_other": record.kinds_other,
        "grounds": record.grounds,
        "ground_law": record.ground_law,
        "ground_reason": record.ground_reason,
        "criterion_article": "" if record.criterion_article is None else str(record.criterion_article),
        "criterion_type": "" if record.criterion_type is None else str(record.criterion_type),
        "forms": record.use_forms,
        "forms_other": record.use_forms_other,
    }
