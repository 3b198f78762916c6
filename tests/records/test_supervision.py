"""監督: entries about a running outsourcing or linkage, and what a coming 変更 is shown of them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from history.errors import ReasonRequired, StaleEdit
from organization import rules
from organization.models import Role
from organization.rules import NotPermitted
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.models import SUPERVISION_KINDS, SupervisionEntry
from records.services import supervision
from records.services.supervision import NotRunning, NotSupervised, NotYet, add_supervision, correct_supervision
from records.supervising import earlier_parts, waiting_row
from tests.organization.factories import person
from tests.records.cast import NOBODY, OTHERS, OWN, REASON, all_but, somebody
from tests.records.factories import (
    FOR_COUNCIL,
    accepted,
    carry_on,
    change_of,
    decided,
    draft,
    proposal_in,
    the_record,
    token,
)

pytestmark = pytest.mark.django_db

DAY = date(2023, 5, 1)
LOG = {"kind": "log_check", "on": DAY, "count": None, "by_whom": "収納課の係長", "text": "不審な操作はない。"}


@pytest.fixture
def linkage():
    return the_record(decided(LINKAGE))


@pytest.fixture
def clerk(linkage):
    return person(Role.CLERK, linkage.proposal.department)


def add(record, actor, **values):
    return add_supervision(record, values=LOG | values, token=values.pop("token", token()), actor=actor)


def correct(entry, actor, reason=REASON, lock=None, is_struck=None, **values):
    lock = entry.lock if lock is None else lock
    return correct_supervision(entry, values=values, reason=reason, lock=lock, actor=actor, is_struck=is_struck)


def test_an_entry_has_its_day_and_words_and_a_line_in_the_trail(linkage, clerk):
    entry = add(linkage, clerk)
    assert (entry.linkage, entry.outsourcing, str(entry), entry.on) == (linkage.linkage, None, "ログ点検", DAY)
    assert entry.history.get().action == "add_supervision"


def test_a_second_click_adds_one(linkage, clerk):
    key = token()
    assert add(linkage, clerk, token=key) == add(linkage, clerk, token=key)
    assert SupervisionEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "pledge", "by_whom": ""}, "count"),
        ({"kind": "complaint", "by_whom": ""}, "count"),
        ({"kind": "review", "by_whom": ""}, "by_whom"),
        ({"kind": "log_check", "count": 3}, "count"),
        ({"kind": "unknown"}, "kind"),
        ({"text": ""}, "text"),
    ],
)
def test_each_kind_has_what_it_asks_and_nothing_else(values, field, linkage, clerk):
    with pytest.raises(ValidationError) as refusal:
        add(linkage, clerk, **values)
    assert list(refusal.value.message_dict) == [field]
    assert not SupervisionEntry.objects.exists()


@pytest.mark.parametrize("kind", list(SUPERVISION_KINDS))
def test_each_kind_can_be_written(kind, linkage, clerk):
    asks = SUPERVISION_KINDS[kind]
    values = {"kind": kind, "count": 3 if asks.counts else None, "by_whom": "係長" if asks.by_whom else ""}
    assert add(linkage, clerk, **values).amount == ({"人数": "3人", "件数": "3件"}[asks.counts] if asks.counts else "")


@pytest.mark.parametrize("kind", [OUT_OF_PURPOSE, PROVISION])
def test_the_other_kinds_of_records_are_not_supervised(kind):
    record = the_record(proposal_in("reported", kind))
    with pytest.raises(NotSupervised):
        add(record, person(Role.OFFICE))
    assert supervision.since(record, date(2000, 1, 1)) == []


def test_only_what_runs_is_supervised_and_nothing_that_has_not_happened(linkage, clerk):
    with pytest.raises(NotYet):
        add(linkage, clerk, on=timezone.localdate() + timedelta(days=1))
    assert add(linkage, clerk, kind="pledge", count=4, by_whom="", on=date(2022, 5, 1)).on < linkage.valid_from
    waiting = the_record(accepted())
    with pytest.raises(NotRunning):
        add(waiting, person(Role.OFFICE))


def test_of_an_ended_record_only_what_happened_while_it_ran_is_written():
    ended = {"continues_from": "", "period_from": "令和4年4月1日", "period_to": "令和5年3月31日"}
    record = the_record(decided(OUTSOURCING, **ended))
    office = person(Role.OFFICE)
    assert add(record, office, on=date(2023, 3, 31)).outsourcing == record.outsourcing
    with pytest.raises(NotRunning):
        add(record, office, on=date(2023, 4, 1))


@pytest.mark.parametrize("who", all_but("担当", "課長", "情報公開課"))
def test_an_entry_is_written_and_corrected_by_nobody_else(who, linkage, clerk):
    entry, actor = add(linkage, clerk), somebody(who, linkage.proposal.department)
    with pytest.raises(NotPermitted):
        add(linkage, actor)
    with pytest.raises(NotPermitted):
        correct(entry, actor, text="別の結果")


def test_entries_are_seen_by_the_own_department_and_the_offices_that_look_after_it(linkage, clerk):
    add(linkage, clerk)
    seeing = {"担当", "課長", "情報公開課", "情報政策課", "審議会事務局", "監査"}
    for who in [*OWN, *OTHERS, NOBODY]:
        seen = rules.permitted(
            SupervisionEntry.objects.all(), somebody(who, linkage.proposal.department), "view_supervisionentry"
        )
        assert seen.exists() == (who in seeing), who


def test_a_correction_keeps_what_stood_before_and_one_struck_out_counts_no_more(linkage, clerk):
    entry = correct(add(linkage, clerk), clerk, text="1件を確かめた。")
    assert [row.text for row in entry.history.order_by("history_id")] == ["不審な操作はない。", "1件を確かめた。"]
    with pytest.raises(StaleEdit):
        correct(entry, clerk, lock=0, text="古い画面から")
    with pytest.raises(ReasonRequired):
        correct(entry, clerk, reason=" ", text="理由なし")
    correct(SupervisionEntry.objects.get(), clerk, is_struck=True)
    assert supervision.since(linkage, date(2022, 1, 1)) == []


def test_as_of_a_day_there_is_what_had_happened_by_then(linkage, clerk):
    add(linkage, clerk, on=DAY)
    add(linkage, clerk, on=DAY + timedelta(days=1))
    assert [SupervisionEntry.objects.as_of(DAY + timedelta(days=n)).count() for n in (-1, 0, 1)] == [0, 1, 2]


def test_since_a_day_asks_of_all_versions_of_the_same_record_alone(linkage, clerk):
    first = add(linkage, clerk, on=DAY)
    change = the_record(carry_on(change_of(linkage, changed_on="令和5年10月1日"), "decided"))
    second = add(change, clerk, on=date(2023, 11, 1))
    add(the_record(decided(OUTSOURCING)), person(Role.OFFICE), on=DAY)
    assert supervision.since(change, DAY) == supervision.since(linkage, DAY) == [second, first]
    assert supervision.since(linkage, DAY + timedelta(days=1)) == [second]


def test_a_change_shows_what_happened_since_the_decision_about_what_it_changes(linkage, clerk):
    assert supervision.last_decision(linkage) == date(2022, 2, 1)
    add(linkage, clerk, kind="pledge", count=3, by_whom="", on=date(2022, 1, 31))
    entry = add(linkage, clerk)
    change = the_record(change_of(linkage, changed_on="令和5年10月1日"))
    (part,) = earlier_parts(clerk, [change])
    assert (part.since, part.entries) == (date(2022, 2, 1), [entry])
    assert dict(part.counts) == {kind.label: int(kind.code == "log_check") for kind in SUPERVISION_KINDS.values()}
    assert earlier_parts(clerk, [linkage]) == []
    assert earlier_parts(person(Role.CLERK), [change])[0].entries == []
    later = the_record(carry_on(change.proposal, "decided"))
    assert supervision.last_decision(later) == supervision.decided_on(linkage)


def test_the_page_of_the_change_has_them_in_one_statement_for_any_number(client, clerk, linkage):
    change = change_of(linkage, changed_on="令和5年10月1日")
    client.force_login(clerk)
    address = reverse("view_proposal", args=[change.pk])
    page = client.get(address).text
    assert "前回承認分の検証" in page
    assert "監督の記録がありません" in page
    counts = []
    for _ in range(2):
        for _ in range(3):
            add(linkage, clerk)
        with CaptureQueriesContext(connection) as statements:
            page = client.get(address).text
        counts.append(len(statements))
    assert "不審な操作はない。" in page
    assert counts[0] == counts[1] <= 10


def test_the_pages_add_list_correct_and_keep_what_was_typed(client, linkage, clerk):
    client.force_login(clerk)
    listing = reverse("supervision", args=[LINKAGE, linkage.pk])
    address = reverse("add_supervision", args=[LINKAGE, linkage.pk])
    typed = {"kind": "log_check", "on": "R5.5.1", "text": "不審な操作はない。", "token": token()}
    refused = client.post(address, typed)
    assert (refused.status_code, "不審な操作はない。" in refused.text) == (422, True)
    assert "点検した人を入力してください" in refused.text
    ahead = client.post(address, typed | {"by_whom": "係長", "on": "R99.5.1"})
    assert (ahead.status_code, "きょうより先" in ahead.text) == (422, True)
    assert client.post(address, typed | {"by_whom": "係長"}).status_code == 303
    entry = SupervisionEntry.objects.get()
    assert "不審な操作はない。" in client.get(listing).text
    assert "不審な操作はない。" not in client.get(listing, {"as_of": "R5.4.30"}).text
    assert "不審な操作はない。" in client.get(listing, {"export": "csv-utf8"}).content.decode("utf-8-sig")
    correcting = reverse("correct_supervision", args=[entry.pk])
    typed |= {"by_whom": "係長", "text": "1件を確かめた。", "lock": 0}
    assert client.post(correcting, typed).status_code == 422
    assert client.post(correcting, typed | {"reason": REASON}).status_code == 303
    stale = client.post(correcting, typed | {"reason": REASON, "text": "二人目"})
    assert (stale.status_code, "二人目" in stale.text) == (422, True)
    client.force_login(person(Role.CLERK))
    assert [client.get(url).status_code for url in (listing, address, correcting)] == [403, 403, 404]


def test_a_record_of_another_kind_has_no_such_page(client):
    record = the_record(proposal_in("decided", OUT_OF_PURPOSE, **FOR_COUNCIL))
    client.force_login(person(Role.OFFICE))
    assert client.get(reverse("supervision", args=[OUT_OF_PURPOSE, record.pk])).status_code == 404


def test_the_office_finds_what_has_no_review_in_the_year_of_the_day(client, linkage):
    outsourced = the_record(decided(OUTSOURCING))
    draft(OUTSOURCING)
    office = person(Role.OFFICE)
    review = {"kind": "review", "by_whom": "課長", "text": "支障なし。"}
    add(linkage, office, on=date(2023, 4, 1), **review)
    add(outsourced, office, on=date(2023, 3, 31), **review)
    add(outsourced, office)
    client.force_login(office)

    def titles(day):
        rows = client.get(reverse("supervision_list"), {"as_of": day}).context["list"]["pager"].rows
        return [(row.kind, row.last_review) for row in map(waiting_row, rows)]

    assert titles("R5.3.30") == [("電算結合", "なし"), ("外部委託", "なし")]
    assert titles("R5.3.31") == [("電算結合", "なし")]
    assert titles("R5.5.1") == [("外部委託", "R5.3.31")]
    assert titles("R6.4.1") == [("電算結合", "R5.4.1"), ("外部委託", "R5.3.31")]


def test_the_list_asks_as_much_for_many_as_for_few_and_is_exported_whole(client):
    client.force_login(person(Role.OFFICE))
    counts = []
    for _ in range(2):
        for kind in (LINKAGE, OUTSOURCING, OUTSOURCING):
            decided(kind)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("supervision_list")).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 7
    lines = client.get(reverse("supervision_list"), {"export": "csv-utf8"}).content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0].split(",")[0]) == (7, '"業務の名称"')
