"""記録票の編集のページ: what is typed is kept, shown on the paper, and saved once."""

import pytest
from django.urls import reverse

from organization.models import Role
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.models import EditBuffer, LinkageVersion
from records.services import drafting, steps
from tests.organization.factories import person
from tests.records.factories import LINKAGE_VALUES, USE_VALUES, add_sheet, draft, submitted, the_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("layouts")]
TYPED = {**LINKAGE_VALUES, "activity_number": "", "changed_on": "", "lock": 1}


@pytest.fixture
def record():
    return the_record(draft())


@pytest.fixture
def clerk(record, client):
    user = person(Role.CLERK, record.proposal.department)
    client.force_login(user)
    return user


def address(name, record, kind=LINKAGE):
    return reverse(name, args=[kind, record.pk])


def test_saving_writes_the_record_and_one_history_row(client, clerk, record):
    before = record.history.count()
    answer = client.post(address("edit_record", record), TYPED | {"purpose": "新しい目的"})
    record.refresh_from_db()
    assert answer.status_code == 303
    assert (record.purpose, record.lock, record.history.count()) == ("新しい目的", 2, before + 1)
    assert record.history.latest().actor_name == clerk.name


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"linked_on": "令和4年2月30日"}, "令和4年2月30日という日はありません。"),
        ({"linked_on": "昭和64年1月8日"}, "昭和64年1月8日"),
        ({"linked_on": "令和0年6月1日"}, "令和0年"),
        ({"linked_on": "平成32年5月1日"}, "令和2年5月1日"),
        ({"activity_number": "13-0914"}, "業務登録番号"),
    ],
)
def test_bad_input_is_refused_by_name_and_stays_in_the_form(client, clerk, record, typed, message):
    answer = client.post(address("edit_record", record), TYPED | typed)
    (name, value), *_ = typed.items()
    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[name])
    assert f'value="{value}"' in answer.text
    assert f'href="#id_{name}"' in answer.text
    record.refresh_from_db()
    assert record.lock == 1


def test_a_wrong_date_is_shown_on_the_paper_as_typed(client, clerk, record):
    answer = client.post(address("edit_record", record), TYPED | {"linked_on": "令和4年2月30日"})
    assert "令和4年2月30日" in answer.context["fragment"]


@pytest.mark.parametrize("number", ["0701-01", "（1303-02）", "(0703-15)", "０１０２－０１"])
def test_every_spelling_of_a_number_is_taken_and_kept(client, clerk, record, number):
    assert client.post(address("edit_record", record), TYPED | {"activity_number": number}).status_code == 303
    record.refresh_from_db()
    assert record.activity_number == number


def test_a_date_typed_short_is_kept_and_prints_in_full(client, clerk, record):
    client.post(address("edit_record", record), TYPED | {"linked_on": "R4.6"})
    record.refresh_from_db()
    assert record.linked_on.text == "R4.6"
    assert "令和4年6月" in client.get(address("edit_record", record)).context["fragment"]


def test_both_period_lines_are_refused_in_the_ward_s_words(client):
    use = the_record(draft(OUT_OF_PURPOSE))
    client.force_login(person(Role.CLERK, use.proposal.department))
    typed = USE_VALUES | {
        "lock": use.lock,
        "providing_department": use.providing_department_id,
        "continues_from": "平成12年4月1日",
    }
    answer = client.post(address("edit_record", use, OUT_OF_PURPOSE), typed)
    assert answer.status_code == 422
    assert "期間と「以降継続」は一方だけ" in answer.text
    assert "平成12年4月1日" in answer.text


def test_a_period_that_ends_before_it_begins_is_refused(client):
    use = the_record(draft(OUT_OF_PURPOSE))
    client.force_login(person(Role.CLERK, use.proposal.department))
    typed = USE_VALUES | {
        "lock": use.lock,
        "providing_department": use.providing_department_id,
        "period_to": "令和3年11月29日",
    }
    answer = client.post(address("edit_record", use, OUT_OF_PURPOSE), typed)
    assert answer.status_code == 422
    assert "期間の末日は、初日より前にはできません。" in answer.text


