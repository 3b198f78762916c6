"""次第の順: an order of blocks and items as plain values, and what the buttons of the board make of it.

Nothing here asks the database: a page carries the order that it showed, so that what somebody chose can be told from
what somebody else has done since.
"""

import re
from collections.abc import Mapping, Sequence

from councils.agenda import Part

# The blocks from the first to the last, each with its items.
Order = list[tuple[int, list[int]]]
_WRITTEN = re.compile(r"\d{1,12}:(\d{1,12}(,\d{1,12})*)?(;\d{1,12}:(\d{1,12}(,\d{1,12})*)?)*", re.ASCII)


def order_of(parts: Sequence[Part]) -> Order:
    """The order in which the agenda stands."""
    return [(part.block.pk, [line.item.pk for line in part.lines]) for part in parts]


def written(order: Order) -> str:
    """「3:7,8;4:」: as a page carries it."""
    return ";".join(f"{block}:{','.join(map(str, items))}" for block, items in order)


def parse(text: str) -> Order:
    """What `written` wrote; ValueError for anything else."""
    if not text:
        return []
    if not _WRITTEN.fullmatch(text):
        raise ValueError(text)
    found = [part.split(":") for part in text.split(";")]
    return [(int(block), [int(item) for item in items.split(",") if item]) for block, items in found]


def item_moved(order: Order, item: int, by: int) -> Order:
    """The item one place up (-1) or down (1) within its block; as it was at either end."""
    return [(block, _swapped(items, item, by)) for block, items in order]


def block_moved(order: Order, block: int, by: int) -> Order:
    """The block one place up or down, with its items."""
    blocks = _swapped([key for key, _ in order], block, by)
    items = dict(order)
    return [(key, items[key]) for key in blocks]


def placed(order: Order, chosen: Mapping[int, tuple[int, int]]) -> Order:
    """Each item of `chosen` at its place (block, counted from 0), the others in the order that is left to them."""
    left = {block: [item for item in items if item not in chosen] for block, items in order}
    for item, (block, place) in sorted(chosen.items(), key=lambda one: (one[1], one[0])):
        left[block].insert(place, item)
    return list(left.items())


def brought_up_to_date(chosen: Order, present: Order) -> Order:
    """`chosen` as far as it can still be had: what is gone drops out, what came since stands behind, in its block."""
    home = {item: block for block, items in present for item in items}
    blocks = [block for block, _ in present]
    known = [block for block, _ in chosen if block in blocks]
    kept = {block: [item for item in items if item in home] for block, items in chosen if block in blocks}
    seen = {item for items in kept.values() for item in items}
    found = {block: kept.get(block, []) for block in [*known, *[one for one in blocks if one not in known]]}
    for item, block in home.items():
        if item not in seen:
            found[block].append(item)
    return list(found.items())


def _swapped(keys: list[int], key: int, by: int) -> list[int]:
    if key not in keys or not 0 <= keys.index(key) + by < len(keys):
        return keys
    place, found = keys.index(key), list(keys)
    found[place], found[place + by] = found[place + by], found[place]
    return found
