"""主なメニュー: the navigation's lines in the order of the mockups, each with the action that shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line: label, its short form for the narrow rail, icon, where it leads, and the pages it stands for."""

    label: str
    short: str
    icon: str
    action: str
    url: str
    pages: frozenset[str]


def _entry(label: str, short: str, icon: str, action: str, *pages: str, url: str = "") -> Entry:
    return Entry(label, short, icon, action, url or action, frozenset({action, *pages}))


_PROPOSAL_PAGES = [
    "view_proposal", "proposal_history", "create_proposal", "edit_proposal", "add_record", "edit_record",
    "copy_proposal", "end_record", "end_activity_records", "edit_end",
    "request_approval", "submit_proposal", "approve_proposal", "send_back_proposal", "return_proposal",
    "accept_proposal", "decide_proposal", "report_proposal", "withdraw_proposal", "confirm_provision",
    "object_to_provision", "ask_inquiry", "view_inquiry", "answer_inquiry", "ask_again", "number_proposal",
    "answer_ending", "filing_text",
]  # fmt: skip
_ACTIVITY_PAGES = [
    "view_activity", "activity_history", "create_activity", "edit_activity", "edit_collecting_forms", "submit_activity",
    "return_activity", "withdraw_activity", "register_activity", "revise_activity", "abolish_activity",
    "print_activity", "print_activities", "registration_status", "view_impact", "attach_activity_scan",
    "remove_activity_scan",
]  # fmt: skip
_FILE_PAGES = [
    "view_personalfile", "personal_file_history", "create_personal_file", "edit_personal_file", "submit_personal_file",
    "return_personal_file", "withdraw_personal_file", "register_personal_file", "revise_personal_file",
    "abolish_personal_file", "count_personal_file", "correct_file_count", "publish_file_entry", "correct_file_entry",
    "remove_file_entry", "correct_entry_days", "rename_file_section", "attach_file_scan", "print_file_entries",
    "remove_file_scan",
]  # fmt: skip
_SUPERVISION_PAGES = ["supervision", "add_supervision", "correct_supervision"]
_SURVEY_SHEET_PAGES = ["view_surveysheet", "answer_survey", "submit_survey", "return_survey"]
_SURVEY_PAGES = [
    "view_survey", "survey_row_list", "open_survey", "refresh_survey", "remind_survey", "close_survey",
    *_SURVEY_SHEET_PAGES,
]  # fmt: skip

_MEETING_PAGES = [
    "view_meeting", "create_meeting", "edit_meeting", "convene_meeting", "close_meeting", "cancel_meeting",
    "meeting_attendance", "record_presence", "take_chair", "name_ward_side", "view_agenda", "add_agenda_block",
    "edit_agenda_block", "add_agenda_item", "put_on_agenda", "edit_agenda_item", "remove_agenda_item",
    "number_consultation", "correct_consultation_number", "run_meeting", "undo_outcome", "meeting_minutes",
    "view_minutes", "edit_minutes", "add_utterance", "edit_utterance", "settle_minutes", "return_minutes",
    "import_minutes", "confirm_minutes_import", "meeting_papers", "add_meeting_paper", "edit_meeting_paper",
    "attach_to_paper", "distribute_papers",
]  # fmt: skip

_AMENDMENT_PAGES = [
    "view_amendment",
    "create_amendment",
    "edit_amendment",
    "enact_amendment",
    "correct_enactment",
    "file_amendment",
]
_MEMBER_PAGES = ["begin_term", "appoint_member", "view_member", "edit_appointment", "hold_office", "edit_office"]
_INCIDENT_PAGES = ["view_incident", "report_incident", "edit_incident", "reopen_incident", "cancel_incident"]
_FOLLOW_UP_PAGES = [
    "view_followup", "create_followup", "edit_followup", "answer_followup", "report_followup", "drop_followup",
]  # fmt: skip

SECTIONS: list[tuple[str, list[Entry]]] = [
    (
        "仕事",
        [
            _entry("はじめの画面", "はじめ", "home", "home"),
            _entry("案件", "案件", "doc", "proposal_list", *_PROPOSAL_PAGES),
            _entry("処理の状況", "処理", "clock", "job_list", "view_job"),
        ],
    ),
    (
        "台帳",
        [
            _entry("業務登録", "業務", "docs", "activity_list", *_ACTIVITY_PAGES),
            _entry("個人情報ファイル", "ファイル", "db", "personal_file_list", *_FILE_PAGES),
            _entry("目的外利用", "利用", "flow", "out_of_purpose_list", "view_outofpurposeuseversion"),
            _entry("外部提供", "提供", "flow", "provision_list", "view_provisionversion"),
            _entry("外部委託", "委託", "people", "outsourcing_list", "view_outsourcingversion"),
            _entry("電算結合", "結合", "link", "linkage_list", "view_linkageversion"),
            _entry("監督と検証", "検証", "shield", "supervision_list", *_SUPERVISION_PAGES),
            _entry("相手方", "相手", "docs", "partner_list", "view_partner", "create_partner", "edit_partner"),
            _entry("状況調査", "調査", "chart", "survey_list", *_SURVEY_PAGES),
            _entry("状況調査票", "調査票", "chart", "survey_sheet_list", *_SURVEY_SHEET_PAGES),
            _entry("承認基準", "基準", "doc", "criterion_list"),
            _entry("事故", "事故", "alert", "incident_list", *_INCIDENT_PAGES),
        ],
    ),
    (
        "審議会",
        [
            _entry("会議", "会議", "people", "meeting_list", *_MEETING_PAGES),
            _entry("要望・宿題", "宿題", "msg", "followup_list", *_FOLLOW_UP_PAGES),
            _entry("先例", "先例", "search", "precedent_list", "similar_consultations"),
            _entry("条例改正", "改正", "doc", "amendment_list", *_AMENDMENT_PAGES),
            _entry("委員", "委員", "people", "member_list", *_MEMBER_PAGES),
        ],
    ),
    (
        "管理",
        [
            _entry("組織", "組織", "db", "department_list", "view_department", "reorganize"),
            _entry("担当と異動", "担当", "people", "people_list", "hand_over", "stand_in"),
            _entry("取込み", "取込", "inbox", "import_list", "import_register", "view_import"),
            _entry("基礎データ", "管理", "shield", "admin", url="admin:index"),
        ],
    ),
]
