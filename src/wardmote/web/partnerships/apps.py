from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "wardmote.web.partnerships"
    label = "partnerships"

    def ready(self) -> None:
        from wardmote.web.partnerships import permissions, sign_in_log  # noqa: F401 - each registers what it holds
