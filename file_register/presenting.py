"""見せかた: what the pages of 個人情報ファイル show, gathered for the templates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString

from common import regime
from file_register import duties, sheets
from file_register.kinds import UNDECIDED, FileStatus
from file_register.models import FileCount, PersonalFile, PersonalFileVersion, PublicEntry
from file_register.publication import Decision
from file_register.reading import Line, differences, lines_beside, old_lines, withheld_lines
from file_register.scans import SCANS
from files.scanning import Panel
from history.conflicts import Difference
from organization import rules
from organization.models import User
from printing import sheets as printing
from registry.models import ActivityStatus, ActivityVersion


@dataclass(frozen=True)
class Button:
    """A step that is open to this person now."""

    label: str
    url: str
    look: str
    icon: str


_VERSION_BUTTONS = {
    "edit_personal_file": ("編集する", "btn-n", "pen"),
    "withdraw_personal_file": ("取り下げる", "btn-n", "dash"),
    "return_personal_file": ("差し戻す", "btn-d", "back"),
    "submit_personal_file": ("情報公開課へ提出する", "btn-p", "chev"),
    "register_personal_file": ("登録する", "btn-p", "check"),
    "rename_file_section": ("名称を改める", "btn-n", "pen"),
    "abolish_personal_file": ("廃止する", "btn-d", "x"),
    "revise_personal_file": ("変更を起案する", "btn-n", "pen"),
}
_UNDECIDED_STEPS = [
    "edit_personal_file", "withdraw_personal_file", "return_personal_file", "submit_personal_file",
    "register_personal_file",
]  # fmt: skip
_PUBLIC_BUTTONS = {
    "publish_file_entry": "公表したと記入する",
    "correct_file_entry": "修正したと記入する",
    "remove_file_entry": "消除したと記入する",
}
_FILE_ACTIONS = [*_PUBLIC_BUTTONS, "count_personal_file", "correct_entry_days"]


def version_buttons(version: PersonalFileVersion, actions: list[str], open_now: set[str]) -> list[Button]:
    """Those of `actions` on `version` that are `open_now`."""
    return [
        Button(label, reverse(action, args=[version.pk]), look, icon)
        for action in actions
        for label, look, icon in [_VERSION_BUTTONS[action]]
        if action in open_now
    ]


def open_actions(user: User, version: PersonalFileVersion) -> set[str]:
    """What the permission table allows now on `version` and on its file; one statement, none for other roles."""
    same_version = PersonalFileVersion.objects.filter(pk=OuterRef("pk"))
    same_file = PersonalFile.objects.filter(pk=OuterRef("file"))
    rows = dict.fromkeys(_VERSION_BUTTONS, same_version) | dict.fromkeys(_FILE_ACTIONS, same_file)
    asked = {action: found for action, found in rows.items() if rules.may(user, action)}
    if not asked:
        return set()
    conditions = {action: Exists(rules.permitted(found, user, action)) for action, found in asked.items()}
    answers = PersonalFileVersion.objects.filter(pk=version.pk).values(**conditions).get()
    return {action for action in asked if answers[action]}


@dataclass(frozen=True)
class EntryRow:
    """公表した記載 as it stands on a day: "coming", "public" or "removed"; `is_ahead`: it has a day ahead of today."""

    entry: PublicEntry
    state: str
    is_ahead: bool


def entry_row(entry: PublicEntry, day: date, today: date) -> EntryRow:
    """How `entry` stands on `day`."""
    if entry.removed_on is not None and entry.removed_on <= day:
        state = "removed"
    else:
        state = "coming" if entry.published_on > day else "public"
    days = (entry.published_on, entry.corrected_on, entry.removed_on)
    return EntryRow(entry, state, any(each is not None and each > today for each in days))


def public_buttons(
    file: PersonalFile, entries: list[PublicEntry], open_now: set[str], *, held: bool, today: date
) -> list[Button]:
    """What the office may note about the public registers as they stand today; `held`: a version is in force today."""
    if any(entry.removed_on is None or entry.removed_on > today for entry in entries):
        actions = ["correct_file_entry", "remove_file_entry"] if held else ["remove_file_entry"]
    else:
        actions = ["publish_file_entry"] if held else []
    return [
        Button(_PUBLIC_BUTTONS[action], reverse(action, args=[file.pk]), "btn-n", "pen")
        for action in actions
        if action in open_now
    ]


@dataclass(frozen=True)
class FilePage:
    """One file as its page shows it on a day."""

    file: PersonalFile
    shown: PersonalFileVersion
    state: tuple[str, str]
    fragment: SafeString | None
    withheld: list[Line]
    old_lines: list[Line]
    beside: list[Line]
    businesses: list[tuple[int, str]]
    undecided: PersonalFileVersion | None
    differences: list[Difference]
    registered: list[PersonalFileVersion]
    decision: Decision
    duty: duties.Duty | None
    counts: list[FileCount]
    entries: list[EntryRow]
    buttons: list[Button]
    public_buttons: list[Button]
    may_count: bool
    may_correct_days: bool
    scans: Panel


def file_page(user: User, file: PersonalFile, day: date, today: date) -> FilePage:
    """The version in force on `day`, else the newest registered, else the draft; the buttons are those of today."""
    versions = list(SCANS.asked(duties.with_facts(visible_versions(user, file), day), user))
    undecided = next((version for version in versions if version.status in UNDECIDED), None)
    registered = [version for version in versions if version.status == FileStatus.REGISTERED]
    in_force = next((version for version in registered if version.in_force(day)), None)
    # A first draft that was withdrawn stays to be read by those who saw it.
    version = in_force or next(iter(registered), undecided or versions[0])
    changing = undecided if registered else None
    replaced = next((row for row in registered if changing and row.pk == changing.replaces_id), version)
    decision, duty = duties.judged(version, day=day)
    entries = list(file.public_entries.order_by("-published_on", "-pk"))
    open_now = open_actions(user, undecided or next(iter(registered), version))
    return FilePage(
        file=file,
        shown=version,
        state=state_of(version, day, file),
        fragment=fragment(version, today) if _prints(version, day) else None,
        withheld=withheld_lines(version),
        old_lines=old_lines(version),
        beside=lines_beside(version),
        businesses=_business_links(version),
        undecided=changing,
        differences=differences(replaced, changing) if changing else [],
        registered=registered,
        decision=decision,
        duty=duty,
        counts=_counts(file, day, today),
        entries=[entry_row(entry, day, today) for entry in entries],
        buttons=_open_buttons(file, undecided, registered, today, open_now),
        public_buttons=public_buttons(
            file, entries, open_now, held=any(row.in_force(today) for row in registered), today=today
        ),
        may_count="count_personal_file" in open_now,
        may_correct_days="correct_entry_days" in open_now,
        scans=SCANS.panel(versions),
    )


def _counts(file: PersonalFile, day: date, today: date) -> list[FileCount]:
    """What had been counted by `day`, and what bears a day ahead of today: it has to be seen to be corrected."""
    rows = file.counts.filter(Q(counted_on__lte=day) | Q(counted_on__gt=today)).order_by("-counted_on")
    for row in rows:
        row.is_ahead = row.counted_on > today
    return list(rows)


def _prints(version: PersonalFileVersion, day: date) -> bool:
    """The 単票 of the law is shown on days since it exists; before, the ordinance's four items."""
    return regime.files_on(day) is not None and sheets.has_sheet(version)


