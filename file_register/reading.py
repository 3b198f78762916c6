"""項目の読みかた: the fields of a registration as a person reads them, and what differs between two."""

from dataclasses import dataclass
from typing import Any

from file_register.activity_lines import as_lines
from file_register.forms import EditPersonalFileForm
from file_register.kinds import EXCLUSIONS, FileKind, WithheldPart
from file_register.models import PersonalFileVersion
from history.conflicts import Difference
from history.conflicts import conflicts as fields_in_conflict


@dataclass(frozen=True)
class Line:
    """One line of the registration as a person reads it."""

    label: str
    text: str


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
    return value.told() if hasattr(value, "told") else str(value)


def old_lines(version: PersonalFileVersion) -> list[Line]:
    """The four items of the ordinance's registration (domain §1.9)."""
    return [Line(label, getattr(version, name)) for name, label in _OLD_LABELS.items()]


def lines_beside(version: PersonalFileVersion) -> list[Line]:
    """What no 単票 prints: filled in only."""
    found = [Line(str(_field(name).verbose_name), shown(name, getattr(version, name))) for name in _BESIDE]
    return [line for line in found if line.text]


def withheld_lines(version: PersonalFileVersion) -> list[Line]:
    """記載しない事項 with what stands in the register: no sheet and no public page shows it."""
    return [
        Line(f"{_field(part.value).verbose_name}（{part.partly}）", getattr(version, part.value))
        for part in WithheldPart
        if part in version.withheld_parts
    ]


def differences(before: PersonalFileVersion, after: PersonalFileVersion) -> list[Difference]:
    """What a change changes, in the order of the form; the businesses of the file last."""
    names = EditPersonalFileForm._meta.fields
    pairs = [(str(_field(name).verbose_name), *_both(name, before, after)) for name in names]
    pairs.append(("ファイルを利用する業務", _businesses(before), _businesses(after)))
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def conflicts(form: EditPersonalFileForm, current: PersonalFileVersion) -> list[Difference]:
    """編集の競合: the fields in which the valid `form` (after) differs from the row as it stands saved (before)."""
    found = fields_in_conflict(form, current, form._meta.fields, shown)
    typed_businesses = "、".join(as_lines(form.chosen_activities()))
    if {row.pk for row in form.chosen_activities()} != {row.pk for row in current.activities}:
        found.append(Difference(str(form["activities"].label), _businesses(current), typed_businesses))
    return found


def _field(name: str) -> Any:
    return PersonalFileVersion._meta.get_field(name)


def _both(name: str, before: PersonalFileVersion, after: PersonalFileVersion) -> tuple[str, str]:
    return shown(name, getattr(before, name)), shown(name, getattr(after, name))


def _businesses(version: PersonalFileVersion) -> str:
    return "、".join(as_lines(version.activities))


def step_lines(version: PersonalFileVersion) -> list[Line]:
    """What stands beside a step: the four items that identify a file, and what is kept out of the register."""
    department = Line("所管課", version.department.full_name)
    return [department, *old_lines(version), *lines_beside(version)]
