from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "wardmote.web.foundation"
    label = "foundation"

    def ready(self) -> None:
        from wardmote.web.foundation import house_rules  # noqa: F401 - registers its checks
