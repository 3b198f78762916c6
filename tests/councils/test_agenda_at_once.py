"""同時の並べかえ: two secretaries and more at once, on the real database with a connection each."""

import pytest

from councils import agenda, ordering
from councils.models import AgendaItem, BlockKind, Consultation, Meeting
from councils.services.agenda import StaleAgenda, add_block, add_item, arrange_agenda, put_on_agenda
from history.writing import SYSTEM
from records.kinds import LINKAGE
from records.models import Proposal
from tests.councils.factories import TermFactory, meeting_of
from tests.records.factories import accepted
from tests.records.test_at_once import WRITERS, all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_sixteen_orders_at_once_one_is_taken_and_the_others_are_told():
    meeting = meeting_of(TermFactory())
    block = add_block(meeting, kind=BlockKind.REPORT, actor=SYSTEM)
    items = [add_item(block, title=f"報告{place}", actor=SYSTEM).pk for place in range(4)]
    wanted = [[*items[place % 4 + 1 :], *items[: place % 4 + 1]] for place in range(WRITERS)]

    def arrange(number):
        here = Meeting.objects.get(pk=meeting.pk)
        return arrange_agenda(here, order=[(block.pk, wanted[number])], agenda_lock=0, actor=SYSTEM)

    results = all_at_once(arrange)
    assert [type(result) for result in results].count(StaleAgenda) == WRITERS - 1
    (taken,) = [number for number, result in enumerate(results) if isinstance(result, Meeting)]
    assert ordering.order_of(agenda.read(meeting)) == [(block.pk, wanted[taken])]


def test_of_sixteen_who_bring_one_file_one_puts_it_on_the_agenda():
    meeting, proposal = meeting_of(TermFactory()), accepted(LINKAGE)
    add_block(meeting, kind=BlockKind.CONSULTATION, actor=SYSTEM)

    def bring(number):
        here, file = Meeting.objects.get(pk=meeting.pk), Proposal.objects.get(pk=proposal.pk)
        return put_on_agenda(here, file, kind=BlockKind.CONSULTATION, actor=SYSTEM)

    results = all_at_once(bring)
    assert [type(result) for result in results].count(AgendaItem) == 1
    assert AgendaItem.objects.filter(is_removed=False).count() == 1
    assert not Consultation.objects.exists()
