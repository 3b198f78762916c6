"""画面の部品: template tags of the staff pages. Load with `{% load ui %}`; each tag's docstring shows its use."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import wareki

register = template.Library()

# The states of every document (architecture §1): kind of chip and icon. Colour never speaks alone.
STATE_LOOKS = {
    "draft": ("", "pen"),
    "awaiting_head": ("wait", "clock"),
    "submitted": ("warn", "inbox"),
    "returned": ("err", "back"),
    "accepted": ("wait", "pen"),
    "scheduled": ("wait", "people"),
    "decided": ("ok", "check"),
    "reported": ("ok", "check"),
    "notified": ("ok", "check"),
    "rejected": ("err", "x"),
    "withdrawn": ("", "dash"),
    "in_force": ("ok", "check"),
    "ended": ("", "dash"),
}
NOTE_LOOKS = {"error": ("err", "ngc"), "warning": ("warn", "alert"), "success": ("ok", "okc")}


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "home" %}`: a symbol of templates/ui/icons.svg, without words of its own.

    `extra` are more classes: "ic-l" (20 px), "ic-xl" (32 px), "ok", "warn", "ng".
    """
    classes = f"ic {extra}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name)


@register.simple_tag
def chip(words: str, kind: str = "", symbol: str = "") -> SafeString:
    """`{% chip "審査中" "wait" "pen" %}`: a state. Kinds: "" at rest, wait, warn, ok, err (mockups README)."""
    # Without a template of its own: a list draws one a row.
    look = f"chip c-{kind}" if kind else "chip"
    return format_html('<span class="{}">{}{}</span>', look, icon(symbol) if symbol else "", words)


@register.simple_tag
def migrated_chip() -> SafeString:
    """`{% migrated_chip %}`: 移行, on what came in from the old paper register."""
    return format_html('<span class="chip" title="{}">移行</span>', "紙の台帳から移した登録です")


@register.simple_tag
def state_chip(state: str, words: str) -> SafeString:
    """`{% state_chip proposal.status proposal.get_status_display %}`: the state of a document, always the same look.

    KeyError for a state that is not in the list.
    """
    kind, symbol = STATE_LOOKS[state]
    return chip(words, kind, symbol)


@register.inclusion_tag("ui/_crumbs.html")
def crumbs(*steps: str) -> dict[str, Any]:
    """`{% crumbs "案件" list_url proposal.title %}`: the way to this page.

    Label and address alternate; the last label, this page, has no address.
    """
    *links, here = steps
    return {"links": list(zip(links[::2], links[1::2], strict=True)), "here": here}


@register.inclusion_tag("ui/_due.html")
def due(days: int) -> dict[str, Any]:
    """`{% due 5 %}`: days left; red at 2 days or less and when late (negative), yellow from 3 to 7, grey after that."""
    if days <= 2:
        look = "due-3"
    elif days <= 7:
        look = "due-7"
    else:
        look = ""
    return {"days": abs(days), "late": days < 0, "look": look, "icon": "alert" if days <= 2 else "clock"}


@register.inclusion_tag("ui/_note.html")
def note(words: str, kind: str = "info") -> dict[str, str]:
    """`{% note "受理しました。" "success" %}`: a message about the page. Kinds: info, success, warning, error."""
    look, symbol = NOTE_LOOKS.get(kind, ("", "info"))
    return {"words": words, "look": look, "icon": symbol, "role": "alert" if look == "err" else "status"}


@register.inclusion_tag("ui/_error_summary.html")
def error_summary(*given: Any) -> dict[str, Any]:
    """`{% error_summary form %}` or `{% error_summary form formset %}`: what is wrong, with a link to each field.

    Takes forms and formsets; shows nothing when they hold no error. It takes the focus when the page opens.
    """
    lines: list[dict[str, str]] = []
    for form in _forms(given):
        lines += _lines(form)
    for formset in given:
        if isinstance(formset, forms.BaseFormSet):
            lines += [{"id": "", "label": "", "message": str(text)} for text in formset.non_form_errors()]
    places = {line["id"] for line in lines if line["id"]}
    return {"lines": lines, "places": len(places) + sum(not line["id"] for line in lines)}


def _forms(given: Iterable[Any]) -> Iterable[forms.BaseForm]:
    for item in given:
        if isinstance(item, forms.BaseFormSet):
            yield from item.forms
        elif item:
            yield item


def _lines(form: forms.BaseForm) -> list[dict[str, str]]:
    """One line per message; those of hidden fields stand among the general ones, since no link can lead there."""
    lines = []
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        if field is None or field.is_hidden:
            place = {"id": "", "label": ""}
        else:
            place = {"id": getattr(field, "focus_id", field.id_for_label), "label": str(field.label)}
        lines += [{**place, "message": str(message)} for message in messages]
    return lines


@register.filter
def day_text(day: date | None) -> str:
    """`{{ shell.today|day_text }}`: 令和4年1月12日（水）, for running text; empty for none."""
    return wareki.format_date(day, "weekday") if day else ""


@register.filter
def moment_text(when: datetime) -> str:
    """`{{ entry.when|moment_text }}`: R3.12.14 11:03 in the ward's time zone, for dense columns."""
    local = timezone.localtime(when)
    return f"{wareki.format_date(local.date(), 'short')} {local.hour}:{local.minute:02}"
