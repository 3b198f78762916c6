"""審議会のページ."""

from django.urls import path

from councils.views import agenda, meetings, running

urlpatterns = [
    path("meetings/<int:pk>/", meetings.view_meeting, name="view_meeting"),
    path("meetings/<int:pk>/run/", running.run_meeting, name="run_meeting"),
    path("meetings/<int:pk>/begin/", running.begin_items, name="begin_items"),
    path("outcomes/<int:pk>/undo/", running.undo_outcome, name="undo_outcome"),
    path("meetings/<int:pk>/agenda/", agenda.view_agenda, name="view_agenda"),
    path("meetings/<int:pk>/agenda/arrange/", agenda.arrange_agenda, name="arrange_agenda"),
    path("meetings/<int:pk>/agenda/blocks/add/", agenda.add_agenda_block, name="add_agenda_block"),
    path("meetings/<int:pk>/agenda/items/add/", agenda.add_agenda_item, name="add_agenda_item"),
    path("meetings/<int:pk>/agenda/files/", agenda.put_on_agenda, name="put_on_agenda"),
    path("meetings/<int:pk>/agenda/agenda.pdf", agenda.print_agenda, name="print_agenda"),
    path("agenda-blocks/<int:pk>/edit/", agenda.edit_agenda_block, name="edit_agenda_block"),
    path("agenda-items/<int:pk>/edit/", agenda.edit_agenda_item, name="edit_agenda_item"),
    path("agenda-items/<int:pk>/remove/", agenda.remove_agenda_item, name="remove_agenda_item"),
    path("agenda-items/<int:pk>/number/", agenda.number_consultation, name="number_consultation"),
    path(
        "agenda-items/<int:pk>/number/correct/",
        agenda.correct_consultation_number,
        name="correct_consultation_number",
    ),
]
