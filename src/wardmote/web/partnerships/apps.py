from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "wardmote.web.partnerships"
    label = "partnerships"

    def ready(self) -> None:
        from wardmote.web.foundation import outbox  # noqa: F401 - joins the round
        from wardmote.web.partnerships import chains, daily, permissions, sign_in_log, to_do  # noqa: F401 - as these do