def test_a_stale_edit_shows_both_versions_and_loses_neither(client, clerk, record):
    drafting.edit_record(record, values={"purpose": "先に保存した目的"}, lock=1, actor=clerk)
    answer = client.post(address("edit_record", record), TYPED | {"purpose": "あとから打った目的"})
    assert answer.status_code == 422
    assert "先に保存した目的" in answer.text
    assert "あとから打った目的" in answer.text
    again = client.post(address("edit_record", record), TYPED | {"purpose": "まとめた目的", "lock": 2})
    record.refresh_from_db()
    assert (again.status_code, record.purpose) == (303, "まとめた目的")


def test_shared_fields_are_written_into_all_sheets_of_the_file(client):
    proposal = draft()
    sibling = add_sheet(proposal, LINKAGE, activity_name="軽自動車税に関する業務")
    record = proposal.records()[0]
    client.force_login(person(Role.CLERK, proposal.department))
    client.post(address("edit_record", record), TYPED | {"purpose": "共通の目的", **same_for_all(sibling)})
    sibling.refresh_from_db()
    assert (sibling.purpose, sibling.activity_name) == ("共通の目的", "軽自動車税に関する業務")


def same_for_all(sibling):
    return {"same_for_all": "on", "sibling_locks": f"{sibling.pk}:{sibling.lock}"}


@pytest.mark.parametrize("locks", [{"sibling_locks": ""}, {}])
def test_a_sheet_beside_saved_by_somebody_else_is_shown_and_not_overwritten(client, locks):
    proposal = draft()
    sibling = add_sheet(proposal, LINKAGE, activity_name="軽自動車税に関する業務")
    record, clerk = proposal.records()[0], person(Role.CLERK, proposal.department)
    drafting.edit_record(sibling, values={"purpose": "隣の人の目的"}, lock=sibling.lock, actor=clerk)
    client.force_login(clerk)
    typed = TYPED | {"purpose": "共通の目的"} | same_for_all(sibling) | locks
    answer = client.post(address("edit_record", record), typed)
    sibling.refresh_from_db()
    assert (answer.status_code, sibling.purpose) == (422, "隣の人の目的")
    assert "隣の人の目的" in answer.text
    assert "共通の目的" in answer.text
    assert f'value="{sibling.pk}:{sibling.lock}"' in answer.text
    assert client.post(address("edit_record", record), typed | same_for_all(sibling)).status_code == 303


def test_the_sheets_are_made_alike_only_while_they_are_alike(client):
    proposal = draft()
    sibling = add_sheet(proposal, LINKAGE, activity_name="軽自動車税に関する業務")
    record, clerk = proposal.records()[0], person(Role.CLERK, proposal.department)
    client.force_login(clerk)
    assert client.get(address("edit_record", record)).context["form"]["same_for_all"].value() is True
    drafting.edit_record(sibling, values={"purpose": "別の目的"}, lock=sibling.lock, actor=clerk)
    answer = client.get(address("edit_record", record))
    assert answer.context["form"]["same_for_all"].value() is False
    assert "上書きします：2「軽自動車税に関する業務」" in answer.text


def test_a_text_too_long_is_refused_in_words_and_stays_in_the_form(client, clerk, record):
    answer = client.post(address("edit_record", record), TYPED | {"purpose": "長" * 10_001})
    assert answer.status_code == 422
    assert "10000文字以内で入力してください（いま10001文字です）" in answer.text
    assert answer.text.count("長" * 10_001) == 1  # in its field, not on the paper
    assert LINKAGE_VALUES["purpose"] in answer.context["fragment"]


def test_autosave_does_not_draw_a_text_that_is_too_long(client, clerk, record):
    answer = client.post(address("autosave_record", record), TYPED | {"purpose": "長" * 100_000})
    assert answer.status_code == 200
    assert "長すぎる入力があるため" in answer.text
    assert LINKAGE_VALUES["purpose"] in answer.text
    assert "長" * 100 not in answer.text


@pytest.mark.parametrize("lock", ["9223372036854775808", "9" * 5000, "-1", "x"])
def test_autosave_keeps_the_fields_of_the_form_only_and_no_impossible_lock(client, clerk, record, lock):
    answer = client.post(address("autosave_record", record), TYPED | {"lock": lock, "smuggled": "x"})
    buffer = EditBuffer.objects.get()
    assert (answer.status_code, buffer.base_lock) == (200, record.lock)
    assert "smuggled" not in buffer.data


