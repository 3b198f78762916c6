"""入力らんの種類 that several applications share."""

import re
import unicodedata
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import PartialDateFormField
from common.wareki import Precision, format_date

_LONGEST_KEY = 18  # figures of the largest key that a column holds


class RowsChosenField(forms.ModelMultipleChoiceField):
    """いくつかの行の選択: as Django's, but a key that no column can hold is no choice, instead of an error."""

    def clean(self, value: Any) -> Any:
        """ValidationError (invalid_pk_value) for what is no key."""
        for one in value if isinstance(value, list | tuple) else ():
            if isinstance(one, str) and (not one.isdecimal() or len(one) > _LONGEST_KEY):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": one[:20]})
        return super().clean(value)


class WholeDateField(PartialDateFormField):
    """日付の入力らん: the same spellings as a partial date, but down to the day; cleans to a date or None."""

    default_error_messages = {"not_whole": "年月日まで書いてください（例：令和4年1月24日）。"}

    def clean(self, value: Any) -> Any:
        """The day that was typed; None for an empty box that may stay empty."""
        partial = super().clean(value)
        if partial.is_blank:
            return None
        if partial.precision != Precision.DAY:
            raise ValidationError(self.error_messages["not_whole"], code="not_whole")
        return partial.start

    def prepare_value(self, value: Any) -> Any:
        """A date is shown in 和暦."""
        return format_date(value, "long") if isinstance(value, date) else super().prepare_value(value)


_CLOCK = re.compile(
    r"(?P<half>午前|午後)?\s*(?P<hour>[0-9]{1,2})\s*(?::|時)\s*(?:(?P<minute>[0-9]{1,2})\s*分?|(?P<half_past>半))?"
)


class ClockField(forms.CharField):
    """時刻の入力らん: 「10:15」, 「１０時１５分」, 「午後3時」, 「3時半」; cleans to a time or None."""

    default_error_messages = {"invalid": "時刻として読めません。「10:15」「午後3時」のように入力してください。"}

    def clean(self, value: Any) -> Any:
        """The time that was typed; None for an empty box that may stay empty."""
        text = super().clean(value)
        if not text:
            return None
        found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour = int(found["hour"]) + (12 if found["half"] == "午後" and int(found["hour"]) < 12 else 0)
        minute = 30 if found["half_past"] else int(found["minute"] or 0)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        """A time is shown as 10:15."""
        return f"{value.hour}:{value.minute:02}" if isinstance(value, time) else super().prepare_value(value)
