"""書き出し: the columns of the lists of 案件 and of records as a file shows them."""

from collections.abc import Iterable
from datetime import date

from common import exporting
from common.exporting import Column, Export
from common.templatetags.wording import wareki_dense
from records.kinds import KINDS, RecordKind
from records.models import Proposal, RecordVersion

PROPOSALS = [
    Column("件名", lambda proposal: proposal.title),
    Column("所管課", lambda proposal: proposal.department.full_name),
    Column("記録票", lambda proposal: _sheets(proposal)),
    Column("提出日", lambda proposal: wareki_dense(proposal.form_date)),
    Column("状態", lambda proposal: proposal.shown_state.label),
]
LINKAGES = [
    Column("業務の名称", str),
    Column("業務登録番号", lambda record: _number(record)),
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
OUTSOURCINGS = [
    Column("件名", lambda record: record.subject or str(record)),
    Column("業務の名称", str),
    Column("業務登録番号", lambda record: _number(record)),
    Column("所管課名", lambda record: record.department_name),
    Column("委託先", lambda record: record.partner_name),
    Column("期間", lambda record: _period(record)),
    Column("経路", lambda record: _route_and_number(record)),
]
PROVISIONS = [
    Column("提供する業務", str),
    Column("業務登録番号", lambda record: _number(record)),
    Column("提供する課", lambda record: record.department_name),
    Column("提供先", lambda record: record.partner_name),
    Column("期間", lambda record: _period(record)),
    Column("経路", lambda record: _route(record)),
]
_OF_RECORDS = {"linkage": LINKAGES, "out-of-purpose": USES, "outsourcing": OUTSOURCINGS, "provision": PROVISIONS}


def proposal_list(proposals: Iterable[Proposal], day: date) -> Export:
    """案件の一覧."""
    return exporting.of("案件", PROPOSALS, proposals, day)


def record_list(kind: RecordKind, records: Iterable[RecordVersion], day: date) -> Export:
    """電算結合・目的外利用・外部委託・外部提供の一覧 on `day`."""
    return exporting.of(kind.short, _OF_RECORDS[kind.code], records, day)


def numbers_of_sheets(proposal: Proposal) -> list[tuple[str, int]]:
    """記録票の枚数 by kind, of a row counted by records.views.lists; kinds without a sheet are left out."""
    counts = [(kind.short, getattr(proposal, f"{kind.identity}_count")) for kind in KINDS.values()]
    return [(words, number) for words, number in counts if number]


def _sheets(proposal: Proposal) -> str:
    return " ".join(f"{words} {number}枚" for words, number in numbers_of_sheets(proposal))


def _number(record: RecordVersion) -> str:
    return record.activity.number or "" if record.activity else ""


def _council(record: RecordVersion) -> str:
    if not record.consultation_number:
        return ""
    return f"{wareki_dense(record.council_date)} 諮問第{record.consultation_number}号"


def _period(record: RecordVersion) -> str:
    if record.continues_from:
        return f"{wareki_dense(record.continues_from)}から"
    goes_on = "（継続）" if getattr(record, "continuing_clause", "") else ""
    return f"{wareki_dense(record.period_from)}〜{wareki_dense(record.period_to)}{goes_on}"


def _route(record: RecordVersion) -> str:
    if getattr(record, "criterion_type", None):
        return f"{record.get_route_display()} 類型{record.criterion_type}"
    return str(record.get_route_display())


def _route_and_number(record: RecordVersion) -> str:
    number = f" 第{record.consultation_number}号" if record.consultation_number else ""
    return f"{record.get_route_display()}{number}"
