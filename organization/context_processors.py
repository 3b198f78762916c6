"""What every page's frame shows: navigation, today's date, who is signed in."""

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from organization import rules
from organization.navigation import SECTIONS
from organization.permissions import PUBLISHED


@dataclass(frozen=True)
class Item:
    """One line of the navigation."""

    label: str
    short: str
    url: str
    icon: str
    current: bool
    count: int | None = None
    todo: bool = False


@dataclass(frozen=True)
class Section:
    """A titled group of lines."""

    title: str
    items: list[Item]


@dataclass(frozen=True)
class Who:
    """The person signed in, as the top bar shows them."""

    name: str
    department: str
    role: str


@dataclass(frozen=True)
class Shell:
    """The frame of a page."""

    today: date
    who: Who
    nav: list[Section] = field(default_factory=list)
    may_search: bool = False


def shell(request: HttpRequest) -> dict:
    """`shell` for templates, made only when a template asks; nothing for people who are not signed in.

    Nothing on the published pages either, which must not even ask who looks: they are the same for everybody.
    """
    if request.resolver_match is not None and request.resolver_match.url_name in PUBLISHED:
        return {}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    actor = request.user.acting_as()
    who = Who(actor.name, actor.department, actor.role)
    return Shell(timezone.localdate(), who, _sections(request), rules.may(request.user, "search"))


def _sections(request: HttpRequest) -> list[Section]:
    name = request.resolver_match.url_name if request.resolver_match else ""
    sections = []
    for title, entries in SECTIONS:
        items = [
            Item(entry.label, entry.short, reverse(entry.url), entry.icon, current=name in entry.pages)
            for entry in entries
            if rules.may(request.user, entry.action)
        ]
        if items:
            sections.append(Section(title, items))
    return sections
