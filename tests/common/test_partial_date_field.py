"""部分日付の列, on the engine that the suite runs on."""

import json
from datetime import date

import pytest
from django.contrib.admin.utils import display_for_field
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Q
from django.forms import modelform_factory

from common.fields import PartialDateField, PartialDateFormField
from common.wareki import BLANK, PartialDate, Precision, parse
from history.writing import SYSTEM, Write, writing

BLANK_TEMPLATE = "令和　　年　　月　　日"


@pytest.fixture
def shelf(paper):
    """Six rows, one for each kind of date, by name."""
    texts = {
        "day": "令和4年4月1日",
        "month": "令和4年6月",
        "third": "令和6年1月初旬",
        "fiscal_year": "令和3年度",
        "open": "平成12年4月　日以降継続",
        "blank": BLANK_TEMPLATE,
    }
    return {name: paper.objects.create(linked_on=text) for name, text in texts.items()}


def named(shelf, rows):
    names = {row.pk: name for name, row in shelf.items()}
    return [names[row.pk] for row in rows]


def test_a_text_comes_back_as_it_was_typed(paper):
    row = paper.objects.create(linked_on="令和４年 ６月")
    assert paper.objects.get(pk=row.pk).linked_on == parse("令和４年 ６月")


def test_a_blank_template_is_kept(shelf, paper):
    assert paper.objects.get(pk=shelf["blank"].pk).linked_on.text == BLANK_TEMPLATE


def test_a_date_left_alone_is_blank_and_none_means_the_same(paper):
    row = paper.objects.create(linked_on="R4.6.1")
    assert paper.objects.get(pk=row.pk).changed_on == BLANK
    assert paper(changed_on=None).changed_on == BLANK


def test_what_is_assigned_is_understood_at_once(paper):
    row = paper(linked_on=date(2022, 6, 1))
    assert row.linked_on.text == "令和4年6月1日"
    row.linked_on = "R4.6"
    assert row.linked_on.precision == Precision.MONTH


def test_nonsense_cannot_be_assigned(paper):
    with pytest.raises(ValidationError, match="令和4年2月30日という日はありません。"):
        paper(linked_on="令和4年2月30日")


def test_the_offer_travels_with_the_refusal(paper):
    with pytest.raises(ValidationError) as refusal:
        paper(linked_on="平成32年5月1日")
    assert refusal.value.params["offer"] == "令和2年5月1日"


def test_a_column_for_old_papers_takes_what_is_printed(paper):
    row = paper.objects.create(linked_on="R4.6.1", printed_on="平成32年5月1日")
    assert paper.objects.get(pk=row.pk).printed_on.start == date(2020, 5, 1)
    assert paper.objects.get(pk=row.pk).printed_on.text == "平成32年5月1日"


def test_rows_sort_by_their_first_day_with_blanks_first(shelf, paper):
    in_order = ["blank", "open", "fiscal_year", "day", "month", "third"]
    assert named(shelf, paper.objects.order_by("linked_on__start")) == in_order
    assert named(shelf, paper.objects.order_by("linked_on")) == in_order
    assert named(shelf, paper.objects.order_by(F("linked_on__start").desc())) == in_order[::-1]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (Q(linked_on__start=date(2022, 6, 1)), {"month"}),
        (Q(linked_on__start__gte=date(2022, 4, 1)), {"day", "month", "third"}),
        (Q(linked_on__start__gte="2022-04-02"), {"month", "third"}),
        (Q(linked_on__end=date(2022, 3, 31)), {"fiscal_year"}),
        (Q(linked_on__end__gt=date(2022, 6, 29)), {"month", "third"}),
        (Q(linked_on__end=""), {"open", "blank"}),
        (Q(linked_on__end="", linked_on__start__lte=date(2022, 1, 1)) & ~Q(linked_on__start=""), {"open"}),
        (Q(linked_on__end__range=(date(2022, 1, 1), date(2022, 12, 31))), {"day", "month", "fiscal_year"}),
        (Q(linked_on__start__in=[date(2022, 4, 1), date(2024, 1, 1)]), {"day", "third"}),
        (Q(linked_on__precision="open"), {"open"}),
        (Q(linked_on__precision=Precision.BLANK), {"blank"}),
        (Q(linked_on__precision__in=["day", "third"]), {"day", "third"}),
        (Q(linked_on__start=F("linked_on__end")), {"day", "blank"}),
        (Q(linked_on=parse("令和4年6月")), {"month"}),
        (Q(linked_on=BLANK_TEMPLATE), {"blank"}),
    ],
)
def test_rows_are_found_by_first_and_last_day_and_precision(shelf, paper, condition, names):
    assert set(named(shelf, paper.objects.filter(condition))) == names


def test_a_row_with_every_slash_still_gives_its_days(paper):
    paper.objects.create(linked_on=PartialDate(date(2022, 6, 1), date(2022, 6, 1), Precision.DAY, "2022/6/1"))
    days = paper.objects.values_list("linked_on__start", "linked_on__end", "linked_on__precision")
    assert list(days) == [(date(2022, 6, 1), date(2022, 6, 1), "day")]


