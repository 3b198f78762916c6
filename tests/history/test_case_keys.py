"""案件ごとの鍵: erasing a case's key erases the data everywhere, and the trail stays whole."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from history.casekeys import CaseKey, CaseKeyErased
from history.models import TrackedModel
from history.writing import SYSTEM

ERASED_AT = datetime(2032, 4, 1, tzinfo=UTC)
NAME = "練馬 太郎"


@pytest.fixture
def requests_table(transactional_db):
    """A tracked table that keeps a resident's name under the key of its case, made for this test only."""
    with isolate_apps("history") as isolated:
        isolated.register_model("history", CaseKey)

        class ResidentRequest(TrackedModel):
            __module__ = "history.models"  # where its history model looks for its app
            key = models.ForeignKey(CaseKey, models.PROTECT, related_name="+", verbose_name="鍵")
            requester = models.TextField("請求者")
            status = models.CharField("状態", max_length=20)

            class Meta:
                app_label = "history"
                verbose_name = "請求"

        tables = [ResidentRequest, ResidentRequest.history.model]
        with connection.schema_editor() as editor:
            for table in tables:
                editor.create_model(table)
        yield ResidentRequest
        with connection.schema_editor() as editor:
            for table in reversed(tables):
                editor.delete_model(table)


def file_request(table):
    """A case with three writes of the same person's name."""
    key = CaseKey.objects.create()
    request = table(key=key, requester=key.encrypt(NAME), status="受付")
    request.save_as(SYSTEM, action="load_demo")
    for status in ("決定", "通知"):
        request.status = status
        request.save_as(SYSTEM, action="load_demo")
    return request


def test_the_name_is_readable_while_the_key_is_there_and_nowhere_stored_in_clear(requests_table):
    request = file_request(requests_table)
    rows = list(request.history.all())
    assert {request.key.decrypt(row.requester) for row in rows} == {NAME}
    assert all(NAME not in row.requester for row in [request, *rows])


def test_erasing_the_key_leaves_every_history_row_and_makes_each_unreadable(requests_table):
    request = file_request(requests_table)
    before = list(request.history.order_by("history_id").values())
    CaseKey.objects.get(pk=request.key_id).erase(ERASED_AT)
    after = list(request.history.order_by("history_id").values())
    assert after == before
    assert len(after) == 3
    key = CaseKey.objects.get(pk=request.key_id)
    for row in after:
        with pytest.raises(CaseKeyErased, match="廃棄したため"):
            key.decrypt(row["requester"])


def test_the_case_itself_goes_on_and_the_trail_says_when_the_key_went(requests_table):
    request = file_request(requests_table)
    CaseKey.objects.get(pk=request.key_id).erase(ERASED_AT)
    request.status = "廃棄"
    request.save_as(SYSTEM, action="load_demo")
    assert [row.status for row in request.history.order_by("history_id")] == ["受付", "決定", "通知", "廃棄"]
    assert CaseKey.objects.get(pk=request.key_id).erased_at == ERASED_AT


def test_one_case_does_not_read_the_other(requests_table):
    one, other = file_request(requests_table), file_request(requests_table)
    CaseKey.objects.get(pk=one.key_id).erase(ERASED_AT)
    assert other.key.decrypt(other.requester) == NAME
    assert one.key.secret != other.key.secret


@pytest.mark.django_db
def test_an_erased_key_encrypts_nothing_either():
    key = CaseKey.objects.create()
    key.erase(ERASED_AT)
    with pytest.raises(CaseKeyErased):
        key.encrypt(NAME)
    assert CaseKey.objects.get().secret is None


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["secret = NULL", "erased_at = '2032-04-01'"])
def test_the_database_refuses_a_key_half_erased(change):
    key = CaseKey.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE history_casekey SET {change} WHERE id = %s", [key.pk])
