"""台帳の表: what every register has in common when its rows go out to a table and come in from one.

django-import-export reads the cells, sorts the rows and collects what is wrong with them. It writes nothing: the rows
of a register are versions of something that lives on, so each register writes its drafts by a service of its own, in
bulk and with their history.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Result
from tablib import Dataset

from common.tables.characters import GETA, cp932_form
from exchange.columns import Column
from exchange.drafts import Change, Draft, Fault, Outcome
from history.writing import Actor

KEY = "id"  # 管理番号: says which entry a row means, and nothing about it
STEP_ROWS = 200  # how often a long check says how far it is
OVERWRITING = (
    f"置きかえられた文字{GETA}があります。登録の文字が、ファイルでは{GETA}になっています。"
    "もとの文字に直して、ExcelブックまたはUTF-8のCSVで取り込んでください。"
)
Step = Callable[[int, int], None]


def no_step(done: int, total: int) -> None:
    """Nobody waits to be told."""


@dataclass
class Checked:
    """確認の結果: the drafts of all rows, and how the header fits the register."""

    drafts: list[Draft]
    matched: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows came out so."""
        return sum(draft.outcome == outcome for draft in self.drafts)

    @property
    def written(self) -> list[Draft]:
        """The drafts that would write something."""
        return [draft for draft in self.drafts if draft.outcome in (Outcome.NEW, Outcome.CHANGED)]


