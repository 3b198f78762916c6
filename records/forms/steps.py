"""案件の歩みの入力らん: what each step asks."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from common.formfields import WholeDateField
from common.forms import WardForm
from records.forms.records import ECHO
from records.models import RecordVersion
from records.services.routes import offered_routes
from records.states import Route
from records.texts import reason_text


class WithoutFieldsForm(WardForm):
    """A step that asks nothing but the version of the file that the person has seen (records.services.locks)."""

    version = forms.CharField(label="画面の版", widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """The service's arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReasonForm(WithoutFieldsForm):
    """A step that needs a reason."""

    reason = forms.CharField(
        label="理由", widget=forms.Textarea(attrs={"rows": 4, "class": "in-t"}), validators=[reason_text]
    )


class ConfirmForm(WithoutFieldsForm):
    """提供課の確認."""

    note = forms.CharField(
        label="意見",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "in-t"}),
        validators=[reason_text],
    )


class ObjectForm(ReasonForm):
    """提供課の異議."""


class ReviseForm(ReasonForm):
    """記録の変更の起案."""

    version = None  # a new file begins; nobody else has changed it
    title = forms.CharField(label="件名", max_length=200)
    token = forms.UUIDField(label="送信票", widget=forms.HiddenInput)

    field_order = ["title", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4


_ROUTE_WORDS = {
    Route.CONSULTATION: "諮問する。",
    Route.REPORT: "報告する。",
    Route.NOTIFICATION: "届出とする。",
}


class AcceptForm(WithoutFieldsForm):
    """受理: the route of each record, as the rules suggest it, with the reason; the office decides."""

    def __init__(self, *args: Any, records: Iterable[RecordVersion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = list(records)
        for record in self.records:
            offered = offered_routes(record, record.proposal.form_date)
            if len(offered) == 1:
                continue  # nothing to choose
            self.fields[self._name(record)] = forms.ChoiceField(
                label=f"{record._meta.verbose_name}「{record}」の経路",
                choices=[(route.value, f"{_ROUTE_WORDS[route]} {reason}") for route, reason in offered.items()],
                initial=next(iter(offered)),
                widget=forms.RadioSelect(attrs={"class": "boxes-v"}),
            )

    def arguments(self) -> dict[str, Any]:
        """`routes` by record."""
        return {"routes": self._routes()}

    def _routes(self) -> dict[RecordVersion, Route]:
        asked = {record: self.cleaned_data.get(self._name(record)) for record in self.records}
        return {record: Route(route) for record, route in asked.items() if route}

    @staticmethod
    def _name(record: RecordVersion) -> str:
        return f"route_{record._meta.model_name}_{record.pk}"


class DecideForm(WithoutFieldsForm):
    """審議会の決定の記入."""

    council_date = WholeDateField(label="審議会の日付", widget=forms.TextInput(attrs=ECHO))
    consultation_number = forms.CharField(
        label="諮問番号", max_length=20, help_text="数だけを書きます。例：第26号なら 26"
    )
    conditions = forms.CharField(
        label="付された条件",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "in-t"}),
        validators=[reason_text],
    )


class RejectForm(DecideForm):
    """審議会の不承認の記入."""

    conditions = None
    reason = forms.CharField(
        label="不承認の理由", widget=forms.Textarea(attrs={"rows": 4, "class": "in-t"}), validators=[reason_text]
    )


class ReportForm(WithoutFieldsForm):
    """審議会への報告の記入."""

    on = WholeDateField(label="報告した審議会の日付", widget=forms.TextInput(attrs=ECHO))
