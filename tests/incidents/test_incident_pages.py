"""事故のページ: a department reports in minutes, the office completes and closes; others do not see it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from history.errors import ReasonRequired
from history.writing import SYSTEM
from home.bench.timing import statements
from home.bench.visitors import Visitor
from incidents.models import Incident, IncidentStatus
from incidents.services import reporting
from organization.models import Role
from organization.reorganizing import NewDepartment, reorganize
from organization.rules import NotPermitted
from tests.home.test_exports import exported, shown
from tests.incidents.factories import IncidentKindFactory, reported
from tests.organization.factories import DepartmentFactory, OrganFactory, person

pytestmark = pytest.mark.django_db


def signed_in(role, department=None):
    client = Client()
    client.force_login(person(role, department or DepartmentFactory()))
    return client


def boxes(client, url):
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(getattr(value, "text", value)) for name, value in shown.items()}


def typed(client, **given):
    kind = IncidentKindFactory(name="誤送付")
    facts = {"title": "通知の誤送付", "kind": kind.pk, "occurred_on": "R6.5.10", "summary": "別人の通知を同封し、送付"}
    return boxes(client, reverse("report_incident")) | facts | {"quantities": "2名分"} | given


def test_a_department_reports_with_six_boxes_and_a_second_click_makes_no_second_case():
    department = DepartmentFactory(name="国保年金課")
    clerk = signed_in(Role.CLERK, department)
    given = typed(clerk, department=department.pk)
    answers = [clerk.post(reverse("report_incident"), given) for _click in range(2)]
    incident = Incident.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [incident.get_absolute_url()] * 2
    assert (incident.status, incident.occurred_on.text) == (IncidentStatus.REPORTED, "R6.5.10")
    assert [row.name for row in incident.departments.all()] == ["国保年金課"]
    assert [str(row) for row in incident.quantities.all()] == ["2名分"]
    assert "2名分" in clerk.get(incident.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"noticed_on": "R6.5.9"}, "より前です"),
        ({"department_knew_on": "令和6年4月"}, "より前です"),
        ({"quantities": "36"}, "単位がありません"),
        ({"occurred_on": "令和6年2月30日"}, "2月30日"),
        ({"occurred_on": ""}, "発生した日を入力してください"),
        ({"summary": "<script>alert(1)</script>"}, "HTMLのタグ"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_box_and_nothing_is_saved(given, words):
    department = DepartmentFactory()
    clerk = signed_in(Role.CLERK, department)
    answer = clerk.post(reverse("report_incident"), typed(clerk, department=department.pk, **given))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert "通知の誤送付" in answer.content.decode()
    assert not Incident.objects.exists()


def test_a_case_published_before_it_was_known_is_refused_and_a_month_is_not_before_its_days():
    incident = reported(occurred_on="令和6年5月", department_knew_on="R6.5.10")
    incident.published_on = "R6.5.9"
    with pytest.raises(ValidationError, match="より前です"):
        incident.full_clean()
    incident.published_on = "令和6年5月"
    incident.full_clean()


def test_a_department_sees_its_own_and_those_it_shares_and_no_others():
    mine, other = DepartmentFactory(name="教育施策課"), DepartmentFactory(name="教育指導課")
    incident = reported(other)
    clerk, office = signed_in(Role.CLERK, mine), person(Role.OFFICE)
    assert clerk.get(incident.get_absolute_url()).status_code == 404
    values = {name: getattr(incident, name) for name in reporting.EDITABLE}
    names = ["教育指導課", "教育施策課"]
    reporting.edit_incident(incident, values=values, figures=[], departments=names, lock=incident.lock, actor=office)
    assert clerk.get(incident.get_absolute_url()).status_code == 200
    assert str(incident) in clerk.get(reverse("incident_list")).content.decode()
    assert signed_in(Role.IT).get(reverse("incident_list")).status_code == 403


def test_the_office_accepts_completes_and_closes_and_can_take_the_closing_back():
    incident = reported(figures="")
    office = signed_in(Role.OFFICE)
    steps = {name: reverse(f"{name}_incident", args=[incident.pk]) for name in ("accept", "close", "reopen", "edit")}
    assert office.post(steps["accept"]).status_code == 303
    office.post(steps["close"])
    assert Incident.objects.get().status == IncidentStatus.OPEN
    assert "原因、件数・人数" in office.get(incident.get_absolute_url()).content.decode()
    given = boxes(office, steps["edit"]) | {"cause": "確認が不十分であったため", "quantities": "約36名分"}
    assert office.post(steps["edit"], given).status_code == 303
    office.post(steps["close"])
    assert Incident.objects.get().status == IncidentStatus.CLOSED
    assert office.post(steps["reopen"], {"reason": ""}).status_code == 422
    office.post(steps["reopen"], {"reason": "人数が増えたため"})
    assert Incident.objects.get().status == IncidentStatus.OPEN


def test_of_two_who_edit_at_once_the_second_sees_what_the_first_saved():
    department = DepartmentFactory()
    incident = reported(department)
    clerk, office = signed_in(Role.CLERK, department), signed_in(Role.OFFICE)
    url = reverse("edit_incident", args=[incident.pk])
    mine, hers = boxes(clerk, url), boxes(office, url)
    assert office.post(url, hers | {"cause": "確認が不十分であったため"}).status_code == 303
    refused = clerk.post(url, mine | {"cause": "まだ分からない"})
    words = refused.content.decode()
    assert (refused.status_code, "確認が不十分であったため" in words, "まだ分からない" in words) == (422, True, True)


def test_whoever_saves_second_sees_the_departments_and_figures_of_the_first():
    incident = reported(DepartmentFactory(name="国保年金課"))
    office = signed_in(Role.OFFICE)
    url = reverse("edit_incident", args=[incident.pk])
    given = boxes(office, url)
    first = {"departments": "国保年金課\r\n福祉部管理課", "quantities": "約36名分"}
    assert office.post(url, given | first).status_code == 303
    refused = office.post(url, given | {"actor": "contractor"})
    told = {one.label: (one.before, one.after) for one in refused.context["differences"]}
    assert told == {
        "所管": ("国保年金課\n福祉部管理課", "国保年金課"),
        "件数・人数": ("約36名分", "2名分"),
        "起こした者": ("区直営", "委託事業者"),
    }


def test_a_case_is_cancelled_with_a_reason_and_stays():
    incident = reported()
    with pytest.raises(ReasonRequired):
        reporting.cancel_incident(incident, reason="", actor=person(Role.OFFICE))
    with pytest.raises(NotPermitted):
        reporting.cancel_incident(incident, reason="誤り", actor=person(Role.CLERK, incident.department))
    reporting.cancel_incident(incident, reason="事故ではなかった", actor=SYSTEM)
    words = signed_in(Role.AUDITOR).get(incident.get_absolute_url()).content.decode()
    assert "事故ではなかった" in words
    assert list(Incident.objects.standing()) == []


def test_a_department_no_longer_edits_what_the_office_has_taken_over():
    department = DepartmentFactory()
    incident = reporting.accept_incident(reported(department), actor=SYSTEM)
    assert signed_in(Role.CLERK, department).get(reverse("edit_incident", args=[incident.pk])).status_code == 403


def test_cases_of_a_year_go_by_when_they_occurred():
    days = ("令和6年3月31日", "令和6年4月", "令和7年3月", "令和7年4月1日")
    before, first, last, after = (reported(occurred_on=day) for day in days)
    assert set(Incident.objects.in_fiscal_year(2024)) == {first, last}
    assert {before, after}.isdisjoint(Incident.objects.in_fiscal_year(2024))


def test_the_list_and_its_files_agree_and_ask_the_same_for_many_as_for_few():
    office = Visitor(person(Role.OFFICE))
    reported(title="一つめ")
    urls = [reverse("incident_list") + query for query in ("", "?export=csv-utf8", "?q=送付")]
    few = [statements(lambda url=url: office.get(url)) for url in urls]
    for number in range(8):
        reported(title=f"{number}件め")
    assert [statements(lambda url=url: office.get(url)) for url in urls] == few
    assert max(few) <= 8  # two of them: the departments and the figures of a page of cases
    page = shown(office, reverse("incident_list"))
    assert len(page) == 10
    assert exported(office, reverse("incident_list"), "csv-utf8") == page


def test_the_list_is_narrowed_by_words_kind_state_and_day():
    early = reported(title="早い", occurred_on="R5.4.1", kind=IncidentKindFactory(name="紛失"))
    late = reported(title="遅い", occurred_on="R6.4.1", kind=IncidentKindFactory(name="漏えい"))
    office = signed_in(Role.OFFICE)

    def titles(query):
        return [row for row, _ in office.get(f"{reverse('incident_list')}{query}").context["rows"]]

    assert titles("") == [late, early]
    assert titles("?q=早い") == [early]
    assert titles(f"?kind={late.kind_id}") == [late]
    assert titles("?as_of=R5.12.31") == [early]
    assert titles("?status=closed") == []


def test_the_office_chooses_for_which_department_it_reports_and_a_clerk_need_not():
    department = DepartmentFactory()
    DepartmentFactory()
    office, clerk = signed_in(Role.OFFICE), signed_in(Role.CLERK, department)
    forms = [client.get(reverse("report_incident")).context["form"] for client in (office, clerk)]
    choices = [form.fields["department"].choices for form in forms]
    assert [next(iter(one))[1] for one in choices] == ["選んでください", department.full_name]


def test_the_successor_of_a_department_sees_its_cases_and_goes_on_with_them():
    department = OrganFactory()
    section = DepartmentFactory(name="収納課", parent=department)
    incident = reported(section)
    today = timezone.localdate()
    (new,) = reorganize(
        [section], [NewDepartment("納税課", department)], on=today, actor=SYSTEM, reason="組織改正のため"
    )
    clerk = signed_in(Role.CLERK, new)
    assert clerk.get(incident.get_absolute_url()).status_code == 200
    assert [row.name for row in incident.departments.all()] == ["収納課"]
    assert clerk.get(reverse("edit_incident", args=[incident.pk])).status_code == 200
