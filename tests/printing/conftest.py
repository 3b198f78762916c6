"""Every test here fails when the printing engine has something to complain about."""

import logging

import pytest

LOUD = ("weasyprint", "fontTools", "printing")


class Collector(logging.Handler):
    """Keeps what is logged, to be asserted on."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


@pytest.fixture(autouse=True)
def warnings_of_the_engine(request):
    """The warnings logged so far; at the end there must be none, unless the test is marked to expect them."""
    collector = Collector()
    for name in LOUD:
        logging.getLogger(name).addHandler(collector)
    yield collector.messages
    for name in LOUD:
        logging.getLogger(name).removeHandler(collector)
    if "expected_warnings" not in request.fixturenames:
        assert collector.messages == []


@pytest.fixture
def expected_warnings(warnings_of_the_engine):
    """For a test that provokes warnings and looks at them itself."""
    return warnings_of_the_engine
