"""様式の登録: which sheets this application prints."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from printing.sheets import Sheet, register
from records.kinds import KINDS
from records.models import RecordVersion
from records.sheets import linkage, out_of_purpose, outsourcing, provision
from records.sheets.values import linkage_values, out_of_purpose_values, outsourcing_values, provision_values


def _form_date(record: RecordVersion) -> date | None:
    """提出日 chooses the layout, so that an old sheet reprints unchanged."""
    return record.proposal.form_date


def _label(record: RecordVersion) -> str:
    return f"{record.department_name} {record}".strip()


# The module of each kind's sheet, and what turns a version into its texts.
_SHEETS: dict[str, tuple[Any, Callable[[Any], Mapping[str, Any]]]] = {
    "linkage": (linkage, linkage_values),
    "out-of-purpose": (out_of_purpose, out_of_purpose_values),
    "outsourcing": (outsourcing, outsourcing_values),
    "provision": (provision, provision_values),
}


def register_sheets() -> None:
    """Called once, while the application starts."""
    for kind in KINDS.values():
        module, values = _SHEETS[kind.code]
        register(
            Sheet(
                code=kind.sheet_code,
                title=kind.label,
                template=module.TEMPLATE,
                queryset=kind.model.objects.select_related("proposal").order_by("pk").all,
                values=values,
                context=module.context,
                form_date=_form_date,
                label=_label,
            )
        )
