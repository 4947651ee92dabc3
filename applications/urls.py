"""The addresses of the public pages."""

from django.urls import path

from applications import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("jobs.atom", views.feed, name="feed"),
    path("jobs.json", views.counters, name="counters"),
    path("card.png", views.list_card, name="list_card"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("jobs/<slug:slug>/", views.job, name="job"),
    path("jobs/<slug:slug>/card.png", views.job_card, name="job_card"),
    path("jobs/<slug:slug>/apply/", views.apply, name="apply"),
    path("jobs/<slug:slug>/remind/", views.remind, name="remind"),
    path("reminders/<slug:token>/", views.closing_reminder, name="closing_reminder"),
    path("too-large/", views.too_large, name="too_large"),
    # A token has the letters of a slug: RFC 4648, section 5.
    path("applications/<slug:token>/", views.application, name="application"),
    path("applications/<slug:token>.json", views.application_json, name="application_json"),
    path("applications/<slug:token>/dossier/", views.dossier, name="dossier"),
    path("applications/<slug:token>/letters/<int:number>/", views.letter, name="letter"),
    path("applications/<slug:token>/photo/", views.photo, name="photo"),
    path("applications/<slug:token>/withdraw/", views.withdraw, name="withdraw"),
    path("applications/<slug:token>/erase/", views.erase, name="erase"),
    path("alerts/", views.ask_alert, name="ask_alert"),
    path("alerts/asked/", views.alert_asked, name="alert_asked"),
    path("alerts/<slug:token>/", views.alert, name="alert"),
    path("alerts/<slug:token>/end/", views.end_alert, name="end_alert"),
    path("styles.<slug:fingerprint>.css", views.styles, name="stylesheet"),
    path("icon.<slug:fingerprint>.svg", views.icon, name="icon"),
    path("logo.<slug:fingerprint>.png", views.logo, name="logo"),
]
