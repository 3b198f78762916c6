"""先の組織改正: a business is changed and abolished before the day of a reorganisation that was entered ahead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common.wareki import format_date
from history.writing import SYSTEM
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from registry.models import ActivityVersion, CollectingForm
from registry.services import (
    AlreadyAbolished,
    AlreadyChanged,
    abolish_activity,
    register_activity,
    revise_activity,
    submit_activity,
)
from tests.organization.factories import DepartmentFactory, person
from tests.registry.factories import change_of, registered_activity, submitted_change_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STARTED = TODAY - timedelta(days=400)
SOON, MOVE, LATER = (TODAY + timedelta(days=days) for days in (30, 120, 150))


@pytest.fixture
def old():
    return DepartmentFactory(name="収納課")


def rename(department, name="納税課", on=MOVE):
    (after,) = reorganize(
        [department], [NewDepartment(name, department.parent)], on=on, actor=SYSTEM, reason="組織規則の改正による"
    )
    return after


def states(version):
    """(name, department, from, to) of the versions in force, in their order."""
    rows = version.activity.versions.filter(status="registered").order_by("valid_from")
    return [(row.name, row.department.name, row.valid_from, row.valid_to) for row in rows]


def registered_change(version, on, **values):
    return register_activity(submitted_change_of(version, **values), on=on, actor=SYSTEM)


def test_a_change_before_the_day_holds_until_then_and_goes_on_under_the_new_department(old):
    version = registered_activity(old, on=STARTED, name="旧")
    rename(old)
    change = registered_change(version, SOON, name="新")
    assert states(version) == [
        ("旧", "収納課", STARTED, SOON),
        ("新", "収納課", SOON, MOVE),
        ("新", "納税課", MOVE, None),
    ]
    moved = version.activity.versions.as_of(MOVE).get()
    assert (moved.moved, moved.replaces, moved.registered_on) == (True, change, SOON)
    written = moved.history.latest()
    assert (written.action, written.history_change_reason) == (
        "reorganize", f"{format_date(SOON)}の変更の内容を、組織改正のあとに引き継ぐ",
    )  # fmt: skip
    assert list(moved.history.order_by("history_id").values_list("name", flat=True)) == ["旧", "新"]


def test_the_clerk_of_the_old_department_begins_the_change_on_the_page(old, sign_in):
    version = registered_activity(old, on=STARTED)
    clerk = person(Role.CLERK, old)
    rename(old)
    page = sign_in(clerk).get(reverse("view_activity", args=[version.activity_id])).content.decode()
    assert reverse("revise_activity", args=[version.pk]) in page
    sent = sign_in(clerk).post(reverse("revise_activity", args=[version.pk]), {"reason": "内容の変更"})
    assert sent.status_code == 303
    draft = version.activity.versions.get(status="draft")
    assert (draft.department, draft.replaces) == (old, version)


def test_the_office_registers_and_abolishes_before_the_day_on_the_page(old, sign_in):
    first, second = registered_activity(old, on=STARTED), registered_activity(old, on=STARTED)
    rename(old)
    office = sign_in(person(Role.OFFICE))
    change = submitted_change_of(first, name="新")
    day = SOON.isoformat()
    assert office.post(reverse("register_activity", args=[change.pk]), {"on": day}).status_code == 303
    step = reverse("abolish_activity", args=[second.pk])
    assert step in office.get(reverse("view_activity", args=[second.activity_id])).content.decode()
    assert office.post(step, {"on": day, "reason": "事業の終了"}).status_code == 303
    assert [row[0] for row in states(first)][1:] == ["新", "新"]
    assert [row[1:] for row in states(second)] == [("収納課", STARTED, SOON)]


def test_an_abolition_before_the_day_leaves_the_coming_version_without_force(old):
    version = registered_activity(old, on=STARTED)
    rename(old)
    abolish_activity(version, on=SOON, reason="事業の終了", actor=SYSTEM)
    version.refresh_from_db()
    assert (version.valid_to, version.abolished_on) == (SOON, SOON)
    gone = version.activity.versions.get(moved=True)
    assert (gone.status, gone.valid_from) == ("withdrawn", None)
    assert gone.history.latest().history_change_reason == f"{format_date(SOON)}の廃止により、効力を生じない"
    with pytest.raises(AlreadyAbolished):
        abolish_activity(version, on=SOON, reason="事業の終了", actor=SYSTEM)


def test_an_abolition_after_the_day_ends_what_the_new_department_holds_by_then(old):
    version = registered_activity(old, on=STARTED)
    rename(old)
    abolish_activity(version, on=LATER, reason="事業の終了", actor=SYSTEM)
    assert [row[1:] for row in states(version)] == [("収納課", STARTED, MOVE), ("納税課", MOVE, LATER)]
    with pytest.raises(AlreadyAbolished):
        revise_activity(version, reason="内容の変更", actor=person(Role.OFFICE))


def test_a_change_on_the_day_itself_is_the_first_version_of_the_new_department(old):
    version = registered_activity(old, on=STARTED, name="旧")
    rename(old)
    registered_change(version, MOVE, name="新")
    assert states(version) == [("旧", "収納課", STARTED, MOVE), ("新", "納税課", MOVE, None)]
    assert version.activity.versions.get(moved=True).status == "withdrawn"


def test_a_change_after_the_day_ends_what_the_new_department_holds_by_then(old):
    version = registered_activity(old, on=STARTED, name="旧")
    rename(old)
    registered_change(version, LATER, name="新")
    assert states(version) == [
        ("旧", "収納課", STARTED, MOVE),
        ("旧", "納税課", MOVE, LATER),
        ("新", "納税課", LATER, None),
    ]


def test_a_change_that_was_under_way_when_the_reorganisation_came_takes_effect_before_it_too(old):
    version = registered_activity(old, on=STARTED, name="旧")
    draft = change_of(version, name="新")
    rename(old)
    draft.refresh_from_db()
    change = register_activity(submit_activity(draft, actor=SYSTEM), on=SOON, actor=SYSTEM)
    assert (change.replaces, change.department) == (version, old)
    assert [row[:2] for row in states(version)] == [("旧", "収納課"), ("新", "収納課"), ("新", "納税課")]


def test_the_forms_of_a_change_go_over_and_the_earlier_ones_are_taken_out(old):
    version = registered_activity(old, on=STARTED)
    CollectingForm(version=version, name="旧申告書").save_as(SYSTEM, action="edit_collecting_forms")
    rename(old)
    draft = change_of(version)
    form = draft.collecting_forms.get()
    form.name = "新申告書"
    form.save_as(SYSTEM, action="edit_collecting_forms")
    register_activity(submit_activity(draft, actor=SYSTEM), on=SOON, actor=SYSTEM)
    moved = version.activity.versions.as_of(MOVE).get()
    assert [form.name for form in moved.collecting_forms.in_use()] == ["新申告書"]
    assert moved.collecting_forms.get(is_removed=True).name == "旧申告書"


def test_a_change_that_is_registered_for_a_later_day_still_comes_first(old):
    version = registered_activity(old, on=STARTED, name="旧")
    registered_change(version, LATER, name="新")
    rename(old)
    with pytest.raises(AlreadyChanged):
        revise_activity(version, reason="内容の変更", actor=person(Role.OFFICE))


def test_a_day_before_what_holds_today_is_refused_as_ever(old, sign_in):
    version = registered_activity(old, on=STARTED)
    rename(old)
    change = submitted_change_of(version)
    answer = sign_in(person(Role.OFFICE)).post(
        reverse("register_activity", args=[change.pk]), {"on": STARTED.isoformat()}
    )
    assert answer.status_code == 422
    words = f"いまの内容の効力は{format_date(STARTED)}に始まりました。それより後の日にしてください。"
    assert words in answer.content.decode()


DAYS = [TODAY + timedelta(days=days) for days in (1, 50, 51, 100, 101, 150)]
changes = st.lists(st.sampled_from(DAYS), max_size=3, unique=True).map(sorted)


@given(
    moves=st.lists(st.sampled_from(DAYS), max_size=2, unique=True).map(sorted),
    days=changes,
    is_drafted_before=st.booleans(),
    abolition=st.sampled_from([None, *DAYS]),
)
def test_on_every_day_one_version_at_most_is_in_force_and_says_what_was_changed_last(
    moves, days, is_drafted_before, abolition
):
    department = DepartmentFactory(name="第0課")
    version = registered_activity(department, on=STARTED, name="内容0")
    draft = change_of(version, name="内容1") if is_drafted_before and days else None
    for number, day in enumerate(moves, 1):
        department = rename(department, f"第{number}課", day)
    # Only what no registered change follows can change: each change starts from the newest, on a later day.
    newest = version
    for number, day in enumerate(days, 1):
        change = draft if number == 1 and draft else change_of(newest, name=f"内容{number}")
        change.refresh_from_db()
        newest = register_activity(submit_activity(change, actor=SYSTEM), on=day, actor=SYSTEM)
    if abolition and abolition > max(days, default=TODAY):
        abolish_activity(newest, on=abolition, reason="事業の終了", actor=SYSTEM)
    else:
        abolition = None
    boundaries = {*moves, *days, *([abolition] if abolition else []), STARTED}
    for day in {edge + timedelta(days=step) for edge in boundaries for step in (-1, 0, 1)}:
        found = [
            (row.name, row.department.name)
            for row in ActivityVersion.objects.filter(activity=version.activity_id).as_of(day)
        ]
        is_there = day >= STARTED and (abolition is None or day < abolition)
        said = sum(day >= changed for changed in days), sum(day >= moved for moved in moves)
        assert found == ([(f"内容{said[0]}", f"第{said[1]}課")] if is_there else []), day
