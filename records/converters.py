"""住所の中の記録票の種類: /records/linkage/… and /records/out-of-purpose/…"""

from records.kinds import KINDS, RecordKind


class RecordKindConverter:
    """A kind of record in an address; anything else is 404."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> RecordKind:
        """The kind of that code."""
        return KINDS[value]

    def to_url(self, value: RecordKind) -> str:
        """Its code."""
        return value.code
