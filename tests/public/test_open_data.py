"""オープンデータ: CSV, JSON, schema and the twin of a page say the same, and the schema is true."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.urls import reverse

from public.fields import ACTIVITY_FIELDS, FILE_FIELDS
from tests.file_register.factories import published, registered_file
from tests.public.factories import public_policy
from tests.registry.factories import registered_activity

pytestmark = pytest.mark.django_db
CLEVER = {"name": "=cmd|'/c calc'!A1", "purpose": '改行\nと「引用符"」、カンマ,', "remarks": "𠮷田㈱"}
LEFT_OUT = {
    "withheld_parts": ["recipients", "items"],
    "recipients": "秘密の提供先",
    "items": "1氏名、2秘密の項目",
    "published_items": "1氏名",
    "withholding_reason": "秘密の理由",
}
TYPES = {"string": str, "null": type(None), "object": dict, "array": list}


def wrong_with(value, schema, where="$"):
    """What JSON Schema finds, for the words of it that ours uses."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    found = [] if not kinds or isinstance(value, tuple(TYPES[kind] for kind in kinds)) else [f"{where}: {value!r}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: {value!r}")
    if schema.get("format") == "date" and value is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        found.append(f"{where}: no day")
    if isinstance(value, dict):
        found += [f"{where}: without {name}" for name in schema.get("required", []) if name not in value]
        for name, inner in value.items():
            allowed = schema.get("properties", {}).get(name, schema.get("additionalProperties", {}))
            found += (
                [f"{where}.{name}: too much"] if allowed is False else wrong_with(inner, allowed, f"{where}.{name}")
            )
    if isinstance(value, list):
        found += [line for item in value for line in wrong_with(item, schema.get("items", {}), f"{where}[]")]
    return found


@pytest.fixture
def filled(department, open_ward):
    """Two files and two businesses, one with texts that break careless writers."""
    public_policy(activity_fields=[field.key for field in ACTIVITY_FIELDS], licence="CC BY 4.0")
    for values in (CLEVER, {"name": "相談ファイル"} | LEFT_OUT):
        published(registered_file(department, **values))
    registered_activity(department, name="相談の業務", number_as_printed="1309-14")
    registered_activity(department, name="支援の業務")


def cell_of(entry, key):
    """What the page and the CSV say of a value of the JSON."""
    if key not in entry.get("withheld", []):
        return entry[key] or ""
    if entry[key] is None:
        return "（法第75条第3項の規定により掲載しない）"
    return f"{entry[key]}\n（このほかは、法第75条第3項の規定により掲載しない）"


def json_of(client, register):
    return client.get(reverse("public_register_json", args=[register])).json()


@pytest.mark.parametrize("register", ["files", "activities"])
def test_the_json_is_as_its_schema_says(register, client, filled):
    content = json_of(client, register)
    schema = client.get(content["$schema"].removeprefix("http://testserver")).json()
    assert wrong_with(content, schema) == []
    assert len(content["entries"]) == 2
    assert content["licence"] == {"name": "CC BY 4.0", "url": ""}


def test_what_is_left_out_is_null_and_listed_and_never_an_empty_text(client, filled):
    (entry,) = [entry for entry in json_of(client, "files")["entries"] if entry["name"] == "相談ファイル"]
    assert (entry["withheld"], entry["recipients"], entry["items"]) == (["items", "recipients"], None, "1氏名")
    assert entry["special_procedure"] == ""


def test_the_schema_refuses_what_is_not_public(client, filled):
    content = json_of(client, "files")
    schema = client.get(reverse("public_schema", args=["files"])).json()
    content["entries"][0]["withholding_reason"] = "秘密"
    del content["entries"][1]["name"]
    content["as_of"] = "きのう"
    assert len(wrong_with(content, schema)) == 3


@pytest.mark.parametrize("register", ["files", "activities"])
def test_the_csv_has_a_bom_japanese_headings_and_the_values_of_the_json(register, client, filled):
    answer = client.get(reverse("public_register_csv", args=[register]))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    content = json_of(client, register)
    assert heading == list(content["labels"].values())
    keys = list(content["labels"])
    expected = [[cell_of(entry, key) for key in keys] for entry in content["entries"]]
    # The apostrophe that keeps a spreadsheet from calculating is the only difference.
    assert [[cell[1:] if cell.startswith("'=") else cell for cell in row] for row in rows] == expected
    assert not any(cell.startswith("=") for row in rows for cell in row)


@pytest.mark.parametrize("register", ["files", "activities"])
def test_the_twin_of_a_page_says_what_the_page_shows(register, client, filled):
    for entry in json_of(client, register)["entries"]:
        address = entry["url"].removeprefix("http://testserver")
        page = client.get(address)
        twin = client.get(address.rstrip("/") + ".json").json()
        assert twin["entry"] == entry
        told = page.context["page"].entry.told
        assert {key: cell_of(entry, key) for key in told} == told
        assert f'href="{address.rstrip("/")}.json"' in page.content.decode()


def test_every_field_has_a_key_and_a_label_of_its_own():
    for fields in (FILE_FIELDS, ACTIVITY_FIELDS):
        assert len({field.key for field in fields}) == len({field.label for field in fields}) == len(fields)


def test_the_documentation_names_every_field():
    text = (settings.BASE_DIR / "docs" / "open-data.md").read_text(encoding="utf-8")
    for field in (*FILE_FIELDS, *ACTIVITY_FIELDS):
        assert f"| `{field.key}` | {field.label} |" in text
