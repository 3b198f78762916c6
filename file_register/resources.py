"""個人情報ファイルの表: the register of files as a table, out and in (domain §1.9, §3.2)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tablib import Dataset

from common.business_number import BusinessNumberError, parse
from exchange import registers
from exchange.cells import Answer, Choice, Choices, Day, Days, Lines, PartialDay, Text, day_of, plain
from exchange.columns import Column, model_column
from exchange.departments import DepartmentName
from exchange.lives import Entry
from exchange.versioned import ID, VersionedResource, is_number
from file_register.kinds import EXCLUSION_CHOICES, UNDECIDED, FileKind, WithheldPart
from file_register.migrating import FileWriter, count_faults
from file_register.models import FileActivity, FileCount, PersonalFileVersion, PublishedState
from registry.models import Activity, ActivityStatus

MARK = "移行"
BY_ID = "#"  # before the 管理番号 of a business that has no number


class Businesses(Text):
    """利用する業務: numbers in any spelling, 「#12」 for a business without one; `learn` comes before the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, int] = {}
        self.words: dict[int, str] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> tuple[int, ...]:
        """The keys of the businesses. ValueError names every one that is not registered."""
        found, gone = [], []
        for text in _parts(value):
            key = self.known.get(_canonical(text))
            (found.append(key) if key is not None else gone.append(text[:40]))
        if gone:
            raise ValueError(f"登録されていない業務です：{'、'.join(gone)}")
        return tuple(dict.fromkeys(found))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """「0701-01、1309-14」."""
        return "、".join(self.words.get(key, f"{BY_ID}{key}") for key in value or ())

    def same(self, old: Any, new: Any) -> bool:
        """Whether the same businesses use the file."""
        return set(old or ()) == set(new)

    def learn(self, rows: Iterable[tuple[int, str | None]]) -> None:
        """Take in (key, number) of registered businesses."""
        for key, number in rows:
            self.words[key] = number or f"{BY_ID}{key}"
            self.known[self.words[key]] = self.known[f"{BY_ID}{key}"] = key


class Counts(Lines):
    """本人の数: a line for each day on which somebody counted."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The lines, days as ISO text. ValueError for one that the register would refuse."""
        lines = super().clean(value)
        if faults := count_faults(lines):
            raise ValueError(" ".join(faults))
        return tuple((str(day_of(day)), text, note) for day, text, note in lines)

    def same(self, old: Any, new: Any) -> bool:
        """Days that the file leaves out stay as they are: counts are never taken away."""
        known = {line[0]: line for line in old or ()}
        return all(line[0] in known and self.same_line(known[line[0]], line) for line in new)


def _field(name: str, widget: Text | None = None, **options: Any) -> Column:
    return model_column(PersonalFileVersion, name, widget, **options)


