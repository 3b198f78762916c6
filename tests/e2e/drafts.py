"""Files for the tests of the pages: written through the services, as far as the test wants them."""

import uuid

from django.utils import timezone

from organization.models import Department, User
from printing.models import SheetLayout
from records.kinds import LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.models import OutsourcingVersion, Paper
from records.services import amending, drafting, papers, settling, steps
from records.states import Route
from registry import services as registry
from registry.models import ActivityVersion
from tests.e2e.filing import COLLECTION_SHEETS, COLLECTION_TITLE, PURPOSE, SCHOOL_TITLE
from tests.records.factories import OUTSOURCING_VALUES, PROVISION_VALUES, UNDER_THE_ACT

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
# The year after the demo ward's own 記録票: two in force for the same pair are refused.
FILLED_USE = {
    "purpose": "不登校に関する実態調査を実施するにあたり、対象者を特定するため",
    "providing_number": "1303-02",
    "providing_department_name": "教育振興部　区立中学校",
    "providing_activity_name": "指導に関する業務",
    "period_from": "令和4年4月1日",
    "period_to": "令和5年3月31日",
    "kinds": ["family_register"],
    "grounds": ["preapproved"],
    "criterion_article": 4,
    "criterion_type": 1,
    "applied_on": "令和4年4月1日",
    "responsible": "学校教育支援センター所長",
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


def checklist_draft():
    """The checklist of a paper that points to one, in a draft of 収納課 that also shows its changes."""
    clerk, proposal = person("shuno-tanto"), collection_draft().proposal
    layout = SheetLayout.objects.get(code="paper-linkage-sheet")
    first = papers.create_paper(proposal, layout=layout, token=uuid.uuid4(), actor=clerk)
    copy = papers.create_paper(proposal, layout=layout, copy_of=first, token=uuid.uuid4(), actor=clerk)
    return copy.checklists.get()


def outsourcing_change():
    """A draft of 税務課 that changes its outsourcing once more."""
    record = OutsourcingVersion.objects.get(proposal__papers__layout_code="paper-outsourcing-change")
    clerk, title = person("zeimu-tanto"), record.proposal.title
    return amending.revise_record(record, title=title, reason="業務の追加", token=uuid.uuid4(), actor=clerk)


def paper_of_a_change():
    """The paper of that draft: it begins with the words of the last change, and shows what differs from them."""
    clerk, old = person("zeimu-tanto"), Paper.objects.get(layout_code="paper-outsourcing-change")
    layout = SheetLayout.objects.get(code=old.layout_code)
    return papers.create_paper(outsourcing_change(), layout=layout, copy_of=old, token=uuid.uuid4(), actor=clerk)


def send_to_the_office(record, section="shuno"):
    """Carry a filled draft past its head; `section` is how the section's accounts begin."""
    steps.request_approval(record.proposal, actor=person(f"{section}-tanto"))
    steps.approve_proposal(record.proposal, actor=person(f"{section}-kacho"))


def submitted_use():
    """The school's 目的外利用記録票, filled and submitted: the schools may answer."""
    use = use_draft()
    schools = Department.objects.get(name="区立中学校")
    values = FILLED_USE | {"providing_department": schools}
    drafting.edit_record(use, values=values, lock=use.lock, actor=person("shien-tanto"))
    send_to_the_office(use, "shien")
    return use


def activity_draft(name, state="draft"):
    """A new business of 収納課, drafted or submitted."""
    clerk = person("shuno-tanto")
    version = registry.create_activity(
        department=Department.objects.get(name="収納課"),
        values={
            "name": name,
            "purpose": "滞納整理を行うため",
            "subjects": "滞納者",
            "responsible": "区民部収納課長",
            "item_kinds": ["family_register"],
        },
        token=uuid.uuid4(),
        actor=clerk,
    )
    return registry.submit_activity(version, actor=clerk) if state == "submitted" else version


def sheet_draft(kind, **values):
    """A sheet of any kind in a draft of 収納課."""
    clerk = person("shuno-tanto")
    department = Department.objects.get(name="収納課")
    proposal = drafting.create_proposal(
        title=f"見本：{kind.label}", department=department, token=uuid.uuid4(), actor=clerk
    )
    (record,) = drafting.add_records(
        proposal, kind=kind, activities=businesses(["軽自動車税に関する業務"]), token=uuid.uuid4(), actor=clerk
    )
    return drafting.edit_record(record, values=values, lock=record.lock, actor=clerk) if values else record


def provision_in_force():
    """An 外部提供 of 収納課 that the office has taken note of (届出)."""
    record = sheet_draft(
        PROVISION, **PROVISION_VALUES | UNDER_THE_ACT["provision"] | {"continuing_clause": "毎年度続ける。"}
    )
    send_to_the_office(record)
    settling.accept_proposal(record.proposal, actor=person("kokai-tanto"))
    record.refresh_from_db()
    return record


# 資料３ of January 2013: what was outsourced before 「追加する業務」 (council-minutes-2013-01-17).
WINDOW_WORK = """(1)原動機付自転車および小型特殊自動車（以下「原動機付自転車等」という。」の申告書等の処理（窓口・郵送）
(2)課税物件異動通知書処理
(3)軽自動車税納税証明書発行（窓口・郵送）
(4)軽自動車および二輪の小型自動車の申告書処理
(5)電話案内（軽自動車税の証明書発行についての案内）
(6)他業務への案内"""


def outsourcing_in_force():
    """An outsourcing of 税務課 that the council has decided, with the work of 資料３ and its paper (見本)."""
    clerk, department = person("zeimu-tanto"), Department.objects.get(name="税務課")
    title = "見本：軽自動車税に関する業務に係る外部委託について"
    proposal = drafting.create_proposal(title=title, department=department, token=uuid.uuid4(), actor=clerk)
    (record,) = drafting.add_records(
        proposal, kind=OUTSOURCING, activities=businesses(["軽自動車税に関する業務"]), token=uuid.uuid4(), actor=clerk
    )
    # The demo ward's own outsourcing has another 件名: two in force for the same pair are refused.
    values = OUTSOURCING_VALUES | {"subject": "軽自動車税窓口事務委託", "work": WINDOW_WORK}
    drafting.edit_record(record, values=values, lock=record.lock, actor=clerk)
    send_to_the_office(record, "zeimu")
    routes = {record: Route.CONSULTATION}
    settling.accept_proposal(proposal, actor=person("kokai-tanto"), routes=routes)
    today = timezone.localdate()
    settling.decide_proposal(proposal, council_date=today, consultation_number="10", actor=person("kokai-tanto"))
    record.refresh_from_db()
    return record
