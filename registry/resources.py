"""業務登録の表: the register of businesses as a table, out and in (domain §1.4)."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from common.business_number import BusinessNumberError, parse
from exchange import registers
from exchange.cells import Answer, Choices, Day, Days, Lines, PartialDay, Text, plain
from exchange.columns import Column, model_column
from exchange.departments import DepartmentName
from exchange.drafts import Draft
from exchange.lives import Entry, Faults, Life
from exchange.states import by_number
from exchange.versioned import ID, VersionedResource, id_text
from registry.kinds import ItemKind
from registry.migrating import CHUNK, ActivityWriter, form_faults, form_line
from registry.models import UNDECIDED, Activity, ActivityVersion, CollectingForm, Collection

NUMBER = "業務登録番号"
MARK = "移行"


class NumberText(Text):
    """業務登録番号: any spelling; the cell shows NNNN-NN."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The text as typed. BusinessNumberError when it is no number."""
        text = plain(value)
        if text:
            parse(text)
        return text

    def same(self, old: Any, new: Any) -> bool:
        """Another spelling of the same number is no change."""
        return (parse(new).number if new else "") == (old or "")


class FormLines(Lines):
    """帳票: the names, editions and items."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The lines. ValueError for one that the table would refuse."""
        lines = super().clean(value)
        if faults := form_faults(lines):
            raise ValueError(" ".join(faults))
        return lines


def _field(name: str, widget: Text | None = None, **options: Any) -> Column:
    return model_column(ActivityVersion, name, widget, **options)


