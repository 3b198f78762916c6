"""文章の長さ: how long a text of a sheet may be; the paper has room for far less, and printing takes time by length."""

from django.core.validators import MaxLengthValidator

MAX_TEXT = 10_000  # characters of one box
MAX_REASON = 2_000  # characters of a reason or an opinion
_TOO_LONG = "%(limit_value)d文字以内で入力してください（いま%(show_value)d文字です）。"

# Validators, not max_length: the browser would cut what is pasted, without a word.
long_text = MaxLengthValidator(MAX_TEXT, _TOO_LONG)
reason_text = MaxLengthValidator(MAX_REASON, _TOO_LONG)
