"""審議会のページ."""

from django.urls import path

from councils.views import meetings, running

urlpatterns = [
    path("meetings/<int:pk>/", meetings.view_meeting, name="view_meeting"),
    path("meetings/<int:pk>/run/", running.run_meeting, name="run_meeting"),
    path("meetings/<int:pk>/begin/", running.begin_items, name="begin_items"),
    path("outcomes/<int:pk>/undo/", running.undo_outcome, name="undo_outcome"),
]
