"""入力らんの種類 that several applications share."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from common.fields import PartialDateFormField
from common.wareki import Precision, format_date


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
