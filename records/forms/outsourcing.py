"""外部委託記録票の入力らん, in the order of the paper."""

from typing import Any

from django import forms

from records.forms.parts import PARTNER_BOXES, PARTNER_HELP, PERIOD_HELP, PERIOD_NOTES, PeriodForm
from records.forms.records import NUMBER_BOX, NUMBER_NOTE, RecordForm, area, date_boxes, typed_fields
from records.kinds import OUTSOURCING
from records.models import OutsourcingVersion

_CONTRACT = (
    "contract_number", "contract_from", "contract_to", "contract_renewal", "contract_method", "clauses_signed_on",
    "return_certificate_on",
)  # fmt: skip


class OutsourcingForm(PeriodForm, RecordForm):
    """外部委託記録票の入力."""

    boxes = (
        PARTNER_BOXES
        | dict.fromkeys(_CONTRACT, "contract")
        | {"department_name": "department", "flow_steps": "", "ground_documents": ""}
    )
    needed = frozenset(OUTSOURCING.required)
    optional_notes = PERIOD_NOTES | {"activity_number": NUMBER_NOTE}

    class Meta:
        model = OutsourcingVersion
        fields = typed_fields(OUTSOURCING)
        labels = {
            "purpose": "委託理由",
            "partner_name": "委託先の名称",
            "partner_address": "委託先の住所",
            "period_from": "委託期間の初日",
            "period_to": "委託期間の末日",
        }
        widgets = {
            "activity_number": forms.TextInput(attrs=NUMBER_BOX),
            "purpose": area(4),
            "work": area(6),
            "items": area(4),
            "protection": area(4),
            **date_boxes(
                "period_from", "period_to", "continues_from", "contract_from", "contract_to", "clauses_signed_on",
                "return_certificate_on",
            ),
        }  # fmt: skip
        help_texts = (
            PERIOD_HELP
            | PARTNER_HELP
            | {
                "activity_number": "業務の番号です。外部委託に別の番号はありません。例：0102-01",
                "subcontracts": "再委託先ごとに、何を再委託し、いつ承諾したかを書きます。",
                "contract_method": "例：公募型プロポーザル、指名競争入札",
                "clauses_signed_on": "「個人情報の保護および管理に関する特記事項」を契約に付けた日",
                "return_certificate_on": "情報の返還・廃棄の証明書を受け取った日",
                "responsible": "職名だけを書きます。",
            }
        )

    def clean(self) -> dict[str, Any]:
        """The contract ends after it begins."""
        cleaned = super().clean()
        starts, ends = cleaned.get("contract_from"), cleaned.get("contract_to")
        if starts and ends and ends.end < starts.start:
            self.add_error("contract_to", "契約期間の末日は、初日より前にはできません。")
        return cleaned
