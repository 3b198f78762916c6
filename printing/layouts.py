"""様式の版の初期値: the layouts that the ward's sources show, as data under fixtures/layouts/."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from history.writing import Actor
from printing import sheets
from printing.errors import UnknownSheet

if TYPE_CHECKING:
    from printing.models import SheetLayout

SEED = "seed_sheet_layout"
ACTIONS = {SEED: "様式の版の初期登録"}


def read_seeds() -> list[dict[str, Any]]:
    """Every seed layout, dates as date or None; keys are the fields of SheetLayout."""
    files = sorted((Path(settings.BASE_DIR) / "fixtures" / "layouts").glob("*.json"))
    seeds = [seed for file in files for seed in json.loads(file.read_text())]
    for seed in seeds:
        for name in ("valid_from", "valid_to"):
            seed[name] = date.fromisoformat(seed[name]) if seed[name] else None
    return seeds


def seed_layouts(actor: Actor) -> "list[SheetLayout]":
    """様式の版の初期登録: write the seeds that are not there yet, one history row each; answers those written."""
    from printing.models import SheetLayout

    there = set(SheetLayout.objects.values_list("code", "valid_from"))
    written = []
    for seed in read_seeds():
        if (seed["code"], seed["valid_from"]) in there:
            continue
        layout = SheetLayout(**seed)
        layout.full_clean()
        written.append(layout.save_as(actor, action=SEED))
    return written


def problem_with(layout: Mapping[str, Any]) -> str:
    """What a sheet would miss in this layout's wording, in Japanese; empty when an empty form can be filled with it."""
    try:
        sheet = sheets.for_layout(layout["code"])
    except UnknownSheet as error:
        return str(error)
    try:
        sheet.context({}, layout, None)
    except KeyError as error:
        return f"文言に「{error.args[0]}」がありません。"
    except (TypeError, AttributeError, ValueError):
        return "文言の組立てが、この様式に合いません。"
    return ""
