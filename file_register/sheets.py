"""個人情報ファイル簿（単票）: its boxes, in the order of the standard form (domain.md §3.2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from common import regime
from exchange import batches
from exchange.batches import Batch
from file_register.kinds import FileKind, WithheldPart
from file_register.models import PersonalFileVersion
from printing.cells import Filler, Values
from printing.sheets import Sheet, register

CODE = "file-entry"
TITLE = "個人情報ファイル簿（単票）"
TEMPLATE = "file_register/_sheet_file_entry.html"
# The register begins with the law; a version that lasts into that time prints as it stands since then.
FIRST_DAY = regime.FILE_TABLE[0].first

ROWS = (
    "name", "organ_name", "section_name", "purpose", "items", "scope", "collection_method", "sensitive",
    "ordinance_sensitive", "recipients", "request_office", "special_procedure", "kind", "invites_proposals",
    "proposal_office", "anonymised_summary", "anonymised_office", "anonymised_period", "remarks",
)  # fmt: skip


def context(values: Values, layout: Mapping[str, Any], baseline: Values | None = None) -> dict[str, Any]:
    """The template's context from texts as printed; a key that is missing prints as the layout's blank.

    `values`: the names in ROWS, each a text, but `kind` and `twin` (令第21条第7項), which are lists of the codes in the
    layout's option lists. With `baseline` (the same keys) what differs from it is marked.
    """
    form = Filler(values, layout, baseline)
    rows = [form.option_row(key) if key == "kind" else form.text_row(key) for key in ROWS]
    return {"sheet": form.heading(), "rows": rows, "twin": form.option_row("twin", inline=True)}


def values(version: PersonalFileVersion) -> Mapping[str, Any]:
    """The values of a 単票 as it is published: what 法第75条第3項 leaves out is left out here too."""
    texts = {name: getattr(version, name) for name in ROWS if name not in _DERIVED}
    hidden = set(version.withheld_parts)
    if WithheldPart.ITEMS in hidden:
        texts["items"] = version.published_items
    for part in hidden & {WithheldPart.COLLECTION, WithheldPart.RECIPIENTS}:
        texts[part] = ""
    twin = version.has_manual_twin if version.kind == FileKind.COMPUTER else None
    return texts | {
        "sensitive": {None: "", True: "含む", False: "含まない"}[version.has_sensitive],
        "ordinance_sensitive": "含む" if version.has_ordinance_sensitive else "含まない",
        "kind": [version.kind] if version.kind else [],
        "twin": {None: [], True: ["yes"], False: ["no"]}[twin],
        "invites_proposals": "該当" if version.invites_proposals else "非該当",
    }


_DERIVED = frozenset({"sensitive", "ordinance_sensitive", "kind", "invites_proposals"})


def form_date(version: PersonalFileVersion) -> date | None:
    """The day that chooses the layout: the version's first day under the law."""
    return max(version.valid_from, FIRST_DAY) if version.valid_from else None


def has_sheet(version: PersonalFileVersion) -> bool:
    """Whether the version lasts into the time of the 単票; one that ended before has the old registration only."""
    return version.valid_to is None or version.valid_to > FIRST_DAY


BATCH = Batch(
    code="file-entries",
    sheet=CODE,
    title=TITLE,
    headings=("", "個人情報ファイルの名称"),
    action="print_file_entry",
    number=lambda version: "",
    name=lambda version: version.name,
    place=lambda version: version.department.full_name,
    related=["department__parent"],
)


def register_sheets() -> None:
    """Called once, while the application starts."""
    batches.register(BATCH)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=FIRST_DAY)
    register(
        Sheet(
            code=CODE,
            title=TITLE,
            template=TEMPLATE,
            queryset=lambda: PersonalFileVersion.objects.filter(lasting).order_by("pk"),
            values=values,
            context=context,
            form_date=form_date,
            label=lambda version: f"{version.section_name} {version.name}".strip(),
        )
    )
