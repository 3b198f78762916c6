"""画面の言葉づかい: dates and figures in the house styles. Built in to every template, so nothing has to be loaded."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from common.wareki import PartialDate, format_date

register = template.Library()


def _day(value: date) -> date:
    """The ward's calendar day of a moment; a day is itself."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def wareki(value: date | PartialDate | None) -> str:
    """`{{ day|wareki }}`: 令和4年1月12日（水）, 令和4年6月, 令和3年4月以降継続; in text and echoes."""
    if isinstance(value, PartialDate):
        return value.display()
    return format_date(_day(value), "weekday") if value else ""


@register.filter
def wareki_dense(value: date | PartialDate | None) -> str:
    """`{{ day|wareki_dense }}`: R4.1.12, R4.6, R3年度; in dense columns."""
    if isinstance(value, PartialDate):
        return value.display(dense=True)
    return format_date(_day(value), "short") if value else ""


@register.filter
def wareki_plain(value: date | None) -> str:
    """`{{ day|wareki_plain }}`: 令和4年1月12日; in captions and in the value of a date box."""
    return format_date(_day(value)) if value else ""


@register.filter
def grouped(value: int | None) -> str:
    """`{{ count|grouped }}`: 1,710,634; an unknown figure is empty, never 0."""
    return "" if value is None else f"{value:,}"
