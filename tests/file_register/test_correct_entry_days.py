"""公表日・修正日・消除日の訂正: a wrongly written day of an entry, put right with a reason."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from file_register.services import (
    MustNotBePublished,
    NothingToCorrect,
    NotInForce,
    OrdinanceRegisterClosed,
    correct_entry_days,
    correct_file_entry,
)
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from tests.file_register.factories import STARTS, changed_file, entry_of_old, policy, published, registered_file
from tests.organization.factories import person
from tests.records.cast import all_but, somebody

pytestmark = pytest.mark.django_db
CHANGED, CORRECTED, REMOVED = date(2024, 4, 1), date(2024, 5, 1), date(2025, 4, 1)
AHEAD = date(2099, 11, 15)


def corrected(department):
    """An entry of 児童 from STARTS that says 児童と教職員 since CORRECTED."""
    version = registered_file(department, scope="児童")
    published(version)
    changed_file(version, CHANGED, scope="児童と教職員")
    return correct_file_entry(version.file, on=CORRECTED, actor=SYSTEM)


def put_right(entry, actor=SYSTEM, reason="日の誤記", **days):
    known = {name: getattr(entry, name) for name in ("published_on", "corrected_on", "removed_on")}
    return correct_entry_days(entry, actor=actor, reason=reason, **known | days)


def said(entry):
    return [(state.since, state.version.scope) for state in entry.states.all()]


def test_a_removal_written_for_a_day_ahead_is_put_right_or_taken_back(department):
    entry = entry_of_old(registered_file(department), removed_on=AHEAD)
    assert put_right(entry, person(Role.OFFICE), removed_on=REMOVED).removed_on == REMOVED
    entry = put_right(entry, removed_on=None)
    assert entry.removed_on is None
    rows = list(entry.history.order_by("history_id"))
    assert [row.removed_on for row in rows] == [AHEAD, REMOVED, None]
    assert (rows[1].action, rows[1].history_change_reason) == ("correct_entry_days", "日の誤記")


def test_the_words_follow_the_day(department):
    entry = corrected(department)
    assert said(put_right(entry, corrected_on=date(2024, 4, 10))) == [
        (STARTS, "児童"), (date(2024, 4, 10), "児童と教職員"),
    ]  # fmt: skip
    entry = entry_of_old(registered_file(department, scope="はじめ"), on=date(2024, 6, 1))
    changed_file(entry.version, date(2024, 7, 1), scope="つぎ")
    entry = put_right(entry, published_on=date(2024, 7, 2))
    assert (entry.published_on, entry.version.scope, said(entry)) == (
        date(2024, 7, 2), "つぎ", [(date(2024, 7, 2), "つぎ")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"published_on": AHEAD}, "published_on"),
        ({"corrected_on": AHEAD}, "corrected_on"),
        ({"removed_on": AHEAD}, "removed_on"),
        ({"corrected_on": None}, "corrected_on"),
        ({"removed_on": date(2024, 4, 30)}, "removed_on"),
        ({"published_on": date(2024, 5, 2)}, "corrected_on"),
    ],
)
def test_days_ahead_or_in_disorder_are_refused_at_their_field(days, field, department, nothing_is_written):
    entry = corrected(department)
    with nothing_is_written(ValidationError) as refusal:
        put_right(entry, **days)
    assert list(refusal.value.message_dict) == [field]


def test_today_is_no_day_ahead(department):
    today = timezone.localdate()
    assert put_right(corrected(department), removed_on=today).removed_on == today


def test_a_correction_on_a_day_with_the_same_words_is_none(department, nothing_is_written):
    entry = corrected(department)
    with nothing_is_written(NothingToCorrect):
        put_right(entry, corrected_on=CHANGED - timedelta(days=1))


def test_an_entry_is_not_moved_into_the_time_of_another(department, nothing_is_written):
    first = entry_of_old(registered_file(department), removed_on=REMOVED)
    second = published(first.version, on=REMOVED)
    for entry, days in ((first, {"removed_on": None}), (second, {"published_on": REMOVED - timedelta(days=1)})):
        with nothing_is_written(ValidationError):
            put_right(entry, **days)
    assert put_right(first, removed_on=REMOVED - timedelta(days=1)).removed_on < second.published_on


def test_the_guard_of_a_publication_holds_for_its_corrected_day(department, nothing_is_written):
    entry = published(registered_file(department, on=date(2020, 4, 1)))
    with nothing_is_written(MustNotBePublished):
        put_right(entry, published_on=date(2023, 3, 31))
    with nothing_is_written(NotInForce):
        put_right(entry, published_on=date(2020, 3, 31))
    policy(publishes_small=True, valid_from=CHANGED)
    small = published(registered_file(department), on=CHANGED, register="ordinance")
    with nothing_is_written(OrdinanceRegisterClosed):
        put_right(small, published_on=CHANGED - timedelta(days=1))


def test_needs_a_reason(department, nothing_is_written):
    entry = corrected(department)
    with nothing_is_written(ReasonRequired):
        put_right(entry, reason=" ", removed_on=REMOVED)


@pytest.mark.parametrize("who", all_but("情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    entry, actor = corrected(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        put_right(entry, actor, removed_on=REMOVED)


def test_changes_nothing_when_the_history_cannot_be_written(department, history_breaks):
    entry = corrected(department)
    with history_breaks():
        put_right(entry, published_on=date(2023, 5, 1), removed_on=REMOVED)


def test_page_puts_the_days_right_and_a_day_ahead_is_marked_on_the_files_page(department, sign_in, layouts):
    entry = entry_of_old(registered_file(department), removed_on=AHEAD)
    client, view = sign_in(person(Role.OFFICE)), reverse("view_personalfile", args=[entry.file_id])
    url = reverse("correct_entry_days", args=[entry.file_id, entry.pk])
    page = client.get(view)
    text = page.content.decode()
    assert "公表中" in text
    assert "消除済" not in text
    assert "先の日付：要訂正" in text
    assert f'href="{url}"' in text
    assert "消除したと記入する" in [button.label for button in page.context["page"].public_buttons]
    form = client.get(url).context["form"]
    assert [form[name].value() for name in form.fields][:2] == ["令和5年4月1日", "令和81年11月15日"]
    sent = {"published_on": "R5.4.1", "removed_on": "R99.11.15", "reason": "誤記"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "きょうより先の日です" in refused.context["form"].errors["removed_on"][0]
    assert client.post(url, sent | {"removed_on": "R7.4.1"}).status_code == 303
    text = client.get(view).content.decode()
    assert "消除済" in text
    assert "先の日付" not in text


def test_page_of_an_entry_of_another_file_is_missing(department, sign_in):
    entry, other = corrected(department), registered_file(department).file
    url = reverse("correct_entry_days", args=[other.pk, entry.pk])
    assert sign_in(person(Role.OFFICE)).get(url).status_code == 404


def test_what_everybody_reads_moves_with_the_day(client, department):
    entry = entry_of_old(registered_file(department, name="相談ファイル"), removed_on=AHEAD)
    url = reverse("public_entry", args=["files", entry.file.token])
    assert client.get(url).context["page"].entry is not None
    put_right(entry, removed_on=REMOVED)
    shown = client.get(url).context["page"]
    assert (shown.entry, shown.over_on) == (None, REMOVED)
