"""提出の点検: what must be on the paper before the file leaves the department."""

from common.wareki import PartialDate
from records.kinds import OUT_OF_PURPOSE, kind_of
from records.models import OutOfPurposeUseVersion, RecordVersion
from records.models.out_of_purpose import Ground
from records.services.contradictions import contradictions
from records.services.errors import NothingToSubmit, RecordContradictory, RecordIncomplete


def missing_fields(record: RecordVersion) -> list[str]:
    """Names of the fields still to be filled in, in the order of the paper."""
    missing = [name for name in kind_of(record).required if _is_empty(getattr(record, name))]
    if record.is_change and kind_of(record).code == "linkage" and record.changed_on.is_blank:
        missing.append("changed_on")
    if isinstance(record, OutOfPurposeUseVersion):
        missing += _missing_of_use(record)
    order = kind_of(record).editable
    return sorted(missing, key=order.index)


def missing_labels(record: RecordVersion) -> list[str]:
    """The same in the words of the form."""
    return [str(record._meta.get_field(name).verbose_name) for name in missing_fields(record)]


def require_complete(records: list[RecordVersion]) -> None:
    """Raise NothingToSubmit, RecordIncomplete or RecordContradictory unless every sheet is filled in and coherent."""
    if not records:
        raise NothingToSubmit
    if missing := [f"{record}の「{label}」" for record in records for label in missing_labels(record)]:
        raise RecordIncomplete(missing)
    if problems := [f"{record}：{problem}" for record in records for problem in contradictions(record)]:
        raise RecordContradictory(problems)


# A box 「その他（　）」 that is ticked says what it means.
_OTHERS = (("kinds", "kinds_other"), ("use_forms", "use_forms_other"))


def _is_empty(value: object) -> bool:
    if isinstance(value, PartialDate):
        return value.is_blank
    if isinstance(value, str):
        return not value.strip()
    return not value


def _missing_of_use(use: OutOfPurposeUseVersion) -> list[str]:
    missing = []
    if use.continues_from.is_blank:
        missing += [name for name in ("period_from", "period_to") if getattr(use, name).is_blank]
    missing += [other for codes, other in _OTHERS if "other" in getattr(use, codes) and _is_empty(getattr(use, other))]
    if Ground.LAW in use.grounds and not use.ground_law.strip():
        missing.append("ground_law")
    if Ground.PREAPPROVED in use.grounds:
        missing += [name for name in ("criterion_type", "applied_on") if _is_empty(getattr(use, name))]
    return [name for name in missing if name in OUT_OF_PURPOSE.editable]
