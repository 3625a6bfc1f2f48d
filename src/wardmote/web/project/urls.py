"""Every address of the application."""

from django.urls import URLPattern, URLResolver, include, path

from wardmote.web.governance.urls import partnership_urls as governance_urls
from wardmote.web.observatory.urls import partnership_urls as observatory_urls
from wardmote.web.partnerships.account_urls import account_urls
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
    path("start/", views.show_start, name="start"),
    path("start/sample/", views.open_sample, name="open_sample"),
    path("accessibility/", views.show_accessibility, name="accessibility"),
    path("privacy/", views.show_privacy, name="privacy"),
    path("", include(site_urls)),
    path("account/", include(account_urls)),
    path(
        "p/<slug:slug>/",
        include(
            [
                path("", views.show_partnership_home, name="partnership_home"),
                *people_urls,
                *observatory_urls,
                *plan_urls,
                *return_urls,
                *governance_urls,
            ]
        ),
    ),
]

handler400 = views.refuse_bad
handler403 = views.refuse_forbidden
handler404 = views.show_nothing_here
handler500 = views.show_fault
