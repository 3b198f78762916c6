"""The lines of the sources that the rules quote, without blanks."""

from pathlib import Path

from tests.printing.papers import SOURCES, fold


def excerpts() -> str:
    """Those of tests/records/excerpts and the sheets of tests/sources."""
    folders = (Path(__file__).resolve().parent.parent / "excerpts", SOURCES)
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return "".join(fold(path.read_text(encoding="utf-8")) for path in paths)
