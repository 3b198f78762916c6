"""権限表の中身: action → {role: grant}. The code of an action is also its URL name and its name in the trail."""

from organization.council_permissions import COUNCILS
from organization.grants import ANY, DEPARTMENT, STAFF, Grant, Rule, Scope, own, page, ward
from organization.incident_permissions import INCIDENTS
from organization.models.users import Role

__all__ = ["ANY", "PUBLIC_PAGES", "PUBLISHED", "RULES", "Grant", "Rule", "Scope"]

DRAFT = "draft"
AWAITING_HEAD = "awaiting_head"
SUBMITTED = "submitted"
ACCEPTED = "accepted"
SCHEDULED = "scheduled"
REJECTED = "rejected"
WAITING = [ACCEPTED, SCHEDULED]
OPEN = [DRAFT, AWAITING_HEAD, SUBMITTED, *WAITING]
SETTLED = ["decided", "reported", "notified"]
LEFT_THE_DEPARTMENT = [SUBMITTED, *WAITING, *SETTLED, REJECTED, "withdrawn"]

PAGES = {
    "home": page("はじめの画面"),
    "date_echo": page("日付の読み取り"),
    "search": page("検索"),
    "password_change": page("パスワードの変更"),
    "password_change_done": page("パスワードの変更の完了"),
    "admin": page("基礎データの管理", Role.ADMIN, Role.OFFICE),
}

_SEE_ACTIVITY = {
    **{role: Grant(Scope.OWN_OR_SHARED) for role in [*DEPARTMENT, Role.IT, Role.SECRETARIAT, Role.ADMIN]},
    Role.OFFICE: ward(),
    Role.AUDITOR: ward(),
    Role.SYSTEM: ward(),
}
# The office takes no draft away from its department; what was submitted, it may.
_WITHDRAW = {
    Role.CLERK: own(DRAFT, SUBMITTED),
    Role.HEAD: own(DRAFT, SUBMITTED),
    Role.OFFICE: ward(SUBMITTED),
    Role.SYSTEM: ward(DRAFT, SUBMITTED),
}
REGISTRY = {
    "activity_list": page("業務登録の一覧"),
    "view_activity": Rule("業務登録を見る", _SEE_ACTIVITY),
    "view_activityversion": Rule("業務登録票を見る", _SEE_ACTIVITY),
    "activity_history": Rule("業務登録の履歴を見る", _SEE_ACTIVITY),
    "print_activity": Rule("業務登録票の印刷", _SEE_ACTIVITY),
    "print_activities": page("業務登録票のまとめた印刷"),
    "attach_activity_scan": Rule(
        "業務登録の写しの添付",
        {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward(), Role.SYSTEM: ward()},
    ),
    "remove_activity_scan": Rule(
        "業務登録の写しの取りはずし",
        {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward()},
        needs_reason=True,
    ),
    "registration_status": page("登録状況"),
    "view_impact": page("影響一覧"),
    "print_impact": page("影響一覧の印刷"),
    "create_activity": Rule(
        "業務登録の起案", {Role.CLERK: own(), Role.HEAD: own(), Role.OFFICE: ward(), Role.SYSTEM: ward()}
    ),
    "edit_activity": Rule("業務登録の編集", {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward(DRAFT)}),
    "edit_collecting_forms": Rule(
        "帳票の編集",
        {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward(DRAFT), Role.SYSTEM: ward(DRAFT)},
    ),
    "submit_activity": Rule(
        "業務登録の提出",
        {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward(DRAFT), Role.SYSTEM: ward(DRAFT)},
    ),
    "return_activity": Rule("業務登録の差戻し", {Role.OFFICE: ward(SUBMITTED)}, needs_reason=True),
    "withdraw_activity": Rule("業務登録の取下げ", _WITHDRAW, needs_reason=True),
    "register_activity": Rule("業務の登録", {Role.OFFICE: ward(SUBMITTED), Role.SYSTEM: ward(SUBMITTED)}),
    "revise_activity": Rule(
        "業務登録の変更の起案",
        {Role.CLERK: own("registered"), Role.HEAD: own("registered"), Role.OFFICE: ward("registered")},
        needs_reason=True,
    ),
    "abolish_activity": Rule(
        "業務の廃止", {Role.OFFICE: ward("registered"), Role.SYSTEM: ward("registered")}, needs_reason=True
    ),
}

