"""Every page of the application in a state in which somebody can open it.

The names come from the resolver (test_every_page.py compares): a new page is opened here or excused with a reason.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from councils.models import Amendment, Appointment, FollowUp, Minutes
from councils.services.agenda import add_block, add_item, give_number
from councils.services.follow_ups import answer_followup
from councils.services.members import hold_office
from councils.services.minutes import begin_minutes, send_minutes
from councils.services.papers import add_paper
from councils.services.utterances import add_utterance
from exchange import registers
from exchange.applying import check_run
from exchange.services import begin_import
from file_register.scans import attach_file_scan
from file_register.services import remove_file_entry
from history.writing import SYSTEM
from incidents.models import Incident
from notices.models import Job
from notices.services import tell
from organization import rules
from organization.models import Assignment, Department
from records.kinds import KINDS, LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION
from records.models import (
    LinkageVersion,
    OutOfPurposeUseVersion,
    OutsourcingVersion,
    Paper,
    PaperAttachment,
    Partner,
    Party,
    Proposal,
    Survey,
)
from records.services import record_ends, steps, surveying
from records.services.inquiries import Participant, answer_inquiry, ask_inquiry
from records.services.supervision import add_supervision
from registry.models import ActivityVersion
from registry.scans import attach_activity_scan
from tests.councils.factories import an_amendment
from tests.councils.sittings import sitting, told
from tests.e2e.councils import a_meeting
from tests.e2e.drafts import (
    FILLED,
    activity_draft,
    checklist_draft,
    collection_draft,
    person,
    provision_in_force,
    send_to_the_office,
    sheet_draft,
    submitted_use,
    use_draft,
)
from tests.exchange.conftest import table as register_file
from tests.file_register.factories import counted, file_draft, published, registered_file, submitted_file
from tests.incidents.factories import reported

EXCUSED = {
    "logout": "answers a POST and leads to the sign-in page",
    "date_echo": "a fragment beside a field; the pages with dates are opened with theirs",
    "autosave_record": "a fragment: the sheet of the editor",
    "discard_buffer": "answers a POST and leads back to the editor",
    "remove_record": "answers a POST and leads to the file",
    "print_record": "a PDF",
    "autosave_paper": "a fragment: the sheet of the editor",
    "discard_paper_buffer": "answers a POST and leads back to the editor",
    "close_inquiry": "answers a POST and leads to the thread",
    "remove_paper": "answers a POST and leads to the file",
    "print_paper": "a PDF",
    "answer_check": "answers a POST and leads to the checks",
    "take_back_answer": "answers a POST and leads to the checks",
    "print_checklist": "a PDF",
    "export_paper": "a file for Word",
    "export_filing_word": "a file for Word",
    "export_filing_text": "a text file",
    "print_activity": "a PDF",
    "print_file_entry": "a PDF",
    "print_activities": "answers a POST with a PDF; its question is opened by test_batch_print.py",
    "print_file_entries": "as print_activities",
    "download_file": "a file as it was stored",
    "restart_job": "answers a POST and leads to the job",
    "check_import": "answers a POST and leads to what the file would do",
    "confirm_import": "answers a POST and leads to what the file has done",
    "cancel_import": "answers a POST and leads to the list",
    "import_errors": "a CSV",
    "read_notice": "answers a POST and leads to what the notice tells of",
    "read_all_notices": "answers a POST and leads to the list",
    "print_survey_sheet": "a PDF",
    "print_impact": "a PDF",
    "begin_items": "answers a POST and leads to the running of the meeting",
    "undo_outcome": "tests/councils/test_running_pages.py opens it",
    "print_convocation": "a PDF",
    "open_meeting": "answers a POST and leads to the running of the meeting",
    "close_meeting": "tests/councils/test_meeting_pages.py opens it",
    "call_members": "answers a POST and leads to the attendance",
    "record_presence": "the attendance's form, refused: tests/councils/test_attendance_pages.py",
    "accept_incident": "answers a POST and leads to the case",
    "close_incident": "answers a POST and leads to the case",
    "own_attachment": "answers a POST and leads to the attachment",
    "remove_office": "answers a POST and leads to the member",
    "remove_chairing": "answers a POST and leads to the attendance",
    "number_file_papers": "answers a POST and leads to the papers",
    "remove_meeting_paper": "answers a POST and leads to the papers",
    "remove_paper_attachment": "answers a POST and leads to the papers",
    "print_meeting_paper": "a PDF",
    "print_packet": "a PDF",
    "distribute_papers": "the papers' page, refused: tests/councils/test_paper_pages.py",
    "begin_minutes": "answers a POST and leads to the 要録",
    "print_minutes": "a PDF",
    "move_utterance": "answers a POST and leads to the 要録",
    "remove_utterance": "answers a POST and leads to the 要録",
    "send_minutes": "answers a POST and leads to the 要録",
    "publish_minutes": "answers a POST and leads to the 要録",
    "arrange_agenda": "answers a POST and leads to the board",
    "print_agenda": "a PDF",
    "public_entry_pdf": "a PDF",
    "public_minutes_pdf": "a PDF",
    "print_amendment": "a PDF",
    "enact_amendment": "tests/councils/test_amendments.py opens it",
    "public_entry_json": "JSON, no page",
    "public_register_json": "JSON, no page",
    "public_register_csv": "CSV, no page",
    "public_schema": "JSON, no page",
    "public_feed": "Atom, no page",
}


@dataclass(frozen=True)
class Page:
    """A page: its URL name, who opens it, with which arguments and query."""

    name: str
    username: str
    arguments: list = field(default_factory=list)
    query: str = ""

    @property
    def address(self):
        """Path and query."""
        return reverse(self.name, args=self.arguments) + self.query


def names_of_the_resolver():
    """The URL names of the application, without the admin's."""
    return {pattern.name for pattern in _patterns(get_resolver().url_patterns)}


