"""ログインとパスワードの入力らん: Django's forms with the ward's messages."""

from django.contrib.auth import forms as auth

from common.forms import WardFormMixin


class LoginForm(WardFormMixin, auth.AuthenticationForm):
    """ログイン."""


class PasswordForm(WardFormMixin, auth.PasswordChangeForm):
    """パスワードの変更."""
