"""版から紙面へ: the texts that a record version prints, as they were typed."""

import re
from collections.abc import Mapping
from typing import Any

from common.rows import Column, date_in
from common.wareki import PartialDate, format_date
from records.kinds import OUT_OF_PURPOSE, PROVISION, is_judged_by_act
from records.models import LinkageVersion, OutOfPurposeUseVersion, OutsourcingVersion, ProvisionVersion, RecordVersion
from records.models.parts import WithPartner, WithPeriod
from records.sheets.grounds import ground_texts

OPEN_END = "以降継続"
_WEEKDAY = re.compile(r"（[月火水木金土日]）")
_WRITTEN_OUT = re.compile(r"\s*(明治|大正|昭和|平成|令和)")


def on_paper(day: PartialDate) -> str:
    """A date as an official sheet prints it: as it was written out, and in full where it was typed short (R4.6)."""
    if day.is_blank or _WRITTEN_OUT.match(day.text):
        return day.text
    return _WEEKDAY.sub("", day.told())


def linkage_values(record: LinkageVersion) -> Mapping[str, Any]:
    """The values of a 第5号様式 (keys: records.sheets.linkage.context)."""
    return {
        "activity_number": record.activity_number,
        "department": record.department_name,
        "activity_name": record.activity_name,
        "purpose": record.purpose,
        "linked_on": on_paper(record.linked_on),
        "council_date": on_paper(record.council_date),
        "consultation_number": record.consultation_number,
        "changed_on": on_paper(record.changed_on),
        "change_council_date": on_paper(record.change_council_date),
        "change_consultation_number": record.change_consultation_number,
        "partner": "\n".join(line for line in (record.partner_name, record.partner_address) if line),
        "provided_items": record.provided_items,
        "received_items": record.received_items,
        "responsible": record.responsible,
        **_end(record),
    }


def out_of_purpose_values(record: OutOfPurposeUseVersion) -> Mapping[str, Any]:
    """The values of a 第3号様式 (keys: records.sheets.out_of_purpose.context)."""
    return {
        "using_number": record.activity_number,
        "using_department": record.department_name,
        "using_activity_name": record.activity_name,
        "purpose": record.purpose,
        "providing_number": record.providing_number,
        "providing_department": record.providing_department_name,
        "providing_activity_name": record.providing_activity_name,
        "period_from": on_paper(record.period_from),
        "period_to": on_paper(record.period_to).removesuffix("まで"),
        # The form prints 「以降継続」 itself, whether it was typed or not.
        "continues_from": on_paper(record.continues_from).removesuffix(OPEN_END),
        "council_date": on_paper(record.council_date),
        "consultation_number": record.consultation_number,
        **ground_texts(record, OUT_OF_PURPOSE.act_grounds, is_judged_by_act(record)),
        "responsible": record.responsible,
        **_end(record),
    }


def outsourcing_values(record: OutsourcingVersion) -> Mapping[str, Any]:
    """The values of an 外部委託記録票 (keys: records.sheets.outsourcing.context)."""
    return {
        "activity_number": record.activity_number,
        "department": record.department_name,
        "activity_name": record.activity_name,
        "subject": record.subject,
        "purpose": record.purpose,
        "work": record.work,
        "partner": _partner(record),
        **_period(record),
        "items": record.items,
        "media": record.media,
        "volume": record.volume,
        "subcontracts": _numbered(record, "subcontracts"),
        "contract": _contract(record),
        "protection": record.protection,
        "council_date": on_paper(record.council_date),
        "consultation_number": record.consultation_number,
        "responsible": record.responsible,
        **_end(record),
    }


def provision_values(record: ProvisionVersion) -> Mapping[str, Any]:
    """The values of an 外部提供記録票 (keys: records.sheets.provision.context)."""
    return {
        "activity_number": record.activity_number,
        "department": record.department_name,
        "activity_name": record.activity_name,
        "partner": _partner(record),
        "purpose": record.purpose,
        **_period(record),
        "items": record.items,
        "council_date": on_paper(record.council_date),
        "consultation_number": record.consultation_number,
        **ground_texts(record, PROVISION.act_grounds, is_judged_by_act(record)),
        "demanded_measures": record.demanded_measures,
        "responsible": record.responsible,
        **_end(record),
    }


def _partner(record: WithPartner) -> str:
    """名称, 住所, and those behind, each on its line."""
    behind = [f"（{line}）" for line in record._meta.get_field("onward_partners").lines(record.onward_partners)]
    return "\n".join(line for line in (record.partner_name, record.partner_address, *behind) if line)


def _period(record: WithPeriod) -> dict[str, str]:
    return {
        "period_from": on_paper(record.period_from),
        "period_to": on_paper(record.period_to).removesuffix("まで"),
        "continues_from": on_paper(record.continues_from).removesuffix(OPEN_END),
        "continuing_clause": record.continuing_clause,
    }


def _numbered(record: Any, name: str) -> str:
    columns = record._meta.get_field(name).columns
    lines = ("　".join(filter(None, (_cell(column, row) for column in columns))) for row in getattr(record, name))
    return "\n".join(f"{number}　{line}" for number, line in enumerate(lines, start=1))


def _cell(column: Column, row: Mapping[str, str]) -> str:
    return on_paper(date_in(row, column.name)) if column.is_date else column.shown(row)


def _contract(record: OutsourcingVersion) -> str:
    """契約: what is known of it, each with its words."""
    term = "〜".join(filter(None, (on_paper(record.contract_from), on_paper(record.contract_to))))
    parts = [
        ("契約番号", record.contract_number),
        ("契約期間", term),
        ("契約の更新", record.get_contract_renewal_display()),
        ("契約方法", record.contract_method),
        ("特記事項の締結", on_paper(record.clauses_signed_on)),
        ("返還・廃棄の証明", on_paper(record.return_certificate_on)),
    ]
    return "\n".join(f"{label}　{text}" for label, text in parts if text.strip())


def _end(record: RecordVersion) -> dict[str, str]:
    """終了: a line above the boxes, since no form has a place for it; nothing on every other sheet."""
    return {"end": f"（終了　{format_date(record.ends_on)}まで）"} if record.is_end else {}
