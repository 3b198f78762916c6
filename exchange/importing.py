"""取込みの確認: from a file to what it would do to a register. Nothing is written here, and nothing is kept."""

import hashlib
import json
from datetime import date

from tablib import Dataset

from common.tables.reading import read_table
from common.tables.shapes import Table, TableError
from exchange.drafts import Draft
from exchange.errors import ColumnsMissing, NothingToImport, Unreadable
from exchange.registers import Register
from exchange.resources import Checked, RegisterResource, Step, no_step


def read(name: str, content: bytes) -> Table:
    """The table of a file. Raises Unreadable with the words of common.tables."""
    try:
        return read_table(name, content)
    except TableError as refusal:
        raise Unreadable(str(refusal)) from refusal


def check(
    register: Register, table: Table, *, today: date, locking: bool = False, step: Step = no_step
) -> tuple[RegisterResource, Checked]:
    """確認: the drafts of every row, and the resource that can write them. Raises ColumnsMissing, NothingToImport."""
    resource = register.resource()
    if missing := resource.missing(table.columns):
        needed = [column for column in resource.columns if column.required]
        raise ColumnsMissing(missing, of_book=table.encoding == "xlsx" and len(missing) == len(needed))
    if not table.rows:
        raise NothingToImport
    dataset = Dataset(headers=table.columns)
    for row in table.rows:
        dataset.append(row.cells)
    lines = [row.number for row in table.rows]
    checked = resource.check(dataset, lines, today=today, encoding=table.encoding, locking=locking, step=step)
    return resource, checked


def digest(checked: Checked) -> str:
    """What a person has seen, as one word: the same file on the same register has the same."""
    seen = hashlib.sha256()
    for draft in checked.drafts:
        seen.update(json.dumps(_seen(draft), ensure_ascii=False).encode())
    return seen.hexdigest()


def _seen(draft: Draft) -> list[object]:
    changes = [[change.column, change.before, change.after] for change in draft.changes]
    faults = [[fault.column, fault.message] for fault in draft.faults]
    return [draft.line, draft.outcome, draft.kind, draft.state.get("id"), changes, faults]
