from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "wardmote.web.governance"
    label = "governance"

    def ready(self) -> None:
        from wardmote.web.governance import permissions, to_do  # noqa: F401 - each registers something
