"""点検の読取り: a file as the rules see it: the texts of its papers and its sheets, gathered once."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.db.models import Model

from common.rows import RowsField
from records.checks.items import ItemLists, read_items
from records.kinds import OUT_OF_PURPOSE, kind_of
from records.models import Paper, Proposal, RecordVersion


class Facet(Enum):
    """観点: a side of a file that a rule asks about; _SECTIONS and _FIELDS say where papers and sheets tell of it."""

    ITEMS = "items"
    MEASURES = "measures"
    PARTNER = "partner"
    SCOPE = "scope"
    FORM = "form"
    PERIOD = "period"
    VOLUME = "volume"
    CONTRACT = "contract"
    GROUNDS = "grounds"
    ATTACHED = "attached"


# The keys of the sections, the first that a paper has is where something missing is written.
_SECTIONS = {
    Facet.ITEMS: ("items",),
    Facet.MEASURES: ("protection", "partner_protection", "ward_protection"),
    Facet.PARTNER: ("partner",),
    Facet.SCOPE: ("content", "outline", "purpose", "reason", "name"),
    Facet.FORM: ("form", "method"),
    Facet.PERIOD: ("period", "start", "applied_on"),
    Facet.VOLUME: ("outline", "purpose", "reason", "content"),
    Facet.CONTRACT: ("content",),
    Facet.GROUNDS: ("reason", "purpose", "outline", "content", "ground"),
    Facet.ATTACHED: ("attachments",),
}
_FIELDS = {
    Facet.ITEMS: ("items", "provided_items", "received_items", "kinds", "kinds_other"),
    Facet.MEASURES: ("protection", "demanded_measures"),
    Facet.PARTNER: ("partner_name", "onward_partners"),
    Facet.SCOPE: ("work", "purpose", "subject"),
    Facet.FORM: ("linkage_form", "media", "flow_steps"),
    Facet.PERIOD: ("period_from", "period_to", "continues_from", "linked_on", "linked_until", "changed_on"),
    Facet.VOLUME: ("volume",),
    Facet.CONTRACT: (
        "contract_method",
        "contract_from",
        "contract_to",
        "contract_renewal",
        "clauses_signed_on",
        "subcontracts",
        "return_certificate_on",
    ),
    Facet.GROUNDS: ("ground_documents", "ground_reason", "ground_law"),
    Facet.ATTACHED: (),
}
# 現行処理 tells of today, not of what is asked for; 添付資料 only names.
_APART = frozenset({"current", "attachments"})


@dataclass(frozen=True)
class PaperReading:
    """資料 as read: its sections, what it attaches of its own, and what its checklists say."""

    paper: Paper
    kind: str
    sections: dict[str, str]
    headings: dict[str, str]
    partner_measures: list[str]
    attached: list[str]
    own_attachments: str
    checklists: str

    @cached_property
    def partner_side(self) -> str:
        """What the other side does, as far as measures are told apart; else the whole text."""
        if not self.partner_measures:
            return self.text
        rest = [text for key, text in self.sections.items() if key not in {*_SECTIONS[Facet.MEASURES], *_APART}]
        return "\n".join([*rest, *self.partner_measures, self.own_attachments, self.checklists])

    @cached_property
    def text(self) -> str:
        """Everything that it tells of what is asked for."""
        sections = [text for key, text in self.sections.items() if key not in _APART]
        return "\n".join([*sections, self.own_attachments, self.checklists])

    @property
    def items(self) -> ItemLists:
        """The items that it names."""
        return read_items(self.sections.get("items", ""))


@dataclass(frozen=True)
class Reading:
    """案件 as read."""

    proposal: Proposal
    records: Sequence[RecordVersion]
    papers: Sequence[PaperReading]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of records that it is about, by its sheets and by its papers (資料1 stands without a sheet)."""
        of_records = {kind_of(record).code for record in self.records}
        return frozenset(of_records | {one.kind for one in self.papers} - {""})

    @cached_property
    def is_change(self) -> bool:
        """変更: a sheet follows an earlier one, a paper marks its changes, or the text cites an earlier 諮問."""
        # The marks of a paper on a criterion are those of the added 事例.
        marked = [one.paper.marks_changes for one in self.papers if one.kind != OUT_OF_PURPOSE.code]
        if any(marked) or any(record.is_change for record in self.records):
            return True
        return any(one.paper.layout_code.endswith("-change") for one in self.papers) or told(_EARLIER, self.text)

    @cached_property
    def text(self) -> str:
        """What papers and sheets tell, in half width where there is one."""
        told_of = [paper.text for paper in self.papers] + [text_of(record, *Facet) for record in self.records]
        return folded("\n".join(told_of))

    @cached_property
    def partner_side(self) -> str:
        """What they tell of the other side."""
        told_of = [paper.partner_side for paper in self.papers]
        return folded("\n".join([*told_of, *(text_of(record, *Facet) for record in self.records)]))

    @cached_property
    def attached(self) -> str:
        """The names of what is attached."""
        return folded("\n".join(name for paper in self.papers for name in paper.attached))

    @cached_property
    def partner_names(self) -> list[str]:
        """The other sides that papers and sheets name, each once."""
        of_papers = [paper.sections.get("partner", "").split("\n")[0] for paper in self.papers]
        of_records = [getattr(record, "partner_name", "") for record in self.records]
        return [name for name in dict.fromkeys(map(str.strip, [*of_records, *of_papers])) if name]

    @cached_property
    def labelled(self) -> list[tuple[str, str]]:
        """Heading and text of every section, label and text of every field that the rules read."""
        sections = [(one.headings.get(key, key), text) for one in self.papers for key, text in one.sections.items()]
        names = [name for facet in Facet for name in _FIELDS[facet]]
        fields = [
            (str(record._meta.get_field(name).verbose_name), _said(record, name))
            for record in self.records
            for name in dict.fromkeys(names)
            if name in kind_of(record).editable
        ]
        return sections + fields

    def of_kinds(self, kinds: Iterable[str]) -> list[RecordVersion]:
        """The sheets of these kinds."""
        return [record for record in self.records if kind_of(record).code in set(kinds)]

    def papers_on(self, *kinds: str) -> list[PaperReading]:
        """The papers about these kinds; without any, those about some kind of record."""
        return [paper for paper in self.papers if (paper.kind in kinds if kinds else paper.kind)]

    def facet(self, *facets: Facet) -> str:
        """What the file tells under these facets."""
        keys = {key for facet in facets for key in _SECTIONS[facet]}
        told_of = [text for paper in self.papers for key, text in paper.sections.items() if key in keys]
        if Facet.MEASURES in facets:
            told_of += [paper.checklists for paper in self.papers]
        return folded("\n".join([*told_of, *(text_of(record, *facets) for record in self.records)]))

    def digest(self, facets: Iterable[Facet], also: Iterable[str]) -> str:
        """A short mark of what the file tells under `facets`; blanks and punctuation make no difference."""
        told_of = re.sub(r"[\W_]+", "", self.facet(*facets)) + "/" + "/".join(also)
        return hashlib.sha256(told_of.encode()).hexdigest()


