"""終了の入力らん: the last day and the reason, for one record or for those of a business."""

from collections.abc import Iterable
from typing import Any

from django import forms

from common.formfields import WholeDateField
from common.forms import WardForm
from records.forms.proposals import TokenForm
from records.forms.records import ECHO, area
from records.kinds import kind_of
from records.models import RecordVersion
from records.texts import reason_text


def _last_day() -> WholeDateField:
    return WholeDateField(
        label="終了する日", widget=forms.TextInput(attrs=ECHO), help_text="利用・提供・委託・結合をする最後の日"
    )


def _reason() -> forms.CharField:
    return forms.CharField(label="終了の理由", widget=area(3), validators=[reason_text])


class EndRecordForm(TokenForm):
    """記録の終了の起案."""

    title = forms.CharField(label="件名", max_length=200)
    ends_on = _last_day()
    reason = _reason()

    field_order = ["title", "ends_on", "reason"]


class EndActivityRecordsForm(EndRecordForm):
    """業務の記録をまとめた終了の起案: all records in force of the business, unless some are left out."""

    records = forms.MultipleChoiceField(
        label="終了する記録票", widget=forms.CheckboxSelectMultiple(attrs={"class": "boxes-v"})
    )

    field_order = ["title", "records", "ends_on", "reason"]

    def __init__(self, *args: Any, records: Iterable[RecordVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._records = {f"{kind_of(record).code}:{record.pk}": record for record in records}
        self.fields["records"].choices = [(key, _words(record)) for key, record in self._records.items()]
        self.fields["records"].initial = list(self._records)

    def clean_records(self) -> list[RecordVersion]:
        """The records themselves."""
        return [self._records[key] for key in self.cleaned_data["records"]]


def _words(record: RecordVersion) -> str:
    other = getattr(record, "partner_name", "") or getattr(record, "providing_activity_name", "")
    return "　".join(filter(None, (kind_of(record).short, str(record), other)))


class EditEndForm(WardForm):
    """終了の編集."""

    ends_on = _last_day()
    reason = _reason()
    lock = forms.IntegerField(label="保存回数", widget=forms.HiddenInput)
