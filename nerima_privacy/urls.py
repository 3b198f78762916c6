"""Every page of the application; each name is a line of the permission table (organization.permissions)."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from organization.forms import LoginForm, PasswordForm

LOGIN = auth.LoginView.as_view(redirect_authenticated_user=True, authentication_form=LoginForm)

urlpatterns = [
    path("", include("home.urls")),
    path("login/", LOGIN, name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", auth.PasswordChangeView.as_view(form_class=PasswordForm), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("", include("organization.urls")),
    path("", include("notices.urls")),
    path("imports/", include("exchange.urls")),
    path("", include("files.urls")),
    path("activities/", include("registry.urls")),
    path("impact/", include("registry.impact_views")),
    path("personal-files/", include("file_register.urls")),
    path("", include("records.urls")),
    path("council/", include("councils.urls")),
    path("incidents/", include("incidents.urls")),
    path("public/", include("public.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "home.errors.bad_request"
handler403 = "home.errors.permission_denied"
handler404 = "home.errors.not_found"
handler500 = "home.errors.server_error"
