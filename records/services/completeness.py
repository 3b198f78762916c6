"""提出の点検: what must be on the paper before the file leaves the department."""

from records.kinds import kind_of
from records.kinds.base import is_empty
from records.models import RecordVersion
from records.services.contradictions import contradictions
from records.services.criteria import require_open
from records.services.errors import NothingToSubmit, RecordContradictory, RecordIncomplete


def missing_fields(record: RecordVersion) -> list[str]:
    """Names of the fields still to be filled in, in the order of the paper."""
    if record.is_end:  # the sheet is that of the record which ends
        return []
    kind = kind_of(record)
    missing = {name for name in kind.required if is_empty(getattr(record, name))} | set(kind.also_missing(record))
    return [name for name in kind.editable if name in missing]


def missing_labels(record: RecordVersion) -> list[str]:
    """The same in the words of the form."""
    return [str(record._meta.get_field(name).verbose_name) for name in missing_fields(record)]


def require_complete(records: list[RecordVersion]) -> None:
    """Raise NothingToSubmit, RecordIncomplete, CriteriaClosed or RecordContradictory unless every sheet is in order."""
    if not records:
        raise NothingToSubmit
    if missing := [f"{record}の「{label}」" for record in records for label in missing_labels(record)]:
        raise RecordIncomplete(missing)
    require_open(records)
    if problems := [f"{record}：{problem}" for record in records for problem in contradictions(record)]:
        raise RecordContradictory(problems)
