"""審議会のページ."""

from django.urls import path

from councils.views import meetings

urlpatterns = [
    path("meetings/<int:pk>/", meetings.view_meeting, name="view_meeting"),
]