class ActivityResource(VersionedResource):
    """業務登録の表: one row is one business as it stands."""

    writer = ActivityWriter
    statuses = UNDECIDED
    name_column = "業務の名称"
    life_fields = ("moved",)
    version_fields = (
        "name", "purpose", "department", "responsible", "subjects", "persons", "item_kinds", "items", "collected_from",
        "collection_note", "media", "has_sensitive", "has_deceased", "started_on", "source_note",
    )  # fmt: skip

    id = Column("id", ID, note="このシステムの番号。業務登録番号のない業務を直すときに使います。新しい業務は空欄")
    number = Column("number", NUMBER, NumberText(), note="どの書き方でも構いません（例：1309-14、１３０９－１４）")
    name = _field("name", required=True)
    purpose = _field("purpose")
    department = _field("department", DepartmentName(), required=True, note="例：区民部 収納課")
    responsible = _field("responsible")
    subjects = _field("subjects")
    persons = _field("persons")
    item_kinds = _field(
        "item_kinds",
        Choices({kind.value: kind.short for kind in ItemKind}, {str(kind.label): kind.value for kind in ItemKind}),
        note="「、」で区切ります。例：戸籍等事項、心身健康",
    )
    items = _field("items")
    collected_from = _field("collected_from", Choices(dict(Collection.choices)), note="例：本人から、本人以外から")
    collection_note = _field("collection_note")
    media = _field("media")
    has_sensitive = _field("has_sensitive", Answer("あり", "なし"), note="あり、なし、または空欄")
    has_deceased = _field("has_deceased", Answer("あり", "なし"), note="あり、なし、または空欄")
    started_on = _field("started_on", PartialDay(), note="例：平成12年4月。書いたとおりに残ります。")
    forms = Column(
        "forms",
        "帳票",
        FormLines(3, "保健相談票｜令和4年4月版｜氏名、住所"),
        note="1行に1つ、名称｜版｜記録項目。例：保健相談票｜令和4年4月版｜氏名、住所",
    )
    registered_on = _field("registered_on", Day(), required=True, note="台帳に登録した日")
    valid_from = _field("valid_from", Day(), note="空欄のときは登録年月日と同じです。")
    changed_on = Column(
        "changed_on", "変更年月日", Days(), note="変更の効力が始まった日。何回かあれば「、」で区切ります。"
    )
    abolished_on = _field("abolished_on", Day(), note="効力がなくなった最初の日")
    abolition_reason = _field("abolition_reason", note="廃止年月日を書いたときに必要です。")
    is_migrated = _field("is_migrated", Answer(MARK, "", empty=False), ignored=True, note="書出しだけの列")
    source_note = _field("source_note")

    def in_order(self, versions: QuerySet) -> QuerySet:
        """By number, those without one at the end."""
        return versions.order_by(by_number("activity__number"), "pk")

    def keys_of(self, row: Any) -> list[tuple[str, str]]:
        """管理番号 and 業務登録番号; a number that cannot be read is told at its cell."""
        number = _canonical(row)
        return [*super().keys_of(row), *([("number", number)] if number else [])]

    def ids_of_keys(self, rows: Sequence[Any]) -> set[int]:
        """The businesses that bear the numbers of the file."""
        numbers = sorted({number for row in rows if (number := _canonical(row))})
        self.owners: dict[str, int] = {}
        for start in range(0, len(numbers), CHUNK):
            owned = Activity.objects.filter(number__in=numbers[start : start + CHUNK])
            self.owners.update(owned.values_list("number", "pk"))
        return set(self.owners.values())

    def is_found_by_name(self, row: Any) -> bool:
        """Also with a number that nobody bears: a business registered without one may be given it now."""
        return not id_text(row) and _canonical(row) not in self.owners

    def entry_of(self, row: Any, draft: Draft, faults: Faults) -> Entry | None:
        """By 管理番号 or number; the two must mean the same business."""
        number, text = _canonical(row), id_text(row)
        if not number:
            return super().entry_of(row, draft, faults)
        owner = self.owners.get(number)
        if not text:
            return self.entries.get(owner) if owner else self._unnumbered(row, faults)
        entry = self.entry_by_id(text, faults)
        if owner is not None and entry is not None and owner != entry.identity.pk:
            faults["number"] = [f"業務登録番号 {number} は、ほかの業務（{ID} {owner}）に付いています。"]
        return entry

    def _unnumbered(self, row: Any, faults: Faults) -> Entry | None:
        """The one business without a number that bears the row's name in its department and waits for this number.

        One that another row names by its 管理番号 is not meant, nor one that has ended, unless the row says its end.
        """
        meant = [entry for entry in self.namesakes_of(row) if self._waits_for_number(entry, row)]
        if len(meant) > 1:
            ids = "、".join(str(entry.identity.pk) for entry in meant)
            faults["number"] = [
                f"番号のない「{meant[0].standing.name}」が{len(meant)}件登録されています（{ID} {ids}）。"
                f"番号を付ける業務の{ID}を書いてください。"
            ]
        return meant[0] if len(meant) == 1 else None

    def _waits_for_number(self, entry: Entry, row: Any) -> bool:
        if entry.identity.number or self.lines_of.get(("id", str(entry.identity.pk))):
            return False
        return entry.standing.abolished_on is None or bool(plain(row.get("廃止年月日")))

    def kind_of(self, draft: Draft) -> str:
        """With the number that a business registered without one is given."""
        words = super().kind_of(draft)
        given = draft.life.extras.get("number")
        if draft.is_new or draft.state.get("number") or not given:
            return words
        corrected = {change.column for change in draft.changes} - {NUMBER}
        assigned = f"変更（登録されている業務に番号 {given} を付ける）"
        return f"{assigned}、{words}" if corrected else assigned

    def title_of(self, draft: Draft, row: Any) -> str:
        """「1309-14　…に関する業務」."""
        number = draft.state.get("number") or plain(row.get(NUMBER))
        return "　".join(part for part in (number, super().title_of(draft, row)) if part)

    def faults_of(self, draft: Draft) -> Faults:
        """A number once given out stays with its business."""
        given, typed = draft.state.get("number"), draft.values.get("number")
        if given and typed is not None and not self.fields["number"].widget.same(given, typed):
            return {"number": [f"この業務の業務登録番号は {given} です。登録した番号は変えられません。"]}
        if given and self._means_another(draft):
            return {"number": [self._owner_words(draft)]}
        return super().faults_of(draft)

    def _means_another(self, draft: Draft) -> bool:
        """Whether the number is all that a row has in common with its business (without 管理番号, which is explicit).

        An abolished business keeps its name: its number under another name is a number handed on.
        """
        if draft.values.get("id") or not draft.values.get("number"):
            return False
        labels = {change.column for change in draft.changes}
        if self.fields["name"].label not in labels:
            return False
        if draft.state["abolished_on"]:
            return True
        is_dated_alike = draft.values.get("registered_on") == draft.state["registered_on"]
        return self.fields["department"].label in labels and not is_dated_alike

    def _owner_words(self, draft: Draft) -> str:
        place = self.names.book.label(draft.state["department"])
        end = "、廃止済" if draft.state["abolished_on"] else ""
        return (
            f"{draft.state['number']} は「{draft.state['name']}」（{place}{end}）の番号です。"
            f"番号は、ほかの業務に付けられません。この業務を直すときは、{ID}も書いてください。"
        )

    def life_of(self, draft: Draft) -> Life:
        """With the number, canonical beside as typed."""
        life = super().life_of(draft)
        if typed := life.extras.pop("number", ""):
            life.extras["number"], life.values["number_as_printed"] = parse(typed).number, typed
        return life

    def hanging_on(self, versions: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """帳票 of the versions, one statement."""
        found: dict[int, dict[str, Any]] = defaultdict(lambda: {"forms": []})
        for form in CollectingForm.objects.filter(version__in=[version.pk for version in versions]).in_use():
            found[form.version_id]["forms"].append(form)
        return found

    def own_state(self, entry: Entry, version: ActivityVersion) -> dict[str, Any]:
        """Number, 帳票 and end."""
        return {
            "number": entry.identity.number or "",
            "forms": [form_line(form) for form in entry.extras.get("forms", [])],
            "abolished_on": version.abolished_on,
            "abolition_reason": version.abolition_reason,
        }


def _canonical(row: Any) -> str:
    """NNNN-NN of the row's cell; empty for none, and for what is no number."""
    return _number(plain(row.get(NUMBER)))


@lru_cache(maxsize=1024)  # each row asks some times in a row
def _number(text: str) -> str:
    try:
        return parse(text).number if text else ""
    except BusinessNumberError:
        return ""


def register_resource() -> None:
    """Called when the application starts."""
    registers.register(registers.Register("registry", "業務登録", ActivityResource, "activity_list"))
