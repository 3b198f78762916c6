"""起案文: a file as the text of the 起案, for the ward's own document system: page, .txt and Word say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from common.wareki import format_date
from printing.prose.setting import pieces
from records.kinds import kind_of
from records.models import ActGround, Ground, Proposal, RecordVersion
from records.papers.composing import Composed, ComposedSection
from records.papers.word import as_docx
from records.presenting import facts
from records.services.routes import offered_routes
from records.states import Route

EMPTY = "（未記入）"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Filing:
    """起案文: what stands above, and the parts in their order, each with its heading."""

    title: str
    number: str
    head: list[str]
    parts: list[tuple[str, list[str]]]

    @property
    def text(self) -> str:
        """The whole as plain text."""
        blocks = ["\n".join(self.head)]
        blocks += ["\n".join([heading, *(f"　{line}" for line in lines)]) for heading, lines in self.parts]
        return "\n\n".join(blocks) + "\n"

    def as_word(self) -> bytes:
        """The same as .docx, with the fonts and margins of the papers."""
        parts = [("", self.head), *self.parts]
        return as_docx(
            Composed(
                arrangement="headed",
                number="",
                subject="",
                title=["起案文"],
                subtitle="",
                note="",
                underlined_only=False,
                numbering="",
                sections=[
                    ComposedSection(str(at), [heading], pieces("\n".join(lines)), "", False)
                    for at, (heading, lines) in enumerate(parts)
                ],
            )
        )


def filing(proposal: Proposal, records: Iterable[RecordVersion], *, day: date) -> Filing:
    """The 起案 of a file with these sheets, as the file stands; `day`: whose rules a draft follows."""
    records = list(records)
    reason = proposal.filing_reason.strip().splitlines() or [EMPTY]
    parts = [
        ("理由", reason),
        ("根拠", list(_grounds(records)) or ["（記録票に根拠の記載はありません）"]),
        ("記録票", list(_sheets(records)) or ["（まだありません）"]),
        ("審議会への経路", list(_routes(records, proposal, day)) or [EMPTY]),
    ]
    if papers := [str(paper) for paper in proposal.papers.in_use()]:
        parts.append(("添付する資料", [f"・{title}" for title in papers]))
    numbered = [(f"{str(at).translate(_WIDE)}　{heading}", lines) for at, (heading, lines) in enumerate(parts, start=1)]
    return Filing(proposal.title, proposal.document_number, _head(proposal), numbered)


def _head(proposal: Proposal) -> list[str]:
    writer = proposal.written_by.name if proposal.written_by else "（紙から登録）"
    return [
        f"文書番号　{proposal.document_number or EMPTY}",
        f"保存年限　{proposal.retention or EMPTY}",
        f"所管課　　{proposal.department.full_name}",
        f"起案者　　{writer}",
        f"提出日　　{format_date(proposal.form_date) if proposal.form_date else '未提出'}",
        "",
        f"件名　　　{proposal.title}",
    ]


def _grounds(records: Iterable[RecordVersion]) -> Iterator[str]:
    """Each ground once: what is ticked, the law and the reason beside it, the documents."""
    seen: dict[str, None] = {}
    for record in records:
        if kind_of(record).has_grounds:
            words = {**dict(Ground.choices), **dict(ActGround.choices)}
            seen |= dict.fromkeys(f"・{words[code]}" for code in record.grounds if code in words)
            more = (("根拠法令等", record.ground_law), ("理由", record.ground_reason))
            seen |= dict.fromkeys(f"・{label}：{' '.join(text.split())}" for label, text in more if text.strip())
        field = record._meta.get_field("ground_documents")
        seen |= dict.fromkeys(f"・{line}" for line in field.lines(record.ground_documents))
    yield from seen


def _sheets(records: Iterable[RecordVersion]) -> Iterator[str]:
    for number, record in enumerate(records, start=1):
        business = f"（{record.activity_number}）" if record.activity_number else ""
        yield f"({number}) {record._meta.verbose_name}　{record}{business}"
        yield from (f"　　{label}：{text}" for label, text in facts(record) if text)


def _routes(records: Iterable[RecordVersion], proposal: Proposal, day: date) -> Iterator[str]:
    """The route of each sheet with the rule's reason; before the submission it is what the rules suggest."""
    for number, record in enumerate(records, start=1):
        offered = offered_routes(record, proposal.form_date or day)
        route = Route(record.route) if proposal.form_date else next(iter(offered))
        expected = "" if proposal.form_date else "（見込み）"
        yield f"({number}) {route.label}{expected}　{offered.get(route, '')}".rstrip()
