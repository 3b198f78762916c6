"""記録票への参照: for rows that speak of one sheet, of whichever kind."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from records.models.record_versions import RecordVersion

# The column for each kind's table; named as the table.
COLUMNS = ("linkageversion", "outofpurposeuseversion", "outsourcingversion", "provisionversion")


def _column(table: str, label: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"records.{table}", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class AboutRecord(models.Model):
    """記録票のこと: one column for each kind, at most one of them filled, so that the database knows each reference."""

    linkageversion = _column("LinkageVersion", "電算結合記録票")
    outofpurposeuseversion = _column("OutOfPurposeUseVersion", "目的外利用記録票")
    outsourcingversion = _column("OutsourcingVersion", "外部委託記録票")
    provisionversion = _column("ProvisionVersion", "外部提供記録票")

    class Meta:
        abstract = True

    @property
    def record(self) -> "RecordVersion | None":
        """The sheet; None when the row speaks of none."""
        name = next((name for name in COLUMNS if getattr(self, f"{name}_id") is not None), None)
        return getattr(self, name) if name else None


def column_of(record: "RecordVersion") -> dict[str, Any]:
    """The column and its value for rows about `record`: for a filter, and for a new row."""
    return {record._meta.model_name: record}


def at_most_one(*more: str) -> Q:
    """The condition that at most one of the columns, and of `more`, is filled."""
    return Q(**{f"{name}__isnull": True for name in (*COLUMNS, *more)}) | exactly_one(*more)


def exactly_one(*more: str) -> Q:
    """The condition that one of the columns, or of `more`, is filled."""
    names, first = (*COLUMNS, *more), COLUMNS[0]
    found = _alone(first, names)
    for name in names[1:]:
        found |= _alone(name, names)
    return found


def _alone(name: str, names: tuple[str, ...]) -> Q:
    others = {f"{other}__isnull": True for other in names if other != name}
    return Q(**{f"{name}__isnull": False}, **others)
