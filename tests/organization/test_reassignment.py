"""承継の対象: every foreign key to a department has its way, and the way is the one of decision 0004."""

from django.apps import apps

from history.models import Trail
from organization import reassignment
from organization.models import Department
from organization.reassignment import Way


def foreign_keys():
    """The names of all foreign keys to a department; the trail's own are never rewritten."""
    return {
        reassignment.key_of(model, field.name)
        for model in apps.get_models()
        if not issubclass(model, Trail)
        for field in model._meta.concrete_fields
        if field.related_model is Department
    }


def test_every_foreign_key_to_a_department_is_registered_or_exempt_with_a_reason():
    known = reassignment.known_keys()
    assert foreign_keys() == set(known)
    assert all(len(words) > 3 for words in known.values())


def test_the_walk_finds_the_keys_of_every_application():
    assert {
        "organization.Assignment.department",
        "registry.ActivityVersion.department",
        "file_register.PersonalFileVersion.department",
        "records.Proposal.department",
        "records.OutOfPurposeUseVersion.providing_department",
    } <= foreign_keys()


def test_what_moves_says_how():
    for share in reassignment.shares():
        assert (share.way is Way.MOVES) == (share.move is not None), share.label
