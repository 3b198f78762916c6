"""Fields: how one is drawn, and what it says when it is wrong."""

import re

import pytest
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from common.forms import WardForm
from tests.ui.site import RecordForm

pytestmark = pytest.mark.usefixtures("ui_templates")
NATIONAL_WORDS = re.compile("及び|又は|次の|若しくは|並びに|遵守")


def drawn(form: forms.BaseForm, name: str) -> str:
    """The HTML of one field, its blanks squeezed."""
    return re.sub(r"\s+", " ", form[name].as_field_group())


def test_an_empty_text_field_is_told_by_its_name():
    assert RecordForm({}).errors["purpose"] == ["電算結合の目的を入力してください。"]


def test_a_field_that_the_form_added_later_is_told_by_its_name_too():
    form = RecordForm({})
    form.fields["reason"] = forms.CharField(label="訂正の理由")
    assert form.errors["reason"] == ["訂正の理由を入力してください。"]


def test_a_choice_that_is_not_made_is_told_by_its_name():
    errors = RecordForm({}).errors
    assert errors["department"] == ["所管課を選んでください。"]
    assert errors["kinds"] == ["記録の種別を選んでください。"]


def test_a_choice_that_is_not_offered_is_refused_without_repeating_it():
    errors = RecordForm({"kinds": ["<b>"], "route": "other"}).errors
    assert errors["kinds"] == ["記録の種別は、示された中から選んでください。"]
    assert errors["route"] == ["取扱いは、示された中から選んでください。"]


def test_a_text_that_is_too_long_says_how_long_it_is():
    errors = RecordForm({"number": "0701-0123"}).errors
    assert errors["number"] == ["業務登録番号は7文字以内で入力してください（いま9文字です）。"]


def test_a_message_that_the_form_wrote_itself_stays():
    class Reasoned(WardForm):
        reason = forms.CharField(label="理由", error_messages={"required": "差戻しには理由が要ります。"})

    assert Reasoned({}).errors["reason"] == ["差戻しには理由が要ります。"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (forms.IntegerField(label="枚数"), "三"),
        (forms.CharField(label="名称", min_length=3), "あ"),
        (forms.CharField(label="名称"), "\x00"),
        (forms.EmailField(label="連絡先"), "@"),
        (forms.FileField(label="資料"), ""),
        (forms.BooleanField(label="確認"), ""),
        (forms.SlugField(label="符号"), "あ い"),
        (forms.URLField(label="アドレス", assume_scheme="https"), "x y"),
    ],
)
def test_no_message_speaks_in_the_words_of_national_law(field, value):
    form = type("One", (WardForm,), {"one": field})({"one": value})
    assert form.errors["one"]
    assert not NATIONAL_WORDS.search(str(form.errors["one"]))


def test_what_was_typed_stays_in_the_field_and_cannot_become_markup():
    html = drawn(RecordForm({"number": '"><script>'}), "number")
    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_a_wrong_field_is_tied_to_its_message_its_help_and_its_echo():
    html = drawn(RecordForm({}), "linked_on")
    assert 'aria-invalid="true"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_linked_on_helptext", "id_linked_on_error", "id_linked_on_echo"]
    assert all(f'id="{part}"' in html for part in described)


def test_a_field_is_drawn_with_its_label_and_what_it_needs():
    html = drawn(RecordForm(), "purpose")
    assert html.startswith('<div class="field">')
    assert '<label for="id_purpose">電算結合の目的 <span class="req">必須</span>' in html
    assert 'class="in"' in html
    assert " required" not in html  # the server's message is shown, not the browser's


def test_a_draft_may_stay_empty_where_the_paper_needs_a_value():
    form = RecordForm({})
    assert "number" not in form.errors
    assert '<span class="req">必須</span>' in drawn(form, "number")


def test_an_optional_field_says_so_or_when_it_is_used():
    assert '<span class="opt">任意</span>' in drawn(RecordForm(), "paper")
    assert '<span class="opt">変更のときだけ</span>' in drawn(RecordForm(), "changed_on")


def test_a_group_of_boxes_is_a_fieldset_with_its_question_as_legend():
    html = drawn(RecordForm({}), "kinds")
    assert '<fieldset aria-describedby="id_kinds_error"> <legend>記録の種別' in html
    assert html.count('type="checkbox"') == 3


def test_a_lone_box_has_its_label_behind_it():
    html = drawn(RecordForm(), "same")
    assert re.search(r'<label class="check" for="id_same"><input [^>]*> 3枚とも同じ内容にする</label>', html)


def test_a_width_that_the_form_asks_for_joins_the_frame():
    class Narrow(WardForm):
        on = forms.CharField(label="日", widget=forms.TextInput(attrs={"class": "w-date"}))

    assert 'class="in w-date"' in drawn(Narrow(), "on")


def test_the_browser_offers_nothing_that_others_typed_but_may_keep_passwords():
    assert 'autocomplete="off"' in drawn(RecordForm(), "number")
    assert 'autocomplete="current-password"' in drawn(AuthenticationForm(), "password")


def test_a_whole_form_draws_hidden_fields_without_a_label():
    class Tokened(WardForm):
        token = forms.CharField(label="送信の印", widget=forms.HiddenInput)
        reason = forms.CharField(label="理由")

    html = str(Tokened(initial={"token": "t1"}))
    assert 'type="hidden" name="token" value="t1"' in html
    assert "送信の印" not in html


def test_django_s_own_forms_have_the_same_look_and_speak_japanese():
    html = str(PasswordChangeForm(user=None, data={}))
    assert html.count('class="field is-error"') == 3
    assert not re.search(r"[A-Za-z]{4,}(?=[^<>]*<)", re.sub(r"<[^>]+>", "<>", html))
    assert not NATIONAL_WORDS.search(html)
