"""たどる: from row to row along ties such as successions."""

from collections import defaultdict
from collections.abc import Iterable


def reached(starts: Iterable[int], ties: Iterable[tuple[int, int]]) -> set[int]:
    """`starts` and all that can be reached from them along `ties` (from, to); circles do no harm."""
    onward: dict[int, set[int]] = defaultdict(set)
    for here, there in ties:
        onward[here].add(there)
    found: set[int] = set()
    fresh = set(starts)
    while fresh:
        found |= fresh
        fresh = set().union(*(onward[pk] for pk in fresh)) - found
    return found
