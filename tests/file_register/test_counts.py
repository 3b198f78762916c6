"""本人の数: written down with its day, corrected with a reason, never lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from file_register.models import FileCount
from file_register.services import correct_file_count, count_personal_file
from history.errors import ReasonRequired
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from tests.file_register.factories import registered_file
from tests.organization.factories import person
from tests.records.cast import all_but, somebody

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


def count(file, actor=SYSTEM, text="1,234人", on=ON, **more):
    return count_personal_file(file, counted_on=on, text=text, actor=actor, **more)


@pytest.fixture
def file(department):
    """A registered file without a count."""
    return registered_file(department).file


def test_keeps_the_text_as_typed_and_its_bounds(file, department):
    row = count(file, person(Role.CLERK, department), text="約１，２００人", note="住民記録による")
    assert (row.text, row.lowest, row.highest, row.note) == ("約１，２００人", 1150, 1250, "住民記録による")
    assert row.history.get().action == "count_personal_file"


def test_the_newest_count_by_a_day_is_that_days(file):
    rows = [count(file, text=text, on=date(year, 3, 31)) for year, text in ((2024, "900"), (2026, "1,100"))]
    assert list(FileCount.objects.as_of(date(2026, 3, 30))) == rows[:1]
    assert list(FileCount.objects.as_of(date(2026, 3, 31))) == rows[::-1]


def test_clicked_twice_is_written_once_but_another_figure_of_the_day_is_refused(file, nothing_is_written):
    assert count(file) == count(file)
    with nothing_is_written(ValidationError) as caught:
        count(file, text="999人")
    assert "この日の人数は、すでに記入されています。" in str(caught.value)


def test_an_unreadable_text_is_refused(file, nothing_is_written):
    with nothing_is_written(ValidationError):
        count(file, text="多数")


def test_is_corrected_with_a_reason_and_the_trail_keeps_the_first(file, department):
    row = correct_file_count(
        count(file), counted_on=ON, text="999人", reason="数えまちがい", actor=person(Role.CLERK, department)
    )
    assert (row.text, row.lowest) == ("999人", 999)
    assert [entry.text for entry in row.history.order_by("history_id")] == ["1,234人", "999人"]


def test_is_not_corrected_without_a_reason(file, nothing_is_written):
    row = count(file)
    with nothing_is_written(ReasonRequired):
        correct_file_count(row, counted_on=ON, text="999人", reason="", actor=SYSTEM)


def test_a_wrong_day_is_corrected_but_not_to_one_that_has_a_figure_or_lies_ahead(file, nothing_is_written):
    count(file, on=date(2025, 3, 31))
    row = count(file)
    for day in (date(2025, 3, 31), timezone.localdate() + timedelta(days=1)):
        with nothing_is_written(ValidationError):
            correct_file_count(row, counted_on=day, text="999人", reason="誤記", actor=SYSTEM)
    row = correct_file_count(row, counted_on=date(2026, 3, 30), text=row.text, reason="誤記", actor=SYSTEM)
    assert [entry.counted_on.day for entry in row.history.order_by("history_id")] == [31, 30]


def test_nobody_has_counted_tomorrow(file, nothing_is_written):
    with nothing_is_written(ValidationError) as caught:
        count(file, on=timezone.localdate() + timedelta(days=1))
    assert "counted_on" in caught.value.message_dict
    assert count(file, on=timezone.localdate()).pk


def test_a_count_of_a_day_ahead_that_stands_is_shown_to_be_corrected(file, department, sign_in, layouts):
    ahead = FileCount(file=file, counted_on=date(2099, 3, 31), text="9,999人", lowest=9999, highest=9999)
    ahead.save_as(SYSTEM, action="count_personal_file")
    answer = sign_in(person(Role.CLERK, department)).get(reverse("view_personalfile", args=[file.pk]))
    text = answer.content.decode()
    assert "先の日付：要訂正" in text
    assert reverse("correct_file_count", args=[file.pk, ahead.pk]) in text
    assert answer.context["page"].decision.outcome == "undecided"


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, file, department, nothing_is_written):
    row, actor = count(file), somebody(who, department)
    with nothing_is_written(NotPermitted):
        count(file, actor, on=date(2025, 3, 31))
    with nothing_is_written(NotPermitted):
        correct_file_count(row, counted_on=ON, text="1", reason="訂正", actor=actor)


def test_changes_nothing_when_the_history_cannot_be_written(file, history_breaks):
    with history_breaks():
        count(file)


@pytest.mark.parametrize("values", [{"lowest": 5, "highest": 4}, {"counted_on": ON}])
def test_the_database_refuses_bounds_in_disorder_and_two_counts_of_a_day(values, file):
    count(file)
    row = FileCount(**{"file": file, "counted_on": date(2025, 3, 31), "text": "1", "lowest": 1, "highest": 1} | values)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save_as(SYSTEM, action="count_personal_file")


def test_pages_write_and_correct_it(file, department, sign_in, layouts):
    client = sign_in(person(Role.CLERK, department))
    sent = {"text": "1,020人", "counted_on": "R8.3.31", "note": ""}
    assert client.post(reverse("count_personal_file", args=[file.pk]), sent).status_code == 303
    row = file.counts.get()
    url = reverse("correct_file_count", args=[file.pk, row.pk])
    page = client.get(url).content.decode()
    assert "令和8年3月31日の人数（1,020人）" in page
    sent = {"text": "999人", "counted_on": "R8.3.30", "reason": "数えまちがい"}
    assert client.post(url, sent).status_code == 303
    row.refresh_from_db()
    assert (row.highest, row.counted_on) == (999, date(2026, 3, 30))
    assert "999人" in client.get(reverse("view_personalfile", args=[file.pk])).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"text": "たくさん"}, "text", "「たくさん」は人数として読めません。"),
        ({"text": ""}, "text", "本人の数を入力してください。"),
        ({"counted_on": "令和8年3月"}, "counted_on", "年月日まで書いてください"),
        ({"counted_on": "令和99年3月31日"}, "counted_on", "きょうより先の日です。"),
    ],
)
def test_page_keeps_wrong_input_and_says_what_is_wrong(typed, field, message, file, department, sign_in):
    sent = {"text": "1人", "counted_on": "R8.3.31"} | typed
    url = reverse("count_personal_file", args=[file.pk])
    answer = sign_in(person(Role.CLERK, department)).post(url, sent)
    assert answer.status_code == 422
    assert message in answer.context["form"].errors[field][0]


def test_page_of_a_count_of_another_file_is_missing(file, department, sign_in):
    row = count(registered_file(department).file)
    url = reverse("correct_file_count", args=[file.pk, row.pk])
    assert sign_in(person(Role.CLERK, department)).get(url).status_code == 404