def fragment(version: PersonalFileVersion, today: date) -> SafeString:
    """The 単票 as HTML."""
    sheet = printing.get(sheets.CODE)
    return printing.render_fragment(sheet, sheet.values(version), printing.layout_for(sheet, version, today=today))


def _business_links(version: PersonalFileVersion) -> list[tuple[int, str]]:
    """The businesses of a version: number and newest name, and where their pages are."""
    registered = ActivityVersion.objects.filter(activity=OuterRef("activity"), status=ActivityStatus.REGISTERED)
    newest = registered.order_by("-valid_from").values("name")[:1]
    links = version.activity_links.filter(is_linked=True).select_related("activity").annotate(name=Subquery(newest))
    ordered = links.order_by(F("activity__number").asc(nulls_last=True), "activity")
    return [(row.activity_id, f"{row.activity.number or ''}　{row.name or row.activity}".strip()) for row in ordered]


def _open_buttons(
    file: PersonalFile,
    undecided: PersonalFileVersion | None,
    registered: list[PersonalFileVersion],
    today: date,
    open_now: set[str],
) -> list[Button]:
    if undecided is not None:
        return version_buttons(undecided, _UNDECIDED_STEPS, open_now)
    # A change that this person may not see is under way all the same.
    if not registered or file.abolished_on is not None or registered[0].under_way:
        return []
    newest, actions = registered[0], ["abolish_personal_file", "revise_personal_file"]
    if not newest.department.exists_on(today):
        actions.insert(0, "rename_file_section")
    return version_buttons(newest, actions, open_now)


def visible_versions(user: User, file: PersonalFile) -> QuerySet:
    """The versions of a file that `user` may see, newest first, those under way before all.

    Each knows whether one is `under_way`, seen or not.
    """
    under_way = PersonalFileVersion.objects.filter(file=file, status__in=UNDECIDED)
    versions = rules.permitted(file.versions.annotate(under_way=Exists(under_way)), user, "view_personalfileversion")
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
