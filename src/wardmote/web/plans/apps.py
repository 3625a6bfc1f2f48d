from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wardmote.web.plans"
    label = "plans"

    def ready(self) -> None:
        from wardmote.web.plans import permissions, to_do  # noqa: F401 - declare who may, and what waits
