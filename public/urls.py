"""公表のページ: addresses that never change (docs/decisions/0005-what-is-public.md)."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from public import councils, views
from public.registers import KINDS, REGISTERS


class RegisterConverter(StringConverter):
    """The code of a public register."""

    regex = "|".join(REGISTERS)


class KindConverter(StringConverter):
    """What an entry is about: a file keeps its address when it moves from one register of files to the other."""

    regex = "|".join(KINDS)


register_converter(RegisterConverter, "public_register")
register_converter(KindConverter, "public_kind")

urlpatterns = [
    path("", views.front, name="public_front"),
    path("search/", views.search, name="public_search"),
    path("open-data/", views.open_data_page, name="public_open_data"),
    path("council/", councils.minutes_list, name="public_minutes_list"),
    path("council/<uuid:key>/", councils.minutes, name="public_minutes"),
    path("council/<uuid:key>.pdf", councils.minutes_pdf, name="public_minutes_pdf"),
    path("changes.atom", views.feed, name="public_feed"),
    path("schema/<public_register:register>.json", views.schema, name="public_schema"),
    path("<public_register:register>/", views.register_page, name="public_register"),
    path("<public_register:register>.csv", views.register_csv, name="public_register_csv"),
    path("<public_register:register>.json", views.register_json, name="public_register_json"),
    path("<public_kind:kind>/<uuid:key>/", views.entry, name="public_entry"),
    path("<public_kind:kind>/<uuid:key>.json", views.entry_json, name="public_entry_json"),
    path("<public_kind:kind>/<uuid:key>.pdf", views.entry_pdf, name="public_entry_pdf"),
]
