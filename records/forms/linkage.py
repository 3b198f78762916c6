"""電算結合記録票（第5号様式）の入力らん, in the order of the paper."""

from django import forms

from records.forms.parts import PARTNER_BOXES, PARTNER_HELP, OutsourcingField
from records.forms.records import NUMBER_BOX, NUMBER_NOTE, RecordForm, area, date_boxes, typed_fields
from records.kinds import LINKAGE
from records.models import LinkageVersion


class LinkageForm(RecordForm):
    """電算結合記録票（第5号様式）の入力."""

    boxes = PARTNER_BOXES | {
        "department_name": "department",
        "linked_until": "",
        "continuing_clause": "",
        "linkage_form": "",
        "over_outsourcing": "",
        "volume": "",
        "flow_steps": "",
        "ground_documents": "",
    }
    needed = frozenset(LINKAGE.required)
    optional_notes = {
        "activity_number": NUMBER_NOTE,
        "changed_on": "変更のときだけ",
        "linked_until": "終わりを定めるときだけ",
    }

    over_outsourcing = OutsourcingField(
        label="経由する外部委託", help_text="ほかの課が委託した事業者をとおして結合するときに選びます。"
    )

    class Meta:
        model = LinkageVersion
        fields = typed_fields(LINKAGE)
        labels = {"purpose": "電算結合の目的"}
        widgets = {
            "activity_number": forms.TextInput(attrs=NUMBER_BOX),
            "purpose": area(4),
            "linkage_form": area(3),
            "provided_items": area(4),
            "received_items": area(4),
            **date_boxes("linked_on", "linked_until", "changed_on"),
        }
        help_texts = PARTNER_HELP | {
            "activity_number": "例：0701-01",
            "linked_on": "R4.6、令和4年6月1日、令和6年1月初旬 のどれでも構いません。日が未定なら月まで。（規則第11条）",
            "purpose": "何のために結合するかを、資料の「1 概要」と同じ言葉で書きます。（条例第17条）",
            "responsible": "職名だけを書きます。",
            "provided_items": "区が相手方に提供する管理個人情報の項目",
            "received_items": "区が相手方から提供を受ける個人情報の項目",
        }
