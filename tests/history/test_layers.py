"""層: foreign keys point downwards only; an import check cannot see a relation given as text."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings


def ranks():
    """How high each app stands, by the layers that the import check keeps too."""
    settled = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settled["tool"]["importlinter"]["contracts"]
    return {name.strip(): rank for rank, layer in enumerate(reversed(contract["layers"])) for name in layer.split("|")}


RANKS = ranks()


def relations():
    """Each relation of our tables to another app of ours: (from, field, to)."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if model._meta.app_label in RANKS and field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_label
                if target != model._meta.app_label:
                    yield model._meta.label, field.name, target


def test_every_app_of_the_project_has_its_layer():
    own = {app.name for app in apps.get_app_configs() if Path(app.path).parent == Path(settings.BASE_DIR)}
    assert own <= set(RANKS)


def test_there_are_relations_between_the_apps_to_be_looked_at():
    assert ("records.Proposal", "department", "organization") in set(relations())


@pytest.mark.parametrize("relation", sorted(set(relations())), ids=lambda relation: ".".join(relation[:2]))
def test_a_relation_points_to_a_lower_app(relation):
    label, _, target = relation
    assert RANKS[target] < RANKS[label.split(".")[0]]
