"""登録状況: 年度末(A)、新規(B)、廃止(C)、変更(D)、年度末(A+B−C) for each 実施機関."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from common import fiscal_year
from exchange.lives import Life
from history.writing import SYSTEM
from organization.models import Role
from registry.migrating import migrate_activities
from registry.models import ActivityVersion
from registry.services import register_activity
from registry.statistics import registration_status
from tests.organization.factories import DepartmentFactory, DivisionFactory, OrganFactory, person
from tests.registry.factories import (
    abolished_activity,
    registered_activity,
    submitted_change_of,
    written_abolition,
    written_activity,
    written_version,
)

pytestmark = pytest.mark.django_db
YEAR, BEFORE, IN = 2022, date(2020, 4, 1), date(2022, 7, 1)
COLUMNS = ["start", "new", "abolished", "changed", "end"]
# 中野区, 令和4年度 (the issue): A, B, C, D, A+B−C by four 実施機関.
NAKANO = [(952, 24, 1, 55, 975), (614, 1, 1, 3, 614), (8, 0, 0, 0, 8), (2, 0, 0, 0, 2)]


def section_of(name):
    return DepartmentFactory(name=f"{name}の課", parent=DivisionFactory(name="部", parent=OrganFactory(name=name)))


def figures(row):
    return tuple(getattr(row.figures, name) for name in COLUMNS)


def rows(year=YEAR):
    """The rows that hold something."""
    return {row.organ.name: figures(row) for row in registration_status(year).rows if any(figures(row))}


def printed(year=YEAR):
    out = StringIO()
    call_command("registration_status", str(year), format="json", stdout=out)
    return json.loads(out.getvalue())


def generate(section, start, new, abolished, changed):
    """Businesses with these figures in 令和4年度, as a ward brings its old register in."""

    def lives(number, on, **events):
        values = {"name": "試験の業務", "department": section}
        return [Life(values=values, registered_on=on, **events) for _ in range(number)]

    found = [
        *lives(abolished, BEFORE, abolished_on=IN, abolition_reason="試験のため"),
        *lives(changed, BEFORE, changed_on=(IN,)),
        *lives(start - abolished - changed, BEFORE),
        *lives(new, IN),
    ]
    migrate_activities(found, actor=SYSTEM, reason="試験")


def test_reproduces_the_published_table_of_nakano():
    for at, (start, new, abolished, changed, _) in enumerate(NAKANO, 1):
        generate(section_of(f"実施機関{at}"), start, new, abolished, changed)
    data = printed()
    assert set(data) == {"fiscal_year", "rows", "total"}
    assert data["fiscal_year"] == YEAR
    expected = [
        {"organ": f"実施機関{at}", **dict(zip(COLUMNS, line, strict=True))} for at, line in enumerate(NAKANO, 1)
    ]
    assert data["rows"] == expected
    assert data["total"] == {"start": 1576, "new": 25, "abolished": 2, "changed": 58, "end": 1599}


def test_counts_what_went_through_the_steps(department):
    changed = registered_activity(department, on=BEFORE)
    for day in (date(2022, 5, 1), date(2022, 6, 1)):
        changed = register_activity(submitted_change_of(changed), on=day, actor=SYSTEM)
    abolished_activity(department, on=date(2023, 3, 31))
    assert rows() == {"区長": (2, 0, 1, 2, 1)}
    assert rows(YEAR + 1) == {"区長": (1, 0, 0, 0, 1)}


def test_new_and_abolished_in_one_year_counts_in_both():
    section = section_of("区長")
    written_abolition(written_activity(section, date(2022, 5, 1)), date(2022, 12, 1))
    assert rows() == {"区長": (0, 1, 1, 0, 0)}


@pytest.mark.parametrize(
    ("day", "this_year", "next_year"),
    [(date(2023, 3, 31), (1, 0, 1, 0, 0), None), (date(2023, 4, 1), (1, 0, 0, 0, 1), (1, 0, 1, 0, 0))],
)
def test_an_abolition_at_the_turn_of_the_year_counts_on_its_own_day(day, this_year, next_year):
    written_abolition(written_activity(section_of("区長"), BEFORE), day)
    assert (rows()["区長"], rows(YEAR + 1).get("区長")) == (this_year, next_year)


def test_a_move_between_organs_is_neither_new_nor_abolished_but_a_note():
    mayor, board = section_of("区長"), section_of("教育委員会")
    version = written_activity(mayor, BEFORE)
    written_version(version.activity, board, IN, replaces=version)
    status = registration_status(YEAR)
    assert rows() == {"区長": (1, 0, 0, 0, 0), "教育委員会": (0, 0, 0, 1, 1)}
    assert status.balanced
    assert printed()["notes"] == ["区長から教育委員会へ移った業務 1件は、新規にも廃止にも数えていません。"]


def test_a_move_within_an_organ_is_a_change_and_nothing_else():
    first = section_of("区長")
    version = written_activity(first, BEFORE)
    written_version(version.activity, DepartmentFactory(name="別の課", parent=first.parent), IN, replaces=version)
    assert rows() == {"区長": (1, 0, 0, 1, 1)}
    assert "notes" not in printed()


@pytest.mark.parametrize(("year", "said"), [(2021, False), (2022, False), (2023, True)])
def test_says_how_many_hold_information_on_the_dead_once_the_law_parts_them(year, said):
    written_activity(section_of("区長"), BEFORE, has_deceased=True)
    notes = registration_status_notes(year)
    assert ("死者に関する情報をふくむ業務 1件" in notes) is said


def registration_status_notes(year):
    return "".join(printed(year).get("notes", []))


def test_drafts_are_not_counted(department):
    submitted_change_of(registered_activity(department, on=BEFORE))
    assert rows() == {"区長": (1, 0, 0, 0, 1)}


def test_an_organ_without_businesses_has_a_row_while_it_exists():
    OrganFactory(name="前の機関", valid_to=date(2022, 4, 1))
    OrganFactory(name="あとの機関", valid_from=date(2022, 4, 1))
    named = [[row.organ.name for row in registration_status(year).rows] for year in (YEAR - 1, YEAR)]
    assert named == [["前の機関"], ["あとの機関"]]


def test_asks_three_statements_however_many_businesses():
    section = section_of("区長")
    for more in (1, 20):
        generate(section, more, 1, 1, more - 1)
        with CaptureQueriesContext(connection) as statements:
            registration_status(YEAR)
        assert len(statements) == 3


LIFE = st.tuples(
    st.integers(0, 1500),
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 1)), max_size=3),
    st.none() | st.integers(1, 500),
    st.integers(0, 1),
)


def live(life, sections):
    """Write one business with its changes and its end; answers its periods as (from, to or None, organ)."""
    start, changes, end, at = life
    day = date(2018, 4, 1) + timedelta(start)
    version, periods = written_activity(sections[at], day), [[day, None, at]]
    for gap, at in changes:
        day += timedelta(gap)
        periods[-1][1] = day
        periods.append([day, None, at])
        version = written_version(version.activity, sections[at], day, replaces=version)
    if end is not None:
        periods[-1][1] = day + timedelta(end)
        written_abolition(version, periods[-1][1])
    return periods


@settings(max_examples=25)
@given(st.lists(LIFE, max_size=5))
def test_of_any_history_starts_with_last_years_end_and_ends_with_what_is_in_force(lives):
    with transaction.atomic():
        sections = [section_of("区長"), section_of("教育委員会")]
        periods = [period for life in lives for period in live(life, sections)]
        ends = [0, 0]
        for year in range(2018, 2030):
            status = registration_status(year)
            found = [row.figures for row in status.rows]
            last = fiscal_year.last_day(year)
            in_force = [
                sum(start <= last and (end is None or last < end) and at == organ for start, end, at in periods)
                for organ in (0, 1)
            ]
            assert [each.end for each in found] == in_force
            assert [each.start for each in found] == ends
            assert status.balanced
            for each in found:
                assert each.start + each.new - each.abolished == each.end - each.moved_in + each.moved_out
            total = status.total
            assert total.start + total.new - total.abolished == total.end
            ends = in_force
        transaction.set_rollback(True)


def test_every_figure_of_the_page_leads_to_as_many_rows(sign_in):
    mayor, board = section_of("区長"), section_of("教育委員会")
    generate(mayor, 5, 2, 1, 3)
    generate(board, 2, 1, 0, 1)
    client = sign_in(person(Role.AUDITOR))
    page = client.get(reverse("registration_status"), {"year": YEAR})
    cells = [cell for *_, line in page.context["rows"] for cell in line] + page.context["total"]
    assert len(cells) == 5 * (len(page.context["rows"]) + 1)
    for cell in cells:
        assert f'<a href="{cell.url.replace("&", "&amp;")}">{cell.number}</a>' in page.content.decode()
        assert client.get(cell.url).context["list"]["pager"].total == cell.number


def test_page_offers_the_years_since_the_first_registration_and_shows_the_last_that_ended(sign_in):
    written_activity(section_of("区長"), BEFORE)
    context = sign_in(person(Role.CLERK)).get(reverse("registration_status"), {"year": "9999"}).context
    years = [year for year, *_ in context["years"]]
    assert (years[-1], context["status"].year) == (2020, years[0] - 1)
    assert context["is_over"]


@pytest.mark.parametrize(
    ("year", "words"),
    [("9000", "令和6982年度の登録状況はまだありません。"), ("1985", "昭和60年度の登録状況はありません。"),
     ("2022", ""), ("9999", ""), ("今年", ""), ("9" * 5000, "")],
)  # fmt: skip
def test_page_says_of_a_year_without_figures_that_there_are_none(year, words, sign_in):
    written_activity(section_of("区長"), BEFORE)
    answer = sign_in(person(Role.CLERK)).get(reverse("registration_status"), {"year": year})
    assert answer.context["missing"] == words
    assert words in answer.content.decode()
    assert ("の登録状況は" in answer.content.decode()) is bool(words)


def test_page_says_that_the_sum_holds_and_when_it_does_not(sign_in):
    version = written_activity(section_of("区長"), BEFORE)
    client, url = sign_in(person(Role.OFFICE)), reverse("registration_status")
    assert "検算：どの実施機関も" in client.get(url, {"year": YEAR}).content.decode()
    version.valid_to = IN  # ended without having been abolished or replaced
    version.save_as(SYSTEM, action="load_demo")
    assert "検算：あわない実施機関があります" in client.get(url, {"year": YEAR}).content.decode()


@pytest.mark.parametrize("year", ["1800", "9999", "-1"])
def test_command_refuses_what_is_no_fiscal_year(year):
    with pytest.raises(CommandError, match="年度として扱えません"):
        call_command("registration_status", "--", year)


def test_command_has_no_figures_of_a_year_to_come():
    with pytest.raises(CommandError, match="令和81年度の登録状況はまだありません"):
        call_command("registration_status", "2099")


def test_the_list_of_changes_shows_each_event(sign_in):
    section = section_of("区長")
    version = written_activity(section, BEFORE)
    for day in (date(2022, 5, 1), date(2022, 8, 1)):
        version = written_version(version.activity, section, day, replaces=version)
    answer = sign_in(person(Role.CLERK)).get("/activities/", {"movement": "changed", "year": YEAR})
    assert answer.context["list"]["count"] == "令和4年度の変更 2件"
    assert ActivityVersion.objects.count() == 3
