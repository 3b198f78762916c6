"""見せかた: what the pages of 業務登録 show, gathered for the templates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, QuerySet
from django.urls import reverse

from common import regime
from common.wareki import format_date
from files.scanning import Panel
from history.conflicts import Difference
from organization import rules
from organization.models import User
from registry import links
from registry.coming import through
from registry.events import Event, events
from registry.models import UNDECIDED, Activity, ActivityStatus, ActivityVersion
from registry.scans import SCANS

_YES_NO = {None: "", True: "あり", False: "なし"}


@dataclass(frozen=True)
class Line:
    """One line of the form as a person reads it."""

    label: str
    text: str


def lines(version: ActivityVersion) -> list[Line]:
    """The fields of a version in the order of the form (domain §1.4); an empty text where nothing was filled in.

    `version` comes with its `first_registered_on`.
    """
    first, changed = version.first_registered_on, version.changed_on
    days = [Line("登録年月日", format_date(first) if first else "")]
    if changed:
        days.append(Line("変更年月日", format_date(changed)))
    return [*contents(version), *days]


def contents(version: ActivityVersion) -> list[Line]:
    """The lines without the days that the registration itself sets."""
    collected = "、".join(version.collected_from_labels)
    note = version.collection_note
    return [
        Line("業務登録番号", version.number_as_printed or version.activity.number or ""),
        Line("業務の名称", version.name),
        Line("業務の目的", version.purpose),
        Line("所管課", version.department.full_name),
        Line("個人情報保護管理責任者", version.responsible),
        Line("対象者（個人の範囲）", version.subjects),
        Line("対象者の人数", version.persons),
        Line("記録項目の種別", "、".join(version.item_kind_labels)),
        Line("記録項目", version.items),
        Line("収集の方法", f"{collected}（{note}）" if collected and note else collected or note),
        Line("収集に用いる帳票", "\n".join(form.line for form in version.forms_in_use)),
        Line("記録の媒体", version.media),
        Line("要注意情報", _YES_NO[version.has_sensitive]),
        Line("死者に関する情報", _YES_NO[version.has_deceased]),
        Line("業務の開始年月日", version.started_on.told()),
    ]


def differences(before: ActivityVersion, after: ActivityVersion) -> list[Difference]:
    """What a change changes; the days that the registration itself sets are left out."""
    pairs = zip(contents(before), contents(after), strict=True)
    return [Difference(old.label, old.text, new.text) for old, new in pairs if old.text != new.text]


def shown(name: str, value: Any) -> str:
    """The value of a field as a person reads it."""
    if words := ActivityVersion.CODE_LISTS.get(name):
        return "、".join(words[code] for code in value)
    return _YES_NO[value] if name.startswith("has_") else str(value)


@dataclass(frozen=True)
class Button:
    """A step that is open to this person now."""

    label: str
    url: str
    look: str
    icon: str


_BUTTONS = {
    "edit_activity": ("編集する", "btn-n", "pen"),
    "withdraw_activity": ("取り下げる", "btn-n", "dash"),
    "submit_activity": ("情報公開課へ提出する", "btn-p", "chev"),
    "return_activity": ("差し戻す", "btn-d", "back"),
    "register_activity": ("登録する", "btn-p", "check"),
    "revise_activity": ("変更を起案する", "btn-n", "pen"),
    "edit_collecting_forms": ("帳票を編集する", "btn-n", "docs"),
    "abolish_activity": ("廃止する", "btn-d", "x"),
}


_UNDECIDED_STEPS = [
    "edit_activity", "edit_collecting_forms", "withdraw_activity", "return_activity", "submit_activity",
    "register_activity",
]  # fmt: skip


def buttons(user: User, version: ActivityVersion, actions: list[str]) -> list[Button]:
    """Those of `actions` that `user` may take on `version`; one statement."""
    open_now = rules.allowed(user, actions, version)
    return [
        Button(label, reverse(action, args=[version.pk]), look, icon)
        for action in actions
        for label, look, icon in [_BUTTONS[action]]
        if action in open_now
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
    events: list[Event]
    deceased_article: str
    links: list[links.LinkCount]
    buttons: list[Button]
    scans: Panel


def activity_page(user: User, activity: Activity, day: date, today: date) -> ActivityPage:
    """The version in force on `day`, else the newest registered, the draft, what was withdrawn.

    The change under way is compared with what it replaces, and the buttons are those of today, whatever day is asked.
    """
    versions = list(SCANS.asked(visible_versions(user, activity), user))
    undecided = next((version for version in versions if version.status in UNDECIDED), None)
    registered = [version for version in versions if version.status == ActivityStatus.REGISTERED]
    in_force = next((version for version in registered if version.in_force(day)), None)
    # A first draft that was withdrawn stays to be read by those who saw it.
    shown = in_force or next(iter(registered), undecided or versions[0])
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
        events=events(versions),
        deceased_article=regime.on(day).living_only if shown.has_deceased else "",
        links=links.counts([activity.pk], day)[activity.pk],
        buttons=_open_buttons(user, undecided, registered, today),
        scans=SCANS.panel(versions),
    )


def _open_buttons(
    user: User, undecided: ActivityVersion | None, registered: list[ActivityVersion], today: date
) -> list[Button]:
    if undecided is not None:
        return buttons(user, undecided, _UNDECIDED_STEPS)
    if not registered:
        return []
    # A change starts from the newest version, also when that one is registered but not yet in force; only those of
    # reorganisations to come stand after it.
    course = through(registered[0], registered, today=today)
    current = course.first
    is_over = current.valid_to is not None and current.valid_to <= today
    # A change that this person may not see is under way all the same.
    if is_over or course.last.abolished_on or current.under_way:
        return []
    return buttons(user, current, ["revise_activity", "abolish_activity"])


def visible_versions(user: User, activity: Activity) -> QuerySet:
    """The versions of a business that `user` may see, newest first, those under way before all.

    Each knows whether one is `under_way`, seen or not, and its `first_registered_on`.
    """
    under_way = ActivityVersion.objects.filter(activity=activity, status__in=UNDECIDED)
    rows = activity.versions.with_first_registered_on().annotate(under_way=Exists(under_way))
    versions = rules.permitted(rows, user, "view_activityversion")
    newest_first = versions.order_by(F("valid_from").desc(nulls_first=True), "-pk")
    return newest_first.select_related("department__parent", "activity").prefetch_related("collecting_forms")


def state_of(version: ActivityVersion, day: date) -> tuple[str, str]:
    """状態 of a version on `day`: a code for the look (template tag state_chip) and its words."""
    if version.status != ActivityStatus.REGISTERED:
        if version.status == ActivityStatus.DRAFT and version.return_reason:
            return "returned", "差戻し"
        return version.status, version.get_status_display()
    if version.in_force(day):
        return "in_force", "有効"
    if version.abolished_on and version.abolished_on <= day:
        return "ended", "廃止"
    return ("ended", "終了") if version.valid_from <= day else ("scheduled", "効力の始まる前")
