"""保管したファイルのページ."""

from django.urls import path

from files import views

urlpatterns = [path("files/<int:pk>/", views.download_file, name="download_file")]
