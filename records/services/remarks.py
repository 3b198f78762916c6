"""注意: what a reader of a sheet should know, though it keeps nothing back (warnings, never refusals)."""

from collections.abc import Iterator

from common import regime
from common.rows import date_in
from common.wareki import format_date
from records.kinds import is_judged_by_act, kind_of
from records.models import RecordVersion
from records.models.parts import WithPartner
from records.regimes import CRITERIA_CLOSED, Successor, rules_day, successors
from records.states import Status


def remarks(record: RecordVersion) -> list[str]:
    """Sentences to be shown beside the sheet."""
    found = [*_late_documents(record), *_of_another_body(record)]
    if isinstance(record, WithPartner) and record.partner_is_open:
        found.append("相手方が未定です。決まったら、変更の案件をつくってください。")
    return found


def successor_grounds(record: RecordVersion) -> list[Successor]:
    """For an old record carried over into the Act: what the Act has for each old ground that is still ticked."""
    kind = kind_of(record)
    if not kind.has_grounds or not is_judged_by_act(record):
        return []
    return successors(record.grounds, kind.act_grounds)


def _of_another_body(record: RecordVersion) -> Iterator[str]:
    """The boxes of 法第69条 are not those of the assembly and of hospitals; a sheet being written says so."""
    if not kind_of(record).has_grounds or record.status != Status.DRAFT or not is_judged_by_act(record):
        return
    first_day, _ = kind_of(record).period(record)
    rules = record.proposal.department.rules_on(rules_day(record.proposal.form_date, first_day) or CRITERIA_CLOSED)
    if rules.regime is regime.Regime.ASSEMBLY:
        yield (
            f"議会には、法第69条の根拠があてはまりません（{rules.outside_citation}）。"
            "議会の定めを「根拠法令等」に書いてください。"
        )
    elif rules.regime is regime.Regime.MEDICAL:
        yield (
            f"病院・診療所の目的外の利用と提供には、法第69条でなく{rules.use_provision}によるものがあります。"
            "あてはまる条を「根拠法令等」に書いてください。"
        )


def _late_documents(record: RecordVersion) -> Iterator[str]:
    """A ground dated after the day from which it is said to hold (死産届: 事務連絡 of June, 適用日 in April)."""
    starts, _ = kind_of(record).period(record)
    for row in record.ground_documents:
        dated = date_in(row, "dated").start
        if dated is not None and starts is not None and dated > starts:
            yield (
                f"根拠文書「{row['subject']}」の日付（{format_date(dated)}）が、効力の始まる日（{format_date(starts)}）"
                "より後です。さかのぼった適用かどうか、確かめてください。"
            )
