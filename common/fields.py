"""部分日付の列: PartialDate as one text column, sortable and comparable by its first and last day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from django.db.models.sql.compiler import SQLCompiler

from common import wareki
from common.wareki import BLANK, PartialDate

MAX_TYPED = 100  # longer than any date; a whole sentence pasted by mistake is answered, not stored


def typed_date(text: str, as_printed: bool = False) -> PartialDate:
    """The date meant by a text that somebody typed.

    ValidationError with the Japanese message of `common.wareki`; its code is `partial_date`, and `params["offer"]` is
    the spelling offered in place of what was typed, or None.
    """
    try:
        return wareki.parse(text, as_printed=as_printed)
    except wareki.DateTextError as error:
        raise ValidationError("%(fault)s", "partial_date", {"fault": str(error), "offer": error.offer}) from error


def to_partial_date(value: Any, as_printed: bool = False) -> PartialDate:
    """Whatever a program has for a date: a PartialDate, a date, column text, typed text, or None (blank).

    ValidationError as `typed_date`.
    """
    if isinstance(value, PartialDate):
        return value
    if value is None:
        return BLANK
    if isinstance(value, date):
        return PartialDate.of(value)
    try:
        return PartialDate.deserialise(value)
    except ValueError:
        return typed_date(value, as_printed)  # no column text, so somebody typed it


class PartialDateFormField(forms.Field):
    """部分日付の入力らん: one text box; cleans to a PartialDate that keeps what was typed, blanks included."""

    default_error_messages = {"too_long": f"日付は{MAX_TYPED}文字までで書いてください。"}

    def __init__(self, *, as_printed: bool = False, **kwargs: Any) -> None:
        self.as_printed = as_printed
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate:
        """The date meant by the text typed. Column text is none: days that contradict the spelling cannot be sent."""
        if not isinstance(value, str):
            return to_partial_date(value)
        if len(value) > MAX_TYPED:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        return typed_date(value, self.as_printed)

    def validate(self, value: PartialDate) -> None:
        """A template not filled in is as missing as an empty box."""
        if self.required and value.is_blank:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        """What stands in the box: the text as typed."""
        return value.text if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text differs; a date respelt is a change, for the spelling is kept."""
        return not self.disabled and (self.prepare_value(initial) or "") != (data or "")


class PartialDateAttribute(DeferredAttribute):
    """The attribute on a row: what is assigned is understood at once, so that it is always a PartialDate."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        # F("…") and other expressions wait for the database.
        understood = value if hasattr(value, "resolve_expression") else self.field.to_python(value)
        instance.__dict__[self.field.attname] = understood


class PartialDateField(models.Field):
    """部分日付: one text column `START/END/PRECISION/original` (see `PartialDate.serialise`), never null.

    Left alone it is the blank date; `blank=False` demands a date, `blank=True` also takes a template not filled in.
    `as_printed=True` takes a date past the end of its era, for registers that copy old papers. Assigning takes a
    PartialDate, a date, or text as typed; nonsense raises a ValidationError at once.

    Transforms, for filter, order_by, F and CheckConstraint, on SQLite and PostgreSQL:

    - `__start`, `__end`: the day as ISO text, compared with a date, an ISO text or another such transform; read by
      `values_list` as a date or None. Both are "" for a blank, `__end` is "" for 以降継続. "" sorts before every day:
      `__end__lt` and `__end__lte` find blanks and open ends, `__end__gte` does not. Ask `__end=""` beside it.
    - `__precision`: day, third, month_end, month, year, fiscal_year, open, blank.

    The whole column sorts by start, then end. `exact` on the whole compares the spelling too.
    """

    description = "部分日付"
    descriptor_class = PartialDateAttribute

    def __init__(self, *args: Any, as_printed: bool = False, **kwargs: Any) -> None:
        self.as_printed = as_printed
        kwargs.setdefault("default", wareki.blank)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As Django's, without what is the default here."""
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("default") is wareki.blank:
            del kwargs["default"]
        if self.as_printed:
            kwargs["as_printed"] = True
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "TextField"

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> PartialDate:
        return BLANK if not value else PartialDate.deserialise(value)

    def to_python(self, value: Any) -> PartialDate:
        return to_partial_date(value, self.as_printed)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if hasattr(value, "resolve_expression") else self.to_python(value).serialise()

    def value_to_string(self, obj: models.Model) -> str:
        """The column text; what dumpdata writes and loaddata reads."""
        return str(self.get_prep_value(self.value_from_object(obj)))

    def validate(self, value: PartialDate, model_instance: models.Model | None) -> None:
        """Refuse a blank where a date is required."""
        if not self.blank and value.is_blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def formfield(self, **kwargs: Any) -> Any:
        """One line of text."""
        defaults = {"form_class": PartialDateFormField, "as_printed": self.as_printed}
        if self.default is wareki.blank:
            # Django would print a second, hidden box for a default that is a function; a blank box needs none.
            defaults |= {"initial": None, "show_hidden_initial": False}
        return super().formfield(**{**defaults, **kwargs})


class _IsoDayField(models.CharField):
    """A day as ISO text, the type of `__start` and `__end`; takes dates, gives dates."""

    def get_prep_value(self, value: Any) -> Any:
        value = value.isoformat() if isinstance(value, date) else value
        return super().get_prep_value(value)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> date | None:
        return date.fromisoformat(value) if value else None


Sql = tuple[str, tuple[str | int, ...]]


class _Segment(models.Transform):
    """One segment of the column text, cut out by functions that both engines hold immutable (indexes, constraints)."""

    number: int

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **extra: Any) -> Sql:
        """SQLite knows no split_part: drop the segments before, then cut at the next slash."""
        sql, params = compiler.compile(self.lhs)
        for _ in range(1, self.number):
            sql, params = f"SUBSTR({sql}, INSTR({sql}, '/') + 1)", (*params, *params)
        return f"SUBSTR({sql}, 1, INSTR({sql}, '/') - 1)", (*params, *params)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        sql, params = compiler.compile(self.lhs)
        return f"SPLIT_PART({sql}, '/', {self.number})", tuple(params)


@PartialDateField.register_lookup
class StartTransform(_Segment):
    lookup_name = "start"
    number = 1
    output_field = _IsoDayField()


@PartialDateField.register_lookup
class EndTransform(_Segment):
    lookup_name = "end"
    number = 2
    output_field = _IsoDayField()


@PartialDateField.register_lookup
class PrecisionTransform(_Segment):
    """The precision, without the basis that may follow it (`open-month` is `open`)."""

    lookup_name = "precision"
    number = 3
    output_field = models.CharField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **extra: Any) -> Sql:
        kind, params = super().as_sql(compiler, connection, *args, **extra)
        return f"SUBSTR({kind}, 1, INSTR({kind} || '-', '-') - 1)", (*params, *params)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        kind, params = super().as_postgresql(compiler, connection)
        return f"SPLIT_PART({kind}, '-', 1)", params
