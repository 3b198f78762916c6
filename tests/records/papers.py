"""The eleven papers of the sources as plain values, and the layouts that they print in."""

import json
from datetime import date

from django.conf import settings

from printing import layouts, sheets
from records.papers import sheets as paper_sheets

FOLDER = settings.BASE_DIR / "fixtures" / "demo" / "papers"


def read(ward):
    """The papers of a demo ward by their keys."""
    return {item["key"]: item for item in json.loads((FOLDER / f"{ward}.json").read_text())["papers"]}


NERIMA, SHINJUKU = read("nerima"), read("shinjuku")
PAPERS = {**NERIMA, **SHINJUKU}


def joined(sections):
    """Texts as the database has them."""
    return {key: "\n".join(lines) for key, lines in sections.items()}


def values_of(item, **changes):
    """What a paper of the fixtures prints (keys: records.papers.composing.compose)."""
    return {
        "title": "\n".join(item["title"]),
        "number": "",
        "choices": item.get("choices", {}),
        "sections": joined(item["sections"]),
        "baseline": joined(item["baseline"]) if "baseline" in item else None,
        "baseline_name": item.get("baseline_name", ""),
    } | changes


def layout_of(item):
    """The seed layout of a paper on its day."""
    day = date.fromisoformat(item.get("made_on", "2022-01-24"))
    return layout_on(item["layout"], day)


def layout_on(code, day=date(2022, 1, 24)):
    """The seed layout of this code in use on `day`."""
    found = [
        seed
        for seed in layouts.read_seeds()
        if seed["code"] == code
        and (seed["valid_from"] is None or seed["valid_from"] <= day)
        and (seed["valid_to"] is None or day < seed["valid_to"])
    ]
    (layout,) = found
    return layout


def fragment(item, layout=None, **changes):
    """The paper as HTML."""
    return sheets.render_fragment(sheets.get(paper_sheets.PAPER), values_of(item, **changes), layout or layout_of(item))
