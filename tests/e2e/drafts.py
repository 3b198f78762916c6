"""Files for the tests of the pages: written through the services, as far as the test wants them."""

import uuid

from organization.models import Department, User
from records.kinds import LINKAGE, OUT_OF_PURPOSE
from records.services import drafting, steps
from registry.models import ActivityVersion
from tests.e2e.filing import COLLECTION_SHEETS, COLLECTION_TITLE, PURPOSE, SCHOOL_TITLE

FILLED = {
    "department_name": "区民部　収納課",
    "purpose": PURPOSE,
    "linked_on": "令和4年6月",
    "changed_on": "年 月",
    "partner_name": "株式会社NTTデータ",
    "partner_address": "東京都江東区豊洲3-3-3　豊洲センタービル",
    "provided_items": "氏名、フリガナ、住所、生年月日、性別",
    "received_items": "氏名、フリガナ、住所、生年月日、性別\n口座の有無、取引明細（口座有の場合）",
    "responsible": "区民部収納課長",
}


def person(username):
    """The demo user of that name."""
    return User.objects.get(username=username)


def businesses(names):
    """The businesses of these names, in their order."""
    return [ActivityVersion.objects.get(name=name) for name in names]


def collection_draft(names=tuple(COLLECTION_SHEETS), **values):
    """The first sheet of a draft of 収納課, one sheet for each business; `values` are saved on all of them."""
    clerk = person("shuno-tanto")
    department = Department.objects.get(name="収納課")
    proposal = drafting.create_proposal(title=COLLECTION_TITLE, department=department, token=uuid.uuid4(), actor=clerk)
    records = drafting.add_records(
        proposal, kind=LINKAGE, activities=businesses(names), token=uuid.uuid4(), actor=clerk
    )
    if values:
        drafting.edit_record(records[0], values=values, lock=records[0].lock, actor=clerk, same_for_all=True)
    return records[0]


def use_draft():
    """An empty 目的外利用記録票 of 学校教育支援センター."""
    clerk = person("shien-tanto")
    department = Department.objects.get(name="学校教育支援センター")
    proposal = drafting.create_proposal(title=SCHOOL_TITLE, department=department, token=uuid.uuid4(), actor=clerk)
    chosen = businesses(["児童生徒指導上の課題対応に関する業務"])
    return drafting.add_records(proposal, kind=OUT_OF_PURPOSE, activities=chosen, token=uuid.uuid4(), actor=clerk)[0]


def send_to_the_office(record):
    """Carry a filled draft of 収納課 past its head."""
    steps.request_approval(record.proposal, actor=person("shuno-tanto"))
    steps.approve_proposal(record.proposal, actor=person("shuno-kacho"))
