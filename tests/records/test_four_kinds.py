"""外部委託・外部提供: what the two further kinds ask, refuse, print and show."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from history.writing import SYSTEM
from organization.models import Role
from printing import sheets
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.models import OutsourcingVersion, ProvisionVersion
from records.presenting import sheet_fragment
from records.services import drafting, settling, steps
from records.services.completeness import missing_fields
from records.services.contradictions import contradictions
from records.services.errors import RecordContradictory, SamePairInForce
from records.services.remarks import remarks
from registry import services as registry
from tests.organization.factories import person
from tests.records.factories import (
    FOR_COUNCIL,
    VALUES,
    add_sheet,
    awaiting_head,
    carry_on,
    change_of,
    decided,
    draft,
    reported,
    section,
    submitted,
    the_record,
    token,
)
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
NEW = [OUTSOURCING, PROVISION]
OPEN_PARTNER = "未定(プライバシーマーク取得事業者を公募型プロポーザルにより決定する。)"


def save(record, **values):
    return drafting.edit_record(record, values=values, lock=record.lock, actor=SYSTEM)


@pytest.mark.parametrize("kind", NEW, ids=lambda kind: kind.code)
def test_an_empty_sheet_names_all_that_is_needed(kind):
    proposal = drafting.create_proposal(title="案件", department=section("税務課"), token=token(), actor=SYSTEM)
    (record,) = drafting.add_records(proposal, kind=kind, activities=[], token=token(), actor=SYSTEM)
    given = {"department_name", "responsible"}
    assert set(missing_fields(record)) == (set(kind.required) - given) | {"period_from", "period_to"}


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_a_complete_sheet_prints_everything_that_was_typed(kind, layouts):
    record = the_record(submitted(kind))
    text = sheet_fragment(record)
    for name, value in VALUES[kind.code].items():
        if isinstance(value, str) and name not in {"applied_on", "criterion_article"}:
            assert value.split("\n")[0] in text, name
    assert sheets.get(kind.sheet_code).title in text


def test_an_outsourcing_of_the_ordinance_is_decided_and_in_force_from_its_month():
    record = the_record(decided(OUTSOURCING))
    assert (record.valid_from, record.valid_to, record.consultation_number) == (date(2022, 4, 1), None, "5")


def test_a_provision_by_consent_is_reported_and_ends_with_its_period():
    record = the_record(carry_on(submitted(PROVISION), "reported"))
    assert (record.valid_from, record.valid_to) == (date(2022, 4, 1), date(2023, 4, 1))


def test_a_partner_who_is_still_to_be_found_is_a_legitimate_partner_of_an_outsourcing():
    record = the_record(decided(OUTSOURCING, partner_name=OPEN_PARTNER))
    assert record.partner_is_open
    assert "相手方が未定です" in remarks(record)[0]


def test_but_nobody_is_given_information_before_he_is_known():
    with pytest.raises(RecordContradictory, match="未定のままにはできません"):
        awaiting_head(PROVISION, partner_name=OPEN_PARTNER)


def test_a_third_of_a_month_begins_with_its_first_day_and_a_clause_of_going_on_takes_the_end_away():
    values = {"continues_from": "", "period_from": "令和6年1月初旬", "period_to": "令和6年3月31日"}
    ends = the_record(decided(OUTSOURCING, **values))
    goes_on = the_record(decided(OUTSOURCING, **values, continuing_clause="次年度以降も、同様の業務委託を行う。"))
    assert (ends.valid_from, ends.valid_to) == (date(2024, 1, 1), date(2024, 4, 1))
    assert (goes_on.valid_from, goes_on.valid_to) == (date(2024, 1, 1), None)


def test_a_linkage_may_say_its_end_too():
    record = the_record(decided(LINKAGE, linked_until="令和5年3月31日"))
    assert record.valid_to == date(2023, 4, 1)


REVERSED = {
    LINKAGE: {"linked_on": "令和4年6月1日", "linked_until": "令和4年5月31日"},
    OUT_OF_PURPOSE: {"period_from": "令和4年6月1日", "period_to": "令和4年5月31日"},
    OUTSOURCING: {"continues_from": "", "period_from": "令和4年6月1日", "period_to": "令和4年5月31日"},
    PROVISION: {"period_from": "令和4年6月1日", "period_to": "令和4年5月31日"},
}


@pytest.mark.parametrize("kind", list(REVERSED), ids=lambda kind: kind.code)
def test_a_period_that_runs_backwards_is_refused_on_a_draft_too(kind):
    record = the_record(draft(kind))
    with pytest.raises(ValidationError, match="初日より前"):
        save(record, **REVERSED[kind])


@pytest.mark.parametrize("kind", NEW, ids=lambda kind: kind.code)
def test_both_period_lines_are_refused_in_the_form(kind, client, layouts):
    record = the_record(draft(kind))
    client.force_login(person(Role.CLERK, record.proposal.department))
    typed = VALUES[kind.code] | {
        "lock": record.lock, "period_from": "令和4年4月1日", "period_to": "令和5年3月31日", "continues_from": "R4.4.1",
    }  # fmt: skip
    answer = client.post(reverse("edit_record", args=[kind, record.pk]), typed)
    assert answer.status_code == 422
    assert "期間と「以降継続」は一方だけ" in answer.text
    assert 'value="R4.4.1"' in answer.text


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"grounds": ["law"]}, ["ground_law"]),
        ({"kinds": ["other"]}, ["kinds_other"]),
        ({"use_forms": ["other"]}, ["use_forms_other"]),
        ({"grounds": ["preapproved"]}, ["criterion_type", "applied_on"]),
        (
            {"grounds": ["act_special"], "period_from": "令和5年4月1日", "period_to": "令和6年3月31日"},
            ["ground_reason"],
        ),
        ({}, []),
    ],
)
def test_a_ticked_box_asks_for_its_words(values, missing):
    assert missing_fields(the_record(draft(PROVISION, **values))) == missing


def test_a_business_does_not_use_its_own_information_for_another_purpose():
    own = registered_activity(number_as_printed="1309-14")
    values = {"activity_number": "1309-14", "providing_number": "1309-14"}
    record = the_record(draft(OUT_OF_PURPOSE, **values, providing_department=own.department))
    assert any("同じ業務の中の利用" in words for words in contradictions(record))
    other = the_record(draft(OUT_OF_PURPOSE))
    assert contradictions(other) == []


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_an_abolished_business_carries_no_new_record(kind):
    version = registered_activity(number_as_printed="1309-14", on=date(2010, 4, 1))
    registry.abolish_activity(version, on=date(2020, 4, 1), reason="終了", actor=SYSTEM)
    record = the_record(draft(kind, activity_number="1309-14"))
    assert any("廃止されています" in words for words in contradictions(record))


@pytest.mark.parametrize("kind", [LINKAGE, OUTSOURCING, PROVISION], ids=lambda kind: kind.code)
def test_a_second_record_in_force_for_the_same_business_and_partner_is_refused(kind):
    registered_activity(number_as_printed="1309-14")
    values = {"activity_number": "1309-14", **(FOR_COUNCIL if kind is PROVISION else {})}
    first, second = decided(kind, **values), None
    with pytest.raises(RecordContradictory, match="同じ業務と相手の記録票"):
        awaiting_head(kind, **values)
    second = the_record(draft(kind, **values | {"partner_name": "ほかの会社"}))
    assert contradictions(second) == []
    assert the_record(first).valid_from is not None


def test_of_two_files_on_the_way_the_second_is_refused_at_its_decision(nothing_is_written):
    registered_activity(number_as_printed="1309-14")
    first, second = (submitted(OUTSOURCING, activity_number="1309-14") for _ in range(2))
    carry_on(first, "decided")
    with nothing_is_written(RecordContradictory):
        settling.accept_proposal(second, actor=SYSTEM)


def test_a_change_of_a_record_is_no_second_one():
    registered_activity(number_as_printed="1309-14")
    record = the_record(decided(OUTSOURCING, activity_number="1309-14"))
    change = change_of(record, continues_from="令和5年4月")
    changed = the_record(carry_on(change, "decided"))
    record.refresh_from_db()
    assert (record.valid_to, changed.valid_from) == (date(2023, 4, 1), date(2023, 4, 1))
    assert not issubclass(SamePairInForce, ValidationError)


def test_a_linkage_over_an_outsourcing_needs_it_in_force():
    over = the_record(decided(OUTSOURCING)).outsourcing
    assert contradictions(the_record(draft(LINKAGE, over_outsourcing=over))) == []
    early = the_record(draft(LINKAGE, over_outsourcing=over, linked_on="令和4年3月1日"))
    assert any("経由する外部委託" in words for words in contradictions(early))


def test_a_ground_dated_after_the_day_of_application_is_flagged_and_keeps_nothing_back():
    late = {"subject": "死産情報の共有について", "dated": "令和4年6月25日", "issued_by": "東京都"}
    row = dict.fromkeys(("issued_by", "number", "dated", "subject", "article", "force"), "") | late
    record = the_record(reported(ground_documents=[row]))
    assert any("効力の始まる日" in words and "さかのぼった適用" in words for words in remarks(record))
    earlier = the_record(reported(ground_documents=[row | {"dated": "令和3年6月25日"}]))
    assert remarks(earlier) == []


@pytest.mark.parametrize("kind", NEW, ids=lambda kind: kind.code)
def test_list_page_pdf_and_links_show_it_on_its_days(kind, client, layouts):
    activity = registered_activity(number_as_printed="1309-14").activity
    values = {"activity_number": "1309-14", **(FOR_COUNCIL if kind is PROVISION else {})}
    record = the_record(decided(kind, **values))
    client.force_login(person(Role.CLERK))
    rows = client.get(reverse(kind.list_page), {"as_of": "R4.4.1", "activity": activity.pk}).context["page"].rows
    assert list(rows) == [record]
    assert not client.get(reverse(kind.list_page), {"as_of": "R4.3.31"}).context["page"].rows
    assert client.get(record.get_absolute_url()).status_code == 200
    answer = client.get(reverse("print_record", args=[kind, record.pk]))
    assert answer["content-type"] == "application/pdf"


def test_rows_are_typed_saved_shown_and_taken_out_again(client, layouts):
    record = the_record(draft(OUTSOURCING))
    client.force_login(person(Role.CLERK, record.proposal.department))
    address = reverse("edit_record", args=[OUTSOURCING, record.pk])
    typed = VALUES["outsourcing"] | {
        "lock": record.lock,
        "subcontracts.name": ["見本データ株式会社", ""],
        "subcontracts.work": ["入力", ""],
        "subcontracts.permitted_on": ["R4.4.1", ""],
    }
    assert client.post(address, typed).status_code == 303
    record.refresh_from_db()
    assert record.subcontracts == [{"name": "見本データ株式会社", "work": "入力", "permitted_on": "R4.4.1"}]
    assert "見本データ株式会社" in client.get(address).context["fragment"]
    wrong = typed | {"lock": record.lock, "subcontracts.permitted_on": ["令和4年2月30日", ""]}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert "1行目：令和4年2月30日" in answer.text
    assert 'value="令和4年2月30日"' in answer.text
    emptied = typed | {"lock": record.lock} | {name: [""] for name in typed if name.startswith("subcontracts.")}
    client.post(address, emptied)
    record.refresh_from_db()
    assert record.subcontracts == []


def test_an_autosave_keeps_the_rows_too(client, layouts):
    record = the_record(draft(OUTSOURCING))
    client.force_login(person(Role.CLERK, record.proposal.department))
    typed = VALUES["outsourcing"] | {"lock": record.lock, "flow_steps.step": ["区が渡す。", "業者が入力する。"]}
    assert client.post(reverse("autosave_record", args=[OUTSOURCING, record.pk]), typed).status_code == 200
    assert "業者が入力する。" in client.get(reverse("edit_record", args=[OUTSOURCING, record.pk])).text


def test_the_history_tells_rows_in_words(client, layouts):
    record = the_record(draft(OUTSOURCING))
    row = {"name": "見本データ株式会社", "work": "入力", "permitted_on": ""}
    save(record, subcontracts=[row])
    client.force_login(person(Role.OFFICE))
    assert "1 見本データ株式会社　入力" in client.get(reverse("proposal_history", args=[record.proposal_id])).text


@pytest.mark.parametrize(
    "rows", ["text", [["a"]], [{"name": "x"}], [{"name": "", "work": "", "permitted_on": ""}], [{"other": "x"}]]
)
def test_rows_of_another_shape_are_refused(rows):
    with pytest.raises(ValidationError):
        save(the_record(draft(OUTSOURCING)), subcontracts=rows)


def test_both_kinds_stand_in_one_file_with_others():
    proposal = draft(LINKAGE)
    for kind in NEW:
        add_sheet(proposal, kind)
    assert [type(record) for record in proposal.records()[1:]] == [OutsourcingVersion, ProvisionVersion]
    steps.request_approval(proposal, actor=SYSTEM)
    assert {record.status for record in proposal.records()} == {"awaiting_head"}
