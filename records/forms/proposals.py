"""案件の入力らん."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from common.formfields import RowsChosenField
from common.forms import WardForm
from organization import rules
from organization.models import Department, User
from records.kinds import KINDS, RecordKind
from records.models import Proposal, RetentionPeriod
from records.texts import long_text, reason_text
from registry.models import ActivityVersion


class TokenForm(WardForm):
    """送信票: a form that creates something carries a token, so that a double click creates one thing."""

    token = forms.UUIDField(label="送信票", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4


class CreateProposalForm(TokenForm):
    """案件の起案."""

    title = forms.CharField(label="件名", max_length=200, help_text="例：財産調査システムに係る電子計算組織の結合")
    department = forms.ModelChoiceField(label="所管課", queryset=Department.objects.none(), empty_label=None)

    field_order = ["title", "department"]

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Department.objects.sections().as_of(timezone.localdate()).select_related("parent")
        self.fields["department"].queryset = rules.permitted(sections, actor, "create_proposal")


class CopyProposalForm(CreateProposalForm):
    """前回の案件からの起案: which records become changes, and why."""

    as_change = forms.TypedChoiceField(
        label="記録票の写しかた",
        choices=[
            ("new", "新しい記録として写す（日付と契約は空欄から）"),
            ("change", "効力のある記録の、変更として写す（効力のないものは新しい記録になります）"),
        ],
        coerce=lambda value: value == "change",
        initial="new",
        widget=forms.RadioSelect(attrs={"class": "boxes-v"}),
    )
    reason = forms.CharField(
        label="変更の理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "in-t"}),
        validators=[reason_text],
    )

    field_order = ["title", "department", "as_change", "reason"]
    optional_notes = {"reason": "変更として写すときだけ"}

    def clean(self) -> dict[str, Any]:
        """A change says why."""
        given = self.cleaned_data
        if given.get("as_change") and not given.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", "変更の理由を入力してください。")
        return given


class EditProposalForm(WardForm):
    """案件の件名と起案の理由の編集."""

    title = forms.CharField(label="件名", max_length=200)
    filing_reason = forms.CharField(
        label="起案の理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "in-t"}),
        validators=[long_text],
        help_text="起案文の「理由」になります。",
    )
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)


class NumberForm(WardForm):
    """文書番号・保存年限."""

    document_number = forms.CharField(label="文書番号", max_length=60, required=False, help_text="例：4練○○第123号")
    retention = forms.ModelChoiceField(
        label="保存年限", queryset=RetentionPeriod.objects.none(), required=False, empty_label="未定"
    )
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: Proposal, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].initial = getattr(proposal, name)
        # The class that the file was given stays to be chosen, also when it is no longer in use.
        in_use = RetentionPeriod.objects.as_of(day) | RetentionPeriod.objects.filter(pk=proposal.retention_id)
        self.fields["retention"].queryset = in_use


class AddRecordsForm(TokenForm):
    """記録票の追加: a kind, and the businesses that each get a sheet."""

    kind = forms.ChoiceField(
        label="記録票の種類", choices=[(kind.code, kind.label) for kind in KINDS.values()], widget=forms.RadioSelect
    )
    activities = RowsChosenField(
        label="業務",
        queryset=ActivityVersion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="選んだ業務ごとに1枚つくります。選ばないときは、業務が未記入の記録票を1枚つくります。",
    )

    field_order = ["kind", "activities"]

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = ActivityVersion.objects.as_of(timezone.localdate()).filter(department=department)
        self.fields["activities"].queryset = in_force.select_related("activity").order_by("activity__number", "pk")

    def clean_kind(self) -> RecordKind:
        """The kind itself."""
        return KINDS[self.cleaned_data["kind"]]
