"""文章の長さ: how long a text of a sheet may be; the paper has room for far less, and printing takes time by length."""

from django.core.validators import MaxLengthValidator

MAX_TEXT = 10_000  # characters of one box
MAX_REASON = 2_000  # characters of a reason or an opinion
_TOO_LONG = "%(limit_value)d文字以内で入力してください（いま%(show_value)d文字です）。"


# Validators, not max_length: the browser would cut what is pasted, without a word.
def text_up_to(limit: int) -> MaxLengthValidator:
    """The validator of a text of at most `limit` characters."""
    return MaxLengthValidator(limit, _TOO_LONG)


long_text = text_up_to(MAX_TEXT)
reason_text = text_up_to(MAX_REASON)
