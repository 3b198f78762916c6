"""層: foreign keys point downwards only; an import check cannot see a relation given as text."""

import pytest
from django.apps import apps

RANKS = {
    "home": 9,
    "public": 8,
    "records": 7,
    "file_register": 6,
    "registry": 5,
    "exchange": 4,
    "search": 3,
    "files": 3,
    "notices": 3,
    "organization": 2,
    "printing": 2,
    "history": 1,
    "common": 0,
}


def relations():
    """Each relation of our tables to another app of ours: (from, field, to)."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if model._meta.app_label in RANKS and field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_label
                if target != model._meta.app_label:
                    yield model._meta.label, field.name, target


def test_there_are_relations_between_the_apps_to_be_looked_at():
    assert ("records.Proposal", "department", "organization") in set(relations())


@pytest.mark.parametrize("relation", sorted(set(relations())), ids=lambda relation: ".".join(relation[:2]))
def test_a_relation_points_to_a_lower_app(relation):
    label, _, target = relation
    assert RANKS[target] < RANKS[label.split(".")[0]]
