"""注意: what a reader of a sheet should know, though it keeps nothing back (warnings, never refusals)."""

from collections.abc import Iterator

from common.rows import date_in
from common.wareki import format_date
from records.kinds import is_judged_by_act, kind_of
from records.models import RecordVersion
from records.models.parts import WithPartner
from records.regimes import Successor, successors


def remarks(record: RecordVersion) -> list[str]:
    """Sentences to be shown beside the sheet."""
    found = list(_late_documents(record))
    if isinstance(record, WithPartner) and record.partner_is_open:
        found.append("相手方が未定です。決まったら、変更の案件をつくってください。")
    return found


def successor_grounds(record: RecordVersion) -> list[Successor]:
    """For an old record carried over into the Act: what the Act has for each old ground that is still ticked."""
    kind = kind_of(record)
    if not kind.has_grounds or not is_judged_by_act(record):
        return []
    return successors(record.grounds, kind.act_grounds)


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
