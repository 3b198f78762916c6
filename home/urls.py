"""はじめの画面."""

from django.urls import path

from home import searching, views

urlpatterns = [
    path("", views.home, name="home"),
    path("date-echo/", views.date_echo, name="date_echo"),
    path("search/", searching.search, name="search"),
]
