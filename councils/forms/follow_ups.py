"""要望・宿題の入力らん."""

import uuid
from typing import Any

from django import forms

from common.forms import WardForm
from councils.forms.meetings import day_field
from councils.models import FollowUp, FollowUpKind, Meeting
from organization.models import Department
from records.forms.records import area
from records.texts import reason_text


class EditFollowUpForm(WardForm):
    """要望・宿題の編集."""

    kind = forms.ChoiceField(label="種類", choices=FollowUpKind)
    passage = forms.CharField(
        label="発言の箇所", required=False, widget=area(3), validators=[reason_text], help_text="発言のとおりに"
    )
    task = forms.CharField(label="内容", widget=area(3), validators=[reason_text], help_text="何に答えるか")
    department = forms.ModelChoiceField(
        label="所管課", queryset=Department.objects.none(), required=False, empty_label="（未定）"
    )
    due_on = day_field("期限", required=False)
    lock = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.select_related("parent__parent").order_by("pk")
        self.fields["department"].label_from_instance = lambda department: department.full_name

    @classmethod
    def of(cls, row: FollowUp) -> dict[str, Any]:
        """What the boxes show."""
        return {name: getattr(row, name) for name in ("kind", "passage", "task", "department", "due_on", "lock")}


class CreateFollowUpForm(EditFollowUpForm):
    """要望・宿題の登録."""

    lock = None  # type: ignore[assignment]
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4


class AnswerForm(WardForm):
    """回答."""

    answer = forms.CharField(label="回答", widget=area(6), validators=[reason_text])
    lock = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: FollowUp) -> dict[str, Any]:
        """What the boxes show."""
        return {"answer": row.answer, "lock": row.lock}


class ReportForm(WardForm):
    """審議会への報告."""

    meeting = forms.ModelChoiceField(
        label="報告した会議", queryset=Meeting.objects.none(), empty_label="選んでください"
    )

    def __init__(self, *args: Any, row: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = Meeting.objects.standing().filter(body=row.meeting.body_id, held_on__gt=row.meeting.held_on)
        self.fields["meeting"].queryset = later.select_related("body", "term")


class DropForm(WardForm):
    """対応しない."""

    reason = forms.CharField(label="対応しない理由", widget=area(3), validators=[reason_text])
