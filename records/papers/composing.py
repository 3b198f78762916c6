"""資料の組立て: pure functions from plain texts and a layout's wording to a paper, for the sheet and for Word alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from printing.prose.cleaning import clean
from printing.prose.setting import Piece, is_changed, pieces

Values = Mapping[str, Any]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class ComposedSection:
    """A heading as this paper has it, line by line, and the text under it."""

    key: str
    heading: list[str]
    pieces: list[Piece]
    place: str
    changed: bool


@dataclass(frozen=True)
class Composed:
    """資料: everything that stands on the paper, in its order."""

    arrangement: str
    number: str
    subject: str
    title: list[str]
    subtitle: str
    note: str
    underlined_only: bool
    numbering: str
    sections: list[ComposedSection]

    @property
    def name(self) -> str:
        """The title on one line, for the outline and the file's properties."""
        return "".join([self.subject, *self.title])


def compose(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> Composed:
    """The paper that `values` make in `layout`; missing values are blanks, a KeyError is a gap in the layout's wording.

    `values`: title, sections {key: text}, figures {name: address}, choices {key: number of the heading's wording},
    number (資料番号), baseline {key: text} and baseline_name when the paper shows its changes. An explicit `baseline`
    (values of another paper) takes the place of the paper's own.
    """
    wording = layout["wording"]
    old = values.get("baseline") if baseline is None else baseline.get("sections", {})
    title = wording.get("fixed_title") or clean(values.get("title") or "")
    return Composed(
        arrangement=wording["arrangement"],
        number=values.get("number") or "",
        subject=wording["subject"],
        title=title.split("\n"),
        subtitle=wording["subtitle"],
        note=_note(wording["change_note"], values.get("baseline_name") or "", old),
        underlined_only=wording["marks"] == "underline",
        numbering=wording["numbering"],
        sections=_sections(values, wording, old),
    )


def heading_of(section: Mapping[str, Any], choices: Mapping[str, Any]) -> str:
    """The heading in the wording that the paper chose; the first where it chose none, or one that is not there."""
    offered: Sequence[str] = section.get("choices") or [section["heading"]]
    chosen = choices.get(section["key"], 0)
    return offered[chosen] if isinstance(chosen, int) and 0 <= chosen < len(offered) else offered[0]


def number_of(position: int, style: str) -> str:
    """「1 」, 「１　」 or nothing, in front of a heading."""
    return {"half": f"{position} ", "full": f"{str(position).translate(_WIDE)}　"}.get(style, "")


def _note(template: str, name: str, old: Mapping[str, str] | None) -> str:
    """The line that names the baseline, when the paper shows changes against a named one."""
    return template.replace("{baseline}", name) if template and name and old is not None else ""


def _sections(values: Values, wording: Mapping[str, Any], old: Mapping[str, str] | None) -> list[ComposedSection]:
    texts, choices = values.get("sections") or {}, values.get("choices") or {}
    figures = values.get("figures") or {}
    found: list[ComposedSection] = []
    for section in wording["sections"]:
        key = section["key"]
        text = clean(texts.get(key) or "")
        if section.get("optional") and not text:
            continue
        heading = number_of(len(found) + 1, wording["numbering"]) + heading_of(section, choices)
        body = pieces(text, None if old is None else clean(old.get(key) or ""))
        changed = any(map(is_changed, body))
        body = [replace(one, src=figures.get(one.figure, "")) if one.figure else one for one in body]
        found.append(ComposedSection(key, heading.split("\n"), body, section.get("place", ""), changed))
    return found
