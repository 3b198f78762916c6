"""外部提供記録票の入力らん, in the order of the paper."""

from typing import Any

from django import forms

from records.forms.parts import (
    GROUND_BOXES,
    GROUND_HELP,
    GROUND_NOTES,
    GROUND_WIDGETS,
    PARTNER_BOXES,
    PARTNER_HELP,
    PERIOD_HELP,
    PERIOD_NOTES,
    GroundsForm,
    PeriodForm,
    with_criterion,
)
from records.forms.records import NUMBER_BOX, NUMBER_NOTE, RecordForm, area, date_boxes, typed_fields
from records.kinds import PROVISION
from records.models import ProvisionVersion


class ProvisionForm(PeriodForm, GroundsForm, RecordForm):
    """外部提供記録票の入力."""

    boxes = (
        GROUND_BOXES
        | PARTNER_BOXES
        | {"department_name": "department", "volume": "", "flow_steps": "", "ground_documents": ""}
    )
    needed = frozenset(PROVISION.required)
    optional_notes = PERIOD_NOTES | GROUND_NOTES | {"activity_number": NUMBER_NOTE}

    class Meta:
        model = ProvisionVersion
        fields = with_criterion(typed_fields(PROVISION))
        labels = {
            "purpose": "外部提供の目的",
            "partner_name": "外部提供先の名称",
            "partner_address": "外部提供先の所在地",
            "period_from": "提供期間の初日",
            "period_to": "提供期間の末日",
        }
        widgets = GROUND_WIDGETS | {
            "activity_number": forms.TextInput(attrs=NUMBER_BOX),
            "purpose": area(4),
            "items": area(4),
            "demanded_measures": area(4),
            **date_boxes("period_from", "period_to", "continues_from", "applied_on"),
        }
        help_texts = (
            PERIOD_HELP
            | PARTNER_HELP
            | GROUND_HELP
            | {
                "partner_name": "",
                "activity_number": "例：1309-14",
                "demanded_measures": "提供先に求める措置（法第70条）",
                "responsible": "職名だけを書きます。",
            }
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].label = "外部提供する管理個人情報の記録の種別"
        self.fields["grounds"].label = "外部提供の根拠"
        self.fields["use_forms"].label = "外部提供の形態"
