"""区の用字用語: every visible string is written as the ward writes (domain §7.3)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = sorted(config.parent.name for config in ROOT.glob("*/__init__.py") if config.parent.name != "tests")
# What other bodies write → what the ward writes (S2, S4: および 41 times, 及び never; 順守, 付則, つぎの).
WARDS_WORDS = {
    "及び": "および",
    "又は": "または",
    "若しくは": "もしくは",
    "並びに": "ならびに",
    r"(?<![年目月])次の": "つぎの",
    "附則": "付則",
    "附属": "付属",
    "遵守": "順守",
}
# Quotations of other bodies keep the other bodies' words: file → why.
QUOTATIONS = {
    "fixtures/demo/shinjuku.json": "新宿区's own sheet, word for word",
    "fixtures/demo/papers/nerima.json": "papers of the ward with the letters and policies attached, word for word",
    "fixtures/demo/papers/shinjuku.json": "新宿区's own papers, word for word",
    "records/checks/items.py": "reads lists as other bodies write them, too",
    "fixtures/layouts/papers.json": "headings and set phrases of the papers of 2013 and of 新宿区, word for word",
    "fixtures/layouts/file-entry.json": "the headings of the national standard form 個人情報ファイル簿（単票）",
}
JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")
NOT_SHOWN = re.compile(r"{#.*?#}|{% comment.*?%}.*?{% endcomment %}|<!--.*?-->|<[^>]*?(?=\s)|{%.*?%}", re.S)
JS_COMMENTS = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.S)


def python_strings(text: str) -> Iterator[tuple[int, str]]:
    """The Japanese string literals of a program, without docstrings and comments."""
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def template_lines(text: str) -> Iterator[tuple[int, str]]:
    """What a template shows, with its attributes (titles, labels for screen readers), without comments and tags."""
    shown = NOT_SHOWN.sub(lambda match: "\n" * match[0].count("\n"), text)
    yield from enumerate(shown.splitlines(), 1)


def script_lines(text: str) -> Iterator[tuple[int, str]]:
    """A script without its comments."""
    code = JS_COMMENTS.sub(lambda match: "\n" * match[0].count("\n"), text)
    yield from enumerate(code.splitlines(), 1)


def plain_lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line."""
    yield from enumerate(text.splitlines(), 1)


READERS = {".py": python_strings, ".html": template_lines, ".txt": template_lines, ".js": script_lines}


def files() -> list[str]:
    """Every file whose strings somebody sees, relative to the repository."""
    found = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    found += [path for folder in ("templates", *APPS) for path in (ROOT / folder).rglob("*.html")]
    found += (ROOT / "static" / "js").rglob("*.js")
    found += (ROOT / "fixtures").rglob("*.json")
    found += [path for path in (ROOT / "bin").iterdir() if path.suffix in ("", ".py")]
    return sorted({path.relative_to(ROOT).as_posix() for path in found if path.is_file()})


def foreign_words(name: str, text: str) -> list[str]:
    """What the ward would write otherwise, with line and remedy."""
    read = READERS.get(Path(name).suffix, plain_lines)
    return [
        f"{name}:{number}: {match[0]} → {right}: {shown.strip()[:60]}"
        for number, shown in read(text)
        if JAPANESE.search(shown)
        for wrong, right in WARDS_WORDS.items()
        for match in re.finditer(wrong, shown)
    ]


@pytest.mark.parametrize("name", [name for name in files() if name not in QUOTATIONS])
def test_is_written_in_the_wards_words(name):
    assert foreign_words(name, (ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", QUOTATIONS)
def test_a_quotation_is_exempt_only_while_it_is_there_and_needs_to_be(name):
    assert foreign_words(name, (ROOT / name).read_text(encoding="utf-8")) != []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.py", 'MESSAGE = "氏名及び住所"', 1),
        ("a.py", 'class A:\n    """法第83条 又は: a docstring."""\n    x = f"次の{1}件、年次の報告"', 1),
        ("a.py", "# 遵守 is only a comment\nx = 'おわり'", 0),
        ("a.html", '<p title="次の頁">{# 又は #}附則</p>', 2),
        ("a.html", "{% comment %}及び{% endcomment %}および", 0),
        ("a.js", "// 次の\nshow('つぎの'); show('若しくは');", 1),
        ("a.json", '{"text": "練馬区情報セキュリティポリシーを遵守し"}', 1),
    ],
)
def test_the_reading_sees_what_is_shown_and_nothing_else(name, text, found):
    assert len(foreign_words(name, text)) == found


def test_there_is_something_to_read_of_every_sort():
    names = files()
    assert {Path(name).suffix for name in names} >= {".py", ".html", ".js", ".json", ""}
    assert "records/models/out_of_purpose.py" in names
