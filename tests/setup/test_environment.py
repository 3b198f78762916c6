"""What the settings read from the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from nerima_privacy.settings import databases, env

NAME = "SETTING_UNDER_TEST"


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)


def test_what_is_not_given_takes_its_default():
    assert env.text(NAME, "x") == "x"
    assert env.flag(NAME, True) is True
    assert env.number(NAME, 7) == 7
    assert env.words(NAME, "a, b") == ["a", "b"]


def test_a_text_without_default_must_be_given():
    with pytest.raises(ImproperlyConfigured, match=f"環境変数 {NAME} を設定してください。"):
        env.text(NAME)


@pytest.mark.parametrize(("value", "flag"), [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("No", False)])
def test_a_flag_is_read_in_each_spelling(monkeypatch, value, flag):
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, not flag) is flag


@pytest.mark.parametrize("value", ["", "maybe", "2"])
def test_any_other_flag_stops_the_start_and_is_named(monkeypatch, value):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=f"いまの値: {value}"):
        env.flag(NAME, False)


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("31536000", 31536000)])
def test_a_whole_number_is_read(monkeypatch, value, number):
    monkeypatch.setenv(NAME, value)
    assert env.number(NAME, 1) == number


@pytest.mark.parametrize("value", ["", "-1", "1.5", "一年", "²"])
def test_anything_else_than_a_whole_number_stops_the_start(monkeypatch, value):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match="0 以上の整数"):
        env.number(NAME, 1)


def test_blank_words_are_left_out(monkeypatch):
    monkeypatch.setenv(NAME, " ward.example,, other.example ,")
    assert env.words(NAME) == ["ward.example", "other.example"]


def test_a_database_url_names_every_part():
    given = databases.postgresql("postgresql://w%40rd:p%2Fw@db.example:5433/privacy?sslmode=require", pool=False)
    assert (given["USER"], given["PASSWORD"], given["HOST"], given["PORT"]) == ("w@rd", "p/w", "db.example", 5433)
    assert given["NAME"] == "privacy"
    assert given["OPTIONS"] == {"sslmode": "require"}


def test_a_database_url_may_name_a_sockets_folder():
    given = databases.postgresql("postgresql://ward@/privacy?host=/run/sockets", pool=True)
    assert given["HOST"] == "/run/sockets"
    assert given["OPTIONS"]["pool"]["max_size"] == 8


@pytest.mark.parametrize("url", ["mysql://ward@/privacy", "postgresql://ward@host/", "privacy"])
def test_any_other_database_url_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        databases.postgresql(url, pool=False)
