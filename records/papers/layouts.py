"""資料の様式の版: what the layouts offer to a ward on a day, and what they say about a paper's sections."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F

from organization.models import Ward
from printing.models import SheetLayout
from printing.prose.cleaning import clean
from records.models import Checklist, Proposal, Side
from records.papers.sheets import PAPER_FAMILY

Wording = Mapping[str, Any]


def offered(day: date) -> list[SheetLayout]:
    """The kinds of papers that this ward writes on `day`, in the order of their titles' codes; two queries."""
    ward = Ward.objects.first()
    rows = SheetLayout.objects.as_of(day).filter(code__startswith=PAPER_FAMILY).order_by("code")
    return [row for row in rows if ward is None or row.wording.get("ward", ward.name) == ward.name]


def sections_of(wording: Wording, part: str) -> list[Mapping[str, Any]]:
    """The sections that play a part: "measures" or "attachments"."""
    return [section for section in wording["sections"] if section.get("part") == part]


def checklists_of(wording: Wording) -> list[str]:
    """The codes of the checklists that the sections point to."""
    return [code for section in wording["sections"] for code in section.get("checklists", [])]


def with_headings(wording: Wording, checklists: Iterable[Checklist]) -> list[tuple[Checklist, str]]:
    """Each checklist with the heading of the section that points to it."""
    headings = {code: section["heading"] for section in wording["sections"] for code in section.get("checklists", [])}
    return [(one, headings.get(one.layout_code, str(one))) for one in checklists]


def headings_of(codes: Iterable[str]) -> dict[tuple[str, str], str]:
    """(code of the layout, key of the section) → heading on one line, in any version of the layouts; one query."""
    return {
        (layout.code, section["key"]): (section["heading"] or "本文").replace("\n", "")
        for layout in SheetLayout.objects.filter(code__in=set(codes)).order_by(F("valid_from").asc(nulls_first=True))
        for section in layout.wording["sections"]
    }


def first_texts(wording: Wording, proposal: Proposal) -> dict[str, str]:
    """What a new paper says before anybody writes: the layout's usual words, and what the file knows."""
    return {section["key"]: _first_text(section, proposal) for section in wording["sections"]}


def unfinished(wording: Wording, texts: Mapping[str, str]) -> list[str]:
    """The keys of the sections still to be written: empty, or as the layout began them."""
    return [
        section["key"]
        for section in wording["sections"]
        if not section.get("optional") and _is_unfinished(section, texts.get(section["key"], ""))
    ]


def measure_side(section: Mapping[str, Any], group: str) -> str:
    """Which side a measure binds: as its heading says, else as its section does; the ward's own when neither says."""
    if group:
        return Side.WARD if "区" in group.strip("【】＜＞〔〕")[:3] else Side.PARTNER
    return Side.PARTNER if "受託" in section["heading"] or "相手" in section["heading"] else Side.WARD


def _first_text(section: Mapping[str, Any], proposal: Proposal) -> str:
    department = proposal.department
    known = {
        "title": proposal.title,
        "department": department.full_name.replace(" ", "\u3000"),
        "department-name": department.name,
        "department-charge": f"（担当部課：{department.full_name.replace(' ', '')}）",
    }
    return known.get(section.get("fill", ""), section.get("default") or section.get("starter") or "")


def _is_unfinished(section: Mapping[str, Any], text: str) -> bool:
    return not text.strip() or text == clean(section.get("starter", ""))
