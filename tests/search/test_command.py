"""bin/manage search: what is found, as data."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.registry.factories import activity_draft, registered_activity

NAMED = "母子保健に関する業務"

pytestmark = pytest.mark.django_db


def search(*arguments):
    out = StringIO()
    call_command("search", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_lists_kind_number_title_and_passage_best_first():
    other = registered_activity(name="統計の業務", purpose="地域の保健の統計を行う。")
    named = registered_activity(name=NAMED, purpose="支援")
    assert search("保健", "--format", "json") == [
        {"kind": "activity", "id": named.activity_id, "title": NAMED, "passage": NAMED},
        {
            "kind": "activity", "id": other.activity_id, "title": "統計の業務",
            "passage": "業務の目的：地域の保健の統計を行う。",
        },
    ]  # fmt: skip


def test_finds_nothing_without_failing():
    assert search("該当なし") == search("・") == []


def test_the_public_option_shows_nothing_that_was_not_published():
    registered_activity(name="保健の業務")
    activity_draft(name="保健の下書き")
    assert len(search("保健")) == 2
    assert search("保健", "--public") == []
