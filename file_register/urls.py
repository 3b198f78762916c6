"""個人情報ファイルのページ, under personal-files/; a file is addressed by itself, a step by its version."""

from django.urls import path

from file_register import batch_views, scan_views, step_views, views

urlpatterns = [
    path("", views.personal_file_list, name="personal_file_list"),
    path("print/", batch_views.print_file_entries, name="print_file_entries"),
    path("new/", views.create_personal_file, name="create_personal_file"),
    path("<int:pk>/", views.view_personalfile, name="view_personalfile"),
    path("<int:pk>/history/", views.personal_file_history, name="personal_file_history"),
    path("<int:pk>/count/", step_views.count_personal_file, name="count_personal_file"),
    path("<int:pk>/counts/<int:count>/correct/", step_views.correct_file_count, name="correct_file_count"),
    path("<int:pk>/publish/", step_views.publish_file_entry, name="publish_file_entry"),
    path("<int:pk>/correct-entry/", step_views.correct_file_entry, name="correct_file_entry"),
    path("<int:pk>/remove-entry/", step_views.remove_file_entry, name="remove_file_entry"),
    path("<int:pk>/entries/<int:entry>/correct-days/", step_views.correct_entry_days, name="correct_entry_days"),
    path("versions/<int:pk>/print/", views.print_file_entry, name="print_file_entry"),
    path("versions/<int:pk>/scans/new/", scan_views.attach_file_scan, name="attach_file_scan"),
    path("scans/<int:pk>/remove/", scan_views.remove_file_scan, name="remove_file_scan"),
    path("versions/<int:pk>/edit/", views.edit_personal_file, name="edit_personal_file"),
    path("versions/<int:pk>/submit/", step_views.submit_personal_file, name="submit_personal_file"),
    path("versions/<int:pk>/return/", step_views.return_personal_file, name="return_personal_file"),
    path("versions/<int:pk>/withdraw/", step_views.withdraw_personal_file, name="withdraw_personal_file"),
    path("versions/<int:pk>/register/", step_views.register_personal_file, name="register_personal_file"),
    path("versions/<int:pk>/revise/", step_views.revise_personal_file, name="revise_personal_file"),
    path("versions/<int:pk>/rename/", step_views.rename_file_section, name="rename_file_section"),
    path("versions/<int:pk>/abolish/", step_views.abolish_personal_file, name="abolish_personal_file"),
]
