"""版から紙面へ: the texts that a record version prints, as they were typed."""

import re
from collections.abc import Mapping
from typing import Any

from common.wareki import PartialDate
from records.models import LinkageVersion, OutOfPurposeUseVersion

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
        "kinds": record.kinds,
        "kinds_other": record.kinds_other,
        "grounds": record.grounds,
        "ground_law": record.ground_law,
        "council_date": on_paper(record.council_date),
        "consultation_number": record.consultation_number,
        "criterion_article": "" if record.criterion_article is None else str(record.criterion_article),
        "criterion_type": "" if record.criterion_type is None else str(record.criterion_type),
        "forms": record.use_forms,
        "forms_other": record.use_forms_other,
        "responsible": record.responsible,
    }