def _patterns(entries):
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        elif entry.namespace is None:
            yield from _patterns(entry.url_patterns)


def everything():
    """All pages of the application; what they need is written first."""
    return [page for part in PARTS for page in part()]


def frame():
    """Sign-in, first pages, password, lists."""
    lists = ["activity_list", "proposal_list", *(kind.list_page for kind in KINDS.values()), "partner_list"]
    return [
        Page("login", ""),
        Page("home", "kokai-tanto"),
        Page("home", "kansa"),
        Page("search", "kansa"),
        Page("search", "shuno-tanto", query="?q=業務 課"),
        Page("search", "shuno-tanto", query="?q=該当なし"),
        Page("password_change", "shuno-tanto"),
        Page("password_change_done", "shuno-tanto"),
        *[Page(name, "kokai-tanto") for name in lists],
        Page("registration_status", "kansa"),
        Page("linkage_list", "kansa", query="?as_of=H1.1.7"),
        Page("out_of_purpose_list", "kansa", query="?as_of=R3.12.1"),
        Page("proposal_list", "shuno-tanto", query="?status=accepted"),
    ]


def organization():
    """組織と担当: read by the office, changed by the administrator."""
    collection = Department.objects.get(name="収納課")
    head = Assignment.objects.get(user__username="shuno-kacho")
    return [
        *[Page(name, username) for name in ("department_list", "people_list") for username in ("kokai-tanto", "kanri")],
        Page("view_department", "kokai-tanto", [collection.pk]),
        Page("reorganize", "kanri", query=f"?before={collection.pk}"),
        Page("hand_over", "kanri", query=f"?user={head.user_id}"),
        Page("stand_in", "kanri", query=f"?charge={head.pk}"),
    ]


def scanned(attach, version):
    """A scan that hangs on this version."""
    out = BytesIO()
    Image.new("L", (60, 80), "white").save(out, "PNG")
    return attach(version, name="登録票の写し.png", content=out.getvalue(), actor=person("kokai-tanto")).pk


def activities():
    """業務登録, with its steps."""
    registered = ActivityVersion.objects.get(name="特別区民税・都民税に関する業務")
    draft, sent = activity_draft("滞納整理に関する業務"), activity_draft("納付相談に関する業務", "submitted")
    return [
        Page("create_activity", "shuno-tanto"),
        Page("view_activity", "kokai-tanto", [registered.activity_id]),
        Page("activity_history", "kansa", [registered.activity_id]),
        Page("edit_activity", "shuno-tanto", [draft.pk]),
        Page("submit_activity", "shuno-tanto", [draft.pk]),
        Page("return_activity", "kokai-tanto", [sent.pk]),
        Page("register_activity", "kokai-tanto", [sent.pk]),
        Page("withdraw_activity", "shuno-tanto", [draft.pk]),
        Page("revise_activity", "shuno-tanto", [registered.pk]),
        Page("edit_collecting_forms", "shuno-tanto", [draft.pk]),
        Page("abolish_activity", "kokai-tanto", [registered.pk]),
        Page("view_impact", "kansa", ["activity", registered.activity_id]),
        Page("view_impact", "shuno-tanto", ["department", registered.department_id], query="?as_of=R4.6.30"),
        Page("attach_activity_scan", "shuno-tanto", [draft.pk]),
        Page("remove_activity_scan", "kokai-tanto", [scanned(attach_activity_scan, registered)]),
    ]