_EARLIER = r"諮問第\s{0,3}\d{1,9}\s{0,3}号"


def section_key(paper: PaperReading, facet: Facet) -> str:
    """The section of a paper where a word on `facet` belongs; empty when it has none."""
    return next((key for key in _SECTIONS[facet] if key in paper.headings), "")


def field_name(record: RecordVersion, facet: Facet) -> str:
    """The field of a sheet where a word on `facet` belongs; empty when it has none."""
    return next((name for name in _FIELDS[facet] if name in kind_of(record).editable), "")


def text_of(record: RecordVersion, *facets: Facet) -> str:
    """What a sheet says under these facets."""
    names = dict.fromkeys(name for facet in facets for name in _FIELDS[facet])
    return "\n".join(_said(record, name) for name in names if name in kind_of(record).editable)


def _said(row: Model, name: str) -> str:
    field, value = row._meta.get_field(name), getattr(row, name)
    if isinstance(field, RowsField):
        return field.in_words(value)
    if isinstance(value, list):
        return "、".join(str(row.CODE_LISTS.get(name, {}).get(code, code)) for code in value)
    return str(value or "")


def folded(text: str) -> str:
    """Full and half width alike."""
    return unicodedata.normalize("NFKC", text)


def told(pattern: str, text: str) -> bool:
    """Whether `text` has a word on it."""
    return re.search(pattern, text) is not None


def together(text: str, *patterns: str) -> bool:
    """Whether one sentence of `text` has a word on each of `patterns`."""
    return any(all(told(pattern, sentence) for pattern in patterns) for sentence in sentences(text))


def sentences(text: str) -> Iterator[str]:
    """The sentences and lines of a text."""
    yield from filter(None, (part.strip() for part in re.split("[。\n]", text)))
