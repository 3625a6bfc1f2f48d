from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wardmote.web.plans"
    label = "plans"

    def ready(self) -> None:
        from wardmote.web.plans import permissions  # noqa: F401 - declares who may
