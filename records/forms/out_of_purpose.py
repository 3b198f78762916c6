"""目的外利用記録票（第3号様式）の入力らん, in the order of the paper."""

from typing import Any

from django import forms
from django.utils import timezone

from organization.models import Department
from records.forms.parts import (
    GROUND_BOXES,
    GROUND_HELP,
    GROUND_NOTES,
    GROUND_WIDGETS,
    PARTNER_HELP,
    PERIOD_HELP,
    PERIOD_NOTES,
    GroundsForm,
    PeriodForm,
    with_criterion,
)
from records.forms.records import NUMBER_BOX, NUMBER_NOTE, RecordForm, area, checked_number, date_boxes, typed_fields
from records.kinds import OUT_OF_PURPOSE
from records.models import OutOfPurposeUseVersion


class OutOfPurposeForm(PeriodForm, GroundsForm, RecordForm):
    """目的外利用記録票（第3号様式）の入力."""

    boxes = GROUND_BOXES | {
        "activity_number": "using_number",
        "department_name": "using_department",
        "activity_name": "using_activity_name",
        "providing_department": "",  # asked for, not printed: the sheet prints its name as typed
        "providing_department_name": "providing_department",
        "ground_documents": "",
    }
    needed = frozenset(OUT_OF_PURPOSE.required)
    optional_notes = PERIOD_NOTES | GROUND_NOTES | {"activity_number": NUMBER_NOTE}

    class Meta:
        model = OutOfPurposeUseVersion
        fields = with_criterion(typed_fields(OUT_OF_PURPOSE, without=["providing_activity"]))
        labels = {
            "activity_number": "目的外利用する業務登録番号",
            "department_name": "目的外利用する所管課名",
            "activity_name": "目的外利用する業務の名称",
            "purpose": "目的外利用する業務の目的",
        }
        widgets = GROUND_WIDGETS | {
            "activity_number": forms.TextInput(attrs=NUMBER_BOX),
            "providing_number": forms.TextInput(attrs=NUMBER_BOX),
            "purpose": area(4),
            **date_boxes("period_from", "period_to", "continues_from", "applied_on"),
        }
        help_texts = (
            PERIOD_HELP
            | GROUND_HELP
            | {
                "activity_number": "例：1309-14",
                "providing_number": "例：1303-02",
                "providing_department": "提出すると、この課に確認を求めます。",
                "ground_documents": PARTNER_HELP["ground_documents"],
                "responsible": "利用する側の課の責任者。職名だけを書きます。",
            }
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        field = self.fields["providing_department"]
        field.queryset = Department.objects.sections().as_of(today).select_related("parent")
        field.empty_label = "選んでください"
        self.fields["kinds"].label = "目的外利用する管理個人情報の記録の種別"
        self.fields["grounds"].label = "目的外利用の根拠"
        self.fields["use_forms"].label = "目的外利用の形態"

    def clean_providing_number(self) -> str:
        """業務登録番号 of the providing business, kept as typed."""
        return checked_number(self.cleaned_data["providing_number"])
