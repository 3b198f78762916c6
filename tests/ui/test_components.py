"""Components: error summary, chips, days left, history, crumbs, icons."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string

from common.forms import WardForm
from common.templatetags.ui import STATE_LOOKS
from tests.ui.site import ENTRIES, RecordForm

pytestmark = pytest.mark.usefixtures("ui_templates")
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def rendered(source: str, **context) -> str:
    """The text of a template that uses the tags."""
    return engines["django"].from_string("{% load ui %}" + source).render(context)


def test_the_summary_counts_the_places_and_leads_to_each():
    form = RecordForm({"number": "0701-01", "purpose": "目的", "department": "45", "route": "consult"})
    form.add_error("linked_on", "平成32年5月1日は令和2年5月1日です。")
    html = rendered("{% error_summary form %}", form=form)
    assert "2か所に誤りがあります。" in html  # two messages about the date stand at one place
    assert '<a href="#id_linked_on">結合年月日</a>　平成32年5月1日は令和2年5月1日です。' in html
    assert '<a href="#id_kinds_0">記録の種別</a>' in html
    assert 'role="alert"' in html


def test_the_summary_shows_general_errors_and_those_of_hidden_fields_without_a_link():
    class Tokened(WardForm):
        token = forms.CharField(label="送信の印", widget=forms.HiddenInput)

    form = Tokened({})
    form.add_error(None, "この業務には手続中の変更があります。")
    html = rendered("{% error_summary form %}", form=form)
    assert "2か所に誤りがあります。" in html
    assert "<a " not in html


def test_the_summary_of_several_forms_and_a_formset_is_one():
    rows = forms.formset_factory(RecordForm, extra=0, min_num=1, validate_min=True)
    formset = rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-number": "0701-01"})
    html = rendered("{% error_summary form formset %}", form=RecordForm({}), formset=formset)
    assert html.count("か所に誤りがあります") == 1
    assert 'href="#id_form-0-purpose"' in html
    assert 'href="#id_purpose"' in html


def test_a_form_without_errors_has_no_summary():
    assert rendered("{% error_summary form %}", form=RecordForm()).strip() == ""


@pytest.mark.parametrize("state", sorted(STATE_LOOKS))
def test_every_state_has_a_picture_beside_its_word(state):
    html = rendered("{% state_chip state words %}", state=state, words="ことば")
    assert "<use href=" in html
    assert "ことば</span>" in html


@pytest.mark.parametrize(
    ("days", "look", "words"),
    [
        (-1, "due due-3", "<b>1</b>日超過"),
        (0, "due due-3", "あと<b>0</b>日"),
        (2, "due due-3", "あと<b>2</b>日"),
        (3, "due due-7", "あと<b>3</b>日"),
        (7, "due due-7", "あと<b>7</b>日"),
        (8, "due", "あと<b>8</b>日"),
    ],
)
def test_days_left_turn_yellow_at_seven_and_red_at_two(days, look, words):
    html = rendered("{% due days %}", days=days)
    assert f'class="{look}"' in html
    assert words in html


def test_the_way_here_links_all_but_the_page_itself():
    html = rendered('{% crumbs "案件" "/list/" title %}', title="<第41号>")
    assert '<a href="/list/">案件</a>' in html
    assert "<li>&lt;第41号&gt;</li>" in html


def test_the_history_says_who_when_why_and_what_changed():
    html = rendered('{% include "ui/_history.html" %}', entries=ENTRIES)
    for part in [
        "R3.12.14 11:03",
        "総務部 情報公開課",
        "審査 花子",
        "どちらか一つ",
        '<caption class="vh">変わった欄 2</caption>',
    ]:
        assert part in html
    assert '<del>平成12年4月　日以降継続</del></td><td><span class="muted">空欄</span>' in html


def test_the_history_does_not_repeat_the_action_as_its_reason():
    html = rendered('{% include "ui/_history.html" %}', entries=ENTRIES[1:])
    assert html.count("作成") == 1
    assert "なぜ" not in html


def test_a_record_without_history_says_so():
    assert "まだ記録がありません" in rendered('{% include "ui/_history.html" %}', entries=[])


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'id="i-([a-z]+)"', render_to_string("ui/icons.svg")))
    named = set()
    for template in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r"\{% icon \"([a-z]+)\"", template.read_text(encoding="utf-8")))
    assert named - drawn == set()
    assert {look[1] for look in STATE_LOOKS.values()} - drawn == set()


def test_no_template_carries_style_or_script_of_its_own():
    guilty = [
        template.name
        for template in TEMPLATES.rglob("*.html")
        if re.search(
            r'\sstyle="|<style|\son[a-z]+="|hx-on|<script(?![^>]*\ssrc=)', template.read_text(encoding="utf-8")
        )
    ]
    assert guilty == []
