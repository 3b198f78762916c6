"""業務登録のページ, under activities/; a business is addressed by itself, a step by the version that it moves."""

from django.urls import path

from registry import batch_views, list_views, paper_views, scan_views, views

urlpatterns = [
    path("", list_views.activity_list, name="activity_list"),
    path("print/", batch_views.print_activities, name="print_activities"),
    path("status/", list_views.registration_status, name="registration_status"),
    path("new/", views.create_activity, name="create_activity"),
    path("<int:pk>/", views.view_activity, name="view_activity"),
    path("<int:pk>/history/", views.activity_history, name="activity_history"),
    path("versions/<int:pk>/edit/", views.edit_activity, name="edit_activity"),
    path("versions/<int:pk>/submit/", views.submit_activity, name="submit_activity"),
    path("versions/<int:pk>/return/", views.return_activity, name="return_activity"),
    path("versions/<int:pk>/withdraw/", views.withdraw_activity, name="withdraw_activity"),
    path("versions/<int:pk>/register/", views.register_activity, name="register_activity"),
    path("versions/<int:pk>/revise/", views.revise_activity, name="revise_activity"),
    path("versions/<int:pk>/abolish/", views.abolish_activity, name="abolish_activity"),
    path("versions/<int:pk>/forms/", paper_views.edit_collecting_forms, name="edit_collecting_forms"),
    path("versions/<int:pk>/scans/new/", scan_views.attach_activity_scan, name="attach_activity_scan"),
    path("scans/<int:pk>/remove/", scan_views.remove_activity_scan, name="remove_activity_scan"),
    path("versions/<int:pk>/print/", paper_views.print_activity, name="print_activity"),
]
