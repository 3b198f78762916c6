"""個人情報ファイル簿・条例個人情報ファイル簿: what was published, with the words of the published version."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby, pairwise
from uuid import UUID

from django.db.models import Q, QuerySet

from common.wareki import format_date
from file_register import sheets
from file_register.kinds import FileKind, PublicRegister
from file_register.models import FilePolicy, PersonalFileVersion, PublicEntry, PublishedState
from public.entries import Entry, Event, Page, Ref, changed_items, told
from public.fields import FILE_FIELDS
from public.setting import Setting

KIND = "files"
# The registers' codes in addresses.
CODES = {PublicRegister.ACT: "files", PublicRegister.ORDINANCE: "ordinance-files"}
_TWIN = {"yes": "有", "no": "無"}


def open_registers(setting: Setting) -> list[str]:
    """The registers that everybody may read today; the one of small files only by the ward's choice (法第75条第5項)."""
    return [PublicRegister.ACT, PublicRegister.ORDINANCE] if setting.publishes_small else [PublicRegister.ACT]


def states(setting: Setting, register: str, day: date) -> QuerySet:
    """What the entries of `register` said on `day`.

    Of a past day, entries that were removed since are left out unless the ward keeps their names: otherwise the list
    of yesterday would tell what was struck out today.
    """
    found = _stood(setting, register, day)
    if not setting.keeps_names:
        found = found.exclude(entry__removed_on__lte=setting.today)
    in_order = found.order_by("version__organ_name", "version__section_name", "version__name", "pk")
    return in_order.select_related("version", "entry__file")


def removed_since(setting: Setting, register: str, day: date) -> int:
    """How many entries stood in `register` on `day` and were removed since; one statement."""
    return _stood(setting, register, day).filter(entry__removed_on__lte=setting.today).count()


def _stood(setting: Setting, register: str, day: date) -> QuerySet:
    found = PublishedState.objects.as_of(day).filter(entry__register=register)
    return found if register in open_registers(setting) else found.none()


def texts(version: PersonalFileVersion) -> dict[str, str]:
    """The items of the 単票 as published: what 法第75条第3項 leaves out is left out here too."""
    values = dict(sheets.values(version))
    kinds, twins = values.pop("kind"), values.pop("twin")
    values["kind"] = "".join(str(FileKind(code).label) for code in kinds)
    values["manual_twin"] = "".join(_TWIN[code] for code in twins)
    return {field.key: values[field.key] for field in FILE_FIELDS}


def withheld(version: PersonalFileVersion) -> tuple[str, ...]:
    """The keys of the items that 法第75条第3項 leaves out, wholly or in part, in the order of the 単票."""
    return tuple(field.key for field in FILE_FIELDS if field.key in version.withheld_parts)


def _told(version: PersonalFileVersion) -> dict[str, str]:
    return told(texts(version), withheld(version))


def entry(state: PublishedState) -> Entry:
    """One row of `states`."""
    values = texts(state.version)
    return Entry(
        ref=Ref(KIND, state.entry.file.token, values["name"]),
        fields=FILE_FIELDS,
        values=values,
        organ=values["organ_name"],
        section=values["section_name"],
        published_on=state.entry.published_on,
        withheld=withheld(state.version),
    )


def page(key: UUID, setting: Setting) -> Page | None:
    """The file at this address as it stands today, None if it was never published; one statement, two if closed."""
    rows = list(
        PublishedState.objects.filter(
            entry__file__token=key, entry__published_on__lte=setting.today, since__lte=setting.today
        )
        .select_related("version", "entry__file")
        .order_by("entry__published_on", "entry", "since", "pk")
    )
    shown = [row for row in rows if row.entry.register in open_registers(setting)]
    if shown:
        return _page(shown, setting)
    return _closed(rows, setting)