def files():
    """個人情報ファイル, with its counts, its steps and its place in the public register."""
    collection = Department.objects.get(name="収納課")
    draft, sent = file_draft(collection), submitted_file(collection)
    held = counted(registered_file(collection), "1,200人")
    out = counted(registered_file(collection), "1,500人")
    published(out)
    of_the_file = ["view_personalfile", "personal_file_history", "count_personal_file", "publish_file_entry"]
    return [
        Page("personal_file_list", "kansa"),
        Page("create_personal_file", "shuno-tanto"),
        *[Page(name, "kokai-tanto", [held.file_id]) for name in of_the_file],
        Page("view_impact", "shuno-tanto", ["file", held.file_id]),
        Page("correct_file_count", "kokai-tanto", [held.file_id, held.file.counts.get().pk]),
        Page("correct_file_entry", "kokai-tanto", [out.file_id]),
        Page("remove_file_entry", "kokai-tanto", [out.file_id]),
        Page("correct_entry_days", "kokai-tanto", [out.file_id, out.file.public_entries.get().pk]),
        Page("edit_personal_file", "shuno-tanto", [draft.pk]),
        Page("submit_personal_file", "shuno-tanto", [draft.pk]),
        Page("return_personal_file", "kokai-tanto", [sent.pk]),
        Page("register_personal_file", "kokai-tanto", [sent.pk]),
        Page("withdraw_personal_file", "kokai-tanto", [sent.pk]),
        Page("revise_personal_file", "shuno-tanto", [held.pk]),
        Page("abolish_personal_file", "kokai-tanto", [held.pk]),
        Page("attach_file_scan", "kokai-tanto", [held.pk]),
        Page("remove_file_scan", "kokai-tanto", [scanned(attach_file_scan, held)]),
        Page("rename_file_section", "kokai-tanto", [held.pk]),
    ]


def drafts():
    """A draft and its editors."""
    draft = collection_draft(["軽自動車税に関する業務"])
    of_the_file = ["view_proposal", "edit_proposal", "add_record", "request_approval", "withdraw_proposal"]
    of_the_file += ["proposal_checks"]
    return [
        Page("home", "shuno-tanto"),
        Page("create_proposal", "shuno-tanto"),
        *[Page(name, "shuno-tanto", [draft.proposal_id]) for name in of_the_file],
        Page("submit_proposal", "shuno-kacho", [draft.proposal_id]),
        Page("edit_record", "shuno-tanto", [LINKAGE, draft.pk]),
        Page("edit_record", "shien-tanto", [OUT_OF_PURPOSE, use_draft().pk]),
        *[Page("edit_record", "shuno-tanto", [kind, sheet_draft(kind).pk]) for kind in (OUTSOURCING, PROVISION)],
    ]


def papers():
    """資料 of a draft, with what belongs to it; an attachment that a decided file shares with another."""
    draft = Paper.objects.get(proposal__status="draft", layout_code="paper-linkage")
    attached = draft.attachments.in_use().first()
    shared = PaperAttachment.objects.in_use().filter(is_omitted=True).first()
    listed = checklist_draft()
    decided = Paper.objects.filter(proposal__status__in=["decided", "reported", "notified"]).first()
    return [
        Page("create_paper", "koseki-tanto", [draft.proposal_id]),
        Page("edit_paper", "koseki-tanto", [draft.pk]),
        Page("attach_policies", "koseki-tanto", [draft.pk]),
        Page("proposal_checks", "koseki-tanto", [draft.proposal_id]),
        Page("correct_paper", "kokai-tanto", [decided.pk]),
        Page("edit_attachment", "koseki-tanto", [attached.attachment_id]),
        Page("view_paper", "zeimu-kacho", [shared.paper_id]),
        Page("view_attachment", "zeimu-tanto", [shared.attachment_id]),
        Page("edit_paper", "shuno-tanto", [listed.paper_id]),
        Page("view_checklist", "shuno-tanto", [listed.pk]),
        Page("edit_checklist", "shuno-tanto", [listed.pk]),
    ]


