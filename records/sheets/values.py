"""版から紙面へ: the texts that a record version prints, as they were typed."""

from collections.abc import Mapping
from typing import Any

from records.models import LinkageVersion, OutOfPurposeUseVersion

OPEN_END = "以降継続"


def linkage_values(record: LinkageVersion) -> Mapping[str, Any]:
    """The values of a 第5号様式 (keys: records.sheets.linkage.context)."""
    return {
        "activity_number": record.activity_number,
        "department": record.department_name,
        "activity_name": record.activity_name,
        "purpose": record.purpose,
        "linked_on": record.linked_on.text,
        "council_date": record.council_date.text,
        "consultation_number": record.consultation_number,
        "changed_on": record.changed_on.text,
        "change_council_date": record.change_council_date.text,
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
        "period_from": record.period_from.text,
        "period_to": record.period_to.text.removesuffix("まで"),
        # The form prints 「以降継続」 itself, whether it was typed or not.
        "continues_from": record.continues_from.text.removesuffix(OPEN_END),
        "kinds": record.kinds,
        "kinds_other": record.kinds_other,
        "grounds": record.grounds,
        "ground_law": record.ground_law,
        "council_date": record.council_date.text,
        "consultation_number": record.consultation_number,
        "criterion_article": "" if record.criterion_article is None else str(record.criterion_article),
        "criterion_type": "" if record.criterion_type is None else str(record.criterion_type),
        "forms": record.use_forms,
        "forms_other": record.use_forms_other,
        "responsible": record.responsible,
    }
