"""組織と担当のページ."""

from django.urls import path

from organization import views

urlpatterns = [
    path("departments/", views.department_list, name="department_list"),
    path("departments/reorganize/", views.reorganize, name="reorganize"),
    path("departments/<int:pk>/", views.view_department, name="view_department"),
    path("people/", views.people_list, name="people_list"),
    path("people/hand-over/", views.hand_over, name="hand_over"),
    path("people/stand-in/", views.stand_in, name="stand_in"),
]