def on_the_way():
    """Files that wait for a head, for the office, for a providing department."""
    waiting = collection_draft(["国民健康保険に関する業務"], **FILLED)
    steps.request_approval(waiting.proposal, actor=person("shuno-tanto"))
    sent = collection_draft(["特別区民税・都民税に関する業務"], **FILLED)
    send_to_the_office(sent)
    use = submitted_use()
    return [
        Page("approve_proposal", "shuno-kacho", [waiting.proposal_id]),
        Page("send_back_proposal", "shuno-kacho", [waiting.proposal_id]),
        Page("return_proposal", "kokai-tanto", [sent.proposal_id]),
        Page("accept_proposal", "kokai-tanto", [sent.proposal_id]),
        Page("proposal_checks", "kokai-tanto", [sent.proposal_id]),
        Page("home", "chugaku-tanto"),
        Page("view_proposal", "chugaku-tanto", [use.proposal_id]),
        Page("confirm_provision", "chugaku-tanto", [use.pk]),
        Page("object_to_provision", "chugaku-tanto", [use.pk]),
    ]


def asked():
    """照会: a question on a file at the office, and its thread."""
    record = collection_draft(["特別区民税・都民税に関する業務"], **FILLED)
    send_to_the_office(record)
    sent = Proposal.objects.get(pk=record.proposal_id)
    department, it = Participant(Party.DEPARTMENT), Participant(Party.IT)
    question = {"text": "送受信の回線は、どの区間が専用ですか。", "actor": person("kokai-tanto")}
    thread = ask_inquiry(sent, asked=department, token=uuid.uuid4(), **question)
    to_it = ask_inquiry(sent, asked=it, token=uuid.uuid4(), **question)
    clerk = sent.department.assignments.filter(role="clerk").first().user
    done = answer_inquiry(
        ask_inquiry(sent, asked=department, token=uuid.uuid4(), **question),
        text="庁内の区間です。", token=uuid.uuid4(), actor=clerk,
    )  # fmt: skip
    return [
        Page("ask_inquiry", "kokai-tanto", [sent.pk]),
        Page("number_proposal", "kokai-tanto", [sent.pk]),
        Page("filing_text", "kansa", [sent.pk]),
        Page("view_inquiry", clerk.username, [thread.pk]),
        Page("answer_inquiry", clerk.username, [thread.pk]),
        Page("view_inquiry", "kansa", [to_it.pk]),
        Page("ask_again", "kokai-tanto", [done.pk]),
        Page("view_proposal", "kokai-tanto", [sent.pk]),
    ]


def partners():
    """相手方の台帳 and 事前一括承認基準."""
    partner = Partner.objects.first()
    return [
        Page("create_partner", "shuno-tanto"),
        Page("view_partner", "kansa", [partner.pk]),
        Page("edit_partner", "kokai-tanto", [partner.pk]),
        Page("criterion_list", "kansa", query="?as_of=R4.1.24"),
        Page("criterion_list", "shuno-tanto"),
    ]


def in_force():
    """Accepted and decided files, records in force, what may follow them."""
    decided = LinkageVersion.objects.get(status="decided")
    use = OutOfPurposeUseVersion.objects.filter(status="accepted", valid_to__isnull=True).get()
    consulted = Proposal.objects.filter(status="accepted", linkageversions__isnull=False).first()
    return [
        Page("view_proposal", "kansa", [consulted.pk]),
        Page("proposal_history", "kansa", [consulted.pk]),
        Page("decide_proposal", "kokai-tanto", [consulted.pk]),
        Page("reject_proposal", "kokai-tanto", [consulted.pk]),
        Page("undo_decision", "kokai-tanto", [decided.proposal_id]),
        Page("report_proposal", "kokai-tanto", [use.proposal_id]),
        Page("view_linkageversion", "kansa", [decided.pk]),
        Page("view_impact", "shuno-tanto", ["partner", decided.pk], query="?as_of=R4.6.30"),
        Page("view_outofpurposeuseversion", "shingikai", [use.pk]),
        Page("view_outsourcingversion", "kansa", [OutsourcingVersion.objects.latest("pk").pk]),
        Page("view_provisionversion", "kansa", [provision_in_force().pk]),
        Page("revise_record", "hoiku-tanto", [LINKAGE, decided.pk]),
        Page("correct_record", "kokai-tanto", [LINKAGE, decided.pk]),
        *supervised(decided),
        Page("answer_ending", "hoiku-tanto", [LINKAGE, decided.pk]),
        Page("correct_record", "kokai-tanto", [OUT_OF_PURPOSE, use.pk]),
    ]


