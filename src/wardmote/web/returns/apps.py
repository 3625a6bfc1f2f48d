from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "wardmote.web.returns"
    label = "returns"

    def ready(self) -> None:
        from wardmote.web.returns import permissions  # noqa: F401 - declares who may
