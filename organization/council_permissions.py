"""権限表の中身（審議会）: the secretariat and the office keep the meetings; all staff may read them."""

from organization.grants import STAFF, Grant, Rule, own, ward
from organization.models.users import Role

PREPARING = "preparing"
CONVENED = "convened"
OPEN = "open"
CLOSED = "closed"
CANCELLED = "cancelled"
BEFORE = [PREPARING, CONVENED]

KEEPERS = [Role.SECRETARIAT, Role.OFFICE, Role.SYSTEM]


def keepers(*states: str) -> dict[Role, Grant]:
    """What the secretariat, the office and the system may, in `states` (else in all)."""
    return {role: ward(*states) for role in KEEPERS}


_READ = {role: Grant() for role in [*STAFF, Role.SYSTEM]}

MEETINGS = {
    "view_meeting": Rule("会議を見る", _READ),
    "meeting_list": Rule("会議の一覧", _READ),
    "create_meeting": Rule("会議の登録", keepers()),
    "edit_meeting": Rule("会議の編集", keepers(*BEFORE, OPEN, CLOSED)),
    "convene_meeting": Rule("会議の招集（開催通知）", keepers(*BEFORE)),
    "print_convocation": Rule("開催通知の印刷", _READ),
    "open_meeting": Rule("開会", keepers(*BEFORE)),
    "close_meeting": Rule("閉会", keepers(OPEN)),
    "cancel_meeting": Rule("会議の中止", keepers(*BEFORE), needs_reason=True),
}

MEMBERS = {
    "member_list": Rule("委員の名簿", _READ),
    "begin_term": Rule("期の登録", keepers()),
    "appoint_member": Rule("委員の委嘱", keepers()),
    "edit_appointment": Rule("委嘱の編集", keepers()),
    "view_member": Rule("委員を見る", _READ),
    "hold_office": Rule("役職の就任", keepers()),
    "edit_office": Rule("役職の編集", keepers()),
    "remove_office": Rule("役職の取消し", keepers()),
}

# 出欠: before and during the meeting; afterwards what was wrong is put right in the same place.
ATTENDANCE = {
    "meeting_attendance": Rule("出欠を見る", _READ),
    "call_members": Rule("名簿の読込み", keepers(*BEFORE, OPEN)),
    "record_presence": Rule("出席の記入", keepers(*BEFORE, OPEN, CLOSED)),
    "take_chair": Rule("議長の記入", keepers(*BEFORE, OPEN, CLOSED)),
    "remove_chairing": Rule("議長の記入の取消し", keepers(*BEFORE, OPEN, CLOSED)),
    "name_ward_side": Rule("区側の出席者の記入", keepers(*BEFORE, OPEN, CLOSED)),
}

AGENDA = {
    "arrange_agenda": Rule("次第の編成", keepers(*BEFORE, OPEN)),
    "add_agenda_block": Rule("区分の追加", keepers(*BEFORE, OPEN)),
    "edit_agenda_block": Rule("区分の編集", keepers(*BEFORE, OPEN)),
    "add_agenda_item": Rule("議題の追加", keepers(*BEFORE, OPEN)),
    "put_on_agenda": Rule("案件の付議", keepers(*BEFORE, OPEN)),
    "edit_agenda_item": Rule("議題の編集", keepers(*BEFORE, OPEN)),
    "remove_agenda_item": Rule("議題の取りやめ", keepers(*BEFORE, OPEN)),
    "number_consultation": Rule("諮問番号の付番", keepers(*BEFORE, OPEN)),
    "correct_consultation_number": Rule("諮問番号の訂正", keepers(*BEFORE, OPEN), needs_reason=True),
    "view_agenda": Rule("次第を見る", _READ),
    "print_agenda": Rule("次第の印刷", _READ),
}

MEETING_PAPERS = {
    "meeting_papers": Rule("会議資料の一覧", _READ),
    "add_meeting_paper": Rule("会議資料の追加", keepers(*BEFORE, OPEN)),
    "number_file_papers": Rule("案件の資料の付番", keepers(*BEFORE, OPEN)),
    "edit_meeting_paper": Rule("会議資料の編集", keepers(*BEFORE, OPEN)),
    "remove_meeting_paper": Rule("会議資料の取りやめ", keepers(*BEFORE, OPEN)),
    "attach_to_paper": Rule("会議資料の添付", keepers(*BEFORE, OPEN)),
    "remove_paper_attachment": Rule("会議資料の添付の取りやめ", keepers(*BEFORE, OPEN)),
    "print_meeting_paper": Rule("会議資料の印刷", _READ),
    "print_packet": Rule("資料一式の印刷", _READ),
    "distribute_papers": Rule("会議資料の配布", keepers(*BEFORE, OPEN, CLOSED)),
}