def supervised(record):
    """監督の記録 of a linkage in force."""
    values = {"kind": "log_check", "on": timezone.localdate(), "by_whom": "係長", "text": "不審な操作はない。"}
    entry = add_supervision(record, values=values, token=uuid.uuid4(), actor=SYSTEM)
    return [
        Page("supervision", "kansa", [LINKAGE, record.pk]),
        Page("supervision", "kokai-tanto", [LINKAGE, record.pk]),
        Page("add_supervision", "hoiku-tanto", [LINKAGE, record.pk]),
        Page("correct_supervision", "hoiku-tanto", [entry.pk]),
        Page("supervision_list", "kokai-tanto"),
    ]


def endings():
    """終了 and 前回の案件から: what follows on a record in force and on an earlier file."""
    decided = LinkageVersion.objects.get(status="decided")
    clerk, business = person("hoiku-tanto"), decided.activity.versions.get(valid_from__isnull=False)
    filed = record_ends.end_record(
        decided, title="終了", ends_on=date(2099, 3, 31), reason="委託の終了", token=uuid.uuid4(), actor=clerk
    )
    (end,) = filed.records()
    return [
        Page("end_record", "hoiku-tanto", [LINKAGE, decided.pk]),
        Page("edit_end", "hoiku-tanto", [LINKAGE, end.pk]),
        Page("view_proposal", "hoiku-tanto", [filed.pk]),
        Page("end_activity_records", "kokai-tanto", [business.pk]),
        Page("copy_proposal", "hoiku-tanto", [decided.proposal_id]),
    ]


def surveys():
    """状況調査: one that is over and one under way, at the office and in a department."""
    past, day = Survey.objects.get(), timezone.localdate()
    under_way = surveying.open_survey(year=2022, due_on=day, token=uuid.uuid4(), actor=SYSTEM, on=day)
    sheet, answered = under_way.sheets.get(), past.sheets.get(department__name="健康推進課")
    of_the_survey = ["view_survey", "refresh_survey", "remind_survey", "close_survey", "move_survey_due"]
    return [
        Page("survey_list", "kokai-tanto"),
        Page("open_survey", "kokai-tanto"),
        Page("view_survey", "kansa", [past.pk]),
        Page("survey_row_list", "kokai-tanto", [past.pk]),
        Page("reopen_survey", "kokai-tanto", [past.pk]),
        *[Page(name, "kokai-tanto", [under_way.pk]) for name in of_the_survey],
        Page("survey_sheet_list", "suishin-tanto"),
        Page("view_surveysheet", "suishin-tanto", [sheet.pk]),
        Page("answer_survey", "suishin-tanto", [sheet.pk]),
        Page("submit_survey", "suishin-tanto", [sheet.pk]),
        Page("view_surveysheet", "kokai-tanto", [answered.pk]),
        Page("return_survey", "kokai-tanto", [answered.pk]),
    ]


def imports():
    """取込み: the upload, a file with errors, one that may come in, one that cannot be read."""
    office = person("kokai-tanto")
    right, wrong = ("1309-01", "新しい業務", "収納課", "R3.4.1"), ("1309-02", "別の業務", "収能課", "R3.2.30")
    tables = [
        register_file(right),
        register_file(right, wrong),
        register_file(right[:2], header=["業務登録番号", "業務の名称"]),
    ]
    runs = [begin_import(registers.get("registry"), name="台帳.csv", content=each, actor=office) for each in tables]
    for run in runs:
        check_run(run, actor=office, today=timezone.localdate())
    return [
        Page("import_list", "kokai-tanto"),
        Page("import_register", "kokai-tanto", ["registry"]),
        *[Page("import_register", "kanri", [code]) for code in ("files", "departments", "users")],
        *[Page("view_import", "kokai-tanto", [run.pk]) for run in runs],
    ]


