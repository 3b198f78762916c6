"""At the start the machine is asked for what printing needs."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from weasyprint.text import ffi

from printing import checks, glyphs


def test_this_machine_has_the_library_and_the_fonts():
    assert checks.subsetting_library_is_there(None) == []
    assert checks.fonts_are_there(None) == []


def test_a_missing_library_stops_the_start_and_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    (problem,) = checks.subsetting_library_is_there(None)
    assert problem.id == "printing.E001"
    assert "apt-get install libharfbuzz-subset0" in problem.hint


def test_a_missing_font_stops_the_start_and_is_named(monkeypatch):
    monkeypatch.setattr(glyphs, "OTHER_FAMILIES", ("No Such Gothic",))
    (problem,) = checks.fonts_are_there(None)
    assert "No Such Gothic" in problem.msg
    assert "fonts-morisawa-bizud-mincho" in problem.hint


def test_the_command_that_prints_asks_first(monkeypatch):
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(SystemCheckError, match="libharfbuzz-subset0"):
        call_command("print_sheet", "--list", skip_checks=False)