_DRAFT_FILE = {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward(DRAFT), Role.SYSTEM: ward(DRAFT)}
_COUNT_FILE = {Role.CLERK: own(), Role.HEAD: own(), Role.OFFICE: ward(), Role.SYSTEM: ward()}
_PUBLISH_FILE = {Role.OFFICE: ward(), Role.SYSTEM: ward()}
# 個人情報ファイル is seen as 業務登録: registered ones by all staff.
FILES = {
    "personal_file_list": page("個人情報ファイルの一覧"),
    "view_personalfile": Rule("個人情報ファイルを見る", _SEE_ACTIVITY),
    "view_personalfileversion": Rule("個人情報ファイルの登録を見る", _SEE_ACTIVITY),
    "personal_file_history": Rule("個人情報ファイルの履歴を見る", _SEE_ACTIVITY),
    "print_file_entry": Rule("単票の印刷", _SEE_ACTIVITY),
    "print_file_entries": page("単票のまとめた印刷"),
    "attach_file_scan": Rule("個人情報ファイルの写しの添付", {**_DRAFT_FILE, Role.OFFICE: ward(), Role.SYSTEM: ward()}),
    "remove_file_scan": Rule(
        "個人情報ファイルの写しの取りはずし",
        {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.OFFICE: ward()},
        needs_reason=True,
    ),
    "create_personal_file": Rule("個人情報ファイルの起案", _COUNT_FILE),
    "edit_personal_file": Rule("個人情報ファイルの編集", _DRAFT_FILE),
    "submit_personal_file": Rule("個人情報ファイルの提出", _DRAFT_FILE),
    "return_personal_file": Rule("個人情報ファイルの差戻し", {Role.OFFICE: ward(SUBMITTED)}, needs_reason=True),
    "withdraw_personal_file": Rule("個人情報ファイルの取下げ", _WITHDRAW, needs_reason=True),
    "register_personal_file": Rule(
        "個人情報ファイルの登録", {Role.OFFICE: ward(SUBMITTED), Role.SYSTEM: ward(SUBMITTED)}
    ),
    "revise_personal_file": Rule(
        "個人情報ファイルの変更の起案",
        {Role.CLERK: own("registered"), Role.HEAD: own("registered"), Role.OFFICE: ward("registered")},
        needs_reason=True,
    ),
    # The department that took over knows best which files are its own; nothing but the names can change.
    "rename_file_section": Rule(
        "所管課の名称の改め",
        {
            Role.CLERK: own("registered"),
            Role.HEAD: own("registered"),
            Role.OFFICE: ward("registered"),
            Role.SYSTEM: ward("registered"),
        },
        needs_reason=True,
    ),
    "abolish_personal_file": Rule(
        "個人情報ファイルの廃止",
        {Role.OFFICE: ward("registered"), Role.SYSTEM: ward("registered")},
        needs_reason=True,
    ),
    "count_personal_file": Rule("本人の数の記入", _COUNT_FILE),
    "correct_file_count": Rule("本人の数の訂正", _COUNT_FILE, needs_reason=True),
    "publish_file_entry": Rule("個人情報ファイル簿への掲載", _PUBLISH_FILE),
    "correct_file_entry": Rule("個人情報ファイル簿の修正", _PUBLISH_FILE),
    "remove_file_entry": Rule("個人情報ファイル簿からの消除", _PUBLISH_FILE, needs_reason=True),
    "correct_entry_days": Rule("公表日・修正日・消除日の訂正", _PUBLISH_FILE, needs_reason=True),
}

