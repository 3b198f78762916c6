"""見せかた: what the pages of 個人情報ファイル show, gathered for the templates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from common import regime
from file_register import duties, sheets
from file_register.forms import EditPersonalFileForm
from file_register.kinds import EXCLUSIONS, UNDECIDED, FileKind, FileStatus, WithheldPart
from file_register.models import FileCount, PersonalFile, PersonalFileVersion, PublicEntry
from file_register.publication import Decision
from organization import rules
from organization.models import User
from printing import sheets as printing


@dataclass(frozen=True)
class Line:
    """One line of the registration as a person reads it."""

    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One line that differs between two versions."""

    label: str
    before: str
    after: str


# What the register holds beside the 単票.
_BESIDE = ["held_from", "exclusions", "is_withheld", "withheld_parts", "published_items", "withholding_reason"]
_OLD_LABELS = {
    "name": "個人情報ファイルの名称",
    "purpose": "利用目的",
    "items": "記録項目",
    "scope": "記録される個人の範囲",
}
_ANSWERS: dict[str, dict[Any, str]] = {
    "has_sensitive": {None: "", True: "含む", False: "含まない"},
    "has_ordinance_sensitive": {True: "含む", False: "含まない"},
    "has_manual_twin": {None: "", True: "有", False: "無"},
    "invites_proposals": {True: "該当", False: "非該当"},
    "is_withheld": {True: "掲載しない", False: ""},
    "kind": {"": "", **dict(FileKind.choices)},
}
_CODES = {
    "exclusions": {code: item.words for code, item in EXCLUSIONS.items()},
    "withheld_parts": dict(WithheldPart.choices),
}


def shown(name: str, value: Any) -> str:
    """The value of a field as a person reads it."""
    if name in _CODES:
        return "\n".join(_CODES[name].get(code, code) for code in value)
    if name in _ANSWERS:
        return _ANSWERS[name][value]
    return value.display() if hasattr(value, "display") else str(value)


def old_lines(version: PersonalFileVersion) -> list[Line]:
    """The four items of the ordinance's registration (domain §1.9)."""
    return [Line(label, getattr(version, name)) for name, label in _OLD_LABELS.items()]


def lines_beside(version: PersonalFileVersion) -> list[Line]:
    """What no 単票 prints: filled in only."""
    found = [Line(str(_field(name).verbose_name), shown(name, getattr(version, name))) for name in _BESIDE]
    return [line for line in found if line.text]


def differences(before: PersonalFileVersion, after: PersonalFileVersion) -> list[Difference]:
    """What a change changes, in the order of the form; the businesses of the file last."""
    names = EditPersonalFileForm._meta.fields
    pairs = [(str(_field(name).verbose_name), *_both(name, before, after)) for name in names]
    pairs.append(("ファイルを利用する業務", _businesses(before), _businesses(after)))
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def conflicts(form: EditPersonalFileForm, current: PersonalFileVersion) -> list[Difference]:
    """編集の競合: the fields in which the valid `form` (after) differs from the row as it stands saved (before)."""
    found = []
    for name in form._meta.fields:
        typed, saved = form.cleaned_data[name], getattr(current, name)
        if typed != saved:
            found.append(Difference(str(form[name].label), shown(name, saved), shown(name, typed)))
    typed_businesses = "、".join(str(activity) for activity in form.chosen_activities())
    if typed_businesses != _businesses(current):
        found.append(Difference(str(form["activities"].label), _businesses(current), typed_businesses))
    return found


def _field(name: str) -> Any:
    return PersonalFileVersion._meta.get_field(name)


def _both(name: str, before: PersonalFileVersion, after: PersonalFileVersion) -> tuple[str, str]:
    return shown(name, getattr(before, name)), shown(name, getattr(after, name))


def _businesses(version: PersonalFileVersion) -> str:
    return "、".join(str(activity) for activity in version.activities)


@dataclass(frozen=True)
class Button:
    """A step that is open to this person now."""

    label: str
    url: str
    look: str
    icon: str


_VERSION_BUTTONS = {
    "edit_personal_file": ("編集する", "btn-n", "pen"),
    "return_personal_file": ("差し戻す", "btn-d", "back"),
    "submit_personal_file": ("情報公開課へ提出する", "btn-p", "chev"),
    "register_personal_file": ("登録する", "btn-p", "check"),
    "abolish_personal_file": ("廃止する", "btn-d", "x"),
    "revise_personal_file": ("変更を起案する", "btn-n", "pen"),
}
_PUBLIC_BUTTONS = {
    "publish_file_entry": "公表したと記入する",
    "correct_file_entry": "修正したと記入する",
    "remove_file_entry": "消除したと記入する",
}


def version_buttons(user: User, version: PersonalFileVersion, actions: list[str]) -> list[Button]:
    """Those of `actions` that `user` may take on `version`; no statement for actions of other roles."""
    return [
        Button(label, reverse(action, args=[version.pk]), look, icon)
        for action in actions
        for label, look, icon in [_VERSION_BUTTONS[action]]
        if rules.may(user, action) and rules.may_on(user, action, version)
    ]


