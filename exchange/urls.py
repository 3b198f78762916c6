"""取込みのページ, under imports/."""

from django.urls import path

from exchange import views

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("into/<slug:code>/", views.import_register, name="import_register"),
    path("<int:pk>/", views.view_import, name="view_import"),
    path("<int:pk>/check/", views.check_import, name="check_import"),
    path("<int:pk>/confirm/", views.confirm_import, name="confirm_import"),
    path("<int:pk>/cancel/", views.cancel_import, name="cancel_import"),
    path("<int:pk>/errors/", views.import_errors, name="import_errors"),
]
