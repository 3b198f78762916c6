"""記録票の種類: the four kinds of records. What they do alike stands in `base`, what differs in one module each."""

from records.kinds.base import RecordKind
from records.kinds.linkage import LINKAGE
from records.kinds.out_of_purpose import OUT_OF_PURPOSE
from records.kinds.outsourcing import OUTSOURCING
from records.kinds.provision import PROVISION
from records.models import RecordVersion
from records.regimes import is_under_act, rules_day

__all__ = [
    "KINDS",
    "LINKAGE",
    "OUTSOURCING",
    "OUT_OF_PURPOSE",
    "PROVISION",
    "RecordKind",
    "is_judged_by_act",
    "kind_of",
]

# In the order in which pages show them.
KINDS = {kind.code: kind for kind in (LINKAGE, OUT_OF_PURPOSE, OUTSOURCING, PROVISION)}
_BY_MODEL = {kind.model: kind for kind in KINDS.values()}


def kind_of(record: RecordVersion) -> RecordKind:
    """The kind of a record version."""
    return _BY_MODEL[type(record)]


def is_judged_by_act(record: RecordVersion) -> bool:
    """Whether the grounds of `record` are those of the Act (法第69条), not those of the ordinance."""
    first_day, _ = kind_of(record).period(record)
    return is_under_act(rules_day(record.proposal.form_date, first_day))