def public_buttons(user: User, file: PersonalFile, entry: PublicEntry | None, *, has_version: bool) -> list[Button]:
    """What the office may note about the public registers, as they stand now."""
    if entry is not None:
        actions = ["correct_file_entry", "remove_file_entry"] if has_version else ["remove_file_entry"]
    else:
        actions = ["publish_file_entry"] if has_version else []
    return [
        Button(_PUBLIC_BUTTONS[action], reverse(action, args=[file.pk]), "btn-n", "pen")
        for action in actions
        if rules.may(user, action) and rules.may_on(user, action, file)
    ]


@dataclass(frozen=True)
class FilePage:
    """One file as its page shows it on a day."""

    file: PersonalFile
    shown: PersonalFileVersion
    state: tuple[str, str]
    fragment: SafeString | None
    old_lines: list[Line]
    beside: list[Line]
    businesses: list[tuple[int, str]]
    undecided: PersonalFileVersion | None
    differences: list[Difference]
    registered: list[PersonalFileVersion]
    decision: Decision
    duty: duties.Duty | None
    counts: list[FileCount]
    entries: list[PublicEntry]
    buttons: list[Button]
    public_buttons: list[Button]
    may_count: bool


def file_page(user: User, file: PersonalFile, day: date, today: date) -> FilePage:
    """The version in force on `day`, else the newest registered, else the draft; the buttons are those of today."""
    versions = list(duties.with_facts(visible_versions(user, file), day))
    undecided = next((version for version in versions if version.status in UNDECIDED), None)
    registered = [version for version in versions if version.status == FileStatus.REGISTERED]
    in_force = next((version for version in registered if version.in_force(day)), None)
    version = in_force or next(iter(registered), undecided)
    changing = undecided if registered else None
    replaced = next((row for row in registered if changing and row.pk == changing.replaces_id), version)
    decision, duty = duties.judged(version, day=day, small=duties.publishes_small(day))
    entry = file.public_entries.filter(removed_on=None).first()
    return FilePage(
        file=file,
        shown=version,
        state=state_of(version, day, file),
        fragment=fragment(version, today) if _prints(version, day) else None,
        old_lines=old_lines(version),
        beside=lines_beside(version),
        businesses=_business_links(version, day),
        undecided=changing,
        differences=differences(replaced, changing) if changing else [],
        registered=registered,
        decision=decision,
        duty=duty,
        counts=list(FileCount.objects.as_of(day).filter(file=file)),
        entries=list(file.public_entries.select_related("version").order_by("-published_on", "-pk")),
        buttons=_open_buttons(user, file, undecided, registered),
        public_buttons=public_buttons(user, file, entry, has_version=any(row.in_force(today) for row in registered)),
        may_count=rules.may(user, "count_personal_file") and rules.may_on(user, "count_personal_file", file),
    )


def _prints(version: PersonalFileVersion, day: date) -> bool:
    """The 単票 of the law is shown on days since it exists; before, the ordinance's four items."""
    return regime.files_on(day) is not None and sheets.has_sheet(version)


def fragment(version: PersonalFileVersion, today: date) -> SafeString:
    """The 単票 as HTML."""
    sheet = printing.get(sheets.CODE)
    return printing.render_fragment(sheet, sheet.values(version), printing.layout_for(sheet, version, today=today))


def _business_links(version: PersonalFileVersion, day: date) -> list[tuple[int, str]]:
    """The businesses of a version: their pages and their names on `day`."""
    named = []
    for activity in version.activities:
        newest = activity.versions.filter(valid_from__lte=day).order_by("-valid_from").first()
        name = newest.name if newest else ""
        named.append((activity.pk, f"{activity.number}　{name}".strip() if activity.number else name or str(activity)))
    return named


def _open_buttons(
    user: User, file: PersonalFile, undecided: PersonalFileVersion | None, registered: list[PersonalFileVersion]
) -> list[Button]:
    if undecided is not None:
        actions = ["edit_personal_file", "return_personal_file", "submit_personal_file", "register_personal_file"]
        return version_buttons(user, undecided, actions)
    # A change that this person may not see is under way all the same.
    if file.abolished_on is not None or file.versions.filter(status__in=UNDECIDED).exists():
        return []
    return version_buttons(user, registered[0], ["abolish_personal_file", "revise_personal_file"])


def visible_versions(user: User, file: PersonalFile) -> QuerySet:
    """The versions of a file that `user` may see, newest first, those under way before all."""
    versions = rules.permitted(file.versions.all(), user, "view_personalfileversion")
    newest_first = versions.order_by(F("valid_from").desc(nulls_first=True), "-pk")
    return newest_first.select_related("department__parent", "file")


def state_of(version: PersonalFileVersion, day: date, file: PersonalFile) -> tuple[str, str]:
    """状態 of a version on `day`: a code for the look (template tag state_chip) and its words."""
    if version.status != FileStatus.REGISTERED:
        if version.status == FileStatus.DRAFT and version.return_reason:
            return "returned", "差戻し"
        return version.status, version.get_status_display()
    if version.in_force(day):
        return "in_force", "有効"
    if version.valid_from > day:
        return "scheduled", "効力の始まる前"
    return "ended", "廃止" if file.abolished_on is not None and file.abolished_on == version.valid_to else "終了"


def step_lines(version: PersonalFileVersion) -> list[Line]:
    """What stands beside a step: the four items that identify a file, and what is kept out of the register."""
    department = Line("所管課", version.department.full_name)
    return [department, *old_lines(version), *lines_beside(version)]
