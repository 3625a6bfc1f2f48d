"""Every address of the application."""

from django.urls import URLPattern, URLResolver, include, path

from wardmote.web.partnerships.urls import partnership_urls as people_urls
from wardmote.web.partnerships.urls import site_urls
from wardmote.web.plans.urls import partnership_urls as plan_urls
from wardmote.web.project import views
from wardmote.web.project.sample_sign_in import sign_in_to_sample
from wardmote.web.returns.urls import partnership_urls as return_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_home, name="home"),
    path("health", views.answer_health, name="health"),
    path("sample/sign-in", sign_in_to_sample, name="sign_in_to_sample"),
    path("account/", include("allauth.urls")),
    path("", include(site_urls)),
    path(
        "p/<slug:slug>/",
        include(
            [path("", views.show_partnership_home, name="partnership_home"), *people_urls, *plan_urls, *return_urls]
        ),
    ),
]