def test_values_list_gives_dates_and_none_where_there_is_no_day(shelf, paper):
    rows = paper.objects.filter(pk=shelf["open"].pk)
    assert rows.values_list("linked_on", "linked_on__start", "linked_on__end").get() == (
        shelf["open"].linked_on,
        date(2000, 4, 1),
        None,
    )


def test_the_database_itself_compares_two_columns(paper):
    row = paper.objects.create(linked_on="令和4年4月1日", changed_on="令和4年4月1日")
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.objects.filter(pk=row.pk).update(changed_on=parse("令和4年3月31日"))


def test_full_clean_says_what_the_constraint_says(paper):
    row = paper(linked_on="令和4年4月1日", changed_on="令和4年3月")
    with pytest.raises(ValidationError, match="変更は結合より後の日にしてください。"):
        row.full_clean()
    row.changed_on = "年　月　日"
    row.full_clean()


def test_full_clean_demands_a_date_where_one_is_required(paper):
    with pytest.raises(ValidationError) as refusal:
        paper(linked_on="年　月　日").full_clean()
    assert set(refusal.value.message_dict) == {"linked_on"}


def test_the_index_on_the_first_day_is_used(paper):
    plan = paper.objects.filter(linked_on__start=date(2022, 6, 1))
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            assert "paper_by_day" in plan.explain()
    else:
        assert "paper_by_day" in plan.explain()


def test_the_history_keeps_the_same_date(tracked_paper):
    with writing(Write(SYSTEM, "correct_record", "月を追記")):
        row = tracked_paper.objects.create(linked_on="令和4年　月　日")
        row.linked_on = "令和4年6月"
        row.save()
    kept = [past.linked_on for past in row.history.order_by("history_id")]
    assert kept == [parse("令和4年　月　日"), parse("令和4年6月")]
    assert row.history.filter(linked_on__end=date(2022, 6, 30)).count() == 1


def test_a_deferred_date_is_read_when_it_is_asked(shelf, paper):
    row = paper.objects.defer("linked_on").get(pk=shelf["month"].pk)
    assert row.linked_on.text == "令和4年6月"


def test_one_column_can_be_copied_into_the_other(shelf, paper):
    paper.objects.update(changed_on=F("linked_on"))
    assert paper.objects.get(pk=shelf["month"].pk).changed_on == parse("令和4年6月")


def test_dumped_rows_load_again(shelf):
    dumped = json.loads(serializers.serialize("json", list(shelf.values())))
    field = shelf["open"]._meta.get_field("linked_on")
    loaded = [field.to_python(row["fields"]["linked_on"]) for row in dumped]
    assert loaded == [row.linked_on for row in shelf.values()]


def test_a_migration_writes_only_what_differs_from_the_default():
    written = MigrationWriter.serialize(PartialDateField("適用日", blank=True, as_printed=True))[0]
    assert written == "common.fields.PartialDateField(as_printed=True, blank=True, verbose_name='適用日')"


def test_a_form_keeps_what_was_typed_and_names_the_fault(paper):
    form = modelform_factory(paper, fields=["linked_on", "changed_on"])({"linked_on": "R4.2.30", "changed_on": ""})
    assert form.errors == {"linked_on": ["令和4年2月30日という日はありません。"]}
    assert form["linked_on"].value() == "R4.2.30"


def test_a_form_saves_a_date_with_its_spelling(paper):
    data = {"linked_on": "４．６．１", "changed_on": "年　月　日"}
    row = modelform_factory(paper, fields=["linked_on", "changed_on"])(data).save()
    row.refresh_from_db()
    assert (str(row.linked_on), row.linked_on.start) == ("４．６．１", date(2022, 6, 1))
    assert (str(row.changed_on), row.changed_on.is_blank) == ("年　月　日", True)


def test_a_form_shows_the_stored_text_and_sees_when_it_changes(paper):
    row = paper(linked_on="令和4年　6月")
    form_class = modelform_factory(paper, fields=["linked_on", "changed_on"])
    assert 'value="令和4年　6月"' in str(form_class(instance=row)["linked_on"])
    same = form_class({"linked_on": "令和4年　6月", "changed_on": ""}, instance=row)
    assert same.changed_data == []
    respelt = form_class({"linked_on": "R4.6", "changed_on": ""}, instance=row)
    assert respelt.changed_data == ["linked_on"]


@pytest.mark.parametrize("typed", ["", "　", "令和　年　月　日"])
def test_a_required_form_field_refuses_a_template_not_filled_in(typed):
    with pytest.raises(ValidationError, match="必須です。"):
        PartialDateFormField().clean(typed)


def test_a_sentence_pasted_into_the_box_is_refused_whatever_it_says():
    with pytest.raises(ValidationError, match="100文字まで"):
        PartialDateFormField().clean("令和4年6月1日" + "　" * 100)


def test_a_browser_cannot_send_days_that_contradict_the_text():
    with pytest.raises(ValidationError, match="日付として読めません。"):
        PartialDateFormField().clean("2022-06-01/2022-06-01/day/令和9年1月1日")


def test_the_admin_shows_the_text(paper):
    field = paper._meta.get_field("linked_on")
    assert display_for_field(parse("令和4年　6月"), field, "-") == "令和4年　6月"
