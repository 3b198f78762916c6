"""事故の入力らん."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from common.fields import PartialDateFormField
from common.forms import WardForm
from incidents import figures
from incidents.models import ActorKind, CauseCertainty, Incident, IncidentKind, Recovery
from incidents.services.reporting import EDITABLE
from organization import rules
from organization.models import Department, User
from records.forms.records import ECHO, area
from records.models import Partner
from records.texts import long_text, reason_text

_UNKNOWN = [("", "（まだ分からない）"), ("yes", "ふくむ"), ("no", "ふくまない")]
_KNOWN = {"": None, "yes": True, "no": False}


def _day(label: str, *, required: bool = False, help_text: str = "") -> PartialDateFormField:
    return PartialDateFormField(label=label, required=required, help_text=help_text, widget=forms.TextInput(attrs=ECHO))


class IncidentForm(WardForm):
    """事故: what a department knows in the first minutes, and what the office completes."""

    title = forms.CharField(label="件名", max_length=200, help_text="例：就学援助の通知の誤送付")
    kind = forms.ModelChoiceField(label="種別", queryset=IncidentKind.objects.none(), empty_label="選んでください")
    occurred_on = _day("発生した日", required=True, help_text="分かるところまで。例：令和3年11月30日、令和3年11月")
    noticed_on = _day("気付いた日")
    department_knew_on = _day("所管課が知った日", help_text="報告の期限は、知った日を1日めとして数えます。")
    summary = forms.CharField(
        label="内容", widget=area(5), validators=[long_text], help_text="いつ・どこで・何を・だれに。氏名は書きません。"
    )
    quantities = forms.CharField(
        label="件数・人数",
        required=False,
        widget=area(2),
        validators=[reason_text],
        help_text="1行に1つ。例：2名分、約100件、発信履歴28件",
    )
    actor = forms.ChoiceField(label="起こした者", choices=ActorKind, initial=ActorKind.WARD)
    actor_note = forms.CharField(label="起こした者の補足", required=False, max_length=80, help_text="例：区内病院")
    data_items = forms.CharField(
        label="個人情報の項目", required=False, widget=area(2), validators=[reason_text], help_text="例：氏名、住所"
    )
    has_special_care = forms.ChoiceField(label="要配慮個人情報", choices=_UNKNOWN, required=False)
    has_my_number = forms.ChoiceField(label="特定個人情報", choices=_UNKNOWN, required=False)
    recovery = forms.ChoiceField(
        label="回収の状況", choices=[("", "（まだ分からない）"), *Recovery.choices], required=False
    )
    cause = forms.CharField(label="原因", required=False, widget=area(3), validators=[reason_text])
    cause_certainty = forms.ChoiceField(
        label="原因の確からしさ", choices=[("", "（まだ分からない）"), *CauseCertainty.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = IncidentKind.objects.as_of(timezone.localdate())

    def clean_quantities(self) -> list[figures.Figure]:
        """The figures as read."""
        try:
            return figures.parse(self.cleaned_data["quantities"])
        except ValueError as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def values(self) -> dict[str, Any]:
        """What a service takes of EDITABLE."""
        given = {name: value for name, value in self.cleaned_data.items() if name in EDITABLE}
        return given | {name: _KNOWN[given[name]] for name in ("has_special_care", "has_my_number")}


class ReportIncidentForm(IncidentForm):
    """事故の報告."""

    department = forms.ModelChoiceField(label="報告する課", queryset=Department.objects.none(), empty_label=None)
    token = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("department", "title", "kind")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Department.objects.sections().as_of(timezone.localdate()).select_related("parent")
        mine = rules.permitted(sections, actor, "report_incident")
        self.fields["department"].queryset = mine
        if mine.count() > 1:  # nobody reports for the first department of the list by mistake
            self.fields["department"].empty_label = "選んでください"
        self.fields["department"].label_from_instance = lambda department: department.full_name
        self.fields["token"].initial = uuid.uuid4

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data
        return {
            "department": given["department"],
            "values": self.values(),
            "figures": given["quantities"],
            "token": given["token"],
        }


class EditIncidentForm(IncidentForm):
    """事故の編集; the office names all departments, the partner, and when it knew and published."""

    office_knew_on = _day("情報公開課が知った日")
    published_on = _day("公表した日")
    partner = forms.ModelChoiceField(
        label="相手方の台帳", queryset=Partner.objects.none(), required=False, empty_label="（なし）"
    )
    departments = forms.CharField(
        label="所管", widget=area(2), validators=[reason_text], help_text="1行に1課。連名の順に書きます。"
    )
    lock = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        "title", "kind", "departments", "occurred_on", "noticed_on", "department_knew_on", "office_knew_on",
        "published_on",
    )  # fmt: skip

    def __init__(self, *args: Any, for_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.order_by("name")
        if not for_office:
            for name in ("office_knew_on", "published_on", "partner", "departments"):
                del self.fields[name]

    @classmethod
    def of(cls, incident: Incident) -> dict[str, Any]:
        """What the boxes show."""
        shown = {name: getattr(incident, name) for name in (*EDITABLE, "lock")}
        words = {True: "yes", False: "no", None: ""}
        for name in ("has_special_care", "has_my_number"):
            shown[name] = words[shown[name]]
        return shown | {
            "quantities": figures.written(incident.quantities.filter(is_removed=False)),
            "departments": "\n".join(incident.departments.filter(is_removed=False).values_list("name", flat=True)),
        }

    def clean_departments(self) -> list[str]:
        """The names, each once."""
        lines = [line.strip() for line in self.cleaned_data["departments"].splitlines() if line.strip()]
        if too_long := [line for line in lines if len(line) > 80]:
            raise forms.ValidationError(f"課の名称は80文字以内で入力してください（「{too_long[0][:20]}…」）。")
        return list(dict.fromkeys(lines))

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        given = self.cleaned_data
        return {
            "values": self.values(),
            "figures": given["quantities"],
            "departments": given.get("departments"),
            "lock": given["lock"],
        }


class ReasonForm(WardForm):
    """理由を書く操作."""

    reason = forms.CharField(label="理由", widget=area(3), validators=[reason_text])