class RegisterResource(Resource):
    """台帳の表. A register's own class declares the columns and fills in the hooks at the end."""

    class Meta:
        use_bulk = True  # no savepoint a row: nothing is written while rows are read
        skip_diff = True
        report_skipped = True
        clean_model_instances = False
        use_transactions = False
        import_id_fields = ()  # `find` knows the keys
        instance_loader_class = BaseInstanceLoader

    help_lines: Sequence[str] = ()

    @property
    def columns(self) -> list[Column]:
        """The columns in their order."""
        return list(self.fields.values())

    def missing(self, headers: Iterable[str]) -> list[str]:
        """The columns that a file must have and this one has not."""
        there = set(headers)
        return [column.label for column in self.columns if column.required and column.label not in there]

    def check(
        self,
        dataset: Dataset,
        lines: Sequence[int],
        *,
        today: date,
        encoding: str = "",
        locking: bool = False,
        step: Step = no_step,
    ) -> Checked:
        """確認: what each row of the table would do to the register as it stands; nothing is written.

        `lines` are the rows' numbers as a spreadsheet shows them, `encoding` says what the file can hold. A column is
        found by its heading, wherever it stands; a heading that the register does not know is left aside. With
        `locking` nobody else changes the entries that the rows name before the present transaction ends. The
        statements grow with batches, not with rows. `step` is told how many rows of how many are done.
        """
        self.drafts: list[Draft] = []
        self.lines, self.today, self.locking, self.step = lines, today, locking, step
        for column in self.columns:
            column.widget.encoding = encoding
        result = self.import_data(dataset, dry_run=True, use_transactions=False)
        for fault in [*result.base_errors, *(error for row in result.rows for error in row.errors)]:
            raise fault.error  # a fault of the programme, not of the file
        self.step(len(self.lines), len(self.lines))
        self._take_refusals(result, dataset)
        self.check_together()
        known = {column.label for column in self.columns}
        headers = list(dataset.headers or [])
        return Checked(
            drafts=self.drafts,
            matched=[name for name in headers if name in known],
            unknown=[name for name in headers if name not in known],
            absent=[column.label for column in self.columns if column.label not in headers],
        )

    def _take_refusals(self, result: Result, dataset: Dataset) -> None:
        labels = {column.attribute: column.label for column in self.columns}
        places = {label: at for at, label in enumerate(dataset.headers or [])}
        for at, (draft, row) in enumerate(zip(self.drafts, result.rows, strict=True)):
            if row.validation_error is None:
                continue
            for name, messages in row.validation_error.message_dict.items():
                label = labels.get(name, "")
                value = str(dataset[at][places[label]] or "") if label in places else ""
                draft.faults += [Fault(label, value, message) for message in messages]

    # What django-import-export calls for each row, in this order.

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Read what the rows concern, all at once."""
        self.open_book(dataset)

    def get_import_fields(self) -> list[Column]:
        """All columns, in their order."""
        return self.columns

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """A draft for the row, whatever becomes of it."""
        number = kwargs["row_number"]
        self.drafts.append(Draft(self.lines[number - 1]))
        if number % STEP_ROWS == 0:
            self.step(number, len(self.lines))

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Draft, bool]:
        """The draft, with what the register holds under the row's key."""
        draft = self.drafts[-1]
        self.key_faults = self.find(draft, row)
        return draft, draft.is_new

    def skip_row(self, instance: Draft, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether the register already says what the row says."""
        instance.title = self.title_of(instance, row)
        if import_validation_errors or self.key_faults:
            return False
        self.settle(instance)
        if not instance.is_new:
            instance.changes = self.changes_of(instance)
        return not instance.is_new and not instance.changes

    def validate_instance(
        self, instance: Draft, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What is wrong with the row as a whole, beside the cells that could not be read."""
        errors = self.key_faults | dict(import_validation_errors or {})
        if not errors:
            errors = self.faults_of(instance) or self._overwriting(instance)
        if errors:
            raise ValidationError({name or NON_FIELD_ERRORS: found for name, found in errors.items()})

    def _overwriting(self, draft: Draft) -> dict[str, list[str]]:
        """〓 in a changed cell: it stands for a character of the register that would be lost.

        Whatever the file is in by now: an export in CP932 is often saved again by a spreadsheet.
        """
        attributes = {column.label: column for column in self.columns}
        return {
            attributes[change.column].attribute: [OVERWRITING]
            for change in draft.changes
            if change.after.count(GETA) > change.before.count(GETA)
            and cp932_form(change.before).count(GETA) > change.before.count(GETA)
        }

    def save_instance(self, instance: Draft, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Nothing yet: `write` does it for all rows, after a person has confirmed."""
        instance.kind = self.kind_of(instance)

    def changes_of(self, draft: Draft) -> list[Change]:
        """What the file says otherwise than the register."""
        return [
            Change(column.label, column.widget.render(old), column.widget.render(new))
            for column in self.columns
            if column.attribute in draft.values
            and column.attribute != KEY
            and not column.widget.same(old := draft.state.get(column.attribute), new := draft.values[column.attribute])
        ]

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[str]:
        """The cells of one row's state, in the order of the columns."""
        return [column.export(instance) for column in self.get_export_fields(selected_fields)]

    # What each register fills in.

    def open_book(self, dataset: Dataset) -> None:
        """Read what the rows concern; a constant number of statements."""
        raise NotImplementedError

    def find(self, draft: Draft, row: Any) -> dict[str, list[str]]:
        """Set the draft's `standing` and `state` by the key of the row. Answers what is wrong with the key."""
        raise NotImplementedError

    def check_together(self) -> None:
        """Add to the drafts what is wrong with all rows together."""

    def settle(self, draft: Draft) -> None:
        """What an empty cell means where it does not mean nothing; `values` are read, `state` is known."""

    def title_of(self, draft: Draft, row: Any) -> str:
        """How a reader knows the row: its number and name."""
        raise NotImplementedError

    def faults_of(self, draft: Draft) -> dict[str, list[str]]:
        """attribute (empty for the row) → what is wrong with it."""
        raise NotImplementedError

    def kind_of(self, draft: Draft) -> str:
        """What writing the draft would be, in words."""
        raise NotImplementedError

    def write(self, drafts: Sequence[Draft], *, actor: Actor, reason: str, step: Step = no_step) -> None:
        """Write the drafts of a check that found nothing wrong, in the present transaction."""
        raise NotImplementedError
