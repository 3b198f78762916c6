"""記入する所: where what a rule misses is written, as links to the field or the heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from common.rows import RowsField
from records.checks.base import Rule
from records.checks.reading import PaperReading, Reading, field_name, section_key
from records.kinds import kind_of
from records.models import RecordVersion


@dataclass(frozen=True)
class Place:
    """記入する所: words and address."""

    words: str
    url: str


def places(rule: Rule, reading: Reading, *, may_edit: bool) -> list[Place]:
    """The headings of the papers and the fields of the sheets; for who may not edit, the pages that show them."""
    if not rule.fill_in:
        add = Place("業務を選んで記録票を追加", reverse("add_record", args=[reading.proposal.pk]))
        return [_sheet(record, may_edit) for record in reading.records] or [add] * may_edit
    kinds = rule.kinds or reading.kinds
    papers = [place for paper in reading.papers_on(*kinds) for place in _of_paper(rule, paper, may_edit)]
    if not papers and may_edit:
        papers = [Place("資料を追加して書く", reverse("create_paper", args=[reading.proposal.pk]))]
    # Sheets of one kind say the same of what is shared: the first is enough.
    firsts = {kind_of(record).code: record for record in reversed(reading.of_kinds(kinds))}
    fields = [place for record in firsts.values() for place in _of_record(rule, record, may_edit)]
    return list(dict.fromkeys([*papers, *fields]))


def _of_paper(rule: Rule, paper: PaperReading, may_edit: bool) -> Iterator[Place]:
    keys = dict.fromkeys(filter(None, (section_key(paper, facet) for facet in rule.fill_in)))
    for key in keys:
        words = f"資料「{paper.paper}」の「{paper.headings[key]}」"
        page = "edit_paper" if may_edit else "view_paper"
        yield Place(words, reverse(page, args=[paper.paper.pk]) + (f"#id_text_{key}" if may_edit else ""))


def _of_record(rule: Rule, record: RecordVersion, may_edit: bool) -> Iterator[Place]:
    for name in dict.fromkeys(filter(None, (field_name(record, facet) for facet in rule.fill_in))):
        field = record._meta.get_field(name)
        words = f"{kind_of(record).label}「{record}」の「{field.verbose_name}」"
        yield Place(words, _record_page(record, may_edit, f"#id_{name}{'_0' if isinstance(field, RowsField) else ''}"))


def _sheet(record: RecordVersion, may_edit: bool) -> Place:
    return Place(f"{kind_of(record).label}「{record}」", _record_page(record, may_edit))


def _record_page(record: RecordVersion, may_edit: bool, anchor: str = "") -> str:
    if not may_edit:
        return record.get_absolute_url()
    return reverse("edit_record", args=[kind_of(record), record.pk]) + anchor