def _page(rows: list[PublishedState], setting: Setting) -> Page:
    last = rows[-1]
    removed_on = last.entry.removed_on
    is_over = removed_on is not None and removed_on <= setting.today
    name = last.version.name if setting.keeps_names or not is_over else ""
    ref = Ref(KIND, last.entry.file.token, name)
    return Page(
        ref=ref,
        register=CODES[last.entry.register],
        label=last.entry.get_register_display(),
        entry=None if is_over else entry(last),
        over=f"{format_date(removed_on)}に消除しました。" if is_over else "",
        over_on=removed_on if is_over else None,
        events=events(rows, setting),
    )


def _closed(rows: list[PublishedState], setting: Setting) -> Page | None:
    """A small file whose register the ward has closed since; None while it was never open."""
    opened = list(FilePolicy.objects.filter(publishes_small=True))
    for row in reversed(rows):
        if any(_overlap(policy, row.entry, setting.today) for policy in opened):
            name = row.version.name if setting.keeps_names else ""
            ref = Ref(KIND, row.entry.file.token, name)
            label = row.entry.get_register_display()
            return Page(ref, CODES[row.entry.register], label, None, "この帳簿は、いまは公表していません。", None, [])
    return None


def _overlap(policy: FilePolicy, published: PublicEntry, today: date) -> bool:
    ends = min(published.removed_on or today, today)
    begins_in_time = policy.valid_from is None or policy.valid_from <= ends
    return begins_in_time and (policy.valid_to is None or policy.valid_to > published.published_on)


def events(rows: Iterable[PublishedState], setting: Setting) -> list[Event]:
    """公表・修正・消除 of the entries that said `rows`, newest first; a correction of nothing public is no event."""
    by_entry = groupby(sorted(rows, key=lambda row: (row.entry_id, row.since, row.pk)), key=lambda row: row.entry)
    found = [event for published, said in by_entry for event in _events_of(published, list(said), setting)]
    return sorted(found, key=lambda event: event.day, reverse=True)


def _events_of(published: PublicEntry, said: list[PublishedState], setting: Setting) -> list[Event]:
    is_over = published.removed_on is not None and published.removed_on <= setting.today
    ref = Ref(KIND, published.file.token, said[-1].version.name if setting.keeps_names or not is_over else "")
    label = published.get_register_display()
    found = [Event(published.published_on, "公表", ref, label)]
    # Two corrections of one day are one: between them nobody was told anything.
    spoken = {row.since: _told(row.version) for row in said}.items()
    for (_, before), (since, after) in pairwise(spoken):
        if items := changed_items(FILE_FIELDS, before, after):
            found.append(Event(since, "修正", ref, label, items))
    if is_over:
        found.append(Event(published.removed_on, "消除", ref, label))
    return found


def newest(setting: Setting, limit: int) -> list[Event]:
    """The newest events of all open registers; one statement."""
    known = PublishedState.objects.filter(
        since__lte=setting.today,
        entry__published_on__lte=setting.today,
        entry__register__in=open_registers(setting),
    )
    said = known.order_by("-since", "-pk").values("entry")[:limit]
    removed = known.filter(entry__removed_on__lte=setting.today).order_by("-entry__removed_on", "-pk")
    wanted = Q(entry__in=said) | Q(entry__in=removed.values("entry")[:limit])
    return events(known.filter(wanted).select_related("version", "entry__file"), setting)[:limit]


def updated(rows: Iterable[PublishedState], setting: Setting) -> Mapping[int, date]:
    """修正日 of the entries that say `rows`, {entry: last day on which something public changed}; one statement."""
    entries = [row.entry_id for row in rows]
    said = PublishedState.objects.filter(entry__in=entries, since__lte=setting.today).select_related("version")
    found = {}
    for pk, own in groupby(said.order_by("entry", "since", "pk"), key=lambda row: row.entry_id):
        spoken = {row.since: _told(row.version) for row in own}.items()
        changes = [day for (_, old), (day, new) in pairwise(spoken) if old != new]
        if changes:
            found[pk] = changes[-1]
    return found