class PersonalFileResource(VersionedResource):
    """個人情報ファイルの表: one row is one file as it stands."""

    writer = FileWriter
    statuses = UNDECIDED
    name_column = "個人情報ファイルの名称"
    version_fields = (
        "name", "organ_name", "section_name", "department", "purpose", "items", "scope", "collection_method",
        "has_sensitive", "has_ordinance_sensitive", "recipients", "request_office", "special_procedure", "kind",
        "has_manual_twin", "invites_proposals", "proposal_office", "anonymised_summary", "anonymised_office",
        "anonymised_period", "remarks", "held_from", "exclusions", "is_withheld", "withheld_parts", "published_items",
        "withholding_reason", "source_note",
    )  # fmt: skip

    id = Column("id", ID, note="このシステムの番号。登録されているファイルを直すときに使います。新しいファイルは空欄")
    name = _field("name", required=True)
    department = _field("department", DepartmentName(), required=True, note="例：区民部 収納課")
    organ_name = _field("organ_name")
    section_name = _field("section_name")
    purpose = _field("purpose")
    items = _field("items")
    scope = _field("scope")
    collection_method = _field("collection_method")
    has_sensitive = _field("has_sensitive", Answer("含む", "含まない"), note="含む、含まない、または空欄")
    has_ordinance_sensitive = _field("has_ordinance_sensitive", Answer("含む", "含まない", empty=False))
    recipients = _field("recipients")
    request_office = _field("request_office")
    special_procedure = _field("special_procedure")
    kind = _field(
        "kind",
        Choice(dict(FileKind.choices), {kind.short: kind.value for kind in FileKind}),
        note="電算処理ファイル、またはマニュアル処理ファイル",
    )
    has_manual_twin = _field("has_manual_twin", Answer("有", "無"), note="有、無、または空欄")
    invites_proposals = _field("invites_proposals", Answer("該当", "非該当", empty=False))
    proposal_office = _field("proposal_office")
    anonymised_summary = _field("anonymised_summary")
    anonymised_office = _field("anonymised_office")
    anonymised_period = _field("anonymised_period")
    remarks = _field("remarks")
    activities = Column(
        "activities",
        "ファイルを利用する業務",
        Businesses(),
        note="業務登録番号を「、」で区切ります。番号のない業務は「#」と管理番号（例：#12）",
    )
    counts = Column(
        "counts",
        "本人の数",
        Counts(3, "2023-04-01｜1,234人｜住民記録から"),
        note="1行に1回分、調べた日｜人数｜注記。書いていない日の人数は、そのまま残ります。",
    )
    held_from = _field("held_from", PartialDay())
    exclusions = _field("exclusions", Choices(dict(EXCLUSION_CHOICES)), note="1行に1つ")
    is_withheld = _field("is_withheld", Answer("掲載しない", "", empty=False), note="掲載しない、または空欄")
    withheld_parts = _field("withheld_parts", Choices(dict(WithheldPart.choices)))
    published_items = _field("published_items")
    withholding_reason = _field("withholding_reason")
    registered_on = _field("registered_on", Day(), required=True, note="台帳に登録した日")
    valid_from = _field("valid_from", Day(), note="空欄のときは登録年月日と同じです。")
    changed_on = Column(
        "changed_on", "変更年月日", Days(), note="変更の効力が始まった日。何回かあれば「、」で区切ります。"
    )
    abolished_on = Column("abolished_on", "廃止年月日", Day(), note="保有しなくなった最初の日")
    abolition_reason = Column("abolition_reason", "廃止の理由", note="廃止年月日を書いたときに必要です。")
    is_migrated = _field("is_migrated", Answer(MARK, "", empty=False), ignored=True, note="書出しだけの列")
    source_note = _field("source_note")

    def open_book(self, dataset: Dataset) -> None:
        """Also the businesses that the rows name."""
        column: Column = self.fields["activities"]
        texts = {_canonical(text) for row in dataset.dict for text in _parts(row.get(column.label))}
        ids = sorted(int(text[1:]) for text in texts if text.startswith(BY_ID) and is_number(text[1:]))
        registered = Activity.objects.filter(versions__status=ActivityStatus.REGISTERED).distinct()
        for lookup, keys in (("number__in", sorted(texts)), ("pk__in", ids)):
            for start in range(0, len(keys), 500):
                found = registered.filter(**{lookup: keys[start : start + 500]})
                column.widget.learn(found.values_list("pk", "number"))
        super().open_book(dataset)

    def hanging_on(self, versions: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """Businesses, counts, and whether everybody could read it; three statements."""
        found: dict[int, dict[str, Any]] = {version.pk: {"links": {}, "counts": []} for version in versions}
        for pk in PublishedState.objects.filter(version__in=list(found)).values_list("version", flat=True):
            found[pk]["was_published"] = True
        links = FileActivity.objects.filter(version__in=list(found)).select_related("activity").order_by("pk")
        for link in links:
            found[link.version_id]["links"][link.activity_id] = link
        self.fields["activities"].widget.learn((link.activity_id, link.activity.number) for link in links)
        by_file: dict[int, list[FileCount]] = defaultdict(list)
        for count in FileCount.objects.filter(file__in={version.file_id for version in versions}).order_by(
            "counted_on"
        ):
            by_file[count.file_id].append(count)
        for version in versions:
            found[version.pk]["counts"] = by_file[version.file_id]
        return found

    def own_state(self, entry: Entry, version: PersonalFileVersion) -> dict[str, Any]:
        """Businesses, counts and end."""
        links: dict[int, FileActivity] = entry.extras.get("links", {})
        linked = sorted(link.activity_id for link in links.values() if link.is_linked)
        words = self.fields["activities"].widget.words
        return {
            "activities": tuple(sorted(linked, key=lambda key: words.get(key, ""))),
            "counts": [(str(row.counted_on), row.text, row.note) for row in entry.extras.get("counts", ())],
            "abolished_on": entry.identity.abolished_on,
            "abolition_reason": entry.identity.abolition_reason,
        }


def _parts(value: Any) -> list[str]:
    """The businesses of a cell, as typed."""
    text = plain(value)
    for separator in (",", "，", "\n"):
        text = text.replace(separator, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def _canonical(text: str) -> str:
    """NNNN-NN where the text is a number, else the text."""
    try:
        return parse(text).number
    except BusinessNumberError:
        return text.replace("＃", BY_ID)


def register_resource() -> None:
    """Called when the application starts."""
    registers.register(registers.Register("files", "個人情報ファイル", PersonalFileResource, "personal_file_list"))
