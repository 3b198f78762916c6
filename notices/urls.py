"""処理の状況とお知らせのページ."""

from django.urls import path

from notices import views

urlpatterns = [
    path("jobs/", views.job_list, name="job_list"),
    path("jobs/<int:pk>/", views.view_job, name="view_job"),
    path("jobs/<int:pk>/restart/", views.restart_job, name="restart_job"),
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/read-all/", views.read_all_notices, name="read_all_notices"),
    path("notices/<int:pk>/read/", views.read_notice, name="read_notice"),
]
