"""帳票の編集: the forms on which a business collects, kept with the version of the registration."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.errors import StaleEdit
from history.writing import SYSTEM
from organization.models import Role
from organization.rules import NotPermitted
from registry.collecting import FormEntry, UnknownForm, edit_collecting_forms
from registry.models import CollectingForm
from registry.services import register_activity, submit_activity
from tests.organization.factories import person
from tests.records.cast import all_but, somebody
from tests.registry.factories import activity_draft, activity_in, change_of, submitted_activity

pytestmark = pytest.mark.django_db
SHEET = FormEntry("教育相談申込書", "令和4年4月版", "氏名、住所")


def call(version, actor=SYSTEM, *entries):
    return edit_collecting_forms(version, entries=entries or [SHEET], lock=version.lock, actor=actor)


def url(version):
    return reverse("edit_collecting_forms", args=[version.pk])


def sent(version, *lines):
    data = {"lock": version.lock, "form-TOTAL_FORMS": len(lines), "form-INITIAL_FORMS": "0"}
    return data | {f"form-{at}-{name}": value for at, line in enumerate(lines) for name, value in line.items()}


def test_writes_the_lines_in_their_order_and_counts_the_save(department):
    draft = activity_draft(department)
    version = call(draft, person(Role.CLERK, department), SHEET, FormEntry("面接票"))
    assert [form.line for form in version.forms_in_use] == ["教育相談申込書（令和4年4月版）：氏名、住所", "面接票"]
    assert version.lock == draft.lock + 1


def test_changes_a_line_and_takes_one_out_without_deleting_it(department):
    version = call(activity_draft(department), SYSTEM, SHEET, FormEntry("面接票"))
    first, second = version.forms_in_use
    version = call(version, SYSTEM, FormEntry("申込書", pk=first.pk), FormEntry("面接票", pk=second.pk, remove=True))
    assert [str(form) for form in version.forms_in_use] == ["申込書"]
    second.refresh_from_db()
    assert (second.is_removed, second.name) == (True, "面接票")
    assert second.history.count() == 2


def test_writes_no_history_for_a_line_that_stays_the_same(department):
    version = call(activity_draft(department))
    (form,) = version.forms_in_use
    call(version, SYSTEM, FormEntry(SHEET.name, SHEET.edition, SHEET.items, pk=form.pk))
    assert form.history.count() == 1


def test_go_with_a_change_while_the_registered_version_keeps_its_own(department):
    draft = call(activity_draft(department))
    version = register_activity(submit_activity(draft, actor=SYSTEM), on=date(2021, 4, 1), actor=SYSTEM)
    change = change_of(version)
    (copy,) = change.forms_in_use
    call(change, SYSTEM, FormEntry("新しい申込書", pk=copy.pk))
    assert [form.name for form in version.forms_in_use] == ["教育相談申込書"]
    assert [form.name for form in CollectingForm.objects.filter(version=change)] == ["新しい申込書"]


@pytest.mark.parametrize("entry", [FormEntry(" ", items="氏名"), FormEntry("あ" * 201)])
def test_without_a_fit_name_is_refused(entry, department, nothing_is_written):
    draft = activity_draft(department)
    with nothing_is_written(ValidationError):
        call(draft, SYSTEM, SHEET, entry)


def test_of_another_business_is_refused(department, nothing_is_written):
    (foreign,) = call(activity_draft(department)).forms_in_use
    draft = activity_draft(department)
    with nothing_is_written(UnknownForm):
        call(draft, SYSTEM, FormEntry("申込書", pk=foreign.pk))


def test_of_an_old_copy_is_refused(department, nothing_is_written):
    old = activity_draft(department)
    call(old)
    with nothing_is_written(StaleEdit):
        call(old)


@pytest.mark.parametrize("status", ["submitted", "registered"])
def test_is_refused_from_every_other_state(status, department, nothing_is_written):
    version, clerk = activity_in(status, department), person(Role.CLERK, department)
    with nothing_is_written(NotPermitted):
        call(version, clerk)


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_is_denied_to_everybody_else(who, department, nothing_is_written):
    version, actor = activity_draft(department), somebody(who, department)
    with nothing_is_written(NotPermitted):
        call(version, actor)


@pytest.mark.parametrize("after", [1, 2])
def test_changes_nothing_when_the_history_cannot_be_written(after, department, history_breaks):
    version, clerk = activity_draft(department), person(Role.CLERK, department)
    with history_breaks(after=after):
        call(version, clerk)


def test_page_saves_the_lines_and_shows_them_again_with_room_for_more(department, sign_in):
    version, client = activity_draft(department), sign_in(person(Role.CLERK, department))
    lines = [{"name": "申込書", "edition": "第2版", "items": "氏名"}, {"name": "", "items": ""}]
    answer = client.post(url(version), sent(version, *lines))
    assert answer["Location"] == reverse("view_activity", args=[version.activity_id])
    assert "申込書（第2版）：氏名" in client.get(answer["Location"]).content.decode()
    names = [line["name"].value() for line in client.get(url(version)).context["lines"]]
    assert names == ["申込書", None, None, None]


def test_page_takes_a_line_out(department, sign_in):
    version = call(activity_draft(department))
    (form,) = version.forms_in_use
    line = {"pk": form.pk, "name": form.name, "edition": form.edition, "items": form.items, "remove": "on"}
    sign_in(person(Role.CLERK, department)).post(url(version), sent(version, line))
    assert not CollectingForm.objects.in_use().exists()


def test_page_refuses_a_line_without_a_name_and_keeps_what_was_typed(department, sign_in):
    version = activity_draft(department)
    answer = sign_in(person(Role.CLERK, department)).post(url(version), sent(version, {"items": "氏名、住所"}))
    assert answer.status_code == 422
    assert answer.context["lines"][0].errors["name"] == ["帳票の名称を入力してください。"]
    assert "氏名、住所" in answer.content.decode()


def test_page_of_an_old_copy_is_refused(department, sign_in):
    version = activity_draft(department)
    old = sent(version, {"name": "申込書"})
    call(version)
    answer = sign_in(person(Role.CLERK, department)).post(url(version), old)
    assert answer.status_code == 422
    assert "ほかの人がこの内容を保存しました。" in answer.content.decode()


def test_page_answers_by_the_permission_table(department, sign_in):
    version = submitted_activity(department)
    assert sign_in(somebody("担当", department)).get(url(version)).status_code == 403
    assert sign_in(somebody("他課の担当", department)).get(url(version)).status_code == 404
