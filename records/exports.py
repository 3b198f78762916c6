"""書き出し: the columns of the lists of 案件 and of records as a file shows them."""

from collections.abc import Iterable
from datetime import date

from common import exporting
from common.exporting import Column, Export
from common.templatetags.wording import wareki_dense
from records.models import LinkageVersion, OutOfPurposeUseVersion, Proposal

PROPOSALS = [
    Column("件名", lambda proposal: proposal.title),
    Column("所管課", lambda proposal: proposal.department.full_name),
    Column("記録票", lambda proposal: _sheets(proposal)),
    Column("提出日", lambda proposal: wareki_dense(proposal.form_date)),
    Column("状態", lambda proposal: proposal.shown_state.label),
]
LINKAGES = [
    Column("業務の名称", str),
    Column("業務登録番号", lambda record: record.activity.number or ""),
    Column("所管課名", lambda record: record.department_name),
    Column("相手方", lambda record: record.partner_name),
    Column("結合年月日", lambda record: wareki_dense(record.linked_on)),
    Column("審議会", lambda record: _council(record)),
]
USES = [
    Column("利用する業務", str),
    Column("利用する課", lambda record: record.department_name),
    Column("提供する業務", lambda record: record.providing_activity_name),
    Column("提供する課", lambda record: record.providing_department_name),
    Column("期間", lambda record: _period(record)),
    Column("経路", lambda record: _route(record)),
]
Record = LinkageVersion | OutOfPurposeUseVersion
_OF_RECORDS = {LinkageVersion: LINKAGES, OutOfPurposeUseVersion: USES}


def proposal_list(proposals: Iterable[Proposal], day: date) -> Export:
    """案件の一覧."""
    return exporting.of("案件", PROPOSALS, proposals, day)


def record_list(model: type, title: str, records: Iterable[Record], day: date) -> Export:
    """電算結合または目的外利用の一覧 on `day`."""
    return exporting.of(title, _OF_RECORDS[model], records, day)


def _sheets(proposal: Proposal) -> str:
    counts = {"電算結合": proposal.linkage_count, "目的外利用": proposal.use_count}
    return " ".join(f"{name} {count}枚" for name, count in counts.items() if count)


def _council(record: LinkageVersion) -> str:
    if not record.consultation_number:
        return ""
    return f"{wareki_dense(record.council_date)} 諮問第{record.consultation_number}号"


def _period(record: OutOfPurposeUseVersion) -> str:
    if record.continues_from:
        return f"{wareki_dense(record.continues_from)}から"
    return f"{wareki_dense(record.period_from)}〜{wareki_dense(record.period_to)}"


def _route(record: OutOfPurposeUseVersion) -> str:
    kind = f" 類型{record.criterion_type}" if record.criterion_type else ""
    return f"{record.get_route_display()}{kind}"
