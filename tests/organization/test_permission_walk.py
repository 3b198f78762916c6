"""権限表とページ: every page has its line in the table, every line its page, and each role gets what the table says."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from organization.council_permissions import COUNCILS
from organization.models import Role
from organization.permissions import (
    FILES,
    NOTICES,
    ORGANIZATION,
    PAGES,
    PUBLIC_PAGES,
    RECORDS,
    REGISTRY,
    RULES,
    SURVEYS,
)
from tests.organization.factories import DepartmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db

# Lines of the table that are no page of their own, each with the reason.
WITHOUT_PAGE = {
    "carry_correction": "a part of correct_record and correct_paper: the slip leaves the copy, too",
    "schedule_proposal": "the agenda of a meeting does it",
    "unschedule_proposal": "the agenda of a meeting does it",
    "record_outcome": "the page 進行 (run_meeting) takes it",
    "keep_templates": "only the system does it, when it takes a sheet over from paper with its blank dates",
}
ROLES = [role for role in Role if role != Role.SYSTEM]


def page_names(patterns: list | None = None, *, namespace: str = "") -> Iterator[str]:
    """The name of every URL as the permission table knows it: all of the admin counts as one page."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from page_names(entry.url_patterns, namespace=entry.app_name or namespace)
        elif isinstance(entry, URLPattern):
            yield namespace or entry.name or f"nameless: {entry.pattern}"


def pages_without_object() -> list[str]:
    """The pages that need no number in their address; others than signing in and out."""
    found = []
    for name in sorted(set(page_names()) - PUBLIC_PAGES - {"admin"}):
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        found.append(name)
    return [*found, "admin:index"]


def test_every_page_has_a_line_in_the_table():
    assert set(page_names()) - set(RULES) - PUBLIC_PAGES == set()


def test_every_line_has_a_page():
    listed = {**PAGES, **REGISTRY, **FILES, **RECORDS, **SURVEYS, **NOTICES, **ORGANIZATION, **COUNCILS}
    lines = {name for name in listed if not name.startswith("view_")}
    assert lines - set(page_names()) == set(WITHOUT_PAGE)


def test_the_walk_finds_the_pages_of_every_application():
    assert {"home", "admin", "activity_list", "edit_record", "accept_proposal"} <= set(page_names())
    assert {"home", "date_echo", "create_activity", "proposal_list", "admin:index"} <= set(pages_without_object())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", pages_without_object())
def test_each_role_opens_what_the_table_says(page, role):
    client = Client()
    client.force_login(person(role, DepartmentFactory()))
    allowed = role in RULES[page.split(":")[0]].grants
    assert client.get(reverse(page)).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("page", pages_without_object())
def test_somebody_without_a_role_opens_nothing(page):
    client = Client()
    client.force_login(UserFactory())
    assert client.get(reverse(page)).status_code == 403


@pytest.mark.parametrize("page", pages_without_object())
def test_somebody_who_has_not_signed_in_is_led_to_the_sign_in_page(page):
    answer = Client().get(reverse(page), follow=True)
    (last, _) = answer.redirect_chain[-1]
    assert last.startswith(f"{reverse('login')}?next=")
    assert answer.status_code == 200


@pytest.mark.parametrize("page", pages_without_object())
def test_signing_in_leads_back_to_the_page_that_was_asked_for(page):
    grants = RULES[page.split(":")[0]].grants
    role = next(role for role in (Role.OFFICE, Role.CLERK, Role.ADMIN) if role in grants)
    user, client = person(role, DepartmentFactory()), Client()
    asked = client.get(reverse(page), follow=True).redirect_chain[-1][0]
    client.force_login(user)
    answer = client.get(asked, follow=True)
    assert (answer.status_code, answer.wsgi_request.path) == (200, reverse(page))
