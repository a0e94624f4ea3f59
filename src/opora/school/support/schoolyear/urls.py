from django.urls import path

from . import views

app_name = "schoolyear"
urlpatterns = [
    path("", views.settings_page, name="settings"),
    path("work/", views.settings_save, name="settings_save"),
    path("days/", views.day_off_add, name="day_off_add"),
    path("days/<slug:public_id>/remove/", views.day_off_remove, name="day_off_remove"),
    path("cabinets/", views.cabinet_add, name="cabinet_add"),
    path("cabinets/<slug:public_id>/", views.cabinet, name="cabinet"),
    path("norms/", views.norms_save, name="norms_save"),
    path("rates/", views.rates_save, name="rates_save"),
]