_SEE_PROPOSAL = {
    Role.CLERK: Grant(Scope.OWN_OR_SHARED),
    Role.HEAD: Grant(Scope.OWN_OR_SHARED),
    Role.OFFICE: ward(),
    # A draft withdrawn before it was ever submitted never left its department.
    Role.IT: Grant(Scope.ONCE_SUBMITTED, frozenset(LEFT_THE_DEPARTMENT)),
    Role.SECRETARIAT: ward(*WAITING, *SETTLED, REJECTED),
    Role.AUDITOR: ward(),
    Role.SYSTEM: ward(),
}
# Records that have been in force are open to all staff, those of open proposals as the proposal itself.
_SEE_RECORD = {
    **_SEE_PROPOSAL,
    **{role: Grant(Scope.OWN_OR_SHARED) for role in (Role.IT, Role.SECRETARIAT, Role.ADMIN)},
}


def _council(*states: str) -> dict[Role, Grant]:
    """What the office, the secretariat and the system do with the files that wait for the council."""
    return {role: ward(*states) for role in (Role.OFFICE, Role.SECRETARIAT, Role.SYSTEM)}


_WRITE = {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT)}
_ANSWER_CHECK = {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT, AWAITING_HEAD)}
RECORDS = {
    "proposal_list": page("案件の一覧", *[role for role in STAFF if role != Role.ADMIN]),
    "linkage_list": page("電算結合の一覧"),
    "out_of_purpose_list": page("目的外利用の一覧"),
    "outsourcing_list": page("外部委託の一覧"),
    "provision_list": page("外部提供の一覧"),
    "partner_list": page("相手方の一覧"),
    "view_partner": page("相手方を見る"),
    "create_partner": Rule(
        "相手方の登録", {Role.CLERK: ward(), Role.HEAD: ward(), Role.OFFICE: ward(), Role.SYSTEM: ward()}
    ),
    "edit_partner": Rule("相手方の編集", {Role.CLERK: ward(), Role.HEAD: ward(), Role.OFFICE: ward()}),
    "criterion_list": page("審議会事前一括承認基準"),
    "view_proposal": Rule("案件を見る", _SEE_PROPOSAL),
    "proposal_history": Rule("案件の履歴を見る", _SEE_PROPOSAL),
    "view_linkageversion": Rule("電算結合記録票を見る", _SEE_RECORD),
    "view_outofpurposeuseversion": Rule("目的外利用記録票を見る", _SEE_RECORD),
    "view_outsourcingversion": Rule("外部委託記録票を見る", _SEE_RECORD),
    "view_provisionversion": Rule("外部提供記録票を見る", _SEE_RECORD),
    "print_record": Rule("記録票の印刷", _SEE_RECORD),
    "create_proposal": Rule("案件の起案", {Role.CLERK: own(), Role.HEAD: own(), Role.SYSTEM: ward()}),
    "edit_proposal": Rule("案件の編集", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    # The number comes from the ward's document system, before or after the decision.
    "number_proposal": Rule(
        "文書番号・保存年限の記入",
        {Role.CLERK: own(), Role.HEAD: own(), Role.OFFICE: ward(*LEFT_THE_DEPARTMENT), Role.SYSTEM: ward()},
    ),
    "filing_text": Rule("起案文", _SEE_PROPOSAL),
    "export_filing_text": Rule("起案文の書出し（テキスト）", _SEE_PROPOSAL),
    "export_filing_word": Rule("起案文の書出し（Word）", _SEE_PROPOSAL),
    "add_record": Rule("記録票の追加", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "remove_record": Rule("記録票の取りやめ", _WRITE),
    "autosave_record": Rule("下書きの自動保存", _WRITE),
    "discard_buffer": Rule("書きかけの破棄", _WRITE),
    "edit_record": Rule("記録票の編集", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "view_paper": Rule("資料を見る", _SEE_PROPOSAL),
    "print_paper": Rule("資料の印刷", _SEE_PROPOSAL),
    "export_paper": Rule("資料の書出し（Word）", _SEE_PROPOSAL),
    "create_paper": Rule("資料の追加", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "edit_paper": Rule("資料の編集", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "autosave_paper": Rule("資料の自動保存", _WRITE),
    "discard_paper_buffer": Rule("資料の書きかけの破棄", _WRITE),
    "remove_paper": Rule("資料の取りやめ", _WRITE),
    "view_attachment": Rule("添付資料を見る", _SEE_PROPOSAL),
    "edit_attachment": Rule("添付資料の編集", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "own_attachment": Rule("添付資料を資料だけのものにする", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "attach_policies": Rule("相手方の文書の添付", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "view_checklist": Rule("チェックリストを見る", _SEE_PROPOSAL),
    "edit_checklist": Rule("チェックリストの記入", {**_WRITE, Role.SYSTEM: ward(DRAFT)}),
    "print_checklist": Rule("チェックリストの印刷", _SEE_PROPOSAL),
    "proposal_checks": Rule("提出前の点検を見る", _SEE_PROPOSAL),
    # The department answers what is asked of its file; the head also while the file waits for approval.
    "answer_check": Rule("点検への答え（該当なし）", _ANSWER_CHECK),
    "take_back_answer": Rule("点検への答えの取消し", _ANSWER_CHECK),
    "keep_templates": Rule("空欄の書式の引継ぎ", {Role.SYSTEM: ward(DRAFT)}),
    "request_approval": Rule("課長の確認に出す", {Role.CLERK: own(DRAFT), Role.SYSTEM: ward(DRAFT)}),
    "submit_proposal": Rule("自ら起案した案件の提出", {Role.HEAD: own(DRAFT)}),
    "approve_proposal": Rule("課長承認", {Role.HEAD: own(AWAITING_HEAD), Role.SYSTEM: ward(AWAITING_HEAD)}),
    "send_back_proposal": Rule("課内での差戻し", {Role.HEAD: own(AWAITING_HEAD)}, needs_reason=True),
    "confirm_provision": Rule(
        "提供課の確認",
        {
            Role.CLERK: Grant(Scope.PROVIDER, frozenset({SUBMITTED})),
            Role.HEAD: Grant(Scope.PROVIDER, frozenset({SUBMITTED})),
            Role.SYSTEM: ward(SUBMITTED),
        },
    ),
    "object_to_provision": Rule(
        "提供課の異議",
        {
            Role.CLERK: Grant(Scope.PROVIDER, frozenset({SUBMITTED})),
            Role.HEAD: Grant(Scope.PROVIDER, frozenset({SUBMITTED})),
        },
        needs_reason=True,
    ),
    "return_proposal": Rule("差戻し", {Role.OFFICE: ward(SUBMITTED)}, needs_reason=True),
    "accept_proposal": Rule("受理", {Role.OFFICE: ward(SUBMITTED), Role.SYSTEM: ward(SUBMITTED)}),
    # 付議 and what comes of it: from the agenda and the outcomes of a meeting; decision and report also by hand.
    "schedule_proposal": Rule("付議", _council(ACCEPTED)),
    "unschedule_proposal": Rule("付議の取りやめ", _council(SCHEDULED)),
    "decide_proposal": Rule("審議会の決定の記入", _council(*WAITING)),
    "report_proposal": Rule("審議会への報告の記入", _council(*WAITING)),
    "reject_proposal": Rule("審議会の不承認の記入", _council(*WAITING), needs_reason=True),
    "undo_decision": Rule("結果の取消し", _council(*WAITING, *SETTLED, REJECTED), needs_reason=True),
    "withdraw_proposal": Rule(
        "取下げ",
        {Role.CLERK: own(*OPEN), Role.HEAD: own(*OPEN), Role.OFFICE: ward(SUBMITTED, *WAITING)},
        needs_reason=True,
    ),
    "revise_record": Rule(
        "記録の変更の起案",
        {
            Role.CLERK: own(*SETTLED, *WAITING),
            Role.HEAD: own(*SETTLED, *WAITING),
            Role.SYSTEM: ward(*SETTLED, *WAITING),
        },
        needs_reason=True,
    ),
    "end_record": Rule(
        "記録の終了の起案",
        {
            Role.CLERK: own(*SETTLED, *WAITING),
            Role.HEAD: own(*SETTLED, *WAITING),
            Role.SYSTEM: ward(*SETTLED, *WAITING),
        },
        needs_reason=True,
    ),
    # Asked of the business: the office, which abolishes it, prepares the file for its department.
    "end_activity_records": Rule(
        "業務の記録をまとめた終了の起案",
        {Role.CLERK: own("registered"), Role.HEAD: own("registered"), Role.OFFICE: ward("registered")},
        needs_reason=True,
    ),
    "edit_end": Rule("終了の編集", _WRITE),
    "copy_proposal": Rule("前回の案件からの起案", {Role.CLERK: own(), Role.HEAD: own()}),
    "correct_record": Rule("正誤（決定後の訂正）", {Role.OFFICE: ward(*SETTLED, *WAITING)}, needs_reason=True),
    "correct_paper": Rule("資料の正誤", {Role.OFFICE: ward(*SETTLED)}, needs_reason=True),
    # What a 変更 under way copied with the slip in it; a part of these two.
    "carry_correction": Rule("変更前の正誤の引継ぎ", {Role.OFFICE: ward(*OPEN)}, needs_reason=True),
}

# 照会: seen by those who may see the file and have a hand in it. The states of an answer are the parties it waits for.
_SEE_INQUIRY = {
    Role.CLERK: Grant(Scope.OWN_OR_SHARED),
    Role.HEAD: Grant(Scope.OWN_OR_SHARED),
    Role.OFFICE: ward(),
    Role.IT: Grant(Scope.TECHNICAL),
    Role.AUDITOR: ward(),
    Role.SYSTEM: ward(),
}
_HAVE_A_HAND = {role: _SEE_INQUIRY[role] for role in (Role.CLERK, Role.HEAD, Role.OFFICE, Role.IT)}
_ASK = frozenset([*OPEN, *SETTLED, REJECTED])
INQUIRIES = {
    "ask_inquiry": Rule(
        "照会",
        {
            Role.CLERK: Grant(Scope.OWN_OR_SHARED, _ASK),
            Role.HEAD: Grant(Scope.OWN_OR_SHARED, _ASK),
            Role.OFFICE: ward(SUBMITTED, *WAITING, *SETTLED, REJECTED),
            Role.IT: Grant(Scope.ONCE_SUBMITTED, frozenset([SUBMITTED, *WAITING, *SETTLED, REJECTED])),
        },
    ),
    "view_inquiry": Rule("照会を見る", _SEE_INQUIRY),
    "answer_inquiry": Rule(
        "照会への回答",
        {
            Role.CLERK: Grant(Scope.ADDRESSED),
            Role.HEAD: Grant(Scope.ADDRESSED),
            Role.OFFICE: ward("office"),
            Role.IT: Grant(Scope.TECHNICAL, frozenset({"it"})),
        },
    ),
    # Only the side that asked may; the service knows which one that is.
    "ask_again": Rule("再度の照会", _HAVE_A_HAND),
    "close_inquiry": Rule("照会の終了", _HAVE_A_HAND),
}
RECORDS |= INQUIRIES

# 監督: of what is in force, or was; complaints are not for all staff.
_SEE_SUPERVISION = {
    Role.CLERK: own(),
    Role.HEAD: own(),
    **{role: ward() for role in (Role.OFFICE, Role.IT, Role.SECRETARIAT, Role.AUDITOR, Role.SYSTEM)},
}
_IN_FORCE = [*SETTLED, *WAITING]
SUPERVISION = {
    "supervision": Rule("監督の記録", _SEE_SUPERVISION),
    "view_supervisionentry": Rule("監督の記録を見る", _SEE_SUPERVISION),
    "add_supervision": Rule(
        "監督の記録の追加",
        {
            Role.CLERK: own(*_IN_FORCE),
            Role.HEAD: own(*_IN_FORCE),
            Role.OFFICE: ward(*_IN_FORCE),
            Role.SYSTEM: ward(*_IN_FORCE),
        },
    ),
    "correct_supervision": Rule(
        "監督の記録の訂正", {Role.CLERK: own(), Role.HEAD: own(), Role.OFFICE: ward()}, needs_reason=True
    ),
    "supervision_list": page("検証がまだの委託・結合", Role.OFFICE, Role.AUDITOR),
}
RECORDS |= SUPERVISION

# 期間の終わり: the question goes to the department, the answer comes from it.
RECORDS["answer_ending"] = Rule("事業の継続の確認", {Role.CLERK: own(*_IN_FORCE), Role.HEAD: own(*_IN_FORCE)})

_READ_SURVEYS = {Role.OFFICE: ward(), Role.AUDITOR: ward(), Role.SYSTEM: ward()}
_SEE_SURVEY_SHEET = {**_READ_SURVEYS, Role.CLERK: own(), Role.HEAD: own()}
_RUN_SURVEY = {Role.OFFICE: ward("open"), Role.SYSTEM: ward("open")}
_ANSWER_SURVEY = {Role.CLERK: own(DRAFT), Role.HEAD: own(DRAFT), Role.SYSTEM: ward(DRAFT)}
# 状況調査: the office runs it, each department answers its own sheet.
SURVEYS = {
    "survey_list": page("状況調査の一覧", Role.OFFICE, Role.AUDITOR),
    "view_survey": Rule("状況調査を見る", _READ_SURVEYS),
    "survey_row_list": Rule("状況調査の行の一覧", _READ_SURVEYS),
    "open_survey": Rule("状況調査の開始", {Role.OFFICE: ward(), Role.SYSTEM: ward()}),
    "refresh_survey": Rule("状況調査の対象の読み直し", _RUN_SURVEY),
    "remind_survey": Rule("状況調査の督促", _RUN_SURVEY),
    "close_survey": Rule("状況調査の締切り", _RUN_SURVEY),
    "move_survey_due": Rule("状況調査の回答期限の変更", _RUN_SURVEY, needs_reason=True),
    "reopen_survey": Rule("状況調査の締切りの取消し", {Role.OFFICE: ward("closed")}, needs_reason=True),
    "survey_sheet_list": page("自課の状況調査票の一覧", Role.CLERK, Role.HEAD),
    "view_surveysheet": Rule("状況調査票を見る", _SEE_SURVEY_SHEET),
    "print_survey_sheet": Rule("状況調査票の印刷", _SEE_SURVEY_SHEET),
    "answer_survey": Rule("状況調査の回答", _ANSWER_SURVEY),
    "submit_survey": Rule("状況調査票の提出", _ANSWER_SURVEY),
    "return_survey": Rule("状況調査票の返却", {Role.OFFICE: ward(SUBMITTED)}, needs_reason=True),
}

# Reference data, edited in the admin; the command that seeds them runs as the system.
REFERENCE = {
    "edit_reference": Rule("基礎データの編集", {Role.ADMIN: ward(), Role.OFFICE: ward(), Role.SYSTEM: ward()}),
    "edit_organization": Rule("組織・利用者の編集", {Role.ADMIN: ward(), Role.SYSTEM: ward()}),
    "seed_sheet_layout": Rule("様式の版の初期登録", {Role.SYSTEM: ward()}),
    "store_file": Rule("ファイルの保管", {role: Grant() for role in [*STAFF, Role.SYSTEM]}),
    "send_reminders": Rule("継続の確認の通知", {Role.SYSTEM: ward()}),
    "discard_file": Rule("期限の過ぎたファイルの廃棄", {Role.SYSTEM: ward()}),
    "load_demo": Rule("見本データの取込み", {Role.SYSTEM: ward()}),
}

# What the application does in the background for a person, and what it tells them.
_MINE = {role: Grant(Scope.MINE) for role in STAFF}
NOTICES = {
    "job_list": page("処理の状況"),
    "view_job": Rule("処理の状況を見る", {**_MINE, Role.OFFICE: ward()}),
    "restart_job": Rule("中止・中断した処理のやり直し", _MINE),
    "notice_list": page("お知らせ"),
    "view_notice": Rule("お知らせを見る", _MINE),
    "read_notice": Rule("お知らせの確認", _MINE),
    "read_all_notices": page("すべてのお知らせの確認"),
    # Who may read a file is asked of what it was stored for (files.purposes).
    "download_file": page("ファイルを開く"),
}

# Departments and people through time: the administrator changes them, the office reads.
ORGANIZATION = {
    "department_list": page("組織の一覧", Role.ADMIN, Role.OFFICE),
    "view_department": page("組織を見る", Role.ADMIN, Role.OFFICE),
    "people_list": page("担当の一覧", Role.ADMIN, Role.OFFICE),
    "reorganize": Rule("組織改正", {Role.ADMIN: ward(), Role.SYSTEM: ward()}, needs_reason=True),
    "hand_over": Rule("異動・引継ぎ", {Role.ADMIN: ward(), Role.SYSTEM: ward()}, needs_reason=True),
    "stand_in": Rule("代理", {Role.ADMIN: ward(), Role.SYSTEM: ward()}, needs_reason=True),
}

# Registers from and to files; exchange.registers says what a register asks beside.
_IMPORT = {role: ward() for role in (Role.OFFICE, Role.ADMIN, Role.SYSTEM)}
# One that stands as being written may be looked at again once its process has died; the service asks that.
_LOOK = {role: ward("uploaded", "ready", "wrong", "refused", "applying") for role in (Role.OFFICE, Role.ADMIN)}
EXCHANGE = {
    "import_list": page("取込みの一覧", Role.OFFICE, Role.ADMIN),
    "import_register": Rule("台帳の取込み", _IMPORT, needs_reason=True),
    "view_importrun": Rule("取込みの内容を見る", _IMPORT),
    "view_import": Rule("取込みの内容", _IMPORT),
    "import_errors": Rule("取込みの誤りの一覧", _IMPORT),
    "check_import": Rule("取込みの確認", _LOOK),
    "confirm_import": Rule("取込みの確定", {role: ward("ready") for role in (Role.OFFICE, Role.ADMIN, Role.SYSTEM)}),
    "cancel_import": Rule(
        "取込みの取りやめ",
        {role: ward("uploaded", "ready", "wrong", "refused", "applying") for role in (Role.OFFICE, Role.ADMIN)},
    ),
}

RULES: dict[str, Rule] = {
    **PAGES,
    **REGISTRY,
    **FILES,
    **RECORDS,
    **SURVEYS,
    **COUNCILS,
    **INCIDENTS,
    **NOTICES,
    **ORGANIZATION,
    **EXCHANGE,
    **REFERENCE,
}

# The published registers (app `public`): the same for everybody.
PUBLISHED = frozenset(
    {
        "public_front",
        "public_search",
        "public_open_data",
        "public_feed",
        "public_schema",
        "public_register",
        "public_register_csv",
        "public_register_json",
        "public_entry",
        "public_entry_json",
        "public_entry_pdf",
        "public_minutes_list",
        "public_minutes",
        "public_minutes_pdf",
    }
)
# Pages that anybody may open, signed in or not.
PUBLIC_PAGES = frozenset({"login", "logout"}) | PUBLISHED
