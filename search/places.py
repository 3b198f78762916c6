"""検索文書の番号: the primary key of a document says who may find it, where it stands and what it is about.

    audience 2 bits | position 20 | kind 5 | key 36

So the order of the primary key is the order of the numbers, a range of it is an audience, and kind and key are known
without reading the row: an index that only knows row numbers answers the first page of a common word by itself.
"""

from dataclasses import dataclass

from django.db import models

KIND_BITS, KEY_BITS, POSITION_BITS = 5, 36, 20
KEY_MASK, KIND_MASK = (1 << KEY_BITS) - 1, (1 << KIND_BITS) - 1
_POSITION_SHIFT = KEY_BITS + KIND_BITS
_AUDIENCE_SHIFT = _POSITION_SHIFT + POSITION_BITS
ORDER_MASK = (1 << _AUDIENCE_SHIFT) - 1
NO_NUMBER = (1 << POSITION_BITS) - 1


class Audience(models.TextChoices):
    """見る人: who may find a document at all."""

    STAFF = "staff", "職員"
    PUBLIC = "public", "だれでも"
    # Asked version by version: the permission table says who sees which (organization.rules).
    DRAFT = "draft", "手続中の版を見られる人"


_CODES = {Audience.STAFF: 0, Audience.PUBLIC: 1, Audience.DRAFT: 2}
_AUDIENCES = {code: audience for audience, code in _CODES.items()}


@dataclass(frozen=True)
class Place:
    """One document: `key` is the identity's key, for the audience DRAFT the version's."""

    audience: Audience
    position: int
    kind: int
    key: int

    @property
    def id(self) -> int:
        """The primary key."""
        return (
            _CODES[self.audience] << _AUDIENCE_SHIFT | self.position << _POSITION_SHIFT | self.kind << KEY_BITS
        ) | self.key

    @classmethod
    def of(cls, number: int) -> "Place":
        """The place that the primary key `number` names."""
        return cls(
            _AUDIENCES[number >> _AUDIENCE_SHIFT],
            number >> _POSITION_SHIFT & NO_NUMBER,
            number >> KEY_BITS & KIND_MASK,
            number & KEY_MASK,
        )


def position(number: str) -> int:
    """Where a business number (1309-14) stands; what has none comes last."""
    return int(number.replace("-", "")) if number else NO_NUMBER


def of_audience(audience: Audience) -> tuple[int, int]:
    """The first and the last primary key of an audience."""
    start = _CODES[audience] << _AUDIENCE_SHIFT
    return start, start | ORDER_MASK


def at_position(audience: Audience, place: int) -> tuple[int, int]:
    """The first and the last primary key of an audience at one position."""
    start = _CODES[audience] << _AUDIENCE_SHIFT | place << _POSITION_SHIFT
    return start, start | (1 << _POSITION_SHIFT) - 1
