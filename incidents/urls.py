"""事故のページ."""

from django.urls import path

from incidents import views

urlpatterns = [
    path("", views.incident_list, name="incident_list"),
    path("report/", views.report_incident, name="report_incident"),
    path("<int:pk>/", views.view_incident, name="view_incident"),
    path("<int:pk>/edit/", views.edit_incident, name="edit_incident"),
    path("<int:pk>/accept/", views.accept_incident, name="accept_incident"),
    path("<int:pk>/close/", views.close_incident, name="close_incident"),
    path("<int:pk>/reopen/", views.reopen_incident, name="reopen_incident"),
    path("<int:pk>/cancel/", views.cancel_incident, name="cancel_incident"),
]