def notices():
    """処理の状況 and お知らせ."""
    clerk = person("shuno-tanto")
    waiting = Job.objects.create(owner=clerk, kind="trial", title="業務登録の取込み")
    ended = Job.objects.create(
        owner=clerk, kind="trial", title="業務登録票の印刷", state="done", done=2, total=2, finished_at=timezone.now(),
        failures=[{"item": "0119-01", "reason": "様式の版がありません"}], result_url="/", message="1件を印刷しました。",
    )  # fmt: skip
    tell(clerk, "「業務登録票の印刷」が終わりました。", reverse("view_job", args=[ended.pk]))
    return [
        *[Page(name, "shuno-tanto") for name in ("job_list", "notice_list")],
        *[Page("view_job", "shuno-tanto", [job.pk]) for job in (waiting, ended)],
    ]


def of_the_admin():
    """The admin's first page, and list, entry form and history of each table that it shows."""
    found = [Page("admin:index", "kanri")]
    for model, table in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        # Files and surveys are no business of the administrator.
        reader = "kanri" if rules.may(person("kanri"), table.view_action) else "kokai-tanto"
        found.append(Page(f"{name}_changelist", reader))
        rows = model.objects.all()
        if table.view_action != "admin":
            rows = rules.permitted(rows, person(reader), table.view_action)
        if rows.exists():
            found += [Page(f"{name}_{page}", reader, [rows.first().pk]) for page in ("change", "history")]
    return found


def published_registers():
    """The pages for everybody: lists, an entry of each kind, one that was removed, search."""
    collection = Department.objects.get(name="収納課")
    entry = published(registered_file(collection))
    removed = published(registered_file(collection, name="消除したファイル"))
    remove_file_entry(removed.file, on=removed.published_on, reason="保有をやめた", actor=SYSTEM)
    activity = ActivityVersion.objects.get(name="特別区民税・都民税に関する業務").activity
    return [
        Page("public_front", ""),
        Page("public_open_data", ""),
        Page("public_search", ""),
        Page("public_search", "", query="?q=税"),
        *[Page("public_register", "", [code]) for code in ("files", "ordinance-files", "activities")],
        Page("public_register", "", ["files"], query="?as_of=きのう&organ=区長"),
        Page("public_entry", "", ["files", entry.file.token]),
        Page("public_entry", "", ["files", removed.file.token]),
        Page("public_entry", "kokai-tanto", ["activities", activity.token]),
    ]


def council():
    """審議会: a meeting with its agenda."""
    meeting = a_meeting()
    asked = add_block(meeting, kind="consultation", actor=SYSTEM)
    add_block(meeting, kind="report", actor=SYSTEM)
    seat = Appointment.objects.first()
    chair = hold_office(seat, office="chair", actor=SYSTEM)
    first, second = (add_item(asked, title=f"諮問する件{place}", actor=SYSTEM) for place in (1, 2))
    give_number(first, number=8, actor=SYSTEM)
    of_the_meeting = [
        "view_meeting",
        "run_meeting",
        "view_agenda",
        "add_agenda_block",
        "add_agenda_item",
        "put_on_agenda",
        "edit_meeting",
        "convene_meeting",
        "cancel_meeting",
        "meeting_attendance",
        "take_chair",
        "name_ward_side",
        "meeting_minutes",
        "meeting_papers",
        "add_meeting_paper",
    ]
    return [
        Page("meeting_list", "shingikai"),
        Page("meeting_list", "shuno-tanto", query="?q=議題にない語"),
        Page("create_meeting", "shingikai"),
        Page("member_list", "shingikai"),
        Page("appoint_member", "shingikai"),
        Page("begin_term", "shingikai"),
        *[Page(name, "shingikai", [seat.pk]) for name in ("edit_appointment", "hold_office")],
        Page("view_member", "shingikai", [seat.member_id]),
        Page("edit_office", "shingikai", [chair.pk]),
        *[Page(name, "shingikai", [meeting.pk]) for name in of_the_meeting],
        Page("put_on_agenda", "shingikai", [meeting.pk], query="?kind=report"),
        Page("view_agenda", "shuno-tanto", [meeting.pk]),
        Page("home", "shingikai"),
        Page("edit_agenda_block", "shingikai", [asked.pk]),
        Page("edit_agenda_item", "shingikai", [first.pk]),
        Page("remove_agenda_item", "shingikai", [first.pk]),
        Page("correct_consultation_number", "shingikai", [first.pk]),
        Page("number_consultation", "shingikai", [second.pk]),
    ]