def test_autosave_says_what_is_still_missing_of_what_is_typed(client, clerk, record):
    answer = client.post(address("autosave_record", record), TYPED | {"purpose": "", "partner_name": ""})
    assert 'hx-swap-oob="true"' in answer.text
    assert "提出までに 2つ" in answer.text
    shown = client.get(address("edit_record", record))
    assert "提出までに 2つ" in shown.text
    assert "提出までに" not in client.post(address("autosave_record", record), TYPED).text


def test_autosave_keeps_what_is_typed_without_touching_the_record(client, clerk, record):
    history = record.history.count()
    answer = client.post(
        address("autosave_record", record), TYPED | {"purpose": "打ちかけの目的", "linked_on": "令和4年13月"}
    )
    record.refresh_from_db()
    assert answer.status_code == 200
    assert "打ちかけの目的" in answer.text
    assert "令和4年13月" in answer.text
    assert (record.purpose, record.lock, record.history.count()) == (LINKAGE_VALUES["purpose"], 1, history)


def test_what_was_autosaved_comes_back_until_it_is_saved(client, clerk, record):
    client.post(address("autosave_record", record), TYPED | {"purpose": "打ちかけの目的"})
    shown = client.get(address("edit_record", record)).text
    assert "打ちかけの目的" in shown
    assert "書きかけを表示しています" in shown
    client.post(address("edit_record", record), TYPED | {"purpose": "打ち終えた目的"})
    assert not EditBuffer.objects.exists()
    assert "書きかけを表示しています" not in client.get(address("edit_record", record)).text


def test_what_was_autosaved_can_be_thrown_away(client, clerk, record):
    client.post(address("autosave_record", record), TYPED | {"purpose": "打ちかけの目的"})
    client.post(address("discard_buffer", record))
    assert "打ちかけの目的" not in client.get(address("edit_record", record)).text


def test_a_colleague_does_not_see_what_one_has_not_saved(client, clerk, record):
    client.post(address("autosave_record", record), TYPED | {"purpose": "打ちかけの目的"})
    client.force_login(person(Role.CLERK, record.proposal.department))
    assert "打ちかけの目的" not in client.get(address("edit_record", record)).text


@pytest.mark.parametrize("name", ["edit_record", "autosave_record", "discard_buffer", "remove_record"])
def test_a_draft_of_another_department_does_not_exist(client, record, name):
    client.force_login(person(Role.CLERK))
    assert client.post(address(name, record), TYPED).status_code == 404


@pytest.mark.parametrize("name", ["edit_record", "autosave_record", "remove_record"])
def test_what_has_left_the_department_is_not_edited_any_more(client, name):
    record = the_record(submitted())
    client.force_login(person(Role.CLERK, record.proposal.department))
    expected = 403 if name == "remove_record" else 409
    assert client.post(address(name, record), TYPED).status_code == expected
    assert client.get(address("edit_record", record)).status_code == 403


def test_what_was_typed_is_given_back_when_a_colleague_has_handed_the_file_in(client, clerk, record):
    steps.request_approval(record.proposal, actor=clerk)
    answer = client.post(address("edit_record", record), TYPED | {"purpose": "打ち終えた目的"})
    assert answer.status_code == 409
    assert "いまは編集できません" in answer.text
    assert "打ち終えた目的" in answer.text
    assert "いまは編集できません" in client.post(address("autosave_record", record), TYPED).text
    record.refresh_from_db()
    assert record.purpose == LINKAGE_VALUES["purpose"]


def test_a_sheet_taken_out_of_the_draft_is_not_part_of_the_file_any_more(client, clerk, record):
    client.post(address("remove_record", record))
    assert record.proposal.records() == []
    assert LinkageVersion.objects.get(pk=record.pk).status == "withdrawn"


def test_a_stale_edit_shows_ticked_boxes_in_the_words_of_the_form(client):
    use = the_record(draft(OUT_OF_PURPOSE))
    clerk = person(Role.CLERK, use.proposal.department)
    client.force_login(clerk)
    drafting.edit_record(use, values={"kinds": ["health"]}, lock=use.lock, actor=clerk)
    typed = USE_VALUES | {"lock": use.lock, "providing_department": use.providing_department_id}
    answer = client.post(address("edit_record", use, OUT_OF_PURPOSE), typed)
    shown = {(conflict.after, conflict.before) for conflict in answer.context["stale"]}
    assert ("戸籍等事項", "心身健康") in shown
