"""What a printed sheet says: its text, pages, fonts and outline, read back with poppler."""

import re
import subprocess
import unicodedata
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "sources"


def poppler(pdf, *command):
    """The output of a poppler tool on this PDF (its name, options, and where it wants it "-" for the file)."""
    return subprocess.run([*command], input=pdf, capture_output=True, check=True).stdout.decode()


def text_of(pdf):
    """The PDF's text in the order of the sheet."""
    return poppler(pdf, "pdftotext", "-raw", "-", "-")


def pages_of(pdf):
    """The text of each page."""
    return text_of(pdf).split("\f")[:-1]


def fonts_of(pdf):
    """Names of the embedded fonts, without the prefix of the subset."""
    lines = poppler(pdf, "pdffonts", "-").splitlines()[2:]
    return {line.split()[0].split("+")[-1] for line in lines}


def fold(text):
    """Without blanks, one width, one tilde: what remains must be the same on both papers."""
    folded = unicodedata.normalize("NFKC", text).replace("\u301c", "~").replace("\uff5e", "~")
    return re.sub(r"\s+", "", folded)


def source(name):
    """The text of one sheet of the council papers of January 2022, as a copy without markup."""
    return (SOURCES / f"{name}.txt").read_text()