def incidents():
    """事故: those of the yearly table, and one that its department has just reported."""
    incident = reported(Department.objects.get(name="健康推進課"))
    closed = Incident.objects.exclude(pk=incident.pk).first()
    return [
        Page("incident_list", "kokai-tanto"),
        Page("incident_list", "suishin-tanto", query="?q=どこにもない言葉"),
        Page("report_incident", "suishin-tanto"),
        Page("view_incident", "kokai-tanto", [incident.pk]),
        Page("view_incident", "kansa", [closed.pk]),
        Page("edit_incident", "kokai-tanto", [incident.pk]),
        Page("cancel_incident", "kokai-tanto", [incident.pk]),
        Page("reopen_incident", "kokai-tanto", [closed.pk]),
    ]


def minutes():
    """会議要録: published, being checked, being written; and a file on its way in."""
    published = Minutes.objects.get()
    stored = published.imported_from
    enacted, drafted = Amendment.objects.get(), an_amendment()
    spoken = published.utterances.first()
    owed, other = FollowUp.objects.all()[:2]
    answered = answer_followup(other, answer="検討しました。", lock=other.lock, actor=SYSTEM)
    term = a_meeting().term
    held = sitting(term=term)
    paper = add_paper(told(held), title="監査について", text="１ 実施概要", actor=SYSTEM)
    written = begin_minutes(sitting(term=term), actor=SYSTEM)
    said = add_utterance(written, speaker="委員", text="（場所名？）について伺います。", actor=SYSTEM)
    checked = begin_minutes(sitting(term=term), actor=SYSTEM)
    add_utterance(checked, speaker="会長", text="開会します。", actor=SYSTEM)
    checked = send_minutes(checked, actor=SYSTEM)
    return [
        Page("public_minutes_list", "shingikai"),
        Page("followup_list", "shingikai"),
        Page("amendment_list", "shingikai"),
        Page("precedent_list", "shingikai", query="?q=守秘義務"),
        Page("similar_consultations", "zeimu-tanto", [published.meeting.items.get(consultation__number=9).proposal_id]),
        Page("create_amendment", "shingikai"),
        *[Page(f"{name}_amendment", "shingikai", [enacted.pk]) for name in ("view", "file")],
        Page("correct_enactment", "shingikai", [enacted.pk]),
        Page("edit_amendment", "shingikai", [drafted.pk]),
        Page("create_followup", "shingikai", [published.meeting_id], query=f"?utterance={spoken.pk}"),
        *[Page(f"{name}_followup", "shingikai", [owed.pk]) for name in ("view", "edit", "answer", "drop")],
        Page("report_followup", "shingikai", [answered.pk]),
        Page("public_minutes", "shingikai", [published.meeting.token]),
        Page("view_meeting", "shingikai", [published.meeting_id]),
        Page("meeting_attendance", "shingikai", [published.meeting_id]),
        Page("view_minutes", "shuno-tanto", [published.pk]),
        Page("meeting_papers", "shingikai", [published.meeting_id]),
        Page("edit_meeting_paper", "shingikai", [paper.pk]),
        Page("attach_to_paper", "shingikai", [paper.pk]),
        Page("view_minutes", "shingikai", [written.pk]),
        Page("edit_minutes", "shingikai", [written.pk]),
        Page("add_utterance", "shingikai", [written.pk], query=f"?after={said.pk}"),
        Page("edit_utterance", "shingikai", [said.pk]),
        Page("settle_minutes", "shingikai", [checked.pk]),
        Page("return_minutes", "shingikai", [checked.pk]),
        Page("import_minutes", "shingikai"),
        Page("confirm_minutes_import", "shingikai", [stored.pk]),
    ]


PARTS = [
    frame,
    organization,
    activities,
    files,
    drafts,
    papers,
    on_the_way,
    asked,
    partners,
    in_force,
    endings,
    surveys,
    imports,
    notices,
    published_registers,
    council,
    minutes,
    incidents,
]
