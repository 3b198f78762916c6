"""様式の登録: which sheets this application prints."""

from datetime import date

from printing.sheets import Sheet, register
from records.models import LinkageVersion, OutOfPurposeUseVersion, RecordVersion
from records.sheets import linkage, out_of_purpose
from records.sheets.values import linkage_values, out_of_purpose_values


def _form_date(record: RecordVersion) -> date | None:
    """提出日 chooses the layout, so that an old sheet reprints unchanged."""
    return record.proposal.form_date


def _label(record: RecordVersion) -> str:
    return f"{record.department_name} {record}".strip()


def register_sheets() -> None:
    """Called once, while the application starts."""
    register(
        Sheet(
            code=linkage.CODE,
            title="電算結合記録票",
            template=linkage.TEMPLATE,
            queryset=lambda: LinkageVersion.objects.select_related("proposal").order_by("pk"),
            values=linkage_values,
            context=linkage.context,
            form_date=_form_date,
            label=_label,
        )
    )
    register(
        Sheet(
            code=out_of_purpose.CODE,
            title="目的外利用記録票",
            template=out_of_purpose.TEMPLATE,
            queryset=lambda: OutOfPurposeUseVersion.objects.select_related("proposal").order_by("pk"),
            values=out_of_purpose_values,
            context=out_of_purpose.context,
            form_date=_form_date,
            label=_label,
        )
    )
