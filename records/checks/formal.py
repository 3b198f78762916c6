"""形式の点検 F1–F11: what the sheets must say, may not say, and should say (ux.md §2.2).

What keeps a file back stands in records.services (completeness, contradictions, criteria) and is asked there; here it
is only gathered, so that a clerk sees it before the step refuses.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from common.wareki import format_date
from history.errors import DomainError
from records.checks.base import Finding, Level, Passage, Rule
from records.checks.comparing import comparisons
from records.checks.reading import Facet, Reading, folded
from records.checks.words import is_public_body
from records.kinds import kind_of
from records.models import ActGround, Ground, OutOfPurposeUseVersion, RecordVersion
from records.models.parts import WithPeriod
from records.services.completeness import missing_labels
from records.services.contradictions import contradictions
from records.services.criteria import require_open
from records.services.remarks import remarks
from registry.models import ActivityVersion

SHEET = "記録票の様式（第3号様式、第5号様式）"
ACT = "個人情報の保護に関する法律"
PAPERS = "審議会 資料（令和4年1月24日）"


def _missing(reading: Reading) -> Finding | None:
    if not reading.records:
        return Finding(lines=("記録票が1枚もありません。",))
    labels = [(record, missing_labels(record)) for record in reading.records]
    return _of_lines(f"{record}：{'、'.join(missing)}" for record, missing in labels if missing)


def _contradictory(reading: Reading) -> Finding | None:
    """Only of whole sheets: of half a sheet the dates would be asked that are not there yet."""
    whole = [record for record in reading.records if not missing_labels(record)]
    return _of_lines(f"{record}：{problem}" for record in whole for problem in contradictions(record))


def _one_period(reading: Reading) -> Finding | None:
    both = [
        record
        for record in reading.records
        if isinstance(record, WithPeriod) and record.continues_from and (record.period_from or record.period_to)
    ]
    return _of_lines(map(str, both))


def _criteria_open(reading: Reading) -> Finding | None:
    try:
        require_open(reading.records)
    except DomainError as refusal:
        return Finding(lines=(str(refusal),))
    return None


def _remarked(reading: Reading) -> Finding | None:
    return _of_lines(f"{record}：{remark}" for record in reading.records for remark in remarks(record))


def _registered(reading: Reading) -> Finding | None:
    """業務登録: it is there, is in force on the first day, and bears the name on the sheet; one query for all."""
    registered: dict[int, list[ActivityVersion]] = {}
    sides = [side for record in reading.records for side in _sides(record)]
    activities = {side.activity_id for side in sides if side.activity_id is not None}
    versions = ActivityVersion.objects.filter(activity__in=activities, valid_from__isnull=False)
    for version in versions.select_related("department"):
        registered.setdefault(version.activity_id, []).append(version)
    return _of_lines(f"{side.record}：{line}" for side in sides for line in _of_activity(side, registered))


@dataclass(frozen=True)
class _Business:
    """A business that a sheet names: its own, or the one that provides."""

    record: RecordVersion
    words: str
    activity_id: int | None
    number: str
    name: str
    is_own: bool = True

    @property
    def department_id(self) -> int:
        """The department of the file."""
        return self.record.proposal.department_id


def _sides(record: RecordVersion) -> Iterator[_Business]:
    yield _Business(record, "業務登録", record.activity_id, record.activity_number, record.activity_name)
    if isinstance(record, OutOfPurposeUseVersion):
        number, name = record.providing_number, record.providing_activity_name
        yield _Business(record, "目的外利用させる業務の登録", record.providing_activity_id, number, name, is_own=False)


def _of_activity(side: _Business, registered: dict[int, list[ActivityVersion]]) -> Iterator[str]:
    if side.activity_id is None:
        if number := side.number.strip():
            yield f"{side.words}に、番号「{number}」のものがありません。"
        else:
            yield f"{side.words}が選ばれていません。業務登録番号は、効力が生じるまでに必要です。"
        return
    first, _ = kind_of(side.record).period(side.record)
    versions = registered.get(side.activity_id, [])
    standing = versions if first is None else [version for version in versions if version.in_force(first)]
    if not standing:
        when = f"効力の始まる日（{format_date(first)}）に" if first else ""
        yield f"{side.words}は、{when}効力がありません。"
    elif side.is_own and side.department_id not in {one.department_id for one in standing}:
        yield f"{side.words}は、{standing[-1].department.name}のものです（案件の所管課とちがいます）。"
    elif side.name and folded(side.name) not in {folded(one.name) for one in standing}:
        yield f"業務の名称が、{side.words}の「{standing[-1].name}」と違います。"


def _basis_fits(reading: Reading) -> Finding | None:
    """第69条第2項第3号 is about other authorities: not about a company."""
    unfit = [
        record
        for record in reading.records
        if kind_of(record).has_grounds
        and ActGround.PUBLIC_BODY in record.grounds
        and (name := getattr(record, "partner_name", "").strip())
        and not is_public_body(name)
    ]
    return _of_lines(f"{record}：相手方「{record.partner_name}」" for record in unfit)


def _criterion_wording(reading: Reading) -> Finding | None:
    """The paper that applies a criterion cites the 類型 of the sheet in the words of the criterion."""
    cited = [one for one in reading.records if kind_of(one).has_grounds and Ground.PREAPPROVED in one.grounds]
    texts = ["".join(folded(one.text).split()) for one in reading.papers if one.kind and "類型" in one.text]
    return _of_lines(line for record in cited if record.criterion for line in _of_criterion(record, texts))


def _of_criterion(record: RecordVersion, texts: list[str]) -> Iterator[str]:
    if not texts:
        return
    if not any(f"類型{record.criterion_type}" in text for text in texts):
        yield f"{record}：資料が、記録票の類型{record.criterion_type}を挙げていません。"
    wording = "".join(folded(record.criterion.wording).split())
    if not any(wording in text for text in texts):
        yield f"{record}：資料にある類型{record.criterion_type}の文言が、承認基準の文言と違います。"


def _responsible(reading: Reading) -> Finding | None:
    title = _squeezed(reading.proposal.department.head_title or "")
    others = [
        record
        for record in reading.records
        if title and (own := _squeezed(record.responsible)) and not (own.endswith(title) or title.endswith(own))
    ]
    return _of_lines(f"{record}：「{record.responsible}」（所管課は「{title}」）" for record in others)


def _squeezed(text: str) -> str:
    return "".join(folded(text).split())


def _items_agree(reading: Reading) -> Finding | None:
    return _of_lines(line for one in comparisons(reading) for line in one.lines)


def _partner_agrees(reading: Reading) -> Finding | None:
    """The name in the paper's first line under 結合先・委託先 is the sheet's."""
    lines = []
    for paper in reading.papers_on():
        name = paper.sections.get("partner", "").split("\n")[0].strip()
        for record in reading.of_kinds([paper.kind]):
            on_sheet = getattr(record, "partner_name", "").strip()
            if name and on_sheet and _squeezed(name) != _squeezed(on_sheet):
                lines.append(f"{record}：資料は「{name}」、記録票は「{on_sheet}」")
    return _of_lines(lines)


def _of_lines(lines: object) -> Finding | None:
    found = tuple(dict.fromkeys(lines))  # type: ignore[call-overload]
    return Finding(lines=found) if found else None


def _because(words: str, source: str) -> tuple[Passage, ...]:
    return (Passage(words, source, quoted=False),)


_STOP = Level.STOP
RULES = (
    Rule(
        "F1", "記入もれ", "提出までに必要な項目があります。",
        _because("様式のらんが空いたままでは、提出できません。", SHEET), _missing, level=_STOP,
    ),
    Rule(
        "F2", "記載の矛盾", "記載が合いません。",
        _because("期間、業務、根拠は、たがいに合っていなければなりません。", SHEET), _contradictory, level=_STOP,
    ),
    Rule(
        "F3", "期間は一方だけ", "期間と「以降継続」は一方だけを記入してください。",
        _because("学校の目的外利用記録票では、期間の2つの行がどちらも記入されていました。", PAPERS),
        _one_period, level=_STOP,
    ),
    Rule(
        "F4", "承認基準の終了", "事前一括承認基準は、この事例に使えません。",
        _because("法のもとで、種類による諮問はありません。", f"{ACT}第129条"),
        _criteria_open, level=_STOP,
    ),
    Rule(
        "F5", "記録票の注意", "記録票に、読む人が知っておくことがあります。",
        _because("根拠文書の日付、決まっていない相手方など、審議のときに尋ねられることです。", SHEET),
        _remarked, about=(Facet.PERIOD, Facet.PARTNER, Facet.GROUNDS),
    ),
    Rule(
        "F6", "業務登録", "業務登録を確かめてください。",
        (Passage("個人情報を取り扱う業務について、条例に定める手続を行っている", "個人情報保護に関する監査　項目ア"),),
        _registered, about=(Facet.PERIOD,),
    ),
    Rule(
        "F7", "根拠と相手方", "根拠「ほかの行政機関等に提供」は、相手方が行政機関等のときのものです。",
        _because("この根拠は、ほかの行政機関等への提供のためのものです。", f"{ACT}第69条第2項第3号"),
        _basis_fits, about=(Facet.PARTNER,),
    ),
    Rule(
        "F8", "承認基準の文言", "資料の類型を、承認基準と記録票に合わせてください。",
        (Passage("今回の目的外利用は、目的外利用に関する審議会事前一括承認基準の類型1を適用する。", PAPERS),),
        _criterion_wording, about=(Facet.GROUNDS,),
    ),
    Rule(
        "F9", "個人情報保護管理責任者", "責任者の職名が、所管課の課長と違います。",
        _because("責任者は、記録票をつくる課の課長です。", SHEET), _responsible,
    ),
    Rule(
        "F10", "資料と記録票の項目", "資料と記録票の情報項目が違います。",
        _because("審議会は資料を見て、記録票を承認します。順序とかっこの違いは問いません。", PAPERS),
        _items_agree, fill_in=(Facet.ITEMS,), about=(Facet.ITEMS,),
    ),
    Rule(
        "F11", "資料と記録票の相手方", "資料と記録票の相手方の名称が違います。",
        _because("審議会は資料を見て、記録票を承認します。", PAPERS),
        _partner_agrees, fill_in=(Facet.PARTNER,), about=(Facet.PARTNER,),
    ),
)  # fmt: skip
