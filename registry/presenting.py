"""見せかた: what the pages of 業務登録 show, gathered for the templates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from common.wareki import format_date
from history.versions import in_force_on
from organization import rules
from organization.models import User
from registry import links
from registry.forms import EditActivityForm
from registry.models import UNDECIDED, Activity, ActivityStatus, ActivityVersion

_SENSITIVE = {None: "", True: "あり", False: "なし"}


@dataclass(frozen=True)
class Line:
    """One line of the form as a person reads it."""

    label: str
    text: str


def lines(version: ActivityVersion) -> list[Line]:
    """The fields of a version in the order of the form (domain §1.4); an empty text where nothing was filled in."""
    collected = "、".join(version.collected_from_labels)
    note = version.collection_note
    return [
        Line("業務登録番号", version.number_as_printed or version.activity.number or ""),
        Line("業務の名称", version.name),
        Line("業務の目的", version.purpose),
        Line("所管課", version.department.full_name),
        Line("個人情報保護管理責任者", version.responsible),
        Line("対象者（個人の範囲）", version.subjects),
        Line("記録項目の種別", "、".join(version.item_kind_labels)),
        Line("記録項目", version.items),
        Line("収集の方法", f"{collected}（{note}）" if collected and note else collected or note),
        Line("記録の媒体", version.media),
        Line("要注意情報", _SENSITIVE[version.has_sensitive]),
        Line("業務の開始年月日", version.started_on.display()),
        Line("登録年月日", format_date(version.registered_on) if version.registered_on else ""),
    ]


@dataclass(frozen=True)
class Difference:
    """One line that differs between two versions."""

    label: str
    before: str
    after: str


def differences(before: ActivityVersion, after: ActivityVersion) -> list[Difference]:
    """What a change changes; the date of registration is set by the registration itself and left out."""
    pairs = zip(lines(before)[:-1], lines(after)[:-1], strict=True)
    return [Difference(old.label, old.text, new.text) for old, new in pairs if old.text != new.text]


def conflicts(form: EditActivityForm, current: ActivityVersion) -> list[Difference]:
    """編集の競合: the fields in which the valid `form` (after) differs from the row as it stands saved (before)."""
    found = []
    for name in form._meta.fields:
        typed, saved = form.cleaned_data[name], getattr(current, name)
        if typed != saved:
            found.append(Difference(str(form[name].label), _shown(name, saved), _shown(name, typed)))
    return found


def _shown(name: str, value: Any) -> str:
    if words := ActivityVersion.CODE_LISTS.get(name):
        return "、".join(words[code] for code in value)
    return _SENSITIVE[value] if name == "has_sensitive" else str(value)


@dataclass(frozen=True)
class Button:
    """A step that is open to this person now."""

    label: str
    url: str
    look: str
    icon: str


_BUTTONS = {
    "edit_activity": ("編集する", "btn-n", "pen"),
    "submit_activity": ("情報公開課へ提出する", "btn-p", "chev"),
    "return_activity": ("差し戻す", "btn-d", "back"),
    "register_activity": ("登録する", "btn-p", "check"),
    "revise_activity": ("変更を起案する", "btn-n", "pen"),
}


def buttons(user: User, version: ActivityVersion, actions: list[str]) -> list[Button]:
    """Those of `actions` that `user` may take on `version`; no statement for actions of other roles."""
    return [
        Button(label, reverse(action, args=[version.pk]), look, icon)
        for action in actions
        for label, look, icon in [_BUTTONS[action]]
        if rules.may(user, action) and rules.may_on(user, action, version)
    ]


@dataclass(frozen=True)
class ActivityPage:
    """One business as its page shows it on a day."""

    activity: Activity
    shown: ActivityVersion
    state: tuple[str, str]
    lines: list[Line]
    undecided: ActivityVersion | None
    differences: list[Difference]
    registered: list[ActivityVersion]
    links: list[links.LinkCount]
    buttons: list[Button]


def activity_page(user: User, activity: Activity, day: date, today: date) -> ActivityPage:
    """The version in force on `day`, else the newest registered, else the draft; with the others that `user` may see.

    The change under way is compared with what it replaces, and the buttons are those of today, whatever day is asked.
    """
    versions = list(visible_versions(user, activity))
    undecided = next((version for version in versions if version.status in UNDECIDED), None)
    registered = [version for version in versions if version.status == ActivityStatus.REGISTERED]
    in_force = next((version for version in registered if version.in_force(day)), None)
    shown = in_force or next(iter(registered), undecided)
    changing = undecided if registered else None
    replaced = next((version for version in registered if changing and version.pk == changing.replaces_id), shown)
    return ActivityPage(
        activity=activity,
        shown=shown,
        state=state_of(shown, day),
        lines=lines(shown),
        undecided=changing,
        differences=differences(replaced, changing) if changing else [],
        registered=registered,
        links=links.counts([activity.pk], day)[activity.pk],
        buttons=_open_buttons(user, activity, undecided, registered, today),
    )


def _open_buttons(
    user: User, activity: Activity, undecided: ActivityVersion | None, registered: list[ActivityVersion], today: date
) -> list[Button]:
    if undecided is not None:
        return buttons(user, undecided, ["edit_activity", "return_activity", "submit_activity", "register_activity"])
    # A change starts from the newest version, also when that one is registered but not yet in force.
    current = registered[0]
    is_over = current.valid_to is not None and current.valid_to <= today
    # A change that this person may not see is under way all the same.
    if is_over or activity.versions.filter(status__in=UNDECIDED).exists():
        return []
    return buttons(user, current, ["revise_activity"])


def visible_versions(user: User, activity: Activity) -> QuerySet:
    """The versions of a business that `user` may see, newest first, those under way before all."""
    versions = rules.permitted(activity.versions.all(), user, "view_activityversion")
    newest_first = versions.order_by(F("valid_from").desc(nulls_first=True), "-pk")
    return newest_first.select_related("department__parent", "activity")


def state_of(version: ActivityVersion, day: date) -> tuple[str, str]:
    """状態 of a version on `day`: a code for the look (template tag state_chip) and its words."""
    if version.status != ActivityStatus.REGISTERED:
        if version.status == ActivityStatus.DRAFT and version.return_reason:
            return "returned", "差戻し"
        return version.status, version.get_status_display()
    if version.in_force(day):
        return "in_force", "有効"
    return ("ended", "終了") if version.valid_from <= day else ("scheduled", "効力の始まる前")


# What the list can show on a day.
USUAL_STATE = "in_force"
STATES: dict[str, str] = {
    USUAL_STATE: "有効",
    "coming": "効力の始まる前",
    "submitted": "提出済",
    "draft": "下書き",
}


def state_condition(state: str, day: date) -> Q:
    """The versions that stand under one filter of the list."""
    registered = Q(status=ActivityStatus.REGISTERED)
    if state == USUAL_STATE:
        return registered & in_force_on(day)
    return registered & Q(valid_from__gt=day) if state == "coming" else Q(status=state)


def listed(versions: QuerySet, user: User) -> QuerySet:
    """Rows of the list in the order of the numbers, with `is_changing` where a change is under way in sight."""
    changes = ActivityVersion.objects.filter(activity=OuterRef("activity"), status__in=UNDECIDED)
    rows = versions.annotate(is_changing=Exists(rules.permitted(changes, user, "view_activityversion")))
    return rows.select_related("activity", "department__parent").order_by(
        F("activity__number").asc(nulls_last=True), "pk"
    )