# The meeting itself: what is dealt with, how it was voted on, what came of it.
RUNNING = {
    "run_meeting": Rule("会議の進行", {**keepers(), Role.AUDITOR: ward()}),
    "begin_items": Rule("審議中の議題の記入", keepers(OPEN)),
    "record_outcome": Rule("採決・結果の記入", keepers(OPEN, CLOSED)),
    "view_outcome": Rule("結果を見る", _READ),
    "undo_outcome": Rule("結果の訂正", keepers(OPEN, CLOSED), needs_reason=True),
}

DRAFT = "draft"
CHECKING = "checking"
SETTLED = "settled"
PUBLISHED = "published"

# What is still being written is the secretariat's; what is settled, everybody's.
_READ_MINUTES = {
    **{role: ward(SETTLED, PUBLISHED) for role in STAFF},
    **{role: ward() for role in [*KEEPERS, Role.AUDITOR]},
}

MINUTES = {
    "meeting_minutes": Rule("会議の要録", _READ),
    "begin_minutes": Rule("会議要録の作成", keepers(OPEN, CLOSED)),
    "import_minutes": Rule("会議要録の取込み", keepers()),
    "confirm_minutes_import": Rule("会議要録の取込みの確認", keepers()),
    "view_minutes": Rule("会議要録を見る", _READ_MINUTES),
    "print_minutes": Rule("会議要録の印刷", _READ_MINUTES),
    "view_utterance": Rule("発言を見る", _READ_MINUTES),
    "edit_minutes": Rule("会議要録の見出しの編集", keepers(DRAFT, CHECKING)),
    "add_utterance": Rule("発言の追加", keepers(DRAFT, CHECKING)),
    "edit_utterance": Rule("発言の編集", keepers(DRAFT, CHECKING)),
    "move_utterance": Rule("発言の並べかえ", keepers(DRAFT, CHECKING)),
    "remove_utterance": Rule("発言の削除", keepers(DRAFT, CHECKING)),
    "send_minutes": Rule("会議要録を確認に回す", keepers(DRAFT)),
    "settle_minutes": Rule("会議要録の確定", keepers(CHECKING)),
    "publish_minutes": Rule("会議要録の公開", keepers(SETTLED)),
    "return_minutes": Rule("会議要録を案にもどす", keepers(CHECKING, SETTLED, PUBLISHED), needs_reason=True),
}

# The department that owes the answer writes it; the secretariat may in its place.
FOLLOW_UPS = {
    "view_followup": Rule("要望・宿題を見る", _READ),
    "followup_list": Rule("要望・宿題の一覧", _READ),
    "create_followup": Rule("要望・宿題の登録", keepers(OPEN, CLOSED)),
    "edit_followup": Rule("要望・宿題の編集", keepers("open")),
    "answer_followup": Rule(
        "要望・宿題への回答",
        {Role.CLERK: own("open", "answered"), Role.HEAD: own("open", "answered"), **keepers("open", "answered")},
    ),
    "report_followup": Rule("要望・宿題の報告", keepers("answered")),
    "drop_followup": Rule("要望・宿題に対応しない", keepers("open", "answered"), needs_reason=True),
}

PRECEDENTS = {
    "precedent_list": Rule("審議会の先例", _READ),
    "similar_consultations": Rule("似た諮問", _READ),
}

AMENDMENTS = {
    "amendment_list": Rule("条例改正の一覧", _READ),
    "view_amendment": Rule("条例改正を見る", _READ),
    "print_amendment": Rule("条例改正の印刷", _READ),
    "create_amendment": Rule("条例改正の登録", keepers()),
    "edit_amendment": Rule("条例改正の編集", keepers("draft")),
    "enact_amendment": Rule("条例改正の公布", keepers("draft")),
    "correct_enactment": Rule("条例改正の公布日・施行日の訂正", keepers("enacted"), needs_reason=True),
    "file_amendment": Rule("条例改正の届出", keepers("enacted")),
}

COUNCILS: dict[str, Rule] = {
    **MEETINGS,
    **MEMBERS,
    **ATTENDANCE,
    **AGENDA,
    **MEETING_PAPERS,
    **RUNNING,
    **MINUTES,
    **FOLLOW_UPS,
    **AMENDMENTS,
    **PRECEDENTS,
}
